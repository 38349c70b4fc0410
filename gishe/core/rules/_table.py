"""A table of people as columns of numbers, and what in it cannot be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._facts import Fact, Known, Misfit, read_value
from gishe.core.rules._pack import Pack
from gishe.core.rules._problems import BadFact, InputError, did_you_mean

Numbers: TypeAlias = NDArray[Any]
WORD = 64


@dataclass(frozen=True)
class Ordered:
    """Numbers or days; where ``missing``, the number means nothing."""

    values: Numbers
    missing: NDArray[np.bool_]


@dataclass(frozen=True)
class Coded:
    """Words as codes into ``words``; the code ``len(words)`` is a missing one."""

    codes: Numbers
    words: Sequence[Known]


@dataclass
class Table:
    """People by row. ``errors``: rows with something wrong, which are not decided."""

    size: int
    columns: dict[str, Ordered | Coded]
    errors: dict[int, list[BadFact]] = field(default_factory=dict)
    kept: dict[object, dict[int, NDArray[np.uint64]]] = field(
        default_factory=dict, repr=False
    )

    @property
    def words(self) -> int:
        return -(-self.size // WORD)


def read_table(pack: Pack, columns: Mapping[str, Iterable[object]]) -> Table:
    """A table from columns of values; None is a fact that is not known.

    A numpy array is taken as it is: masked where a fact is not known. Raises
    InputError for a column that is no fact, or of another length; a value that cannot
    be read makes its row an error, and the rest is decided.
    """
    unknown = [name for name in columns if name not in pack.facts]
    if unknown:
        raise InputError(
            BadFact(name, "There is no such fact.", did_you_mean(name, pack.facts))
            for name in unknown
        )
    table = Table(0, {})
    for name, values in columns.items():
        fact = pack.facts[name]
        if isinstance(values, np.ndarray):
            column, size = _from_array(fact, values), len(values)
        else:
            listed = list(values)
            column, size = _from_list(fact, listed, table.errors), len(listed)
        if table.columns and size != table.size:
            told = f"The column has {size} rows, the others have {table.size}."
            raise InputError([BadFact(name, told)])
        table.size, table.columns[name] = size, column
    _check_order(pack, table)
    return table


def _from_array(fact: Fact, values: Numbers) -> Ordered | Coded:
    missing = np.ma.getmaskarray(values)
    raw = np.ma.getdata(values)
    if fact.type == "date" and raw.dtype.kind == "M":
        missing = missing | np.isnat(raw)
        epoch = np.datetime64("0001-01-01", "D")
        raw = (raw.astype("datetime64[D]") - epoch).astype(np.int64) + 1
    if fact.is_ordered:
        if raw.dtype.kind == "f":
            missing = missing | np.isnan(raw)
        return _ordered(raw, missing)
    if fact.type == "bool":
        return Coded(
            np.where(missing, 2, ~raw.astype(bool)).astype(np.uint8), (True, False)
        )
    words, codes = np.unique(raw[~missing], return_inverse=True)
    filled = np.full(len(raw), len(words), dtype=_small(len(words)))
    filled[~missing] = codes
    return Coded(filled, [_known(fact, word) for word in words.tolist()])


def _known(fact: Fact, word: object) -> Known:
    try:
        return read_value(fact, word)
    except Misfit as misfit:
        raise InputError([BadFact(fact.name, str(misfit))]) from None


def _ordered(raw: Numbers, missing: NDArray[np.bool_]) -> Ordered:
    """The same numbers in the smallest type that holds them."""
    if raw.dtype.kind in "iu" and len(raw):
        filled = np.where(missing, 0, raw)
        low, high = int(filled.min()), int(filled.max())
        for kind in (np.int16, np.int32):
            if np.iinfo(kind).min < low and high < np.iinfo(kind).max:
                return Ordered(filled.astype(kind), missing)
    return Ordered(np.where(missing, 0, raw), missing)


def _small(most: int) -> type[np.unsignedinteger]:
    return np.uint8 if most < 255 else np.uint16 if most < 65535 else np.uint32


def _from_list(
    fact: Fact, values: list[object], errors: dict[int, list[BadFact]]
) -> Ordered | Coded:
    read: dict[object, Known | BadFact] = {}
    found: list[Known | None] = []
    for row, value in enumerate(values):
        key = (
            tuple(map(str, value)) if isinstance(value, list) else (type(value), value)
        )
        if value is None:
            found.append(None)
            continue
        if key not in read:
            read[key] = _read(fact, value)
        known = read[key]
        if isinstance(known, BadFact):
            errors.setdefault(row, []).append(known)
            found.append(None)
        else:
            found.append(known)
    return _column(fact, found)


def _read(fact: Fact, value: object) -> Known | BadFact:
    try:
        return read_value(fact, value)
    except Misfit as misfit:
        return BadFact(fact.name, str(misfit))


def _column(fact: Fact, found: list[Known | None]) -> Ordered | Coded:
    if fact.is_ordered:
        missing = np.array([value is None for value in found], dtype=bool)
        kind = np.int64 if fact.is_whole else np.float64
        raw = np.array([0 if value is None else value for value in found], dtype=kind)
        return _ordered(raw, missing)
    words = [word for word in dict.fromkeys(found) if word is not None]
    codes = {word: i for i, word in enumerate(words)}
    numbers = [len(words) if value is None else codes[value] for value in found]
    return Coded(np.array(numbers, dtype=_small(len(words))), words)


def _check_order(pack: Pack, table: Table) -> None:
    """Rows in which one date stands before another that it must follow."""
    for name, column in table.columns.items():
        fact = pack.facts[name]
        for other, sign in ((fact.not_before, 1), (fact.not_after, -1)):
            limit = table.columns.get(other)
            if isinstance(column, Ordered) and isinstance(limit, Ordered):
                gap = sign * (column.values.astype(np.int64) - limit.values)
                wrong = (gap < 0) & ~column.missing & ~limit.missing
                word = "before" if sign > 0 else "after"
                for row in np.flatnonzero(wrong):
                    bad = BadFact(name, f"It is {word} {other}.")
                    table.errors.setdefault(int(row), []).append(bad)
