"""Deciding tables, and comparing two versions of the law on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._bound import OPEN, YES
from gishe.core.rules._lanes import settle
from gishe.core.rules._law import OPEN_ENDS, Law, law_on
from gishe.core.rules._pack import ENDS, Pack
from gishe.core.rules._person import bound_on
from gishe.core.rules._planes import FULL, Plane, Planes, unpacked
from gishe.core.rules._problems import BadFact
from gishe.core.rules._table import WORD, Table

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
    for start, stop in planes.parts():
        literals = _literals(planes, start, stop, keep)
        ends = planes.run(literals)
        code = _codes(ends, stop - start)
        if complete and (code == UNKNOWN).any():
            left += _complete(planes, literals, code, complete)
        codes[start:stop] = code
        routes[start:stop] = _routes(law, ends, stop - start)
    for row in table.errors:
        codes[row], routes[row] = ERROR, NO_ROUTE
    return Decisions(codes, routes, names, table.errors, left)


def _literals(planes: Planes, start: int, stop: int, keep: bool) -> list[Plane]:
    if not keep:
        return planes.literals(start, stop)
    kept, known = planes.table.kept, planes.program.literals
    keys = [
        (start, planes.bound.as_of, literal, planes.missing(i))
        for i, literal in enumerate(known)
    ]
    wanted = {lit for key, lit in zip(keys, known, strict=True) if key not in kept}
    if wanted:
        fresh = planes.some_literals(start, stop, wanted)
        kept |= {
            k: fresh[lit] for k, lit in zip(keys, known, strict=True) if lit in fresh
        }
    return [kept[key] for key in keys]


def _codes(ends: Mapping[str, Plane], size: int) -> NDArray[np.uint8]:
    """The best end, or that it is not known, from the planes of the ends."""
    words = -(-size // WORD)
    code = _Numbers(words, len(ANSWERS))
    left = np.full(words, FULL)
    for index, end in enumerate(OPEN_ENDS):
        possibly, certainly = _both(ends[f"any/{end}"], words)
        code.put(index, left & certainly)
        code.put(UNKNOWN, left & possibly & ~certainly)
        left = left & ~possibly
    code.put(ENDS.index("no"), left)
    return code.read(size).astype(np.uint8)


def _routes(law: Law, ends: Mapping[str, Plane], size: int) -> NDArray[np.int16]:
    """The first route that ends as well as the answer does; of a no, the first
    that concerns the person."""
    words = -(-size // WORD)
    route = _Numbers(words, len(law.ways) + 1)
    left = np.full(words, FULL)
    for end in (*OPEN_ENDS, "applies"):
        possibly, certainly = (
            (left, left) if end == "applies" else _both(ends[f"any/{end}"], words)
        )
        here = left & certainly
        for at, way in enumerate(law.ways, 1):
            mine = here & _both(ends[f"{way.name}/{end}"], words)[1]
            route.put(at, mine)
            here &= ~mine
        left = left & ~possibly
    return route.read(size).astype(np.int16) - np.int16(1)


def _both(plane: Plane, words: int) -> tuple[Plane, Plane]:
    possibly, certainly = np.broadcast_to(plane, (2, words))
    return possibly, certainly


class _Numbers:
    """A small number for each row, kept as planes of its binary digits."""

    def __init__(self, words: int, most: int) -> None:
        digits = max(1, most.bit_length())
        self.digits = np.zeros((digits, words), dtype=np.uint64)

    def put(self, number: int, rows: Plane) -> None:
        for digit in range(len(self.digits)):
            if number >> digit & 1:
                self.digits[digit] |= rows

    def read(self, size: int) -> NDArray[np.uint16]:
        found = np.zeros(size, dtype=np.uint16)
        for digit, plane in enumerate(self.digits):
            found |= unpacked(plane, size).astype(np.uint16) << np.uint16(digit)
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
