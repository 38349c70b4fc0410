"""Columns that are computed: what terms are worth for every row of a table."""

from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._calendar import months_since
from gishe.core.rules._facts import Known
from gishe.core.rules._law import Law
from gishe.core.rules._nodes import Term
from gishe.core.rules._on_day import of_children, only_value
from gishe.core.rules._table import Coded, Ordered, Table


def computed(law: Law, table: Table, term: Term, as_of: int) -> Ordered | None:
    """A term's column; None where a fact in it is missing in every row."""
    return _as_column(_Arithmetic(law, table, as_of).worth(term))


def filled(law: Law, table: Table, name: str, as_of: int) -> Ordered | Coded | None:
    """A fact's column, with what can be computed where it was not given."""
    given, term = table.columns.get(name), law.derived.get(name)
    if name in law.concluded:
        return given
    if term is None:
        return given
    instead = computed(law, table, term, as_of)
    if given is None or instead is None or not isinstance(given, Ordered):
        return given or instead
    values = np.where(given.missing, instead.values, given.values)
    return Ordered(values, given.missing & instead.missing)


def _as_column(worth: NDArray[np.float64] | None) -> Ordered | None:
    if worth is None:
        return None
    missing = np.isnan(worth)
    return Ordered(np.where(missing, 0.0, worth), missing)


class _Arithmetic:
    """What terms are worth for every row; not a number where that is not known."""

    def __init__(self, law: Law, table: Table, as_of: int) -> None:
        self.law, self.table, self.as_of = law, table, as_of

    def worth(self, term: Term) -> NDArray[np.float64] | None:
        match term.kind:
            case "const":
                return np.full(self.table.size, float(term.const))
            case "as_of":
                return np.full(self.table.size, float(self.as_of))
            case "fact":
                return self._fact(term.fact)
            case "days_until":
                days = self._fact(term.fact)
                return None if days is None else np.asarray(days - self.as_of)
            case "months_since":
                return self._months(term)
            case "youngest" | "oldest" | "number_of":
                return self._children(term)
        parts = [self.worth(part) for part in term.parts]
        known = [part for part in parts if part is not None]
        return self._joined(term.kind, known) if len(known) == len(parts) else None

    def _fact(self, name: str) -> NDArray[np.float64] | None:
        column = filled(self.law, self.table, name, self.as_of)
        alone = only_value(self.law.facts[name].presumed)
        if not isinstance(column, Ordered):
            return None if alone is None else np.full(self.table.size, float(alone))
        instead = np.nan if alone is None else alone
        return np.where(column.missing, instead, column.values).astype(np.float64)

    def _months(self, term: Term) -> NDArray[np.float64] | None:
        days = self._fact(term.fact)
        if days is None:
            return None
        today, unit = date.fromordinal(self.as_of), int(term.const)
        some, index = np.unique(days, return_inverse=True)
        months = [
            np.nan
            if np.isnan(day)
            else months_since(date.fromordinal(int(day)), today) // unit
            for day in some
        ]
        return np.array(months, dtype=np.float64)[index]

    def _children(self, term: Term) -> NDArray[np.float64] | None:
        column = self.table.columns.get(term.fact)
        if not isinstance(column, Coded):
            return None
        worth = [_of(term.kind, word) for word in column.words] + [np.nan]
        return np.array(worth, dtype=np.float64)[column.codes]

    def _joined(
        self, sign: str, parts: list[NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        if sign == "+":
            return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
        left, right = parts
        if sign == "*":
            return left * right
        with np.errstate(divide="ignore", invalid="ignore"):
            found = left / right
        return np.where(np.abs(found) == inf, np.nan, found)


def _of(kind: str, word: Known) -> float:
    found = of_children(kind, word)
    return np.nan if found is None else found
