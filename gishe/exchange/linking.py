"""References become links: found in the source or here, stood in for, or refused."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from gishe.directory.identity import row_id
from gishe.exchange.ledger import Ledger
from gishe.exchange.reading import Package, Row, tables
from gishe.exchange.shaping import Record, Shaper, Source
from gishe.foundation import languages
from gishe.foundation.translated import Translated

# Which ids of a table are in the directory already.
Known = Callable[[str, set[UUID]], set[UUID]]
JOINED = re.compile(r"\s*[,;|]\s*")


@dataclass
class Linked:
    """Records in the order in which they may be written."""

    records: dict[str, dict[UUID, Record]] = field(default_factory=dict)
    stand_ins: list[Record] = field(default_factory=list)

    def all(self) -> Iterator[Record]:
        for table in self.records.values():
            yield from table.values()


def linked(package: Package, source: Source, ledger: Ledger, known: Known) -> Linked:
    """All records of a package, each pointing at rows that are or will be there."""
    shaper = Shaper(package, source, ledger)
    linker = _Linker(source, ledger, known, shaper.refused)
    # Shape all tables first: a row may point at a table that comes later.
    for table in tables.TABLES:
        linker.enter(table, shaper.records(table))
    for table in tables.TABLES:
        linker.link(table)
    linker.patch_eligibility()
    return linker.linked


def _stand_in_name(key: str) -> Translated:
    """What an organization is called of which only the number is known."""
    names: dict[str, str] = {}
    for code in languages.page_languages():
        with override(code):
            names[code] = _("Organization %(number)s") % {"number": key}
    return Translated.of("en", **names)


class _Linker:
    def __init__(
        self,
        source: Source,
        ledger: Ledger,
        known: Known,
        refused: set[tuple[str, str]],
    ) -> None:
        self.source, self.ledger, self.known = source, ledger, known
        self.refused = refused  # (table, id) of rows that went no further
        self.linked = Linked()
        self._by_key: dict[str, dict[str, Record]] = {t: {} for t in tables.TABLES}
        self._waiting: dict[str, list[Record]] = {}
        self._here: dict[str, set[UUID]] = {}
        self._stand_ins: dict[UUID, str] = {}  # id → name

    def enter(self, table: str, records: list[Record]) -> None:
        """Make records known by their ids; the second with an id is not taken."""
        waiting = self._waiting[table] = []
        for record in records:
            first = self._by_key[table].get(record.key)
            if first is None:
                self._by_key[table][record.key] = record
                waiting.append(record)
            elif first.values == record.values and first.refs == record.refs:
                self.ledger.repaired(record.row, "id", record.key, "", "same_row_twice")
            else:
                self.ledger.refused(record.row, "id", record.key, "id_twice")

    def link(self, table: str) -> None:
        kept = self.linked.records.setdefault(table, {})
        self._look_up(table)
        for record in self._waiting[table]:
            for one in self._linked(record):
                kept[one.id] = one

    def _look_up(self, table: str) -> None:
        """Ask once for all ids that this table points at and the source lacks."""
        wanted: dict[str, set[UUID]] = {}
        for record in self._waiting[table]:
            for column, cell in record.refs.items():
                target = tables.columns(table)[column].target
                for key in {cell, *JOINED.split(cell)}:
                    if key and key not in self._by_key[target]:
                        wanted.setdefault(target, set()).add(self._id(target, key))
        for target, ids in wanted.items():
            self._here.setdefault(target, set()).update(self.known(target, ids))

    def _id(self, table: str, key: str) -> UUID:
        return row_id(self.source.name, tables.entity_of(table), key)

    def _find(self, table: str, key: str) -> UUID | None:
        record = self._by_key[table].get(key)
        if record is not None:
            return None if self.ledger.is_refused(record.row) else record.id
        identity = self._id(table, key)
        return identity if identity in self._here.get(table, ()) else None

    def _linked(self, record: Record) -> list[Record]:
        """The record with its links; several where one cell joined several ids."""
        found: list[dict[str, UUID]] = [{}]
        for column in tables.references(record.table):
            cell = record.refs.get(column.name)
            if cell is None:
                continue
            ids = self._targets(record, column, cell)
            if self.ledger.is_refused(record.row):
                return []
            found = [{**links, column.name: i} for links in found for i in ids] or found
        if record.table in {"attributes", "metadata"} and not self._stands_on(record):
            return []
        if not self._belongs(record, found[0]):
            return []
        many = len(found) > 1
        return [
            self._copy(record, links, n if many else 0) for n, links in enumerate(found)
        ]

    def _copy(self, record: Record, links: dict[str, UUID], number: int) -> Record:
        links = record.links | links
        if not number:
            return replace(record, links=links)
        key = f"{record.key}/{number + 1}"[-200:]
        identity = self._id(record.table, key)
        return replace(
            record, key=key, id=identity, links=links, values=dict(record.values)
        )

    def _targets(self, record: Record, column: tables.Column, cell: str) -> list[UUID]:
        """The rows that a cell points at: one, several joined, or a stand-in."""
        row, name = record.row, column.name
        if (identity := self._find(column.target, cell)) is not None:
            if identity == record.id and column.target == record.table:
                self.ledger.repaired(row, name, cell, "", "own_parent")
                return []
            if identity in self._stand_ins:
                self.ledger.repaired(
                    row, name, cell, self._stand_ins[identity], "stand_in"
                )
            return [identity]
        parts = [part for part in JOINED.split(cell) if part]
        found = [i for part in parts if (i := self._find(column.target, part))]
        if len(parts) > 1 and found:
            found = list(dict.fromkeys(found))
            if record.table in tables.STANDING:
                found = found[:1]
            taken = [p for p in parts if self._find(column.target, p) in found]
            self.ledger.repaired(row, name, cell, " · ".join(taken), "ids_split")
            return found
        return self._nowhere(record, column, cell)

    def _nowhere(self, record: Record, column: tables.Column, cell: str) -> list[UUID]:
        row, name = record.row, column.name
        was_refused = (
            cell in self._by_key[column.target] or (column.target, cell) in self.refused
        )
        if (record.table, name) == ("services", "organization_id") and not was_refused:
            identity = self._stand_in(row, cell)
            self.ledger.repaired(row, name, cell, self._stand_ins[identity], "stand_in")
            return [identity]
        if column.required:
            code = "points_at_refused" if was_refused else "points_nowhere"
            self.ledger.refused(row, name, cell, code)
        else:
            self.ledger.repaired(row, name, cell, "", "link_dropped")
        return []

    def _stand_in(self, row: Row, key: str) -> UUID:
        """An organization that the source only knows by its id.

        Its id is made of the source's, so it fills when the organization comes.
        """
        values: dict[str, Any] = {"name": _stand_in_name(key)}
        identity = self._id("organizations", key)
        record = Record("organizations", key, identity, values, {}, row)
        self._by_key["organizations"][key] = record
        self.linked.records["organizations"][identity] = record
        self.linked.stand_ins.append(record)
        self._stand_ins[identity] = values["name"].shown("en").text
        return identity

    def _belongs(self, record: Record, links: dict[str, UUID]) -> bool:
        """Whether a detail hangs on anything at all."""
        table = record.table
        is_free = table in tables.STANDING or table == "attributes"
        if is_free or links:
            return True
        column = next(iter(record.refs), "") or next(
            (c.name for c in tables.references(table)), ""
        )
        cell = record.refs.get(column, "")
        self.ledger.refused(
            record.row, column, cell, "points_nowhere" if cell else "belongs_to_nothing"
        )
        return False

    def _stands_on(self, record: Record) -> bool:
        """An attribute names its row by kind and id; find the row."""
        is_attribute = record.table == "attributes"
        id_column = "link_id" if is_attribute else "resource_id"
        kind_column = "link_entity" if is_attribute else "resource_type"
        key = str(record.values.pop(id_column, ""))
        kind = str(record.values.get(kind_column) or record.values.get("link_type", ""))
        table = tables.table_of(kind)
        places = [table] if table else [t for t, k in self._by_key.items() if key in k]
        found = [(t, i) for t in places if (i := self._find(t, key))]
        if len(found) == 1:
            table, identity = found[0]
            entity = tables.entity_of(table)
            record.links[f"{entity}_id" if is_attribute else id_column] = identity
            record.values[kind_column] = entity
            return True
        if is_attribute:
            self.ledger.refused(record.row, id_column, key, "points_nowhere")
            return False
        return True

    def patch_eligibility(self) -> None:
        """Version 2 kept eligibility in rows of its own; version 3 in the service."""
        services = self.linked.records["services"]
        for record in self.linked.records.pop("eligibilities").values():
            words = record.values.get("eligibility", "")
            service = services.get(record.links["service_id"])
            if not words:
                continue
            if service is None:
                self.ledger.refused(record.row, "service_id", "", "points_nowhere")
                continue
            told = service.values.get("eligibility_description", "")
            if words not in told.split("\n"):
                service.values["eligibility_description"] = f"{told}\n{words}".strip()
