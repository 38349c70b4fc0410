"""From the cells of a row to the values of a record; references still by their ids."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from hashlib import sha256
from typing import Any
from uuid import UUID

from gishe.directory import telephones
from gishe.directory.identity import row_id
from gishe.exchange.ledger import Ledger
from gishe.exchange.reading import Package, Row, tables
from gishe.exchange.reading.tabular import MORE
from gishe.exchange.repairs import (
    FATAL,
    READERS,
    Unreadable,
    text,
    times,
    words,
)

DEFAULTS = {
    ("services", "status"): "active",
    ("locations", "location_type"): "physical",
    ("addresses", "address_type"): "physical",
}


@dataclass(frozen=True)
class Source:
    """Where rows come from: its name here, its language, its country for telephones."""

    name: str
    language: str = "en"
    country: str = ""
    # (table, column) → the most characters its place in the database takes
    lengths: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """A row of the directory to be."""

    table: str
    key: str  # its id at the source
    id: UUID
    values: dict[str, Any]
    refs: dict[str, str]  # column → id at the source
    row: Row
    links: dict[str, UUID] = field(default_factory=dict)


class Shaper:
    """Makes records of rows, and tells the ledger what it mended or refused."""

    def __init__(self, package: Package, source: Source, ledger: Ledger) -> None:
        self.package, self.source, self.ledger = package, source, ledger
        self.refused: set[tuple[str, str]] = set()  # (table, id at the source)
        self._positions: Counter[tuple[str, ...]] = Counter()

    def records(self, table: str) -> list[Record]:
        """The records of one table, without those that were refused."""
        found: list[Record] = []
        for row in self.package.rows.get(table, []):
            found += self._of(row)
            if self.ledger.is_refused(row) and row.values.get("id"):
                self.refused.add((table, text.line(row.values["id"])[0]))
        return found

    def _of(self, row: Row) -> list[Record]:
        if not any(value.strip() for value in row.values.values()):
            self.ledger.repaired(row, "", "", "", "empty_row")
            return []
        if MORE in row.values:
            # Where a stray separator shifted the cells, none of them can be trusted.
            self.ledger.refused(row, MORE, row.values[MORE], "too_many_cells")
            return []
        values, refs = self._cells(row)
        if self.ledger.is_refused(row):
            return []
        if row.table == "phones":
            return self._phones(row, values, refs)
        if row.table == "schedules" and not self._hours(row, values):
            return []
        if row.table == "languages":
            self._language_code(row, values)
        self._in_order(row, values)
        if self.ledger.is_refused(row):
            return []
        return [self._record(row, values, refs)]

    def _cells(self, row: Row) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        refs: dict[str, str] = {}
        for column in tables.TABLES[row.table]:
            name = column.name
            cell = row.values.get(name, "")
            if not cell or not cell.strip():
                if (row.table, name) in DEFAULTS:
                    values[name] = DEFAULTS[row.table, name]
                elif column.required:
                    self.ledger.refused(row, name, cell, "required_empty")
            elif column.target or name == "id":
                refs[name] = text.line(cell)[0]
            else:
                self._cell(row, column, cell, values)
        return values, refs

    def _cell(
        self, row: Row, column: tables.Column, cell: str, values: dict[str, Any]
    ) -> None:
        try:
            value, code = READERS[column.kind](cell)
        except Unreadable as error:
            if column.required or column.kind in FATAL:
                self.ledger.refused(row, column.name, cell, error.code)
            else:
                self.ledger.repaired(row, column.name, cell, "", error.code)
            return
        if value == "":
            if column.required:
                self.ledger.refused(row, column.name, cell, "required_empty")
            return
        most = self.source.lengths.get((row.table, column.name))
        if most and isinstance(value, str) and len(value) > most:
            self.ledger.refused(row, column.name, cell, "too_long")
            return
        if code:
            self.ledger.repaired(row, column.name, cell, value, code)
        values[column.name] = value

    def _phones(
        self, row: Row, values: dict[str, Any], refs: dict[str, str]
    ) -> list[Record]:
        cell = str(values.get("number", ""))
        if telephones.none_meant(cell):
            self.ledger.repaired(row, "number", cell, "", "no_phone")
            return []
        found = telephones.numbers(row.values["number"], self.source.country)
        records: list[Record] = []
        for number in found:
            if number.code or number.number != cell:
                after = " · ".join(n.number for n in found)
                code = number.code or "phone_written"
                self.ledger.repaired(row, "number", cell, after, code)
            given = dict(values, number=number.number)
            if number.extension is not None:
                given.setdefault("extension", number.extension)
            if number.note:
                given.setdefault("description", number.note)
            more = (
                {}
                if not records
                else {"id": f"{refs['id']}/2"}
                if refs.get("id")
                else {}
            )
            records.append(self._record(row, given, {**refs, **more}))
        return records

    def _hours(self, row: Row, values: dict[str, Any]) -> bool:
        """Hours in their order; False where the row is no schedule at all."""
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if "closed" in row.values and row.values["closed"].lower() in {"true", "1"}:
            self.ledger.refused(row, "closed", row.values["closed"], "closed_day_kept")
            return False
        if opens is None and closes is None and set(values) <= {"byday"}:
            day = values.get("byday", "")
            self.ledger.repaired(row, "opens_at", day, "", "closed_that_day")
            return False
        if isinstance(opens, time) and isinstance(closes, time):
            try:
                opens, closes, code = times.hours(opens, closes)
            except Unreadable as error:
                before = f"{row.values['opens_at']}–{row.values['closes_at']}"
                self.ledger.refused(row, "closes_at", before, error.code)
                return False
            if code:
                before = row.values["closes_at"]
                after = f"{opens:%H:%M}–{closes:%H:%M}"
                self.ledger.repaired(row, "closes_at", before, after, code)
            values["opens_at"], values["closes_at"] = opens, closes
        if "byday" in values and "freq" not in values and "dtstart" not in values:
            values["freq"] = "WEEKLY"
        return True

    def _language_code(self, row: Row, values: dict[str, Any]) -> None:
        """People look for a language by its code; a known name gives it."""
        name = values.get("name", "")
        if not name or "code" in values:
            return
        try:
            values["code"], _ = words.language(name)
        except Unreadable:
            return
        self.ledger.repaired(row, "code", "", values["code"], "language_code_added")

    def _in_order(self, row: Row, values: dict[str, Any]) -> None:
        """First before last: dates, ages, what is free of what there is."""
        for first, last in (("valid_from", "valid_to"), ("dtstart", "until")):
            a, b = values.get(first), values.get(last)
            if a and b and b < a:
                self.ledger.refused(row, last, b, "ends_before_it_begins")
        low, high = values.get("minimum_age"), values.get("maximum_age")
        if low is not None and high is not None and high < low:
            before = f"{low}–{high}"
            self.ledger.repaired(
                row, "maximum_age", before, f"{high}–{low}", "ages_swapped"
            )
            values["minimum_age"], values["maximum_age"] = high, low
        free, most = values.get("available"), values.get("maximum")
        if free is not None and most is not None and most < free:
            self.ledger.repaired(row, "maximum", most, "", "more_free_than_there_is")
            del values["maximum"]
        self._place(row, values)

    def _place(self, row: Row, values: dict[str, Any]) -> None:
        """A place on earth has both coordinates; 0, 0 is nobody's address."""
        here = {name: values.get(name) for name in ("latitude", "longitude")}
        if row.table != "locations" or here == {"latitude": None, "longitude": None}:
            return
        if None in here.values() or set(here.values()) == {0.0}:
            for name, value in here.items():
                if values.pop(name, None) is not None:
                    self.ledger.repaired(row, name, value, "", "half_a_place")

    def _record(self, row: Row, values: dict[str, Any], refs: dict[str, str]) -> Record:
        refs = dict(refs)
        key = refs.pop("id", "") or self._made_key(row, values, refs)
        if len(key) > 200:
            key = sha256(key.encode()).hexdigest()
        entity = tables.entity_of(row.table)
        identity = row_id(self.source.name, entity, key)
        return Record(row.table, key, identity, values, refs, row)

    def _made_key(self, row: Row, values: dict[str, Any], refs: dict[str, str]) -> str:
        """An id for a row without one: the same whenever the source comes again.

        What hangs on something is known by its owner and its place among its like, so
        that a corrected telephone is a change and not another telephone.
        """
        self.package.note(row.file, "ids_made")
        owner = "/".join(f"{name}={value}" for name, value in sorted(refs.items()))
        if row.table in tables.STANDING:
            owner += f"/{values.get('name', '')}"
        elif row.table == "schedules":
            owner += f"/{values.get('byday', '')}"
        self._positions[row.table, owner] += 1
        return f"{owner}/{self._positions[row.table, owner]}"
