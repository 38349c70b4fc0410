"""A million people against the law: planes of bits, 64 people to a machine word."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._bound import Bound
from gishe.core.rules._on_day import (
    NO,
    YES,
    holds,
    while_missing,
)
from gishe.core.rules._program import Column, Program, compile_program, needed_lines
from gishe.core.rules._sets import Set, Stretches
from gishe.core.rules._table import WORD, Coded, Numbers, Ordered, Table
from gishe.core.rules._table_columns import computed, filled

Plane: TypeAlias = NDArray[np.uint64]
CHUNK = 1 << 17
FEW_WORDS = 24  # up to so many, comparing each is quicker than a look-up
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)


def packed(flags: NDArray[np.bool_]) -> Plane:
    """One bit a row, padded with zeros to whole words."""
    raw = np.packbits(flags, bitorder="little")
    if len(raw) % 8:
        raw = np.concatenate([raw, np.zeros(-len(raw) % 8, dtype=np.uint8)])
    return raw.view(np.uint64)


def unpacked(plane: Plane, size: int) -> NDArray[np.uint8]:
    return np.unpackbits(plane.view(np.uint8), bitorder="little", count=size)


class Planes:
    """The literals of a program over a table, made part by part.

    A literal is an array of two rows of words: "possibly" and "certainly".
    """

    def __init__(self, bound: Bound, table: Table) -> None:
        self.bound, self.table = bound, table
        self.program: Program = bound.program
        self.core = _core_of(bound)
        self.data = [self._data(column) for column in self.program.columns]

    def _data(self, column: Column) -> Ordered | Coded | None:
        law, table = self.bound.law, self.table
        if column.computed:
            term = self.program.literals[column.literals[0]].term
            return computed(law, table, term, self.bound.as_of)
        if column.name == "as_of":
            days = np.full(table.size, self.bound.as_of, dtype=np.int32)
            return Ordered(days, np.zeros(table.size, dtype=bool))
        if column.name in law.concluded:
            return self._concluded(column.name)
        return filled(law, table, column.name, self.bound.as_of)

    def _concluded(self, name: str) -> Coded:
        """A bool fact's column, from what it rests on where nobody gave it."""
        law, table = self.bound.law, self.table
        program = compile_program({name: law.concluded[name]})
        inner = Planes(Bound(law, program, self.bound.as_of), table)
        codes = np.empty(table.size, dtype=np.uint8)
        for start, stop in inner.parts():
            [plane] = inner.core(inner.literals(start, stop))
            words = -(-(stop - start) // WORD)
            both = np.ascontiguousarray(np.broadcast_to(plane, (2, words)))
            possibly, certainly = (unpacked(p, stop - start) for p in both)
            codes[start:stop] = np.where(certainly, 0, np.where(possibly, 2, 1))
        given = table.columns.get(name)
        if isinstance(given, Coded):
            truth = np.array([0 if word else 1 for word in given.words] + [2])
            known = truth[given.codes]
            codes = np.where(known == 2, codes, known).astype(np.uint8)
        return Coded(codes, (True, False))

    def literals(self, start: int, stop: int) -> list[Plane]:
        every = range(len(self.program.literals))
        found = self._made(start, stop, frozenset(every))
        return [found[i] for i in every]

    def some_literals(
        self, start: int, stop: int, wanted: Collection[int]
    ) -> dict[int, Plane]:
        """Only those literals that nobody has stored yet, by their number."""
        return self._made(start, stop, frozenset(wanted))

    def _made(self, start: int, stop: int, wanted: frozenset[int]) -> dict[int, Plane]:
        found: dict[int, Plane] = {}
        for column, data in zip(self.program.columns, self.data, strict=True):
            indices = [i for i in column.literals if i in wanted]
            if not indices:
                continue
            sets = [self.bound.sets[i] for i in indices]
            possible = self.bound.possible(column)
            missing = [while_missing(possible, among) for among in sets]
            if data is None:
                planes = [_constant(value, stop - start) for value in missing]
            elif isinstance(data, Ordered):
                planes = _ordered_planes(data, sets, missing, slice(start, stop))
            else:
                planes = _coded_planes(data, sets, missing, slice(start, stop))
            found.update(zip(indices, planes, strict=True))
        return found

    def parts(self) -> Iterator[tuple[int, int]]:
        for start in range(0, max(self.table.size, 1), CHUNK):
            yield start, min(start + CHUNK, self.table.size)

    def run(self, literals: Sequence[Plane]) -> dict[str, Plane]:
        return dict(zip(self.program.outputs, self.core(literals), strict=True))


class Stored:
    """The literals' planes as the table keeps them; missing ones are made once.

    A literal of another law has the same plane if it means the same on its day.
    """

    def __init__(self, planes: Planes) -> None:
        self.planes, kept = planes, planes.table.kept
        self.parts: list[dict[int, Plane]] = [
            kept.setdefault(key, {}) for key in _keys(planes.bound)
        ]

    def literals(self, start: int, stop: int) -> list[Plane]:
        wanted = [i for i, part in enumerate(self.parts) if start not in part]
        if wanted:
            made = self.planes.some_literals(start, stop, wanted)
            for index, plane in made.items():
                self.parts[index][start] = plane
        return [part[start] for part in self.parts]


def _keys(bound: Bound) -> list[object]:
    """What a literal's plane rests on: its day, what stands in for missing facts."""
    law, keys = bound.law, list[object](bound.program.literals)
    for column in bound.program.columns:
        missing = bound.row(column, None)
        for index, value in zip(column.literals, missing, strict=True):
            literal = bound.program.literals[index]
            instead = tuple(law.instead_of(name) for name in literal.term.facts())
            keys[index] = bound.as_of, literal, value, instead
    return keys


def _constant(value: int, size: int) -> Plane:
    words = -(-size // WORD)
    rows = [FULL if value > NO else 0, FULL if value == YES else 0]
    return np.repeat(np.array(rows, dtype=np.uint64)[:, None], words, axis=1)


def _ordered_planes(
    data: Ordered, sets: Sequence[Set], missing: Sequence[int], part: slice
) -> list[Plane]:
    values, gaps = data.values[part], packed(data.missing[part])
    cuts: dict[float, Plane] = {}
    found = []
    for among, value in zip(sets, missing, strict=True):
        assert isinstance(among, Stretches)
        inside = np.zeros_like(gaps)
        for cut in among.cuts:
            if cut not in cuts:
                cuts[cut] = packed(_at_least(values, cut))
            inside = inside ^ cuts[cut]
        if among.start:
            inside = ~inside
        found.append(_with_gaps(inside & ~gaps, gaps, value))
    return found


def _at_least(values: Numbers, cut: float) -> NDArray[np.bool_]:
    if values.dtype.kind == "i":
        limits = np.iinfo(values.dtype)
        if not limits.min < cut < limits.max:
            return np.full(len(values), cut <= limits.min)
        return np.asarray(values >= values.dtype.type(cut))
    return np.asarray(values >= cut)


def _coded_planes(
    data: Coded, sets: Sequence[Set], missing: Sequence[int], part: slice
) -> list[Plane]:
    codes, has = data.codes[part], dict[int, Plane]()

    def rows_with(code: int) -> Plane:
        if code not in has:
            has[code] = packed(codes == codes.dtype.type(code))
        return has[code]

    gaps, found = rows_with(len(data.words)), []
    for among, value in zip(sets, missing, strict=True):
        truth = [holds(word, among) == YES for word in data.words]
        inside = _one_of(codes, truth, rows_with, gaps)
        found.append(_with_gaps(inside, gaps, value))
    return found


def _one_of(
    codes: Numbers,
    truth: list[bool],
    rows_with: Callable[[int], Plane],
    gaps: Plane,
) -> Plane:
    """The rows whose word is one of those that are true."""
    hits = [code for code, true in enumerate(truth) if true]
    if min(len(hits), len(truth) - len(hits)) > FEW_WORDS:
        return packed(np.array([*truth, False])[codes])
    if len(hits) <= FEW_WORDS:
        planes = [rows_with(code) for code in hits]
        return planes[0] if len(planes) == 1 else _any_of(planes, gaps)
    misses = [rows_with(code) for code, true in enumerate(truth) if not true]
    return np.asarray(~_any_of([*misses, gaps], gaps))


def _any_of(planes: list[Plane], like: Plane) -> Plane:
    found = np.zeros_like(like)
    for plane in planes:
        found |= plane
    return found


def _with_gaps(inside: Plane, gaps: Plane, value: int) -> Plane:
    found = np.empty((2, len(inside)), dtype=np.uint64)
    np.bitwise_or(inside, gaps if value > NO else 0, out=found[0])
    np.bitwise_or(inside, gaps if value == YES else 0, out=found[1])
    return found


def _core_of(bound: Bound) -> "Core":
    if bound.core is None:
        bound.core = core_of(bound.program)
    return bound.core  # type: ignore[return-value]


Core: TypeAlias = Callable[[Sequence[Plane]], tuple[Plane, ...]]


def core_of(program: Program, wanted: Collection[str] | None = None) -> Core:
    """The program's straight line as a function of its literals.

    Of all outputs, or of the ``wanted`` ones in the program's order.
    """
    chosen = [name for name in program.outputs if wanted is None or name in wanted]
    names = "".join(f"a{i}, " for i in range(len(program.literals)))
    results = "".join(f"{program.outputs[name]}, " for name in chosen)
    unpack = [f"    ({names}) = literals"] if names else []
    source = "\n".join(
        [
            "def core(literals):",
            *unpack,
            *(f"    {line}" for line in needed_lines(program, chosen)),
            f"    return ({results})",
        ]
    )
    space: dict[str, object] = {
        "T": np.array([[FULL], [FULL]]),
        "U": np.array([[FULL], [np.uint64(0)]]),
        "F": np.zeros((2, 1), dtype=np.uint64),
    }
    # Numbered names and signs only; no word of a pack enters the source.
    exec(compile(source, "<pack>", "exec"), space)  # noqa: S102
    made = space["core"]
    return made  # type: ignore[return-value]
