"""Many supposed persons at once: one lane of a long integer each.

The low half of an integer holds "possibly", the high half "certainly", so that one
"and" of Python's long integers decides thousands of suppositions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._bound import NO, OPEN, YES
from gishe.core.rules._facts import Known
from gishe.core.rules._person import Bound
from gishe.core.rules._program import Program

MOST_LANES = 1 << 10


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
        possible = bound.possible(part)
        found = [value for value in bound.cells(part) if value in possible]
        bound.kept_cells[column] = found
    return found


def settle(bound: Bound, base: Sequence[int], wanted: Sequence[str]) -> dict[str, int]:
    """Outputs by name, settled wherever every completion of the facts agrees.

    Three values alone leave ``a and b or a and not b`` open while b is missing.
    Here the columns that are met more than once on the way to an open output take all
    their values; the others cannot hide an agreement. Where that would be more than
    1,024 combinations the output stays open, which is never wrong.
    """
    program = bound.program
    found = interpret(program, base, YES, OPEN)
    values = {name: found[program.outputs[name]] for name in wanted}
    tried: dict[tuple[int, ...], tuple[Mapping[str, int], int]] = {}
    for name in wanted:
        output = program.outputs[name]
        if values[name] != OPEN:
            continue
        chosen, known = _met_again(bound, found, output)
        if chosen and chosen not in tried:
            supposed, lanes = product(bound, chosen, known)
            tried[chosen] = run_lanes(bound, base, supposed, lanes), lanes
        for results, lanes in tried.values():
            if results[output] in (0, (1 << 2 * lanes) - 1):
                values[name] = YES if results[output] else NO
    return values


def _met_again(
    bound: Bound, found: Mapping[str, int], output: str
) -> tuple[tuple[int, ...], dict[int, list[Known]]]:
    """The missing columns that an open output meets more than once, few enough."""
    met = open_columns(bound.program, found, [output])
    again = [c for c, times in met.items() if times > 1 and not _is_many(bound, c)]
    known = {column: possible_cells(bound, column) for column in again}
    chosen, lanes = [], 1
    for column in sorted(again, key=lambda c: (len(known[c]), c)):
        if lanes * len(known[column]) <= MOST_LANES and known[column]:
            chosen.append(column)
            lanes *= len(known[column])
    return tuple(chosen), known


def _is_many(bound: Bound, column: int) -> bool:
    """Several nationalities: one value at a time would not be all there is."""
    return bound.program.columns[column].kind == "tested"


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
