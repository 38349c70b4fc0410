"""Rows as they stand in a source, before anything is made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """One row of a table: where it stands, and its cells under HSDS names.

    ``number`` is the row as a spreadsheet shows it (the header is row 1), or the
    count of the object in a JSON file. ``raw`` keeps the cells as they were.
    """

    file: str
    number: int
    table: str
    values: dict[str, str]
    raw: Mapping[str, str]
    # The columns its table has here: an empty cell of one of them is said to be empty.
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FileNote:
    """Something true of a whole file: its encoding, a column nobody knows."""

    file: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Package:
    """All rows of a source by table, and what is to be said of its files."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)  # those that are here, even empty
    notes: list[FileNote] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # file → encoding
    columns: dict[str, list[str]] = field(default_factory=dict)  # file → header
    # Lists that nested objects stated: (table, id of the owner, table of the list).
    # None: a table that is here is here as a whole.
    stated: set[tuple[str, str, str]] | None = None
    is_whole: bool = True  # not one page of many
    language: str = ""  # of its texts, where the source itself names it
    is_grouped: bool = False  # rows of one number are one row for its owner

    def add(self, row: Row) -> None:
        self.rows.setdefault(row.table, []).append(row)
        self.tables.add(row.table)

    def note(self, file: str, code: str, **values: object) -> None:
        said = {key: str(value) for key, value in values.items()}
        note = FileNote(file, code, said)
        if note not in self.notes:
            self.notes.append(note)

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())
