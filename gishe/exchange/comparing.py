"""What a source would change: new rows, changed fields, what was edited here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models as db

from gishe.directory.models.rows import KeptRow, Row
from gishe.exchange import homes
from gishe.exchange.linking import Linked
from gishe.exchange.reading import Package, tables
from gishe.exchange.shaping import Record, Source
from gishe.foundation.fields import TranslatedField
from gishe.foundation.translated import Translated

# The names under which an owner's card knows a list, where it is not the table's.
LISTS: dict[str, tuple[str, ...]] = {
    "service_capacity": ("capacities",),
    "url": ("additional_urls", "additional_websites"),
    "attributes": ("needs", "groups", "attributes"),
}


@dataclass
class Update:
    """A row that is here, and the fields that the source says otherwise."""

    row: Row
    fields: set[str]
    is_change: bool  # False: only the digest moved on


@dataclass
class Plan:
    """All that an import would write."""

    created: dict[str, list[Row]] = field(default_factory=dict)
    updated: dict[str, list[Update]] = field(default_factory=dict)
    removed: dict[str, list[UUID]] = field(default_factory=dict)
    vanished: dict[str, list[tuple[UUID, str]]] = field(default_factory=dict)
    kept_local: list[tuple[str, UUID, list[str]]] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    bereft: set[UUID] = field(default_factory=set)  # services that lose a detail

    def touched(self) -> set[UUID]:
        """Services of which a detail is new, changed or taken away."""
        rows = [row for some in self.created.values() for row in some]
        rows += [u.row for some in self.updated.values() for u in some if u.is_change]
        found = {getattr(row, "service_id", None) for row in rows} | self.bereft
        return {service for service in found if service is not None}

    def counts(self) -> dict[str, int]:
        """What is said at the end of a report."""
        return {
            "created": sum(len(rows) for rows in self.created.values()),
            "updated": sum(u.is_change for us in self.updated.values() for u in us),
            "unchanged": sum(self.unchanged.values()),
            "kept_local": len(self.kept_local),
            "removed": sum(len(ids) for ids in self.removed.values()),
            "vanished": sum(len(rows) for rows in self.vanished.values()),
        }


def compared(linked: Linked, package: Package, source: Source) -> Plan:
    """Hold every record against the row that is here."""
    plan = Plan()
    comparer = _Comparer(source, plan, linked)
    for table, model in homes.MODELS.items():
        comparer.table(table, model, linked.records.get(table, {}))
    comparer.gone(package)
    return plan


class _Comparer:
    def __init__(self, source: Source, plan: Plan, linked: Linked) -> None:
        self.source, self.plan, self.linked = source, plan, linked
        self.stand_ins = {record.id for record in linked.stand_ins}
        # Owners whose list was edited here: (table of the list, owner's id).
        self.local_lists: set[tuple[str, UUID]] = set()
        # Rows that do not come, as a list was edited here: nothing can hang on them.
        self.left_out: set[UUID] = set()

    def table(self, table: str, model: type[Row], records: dict[UUID, Record]) -> None:
        here: dict[UUID, Row] = {}
        for ids in homes.chunks(records):
            here.update({r.pk: r for r in model._default_manager.filter(pk__in=ids)})
        to_field = homes.fields_of(table, model)
        created: list[Row] = []
        updated: list[Update] = []
        for identity, record in records.items():
            row = here.get(identity)
            if row is None:
                if self._is_kept_out(table, record):
                    self.left_out.add(identity)
                    self.plan.kept_local.append((table, identity, [table]))
                else:
                    created.append(self._new(model, record, to_field))
            elif update := self._changed(table, row, record, to_field):
                updated.append(update)
            if isinstance(row, KeptRow):
                for name in row.local_fields:
                    self.local_lists.add((name, row.pk))
        if created:
            self.plan.created[table] = created
        if updated:
            self.plan.updated[table] = updated

    def _new(
        self,
        model: type[Row],
        record: Record,
        to_field: "dict[str, db.Field[Any, Any]]",
    ) -> Row:
        values: dict[str, Any] = {
            "id": record.id,
            "source_name": self.source.name,
            "source_id": record.key,
            "checksum": self._checksum(record),
        }
        for name, value in (record.values | record.links).items():
            if name in to_field:
                found = to_field[name]
                values[found.attname] = self._stored(found, value, None)
        if record.table == "service_capacity":
            values.setdefault("updated", datetime(1970, 1, 1, tzinfo=UTC))
        return model(**values)

    def _changed(
        self,
        table: str,
        row: Row,
        record: Record,
        to_field: "dict[str, db.Field[Any, Any]]",
    ) -> Update | None:
        """The update of a row, or None where nothing is to be written."""
        checksum = self._checksum(record)
        is_stand_in = record.id in self.stand_ins
        local = set(row.local_fields) if isinstance(row, KeptRow) else set()
        is_same = is_stand_in or (row.checksum == checksum and row.checksum != "")
        if is_same and not local:
            self.plan.unchanged[table] += 1
            return None
        differing = self._differing(row, record, to_field)
        kept = sorted(differing.keys() & local)
        if is_same:
            differing = {}
        if differing and self._is_local_list(table, record):
            kept, differing = sorted(differing), {}
        if kept:
            self.plan.kept_local.append((table, row.pk, kept))
        if is_same:
            self.plan.unchanged[table] += not kept
            return None
        for name in differing.keys() - local:
            setattr(row, to_field[name].attname, differing[name])
        changed = {to_field[name].attname for name in differing.keys() - local}
        if not changed and not kept:
            self.plan.unchanged[table] += 1
        if not changed and (not kept or not row.checksum):
            return None
        fields = set(changed)
        if row.source_name == self.source.name:
            row.checksum = checksum
            fields.add("checksum")
        if isinstance(row, KeptRow) and changed:
            row.version += 1
            fields.add("version")
        return Update(row, fields, bool(changed)) if fields else None

    def _differing(
        self, row: Row, record: Record, to_field: "dict[str, db.Field[Any, Any]]"
    ) -> dict[str, Any]:
        """column → the value that the source brings, where it is another one.

        A cell that became empty at its source is emptied here too, if it came from
        there; a column that the source does not have says nothing.
        """
        given = record.values | record.links
        found = {}
        for name, its_field in to_field.items():
            if name not in given and not self._was_emptied(row, record, name):
                continue
            here = getattr(row, its_field.attname)
            stored = self._stored(its_field, given.get(name), here)
            if stored != here:
                found[name] = stored
        return found

    def _was_emptied(self, row: Row, record: Record, name: str) -> bool:
        return (
            row.source_name == self.source.name
            and name in record.row.stated
            and name not in record.row.values
            and name != "last_modified"
        )

    def _stored(self, its_field: "db.Field[Any, Any]", value: Any, here: Any) -> Any:
        if isinstance(value, Translated):
            return value
        if isinstance(its_field, TranslatedField):
            return self._translated(str(value or ""), here)
        if value is None:
            return None if its_field.null else its_field.get_default()
        if isinstance(its_field, db.FloatField):
            return float(value)
        if isinstance(its_field, db.DecimalField):
            step = Decimal(1).scaleb(-its_field.decimal_places)
            return Decimal(str(value)).quantize(step)
        if isinstance(its_field, db.CharField | db.TextField):
            return str(value)
        return value

    def _translated(self, text: str, here: Translated | None) -> Translated:
        language = self.source.language
        if not here:
            return Translated.of(language, **{language: text})
        # What is shown for want of a translation comes back unchanged.
        if here.shown(language).text == text:
            return here
        return here.written(language, text)

    def _checksum(self, record: Record) -> str:
        said = [
            self.source.language,
            *sorted((n, _plain(v)) for n, v in record.values.items()),
            *sorted((n, str(v)) for n, v in record.links.items()),
        ]
        if record.id in self.stand_ins:
            return homes.STAND_IN
        return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()

    def _is_kept_out(self, table: str, record: Record) -> bool:
        """Whether it is new in a list that is ours, or hangs on such a row."""
        hangs = not self.left_out.isdisjoint(record.links.values())
        return hangs or self._is_local_list(table, record)

    def _is_local_list(self, table: str, record: Record) -> bool:
        return self._are_local(table, record.links.values())

    def _are_local(self, table: str, owners: Iterable[UUID]) -> bool:
        names = LISTS.get(table, (table,))
        return any((name, o) in self.local_lists for o in owners for name in names)

    def gone(self, package: Package) -> None:
        """Rows that came from this source before and are in it no more."""
        for table, model in homes.MODELS.items():
            records = self.linked.records.get(table, {})
            was = model._default_manager.filter(source_name=self.source.name).exclude(
                source_id=""
            )
            if table in tables.STANDING:
                self._vanished(table, was, records, package)
            elif table in package.tables or package.stated is not None:
                self._removed(table, was, records, package)

    def _vanished(
        self,
        table: str,
        was: "db.QuerySet[Row]",
        records: dict[UUID, Record],
        package: Package,
    ) -> None:
        if not package.is_whole or table not in package.tables:
            return
        gone = [
            (pk, key)
            for pk, key in was.order_by("pk").values_list("pk", "source_id")
            if pk not in records
        ]
        if gone:
            self.plan.vanished[table] = gone

    def _removed(
        self,
        table: str,
        was: "db.QuerySet[Row]",
        records: dict[UUID, Record],
        package: Package,
    ) -> None:
        """Details of an owner that came again, without them."""
        model = homes.MODELS[table]
        columns = [
            c for c in tables.references(table) if homes.has_field(model, c.name)
        ]
        names = [c.name for c in columns]
        gone: list[UUID] = []
        for pk, *owners in was.order_by("pk").values_list("pk", *names):
            if pk in records:
                continue
            owned = [
                (column.target, owner)
                for column, owner in zip(columns, owners, strict=True)
                if owner
            ]
            here = [o for o in owned if o[1] in self.linked.records.get(o[0], {})]
            if not here or self._are_local(table, [owner for _, owner in here]):
                continue
            if self._is_stated(here, table, package):
                gone.append(pk)
                self.plan.bereft |= {o for target, o in here if target == "services"}
        if gone:
            self.plan.removed[table] = gone

    def _is_stated(
        self, owners: list[tuple[str, UUID]], table: str, package: Package
    ) -> bool:
        if package.stated is None:
            return True
        return all(
            (target, self.linked.records[target][owner].key, table) in package.stated
            for target, owner in owners
        )


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)
