"""Deciding tables, and comparing two versions of the law on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._bound import bound_on
from gishe.core.rules._lanes import settle
from gishe.core.rules._law import OPEN_ENDS, Law, law_on
from gishe.core.rules._on_day import OPEN, YES
from gishe.core.rules._pack import ENDS, Pack
from gishe.core.rules._problems import BadFact
from gishe.core.rules._table import WORD, Table
from gishe.core.rules._table_planes import FULL, Plane, Planes, Stored, unpacked

ANSWERS = (*ENDS, "unknown", "error")
UNKNOWN, ERROR = ANSWERS.index("unknown"), ANSWERS.index("error")
NO_ROUTE = -1


@dataclass(frozen=True)
class Decisions:
    """The answers to a table. ``codes`` index ANSWERS, ``routes`` index ``names``.

    ``left_open``: rows that are unknown although nobody tried every completion of
    their missing facts; a case decided alone may still be settled.
    """

    codes: NDArray[np.uint8]
    routes: NDArray[np.int16]
    names: tuple[str, ...]
    errors: Mapping[int, list[BadFact]] = field(default_factory=dict)
    left_open: int = 0

    def may_work(self, row: int) -> str:
        return ANSWERS[self.codes[row]]

    def route(self, row: int) -> str | None:
        index = int(self.routes[row])
        return None if index == NO_ROUTE else self.names[index]

    def counts(self) -> dict[str, int]:
        found = np.bincount(self.codes, minlength=len(ANSWERS))
        return {ANSWERS[i]: int(n) for i, n in enumerate(found) if n}


def decide_table(
    pack: Pack, table: Table, as_of: date, *, complete: int = 2000, keep: bool = False
) -> Decisions:
    """Decide every row under the law of one day.

    Rows that three values alone leave open are decided like single cases, as long as
    there are no more than ``complete`` different ones. ``keep`` stores the literals'
    planes in the table (250 kB for a literal and a million rows), so that deciding
    the same table again, also under another law, is quicker.
    """
    law = law_on(pack, as_of)
    bound = bound_on(law, as_of.toordinal())
    planes = Planes(bound, table)
    names = tuple(way.name for way in law.ways)
    codes = np.empty(table.size, dtype=np.uint8)
    routes = np.full(table.size, NO_ROUTE, dtype=np.int16)
    left = 0
    stored = Stored(planes) if keep else planes
    for start, stop in planes.parts():
        literals = stored.literals(start, stop)
        ends = planes.run(literals)
        code = _codes(ends, stop - start)
        if complete and (code == UNKNOWN).any():
            left += _complete(planes, literals, code, complete)
        codes[start:stop] = code
        routes[start:stop] = _routes(law, ends, stop - start)
    for row in table.errors:
        codes[row], routes[row] = ERROR, NO_ROUTE
    return Decisions(codes, routes, names, table.errors, left)


def _codes(ends: Mapping[str, Plane], size: int) -> NDArray[np.uint8]:
    """The best end, or that it is not known, from the planes of the ends."""
    code = _Numbers(size, UNKNOWN)
    left = code.everybody()
    for index, end in enumerate(OPEN_ENDS):
        possibly, certainly = ends[f"any/{end}"]
        code.put(index, left & certainly)
        code.put(UNKNOWN, left & possibly & ~certainly)
        left &= ~possibly
    code.put(ENDS.index("no"), left)
    return code.read().astype(np.uint8)


def _routes(law: Law, ends: Mapping[str, Plane], size: int) -> NDArray[np.int16]:
    """The first route that ends as well as the answer does; of a no, the first
    that concerns the person."""
    route = _Numbers(size, len(law.ways) + 1)
    left = route.everybody()
    for end in OPEN_ENDS:
        possibly, certainly = ends[f"any/{end}"]
        mine = [way.name for way in law.ways if end in way.possible]
        _first(route, law, ends, left & certainly, {n: f"{n}/{end}" for n in mine})
        left &= ~possibly
    _first(route, law, ends, left, {w.name: f"{w.name}/applies" for w in law.ways})
    return route.read() - np.int16(1)


def _first(
    route: "_Numbers",
    law: Law,
    ends: Mapping[str, Plane],
    here: Plane,
    among: Mapping[str, str],
) -> None:
    """Give each row that is ``here`` the first route whose condition is certain."""
    for at, way in enumerate(law.ways, 1):
        if way.name in among and here.any():
            mine = here & ends[among[way.name]][1]
            route.put(at, mine)
            here = here & ~mine


class _Numbers:
    """A small number for each row, kept as planes of its binary digits."""

    def __init__(self, size: int, most: int) -> None:
        self.size, words = size, -(-size // WORD)
        self.digits = np.zeros((max(1, most.bit_length()), words), dtype=np.uint64)

    def everybody(self) -> Plane:
        return np.full(self.digits.shape[1], FULL)

    def put(self, number: int, rows: Plane) -> None:
        for digit in range(len(self.digits)):
            if number >> digit & 1:
                self.digits[digit] |= rows

    def read(self) -> NDArray[np.int16]:
        """The numbers themselves; eight digits at a time, in bytes."""
        found = np.zeros(self.size, dtype=np.int16)
        for low in range(0, len(self.digits), 8):
            byte = np.zeros(self.size, dtype=np.uint8)
            for digit, plane in enumerate(self.digits[low : low + 8]):
                byte += unpacked(plane, self.size) * np.uint8(1 << digit)
            found += byte.astype(np.int16) * np.int16(1 << low)
        return found


def _complete(
    planes: Planes, literals: list[Plane], codes: NDArray[np.uint8], most: int
) -> int:
    """Settle open rows by their completions; how many rows nobody tried."""
    rows = np.flatnonzero(codes == UNKNOWN)
    bits = [
        unpacked(np.ascontiguousarray(p), len(codes))[rows] for q in literals for p in q
    ]
    if not bits:
        return len(rows)
    patterns, where = _distinct(np.array(bits).T)
    kept = planes.bound.kept_codes
    fresh = [pattern for pattern in patterns if pattern.tobytes() not in kept]
    if len(fresh) > most:
        return len(rows)
    wanted = [f"any/{end}" for end in OPEN_ENDS]
    for pattern in fresh:
        base = [int(p) + 2 * int(c) for p, c in pattern.reshape(-1, 2)]
        values = settle(planes.bound, base, wanted)
        kept[pattern.tobytes()] = _code([values[name] for name in wanted])
    settled = [kept[pattern.tobytes()] for pattern in patterns]
    codes[rows] = np.array(settled, dtype=np.uint8)[where]
    return 0


def _distinct(bits: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The different rows of a matrix of bits, and which of them each row is."""
    packed = np.ascontiguousarray(np.packbits(bits.astype(bool), axis=1))
    whole = packed.view(f"V{packed.shape[1]}").ravel()
    _keys, first, where = np.unique(whole, return_index=True, return_inverse=True)
    return bits[first], where.ravel()


def _code(values: list[int]) -> int:
    for index, value in enumerate(values):
        if value == YES:
            return index
        if value == OPEN:
            return UNKNOWN
    return ENDS.index("no")


@dataclass(frozen=True)
class Difference:
    """Who is affected by a change of law: rows, and how their answer changes."""

    before: Decisions
    after: Decisions
    rows: NDArray[np.intp]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many answers changed from what to what, the most frequent first."""
        pairs = (
            self.before.codes[self.rows].astype(int) * 16 + self.after.codes[self.rows]
        )
        some, counts = np.unique(pairs, return_counts=True)
        found = [
            ((ANSWERS[pair >> 4], ANSWERS[pair & 15]), int(count))
            for pair, count in zip(some.tolist(), counts, strict=True)
        ]
        return dict(sorted(found, key=lambda item: -item[1]))

    def changed(self, row: int) -> tuple[str, str]:
        return self.before.may_work(row), self.after.may_work(row)


def compare_laws(
    old: Pack,
    new: Pack,
    table: Table,
    as_of: date,
    *,
    then: date | None = None,
    keep: bool = False,
) -> Difference:
    """Whom the step from ``old`` to ``new`` affects, and how.

    ``then``: the day of the new law, for comparing one pack on two days. ``keep`` as
    for ``decide_table``.
    """
    before = decide_table(old, table, as_of, complete=0, keep=keep)
    after = decide_table(new, table, then or as_of, complete=0, keep=keep)
    return Difference(before, after, np.flatnonzero(before.codes != after.codes))
