"""What became of every row: taken, repaired or refused, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gishe.exchange.reading.rows import Row

TAKEN, REPAIRED, REFUSED = "taken", "repaired", "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing told of a row: what stood there, what was made of it, and why."""

    column: str
    before: str
    after: str
    code: str


@dataclass(slots=True)
class Entry:
    """A row's fate."""

    row: Row
    outcome: str = TAKEN
    changes: list[Change] = field(default_factory=list)


class Ledger:
    """Keeps one entry for every row that was read."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._entries = {id(row): Entry(row) for row in rows}

    def repaired(
        self, row: Row, column: str, before: object, after: object, code: str
    ) -> None:
        entry = self._entries[id(row)]
        change = Change(column, _cell(before), _cell(after), code)
        if change not in entry.changes:
            entry.changes.append(change)
        if entry.outcome == TAKEN:
            entry.outcome = REPAIRED

    def refused(self, row: Row, column: str, before: object, code: str) -> None:
        entry = self._entries[id(row)]
        change = Change(column, _cell(before), "", code)
        if change not in entry.changes:
            entry.changes.append(change)
        entry.outcome = REFUSED

    def is_refused(self, row: Row) -> bool:
        return self._entries[id(row)].outcome == REFUSED

    def entries(self) -> Iterator[Entry]:
        yield from self._entries.values()

    def grouped(self) -> list[Entry]:
        """One entry for all that came out of one line of a file.

        The line is refused when what it is about, its service or organization, was.
        """
        lines: dict[tuple[str, int], Entry] = {}
        for entry in self._entries.values():
            key = (entry.row.file, entry.row.number)
            line = lines.setdefault(key, Entry(entry.row))
            line.changes += [c for c in entry.changes if c not in line.changes]
            is_its_subject = entry.row.table in {"services", "organizations"}
            if entry.outcome == REFUSED and is_its_subject:
                line.outcome = REFUSED
            elif entry.outcome != TAKEN and line.outcome == TAKEN:
                line.outcome = REPAIRED
        return list(lines.values())


def _cell(value: object) -> str:
    return "" if value is None else str(value)[:500]
