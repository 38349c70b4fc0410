"""Many supposed persons at once: one lane of a long integer each.

The low half of an integer holds "possibly", the high half "certainly", so that one
"and" of Python's long integers decides thousands of suppositions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._bound import Bound
from gishe.core.rules._facts import Known
from gishe.core.rules._on_day import NO, OPEN, YES
from gishe.core.rules._program import Program

MOST_LANES, MOST_RUNS = 1 << 10, 32
MOST_WORDS = 8  # nationalities that a law tells apart: 255 bundles of them


@dataclass(frozen=True, slots=True)
class Supposed:
    """A column and, for each lane, which of its ``values`` is supposed."""

    column: int
    values: Sequence[Known | None]
    which: NDArray[np.intp]


def interpret(
    program: Program, literals: Sequence[int], true: int, half: int
) -> dict[str, int]:
    """Every literal, step and constant by name; ``half``: not known in all lanes."""
    found = {"T": true, "F": 0, "U": half}
    for i, value in enumerate(literals):
        found[f"a{i}"] = value
    for result, sign, arguments in program.steps:
        value = found[arguments[0]]
        for argument in arguments[1:]:
            if sign == "&":
                value &= found[argument]
            else:
                value |= found[argument]
        found[result] = value
    return found


def run_lanes(
    bound: Bound, base: Sequence[int], supposed: Sequence[Supposed], lanes: int
) -> dict[str, int]:
    """The program in every lane; columns not supposed keep their ``base`` values."""
    half, whole = (1 << lanes) - 1, (1 << 2 * lanes) - 1
    coded = {NO: 0, OPEN: half, YES: whole}
    literals = [coded[value] for value in base]
    for part in supposed:
        column = bound.program.columns[part.column]
        rows = bound.rows(part.column, part.values)
        for at, index in enumerate(column.literals):
            values = rows[:, at][part.which]
            literals[index] = _bits(values > NO) | _bits(values == YES) << lanes
    return interpret(bound.program, literals, whole, half)


def _bits(flags: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def product(
    bound: Bound, columns: Sequence[int], known: Mapping[int, Sequence[Known]]
) -> tuple[list[Supposed], int]:
    """Suppositions for every combination of the columns' values, and how many."""
    lanes = 1
    for column in columns:
        lanes *= len(known[column])
    index, stride, found = np.arange(lanes), 1, []
    for column in columns:
        count = len(known[column])
        found.append(Supposed(column, known[column], (index // stride) % count))
        stride *= count
    return found, lanes


def possible_cells(bound: Bound, column: int) -> list[Known]:
    """One value of each kind that a missing fact may have."""
    found = bound.kept_cells.get(column)
    if found is None:
        part = bound.program.columns[column]
        found = bound.kept_cells[column] = bound.cells(part, bound.possible(part))
    return found


def completions(bound: Bound, column: int) -> list[Known]:
    """The same; of several nationalities every bundle of them, if there are few."""
    found = bound.kept_completions.get(column)
    if found is None:
        part = bound.program.columns[column]
        found = possible_cells(bound, column)
        if any(bound.program.literals[i].term.many for i in part.literals):
            found = combined([str(word) for word in found])
        bound.kept_completions[column] = found
    return found


def combined(words: Sequence[str]) -> list[Known]:
    """One nationality, or several together; none if that is too much to try."""
    sizes = range(1, len(words) + 1) if len(words) <= MOST_WORDS else ()
    return [bundle for size in sizes for bundle in combinations(words, size)]


def settle(bound: Bound, base: Sequence[int], wanted: Sequence[str]) -> dict[str, int]:
    """Outputs by name, settled wherever every completion of the facts agrees.

    Three values alone leave ``a and b or a and not b`` open while b is missing.
    Here the columns that are met more than once on the way to an open output take all
    their values; the others cannot hide an agreement. An output stays open, which is
    never wrong, where that would take more than 32 runs of 1,024 combinations, and
    where only an agreement between columns that are computed would settle it.
    """
    found, search = interpret(bound.program, base, YES, OPEN), _Completions(bound)
    values = {}
    for name in wanted:
        output = bound.program.outputs[name]
        is_open = found[output] == OPEN
        values[name] = search.agreed(list(base), output) if is_open else found[output]
    return values


class _Completions:
    """Tries the completions of missing facts: in lanes, then value by value."""

    def __init__(self, bound: Bound) -> None:
        self.bound, self.left = bound, MOST_RUNS
        self.tried: dict[object, tuple[Mapping[str, int], int]] = {}

    def agreed(self, base: list[int], output: str) -> int:
        """What all completions of ``base`` say; OPEN if they differ or are too many."""
        found = interpret(self.bound.program, base, YES, OPEN)
        if found[output] != OPEN:
            return found[output]
        chosen, rest = self._met_again(found, output)
        if not chosen and not rest:
            return OPEN
        results, lanes = self._run(base, chosen)
        possibly, certainly = (
            results[output] & ((1 << lanes) - 1),
            results[output] >> lanes,
        )
        if certainly == (1 << lanes) - 1:
            return YES
        if not possibly:
            return NO
        differ = certainly and possibly != (1 << lanes) - 1
        if differ or not rest or self.left <= 0:
            return OPEN
        return self._one_by_one(base, rest[0], output)

    def _one_by_one(self, base: list[int], column: int, output: str) -> int:
        agreed: int | None = None
        for value in completions(self.bound, column):
            supposed = list(base)
            part = self.bound.program.columns[column]
            for index, known in zip(
                part.literals, self.bound.row(part, value), strict=True
            ):
                supposed[index] = known
            found = self.agreed(supposed, output)
            if found == OPEN or agreed not in (None, found):
                return OPEN
            agreed = found
        return OPEN if agreed is None else agreed

    def _run(
        self, base: list[int], chosen: tuple[int, ...]
    ) -> tuple[Mapping[str, int], int]:
        key = tuple(base), chosen
        if key not in self.tried:
            self.left -= 1
            known = {column: completions(self.bound, column) for column in chosen}
            supposed, lanes = product(self.bound, chosen, known)
            self.tried[key] = run_lanes(self.bound, base, supposed, lanes), lanes
        return self.tried[key]

    def _met_again(
        self, found: Mapping[str, int], output: str
    ) -> tuple[tuple[int, ...], list[int]]:
        """The missing columns that an open output meets more than once: those whose
        combinations fit into the lanes, and the rest."""
        met = open_columns(self.bound.program, found, [output])
        counts = {c: len(completions(self.bound, c)) for c, n in met.items() if n > 1}
        chosen, rest, lanes = [], [], 1
        for column in sorted(counts, key=lambda c: (counts[c], c)):
            if lanes * counts[column] <= MOST_LANES and counts[column]:
                chosen.append(column)
                lanes *= counts[column]
            elif counts[column]:
                rest.append(column)
        return tuple(chosen), rest


def open_columns(
    program: Program, found: Mapping[str, int], outputs: Sequence[str]
) -> dict[int, int]:
    """The columns that open outputs wait for, and how often each is met (1 or 2)."""
    met = {name: 0 for name in found}
    for output in outputs:
        if found[output] == OPEN:
            met[output] += 1
    for result, _, arguments in reversed(program.steps):
        if met[result]:
            for argument in arguments:
                if found[argument] == OPEN:
                    met[argument] = min(2, met[argument] + met[result])
    columns = {}
    for i, column in enumerate(program.columns):
        times = sum(met.get(f"a{index}", 0) for index in column.literals)
        if times:
            columns[i] = min(2, times)
    return columns
