"""A program bound to a day: every literal as a set over its column."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._facts import Known
from gishe.core.rules._law import Law
from gishe.core.rules._on_day import (
    NO,
    OPEN,
    YES,
    Getter,
    holds,
    on_day,
    while_missing,
    with_presumptions,
    worth,
)
from gishe.core.rules._program import Column, Program, Runner, fill
from gishe.core.rules._sets import EVERYTHING, Set, Stretches, Words, cells

BOUND_KEPT = 400


class Bound:
    """A program on one day: every literal as a set over its column."""

    def __init__(self, law: Law, program: Program, as_of: int) -> None:
        self.law, self.program, self.as_of = law, program, as_of
        self.sets: list[Set] = [on_day(lit, as_of) for lit in program.literals]
        self.lanes: object = None
        self.core: object = None
        self.kept_cells: dict[int, list[Known]] = {}
        self.kept_completions: dict[int, list[Known]] = {}
        self.kept_rows: dict[tuple[int, tuple[object, ...]], NDArray[np.int8]] = {}
        self.kept_codes: dict[bytes, int] = {}  # of patterns of literals, in tables

    def row(self, column: Column, value: Known | None) -> tuple[int, ...]:
        """The literals of a column for a value, or while it is missing."""
        if value is not None:
            return tuple(holds(value, self.sets[i]) for i in column.literals)
        possible = self.possible(column)
        return tuple(while_missing(possible, self.sets[i]) for i in column.literals)

    def rows(self, index: int, values: Sequence[Known | None]) -> NDArray[np.int8]:
        """A row of literals for each value; kept, because the same are asked for."""
        key = index, tuple(values)
        found = self.kept_rows.get(key)
        if found is None:
            column = self.program.columns[index]
            listed = [self.row(column, value) for value in values]
            found = self.kept_rows[key] = np.array(listed, dtype=np.int8)
        return found

    def possible(self, column: Column) -> Set:
        fact = self.law.facts.get(column.name)
        if fact is not None and fact.presumed is not None:
            return fact.presumed
        if column.kind == "ordered":
            return Stretches(True)
        return EVERYTHING

    def cells(self, column: Column, within: Set) -> list[Known]:
        """One value of each kind within a set that the column's literals tell apart."""
        fact = self.law.facts.get(column.name)
        sets = [self.sets[i] for i in column.literals]
        return [*cells(sets, within, fact.all_values() if fact else None)]

    def value(self, column: Column, facts: Mapping[str, Known]) -> Known | None:
        if not column.computed:
            return facts.get(column.name)
        return self.computed(column)(facts.get)

    def computed(self, column: Column) -> Callable[[Getter], float | None]:
        term = self.program.literals[column.literals[0]].term
        standing = with_presumptions({}, self.law.facts)

        def read(get: Getter) -> float | None:
            def either(name: str) -> Known | None:
                found = get(name)
                return standing(name) if found is None else found

            return worth(term, either, self.as_of)

        return read

    def literal_values(self, facts: Mapping[str, Known]) -> list[int]:
        found = [NO] * len(self.program.literals)
        for column in self.program.columns:
            row = self.row(column, self.value(column, facts))
            for index, value in zip(column.literals, row, strict=True):
                found[index] = value
        return found

    @cached_property
    def runner(self) -> Runner:
        """Facts in, the outputs as 0, 1, 3: the quick way for one person."""
        return self.law.factory(fill(self.program, PersonTables(self)))


class PersonTables:
    """Rows of 0, 1, 3."""

    true, false, open = YES, NO, OPEN

    def __init__(self, bound: Bound) -> None:
        self.bound = bound

    def code(self, row: Sequence[int]) -> object:
        return row[0] if len(row) == 1 else tuple(row)

    def _column(self, index: int) -> Column:
        return self.bound.program.columns[index]

    def missing(self, index: int) -> object:
        return self.code(self.bound.row(self._column(index), None))

    def ordered(self, index: int) -> tuple[Sequence[float], Sequence[object]]:
        column = self._column(index)
        sets = [self.bound.sets[i] for i in column.literals]
        cuts = sorted({c for s in sets if isinstance(s, Stretches) for c in s.cuts})
        places = [*(c - 1 for c in cuts[:1]), *cuts] if cuts else [0]
        return cuts, [self.code(self.bound.row(column, value)) for value in places]

    def words(self, index: int) -> tuple[Mapping[object, object], object]:
        column = self._column(index)
        found: dict[object, object] = {None: self.missing(index)}
        for i in column.literals:
            among = self.bound.sets[i]
            for word in among.listed if isinstance(among, Words) else ():
                found[word] = self.code(self.bound.row(column, word))
        elsewhere = self.code(self.bound.row(column, ""))
        for value in (True, False) if self._is_bool(column) else ():
            found[value] = self.code(self.bound.row(column, value))
        return found, elsewhere

    def _is_bool(self, column: Column) -> bool:
        fact = self.bound.law.facts.get(column.name)
        return fact is not None and fact.type == "bool"

    def tested(self, index: int) -> Callable[[object], object]:
        column, missing = self._column(index), self.missing(index)

        def test(value: object) -> object:
            if value is None:
                return missing
            return self.code(self.bound.row(column, value))  # type: ignore[arg-type]

        return test

    def computed(self, index: int) -> Callable[[object], float | None]:
        return self.bound.computed(self._column(index))  # type: ignore[return-value]


def bound_on(law: Law, as_of: int) -> Bound:
    """The law's program on a day; a few hundred days are kept."""
    found = law.bounds.get(as_of)
    if not isinstance(found, Bound):
        found = law.bounds[as_of] = Bound(law, law.program, as_of)
        if len(law.bounds) > BOUND_KEPT:
            law.bounds.popitem(last=False)
    return found
