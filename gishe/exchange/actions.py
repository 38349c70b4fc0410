"""Writing: a source is looked at, or taken in one transaction."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.text import get_valid_filename

from gishe.accounts.models import User
from gishe.directory import models as directory
from gishe.directory.actions import reindex
from gishe.directory.models.rows import Row
from gishe.exchange import comparing, homes, report
from gishe.exchange.ledger import Ledger
from gishe.exchange.linking import linked
from gishe.exchange.models import ColumnMapping, ImportRun
from gishe.exchange.reading import Package, ReadError, mapped, nested, opened, tabular
from gishe.exchange.report import Report
from gishe.exchange.shaping import Source
from gishe.foundation import audit
from gishe.foundation.references import new_reference

if TYPE_CHECKING:
    Upload = UploadedFile[Any]
else:
    Upload = UploadedFile
AT_ONCE = 1000
KEPT_DAYS = 7  # how long a source that was only looked at is kept


class AlreadyTaken(Exception):
    """Somebody was quicker: this source has been taken."""


class MappingFaulty(Exception):
    """A mapping names columns that the standard has not, or lacks a needed one."""

    def __init__(self, columns: list[str]) -> None:
        self.columns = columns
        super().__init__(", ".join(columns))


@dataclass(frozen=True)
class Order:
    """What to import, and how to read it."""

    path: Path
    source_name: str
    language: str = "en"
    country: str = ""  # ISO 3166 alpha-2, for telephones without +…
    mapping: ColumnMapping | None = None
    file_name: str = ""  # as the person called it
    retires: bool = False  # services that vanished become inactive


@dataclass(frozen=True)
class Imported:
    """The run that is kept, and its report."""

    run: ImportRun
    report: Report


def read(order: Order) -> Package:
    """Every row of the source; a source that cannot be read raises ReadError."""
    with opened(order.path) as container:
        if order.mapping is not None:
            columns, constants = order.mapping.columns, order.mapping.constants
            return mapped.read(container, columns, constants)
        tables = [m for m in container.members if m.kind != ".json"]
        documents = [m for m in container.members if m.kind == ".json"]
        if tables or len(documents) != 1:
            return tabular.read(container)
        return nested.read(container, documents[0])


def look_at(
    *, order: Order, by: User | None, at: datetime, reference: UUID | None = None
) -> Imported:
    """A dry run: say row by row what an import would do; change nothing."""
    package = read(order)
    _, found = _planned(order, package)
    run = _run(order, found, by, at, reference)
    report.write_refused(found, run.pk)
    report.write(found, run.pk)
    run.save(force_insert=True)
    return Imported(run, found)


def take_in(
    *, order: Order, by: User | None, at: datetime, run: ImportRun | None = None
) -> Imported:
    """Import a source: all that can be taken, in one transaction, or nothing.

    ``run`` is the dry run that looked at it before; it is taken once.
    """
    package = read(order)
    with transaction.atomic():
        plan, found = _planned(order, package)
        if run is None:
            run = _run(order, found, by, at, None)
            run.save(force_insert=True)
        _claim(run, found, by, at)
        _write(plan, at, retires=order.retires)
        _reindex(plan, retires=order.retires)
        audit.record(
            "directory.imported",
            target="exchange.ImportRun",
            reference=run.pk,
            by=by,
            at=at,
            source=order.source_name,
            counts=found.counts,
        )
        # A report that cannot be kept undoes the import; the refused rows are in it.
        report.write_refused(found, run.pk)
        report.write(found, run.pk)
    return Imported(run, found)


def _claim(run: ImportRun, found: Report, by: User | None, at: datetime) -> None:
    claimed = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.DRY).update(
        state=ImportRun.State.TAKEN,
        counts=found.counts,
        started_at=at,
        started_by=by,
    )
    if not claimed:
        raise AlreadyTaken(f"{run} was taken before.")
    run.refresh_from_db()


def _planned(order: Order, package: Package) -> tuple[comparing.Plan, Report]:
    source = Source(order.source_name, order.language, order.country, homes.lengths())
    ledger = Ledger(row for rows in package.rows.values() for row in rows)
    records = linked(package, source, ledger, homes.known)
    plan = comparing.compared(records, package, source)
    entries = ledger.grouped() if package.is_grouped else list(ledger.entries())
    stand_ins = [record.key for record in records.stand_ins]
    return plan, report.made(package, entries, plan, stand_ins)


def _run(
    order: Order,
    found: Report,
    by: User | None,
    at: datetime,
    reference: UUID | None,
) -> ImportRun:
    return ImportRun(
        id=reference or new_reference(),
        file_name=(order.file_name or order.path.name)[:300],
        digest=_digest(order.path),
        source_name=order.source_name,
        language=order.language,
        country=order.country,
        mapping=order.mapping,
        started_at=at,
        started_by=by,
        counts=found.counts,
    )


def _digest(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names."""
    digest = sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and not file.is_symlink():
            digest.update(file.name.encode())
            with file.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
    return digest.hexdigest()


def _write(plan: comparing.Plan, at: datetime, *, retires: bool) -> None:
    for table, model in homes.MODELS.items():
        created = plan.created.get(table, [])
        for row in created:
            _date(row, at)
        model._default_manager.bulk_create(created, batch_size=AT_ONCE)
        _update(model, plan.updated.get(table, []), at)
    for table in reversed(homes.MODELS):
        model = homes.MODELS[table]
        gone = plan.removed.get(table, [])
        for start in range(0, len(gone), AT_ONCE):
            some = gone[start : start + AT_ONCE]
            model._default_manager.filter(pk__in=some).delete()
    _touch(plan, at)
    if retires:
        _retire([pk for pk, _ in plan.vanished.get("services", [])], at)


def _touch(plan: comparing.Plan, at: datetime) -> None:
    """A service whose hours or telephones changed has changed, too."""
    new = {row.pk for row in plan.created.get("services", [])}
    listed = sorted(plan.touched() - new)
    for start in range(0, len(listed), AT_ONCE):
        directory.Service.objects.filter(pk__in=listed[start : start + AT_ONCE]).update(
            last_modified=at
        )


def _date(row: Row, at: datetime) -> None:
    """A service says when it last changed, so that others can ask for what is new."""
    if isinstance(row, directory.Service) and row.last_modified is None:
        row.last_modified = at


def _update(model: type[Row], updates: list[comparing.Update], at: datetime) -> None:
    groups: dict[frozenset[str], list[Row]] = {}
    for update in updates:
        fields = set(update.fields)
        is_dated = isinstance(update.row, directory.Service) and update.is_change
        if is_dated and "last_modified" not in fields:
            update.row.last_modified = at  # type: ignore[attr-defined]
            fields.add("last_modified")
        groups.setdefault(frozenset(fields), []).append(update.row)
    for names, rows in groups.items():
        model._default_manager.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=sorted(names),
        )


def _reindex(plan: comparing.Plan, *, retires: bool) -> None:
    """Search reads anew what changed: the services, and those of renamed owners."""
    owners = {row.pk for row in plan.created.get("organizations", [])}
    owners |= {u.row.pk for u in plan.updated.get("organizations", []) if u.is_change}
    touched = {row.pk for row in plan.created.get("services", [])}
    touched |= {u.row.pk for u in plan.updated.get("services", []) if u.is_change}
    if retires:
        touched |= {pk for pk, _ in plan.vanished.get("services", [])}
    rows = directory.Service.objects.only("pk").order_by("pk")
    found: dict[UUID, directory.Service] = {}
    for name, ids in (("pk__in", touched), ("organization__in", owners)):
        listed = sorted(ids)
        for start in range(0, len(listed), AT_ONCE):
            some = listed[start : start + AT_ONCE]
            found.update({row.pk: row for row in rows.filter(**{name: some})})
    reindex(found.values())


def _retire(services: list[UUID], at: datetime) -> None:
    """Vanished services are no longer offered; their rows stay."""
    inactive = directory.Service.Status.INACTIVE
    for start in range(0, len(services), AT_ONCE):
        directory.Service.objects.filter(
            pk__in=services[start : start + AT_ONCE]
        ).exclude(status=inactive).update(
            status=inactive, last_modified=at, version=F("version") + 1
        )


# From a page: the source is kept between looking and taking ----------------------


def receive(*, upload: Upload, reference: UUID) -> Path:
    """Keep what was sent until somebody takes it, under its own name."""
    folder = _source_folder(reference)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / get_valid_filename(Path(upload.name or "source").name[-100:])
    with path.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    return path


def look_at_upload(
    *, upload: Upload, order: Order, reference: UUID, by: User, at: datetime
) -> ImportRun:
    """Look at what was sent from a page; sent twice, it is looked at once."""
    if (known := ImportRun.objects.filter(pk=reference).first()) is not None:
        return known
    clear_old_sources(at=at)
    path = receive(upload=upload, reference=reference)
    try:
        return look_at(
            order=replace(order, path=path), by=by, at=at, reference=reference
        ).run
    except ReadError:
        shutil.rmtree(report.folder_of(reference), ignore_errors=True)
        raise


def kept_source(run: ImportRun) -> Path | None:
    """The source of a dry run, while it is kept."""
    return next(iter(_source_folder(run.pk).glob("*")), None)


def _source_folder(reference: UUID) -> Path:
    return report.folder_of(reference) / "source"


def take_kept(*, run: ImportRun, retires: bool, by: User, at: datetime) -> Imported:
    """Take what was looked at; the dry run becomes the run that took it."""
    path = kept_source(run)
    if path is None:
        if run.state == ImportRun.State.TAKEN:
            raise AlreadyTaken(f"{run} was taken before.")
        raise ReadError("no_such_file", file=run.file_name)
    order = Order(
        path=path,
        source_name=run.source_name,
        language=run.language,
        country=run.country,
        mapping=run.mapping,
        file_name=run.file_name,
        retires=retires,
    )
    imported = take_in(order=order, by=by, at=at, run=run)
    shutil.rmtree(_source_folder(run.pk), ignore_errors=True)
    return imported


def clear_old_sources(*, at: datetime) -> None:
    """Sources that nobody took are not kept for ever."""
    old = ImportRun.objects.filter(started_at__lt=at - timedelta(days=KEPT_DAYS))
    for run in old.order_by("-started_at")[:100]:
        shutil.rmtree(_source_folder(run.pk), ignore_errors=True)


# Mappings ------------------------------------------------------------------------


def headers_of(*, upload: Upload) -> list[str]:
    """The columns of a table that was sent as a sample."""
    reference = new_reference()
    path = receive(upload=upload, reference=reference)
    try:
        package = Package()
        with opened(path) as container:
            # The header is known as soon as the first row, if any, was read.
            for member in container.members:
                next(tabular.records(container, member, package), None)
                return [name for name in package.columns[member.name] if name]
        raise ReadError("nothing_to_read", file=path.name)
    finally:
        shutil.rmtree(report.folder_of(reference), ignore_errors=True)


@transaction.atomic
def save_mapping(
    *,
    name: str,
    columns: dict[str, str],
    constants: dict[str, str],
    by: User | None,
    at: datetime,
) -> ColumnMapping:
    """Save how columns are read under a name; the same name is written anew."""
    if wrong := mapped.faults(columns, constants):
        raise MappingFaulty(wrong)
    mapping, _ = ColumnMapping.objects.update_or_create(
        name=name,
        defaults={"columns": columns, "constants": constants},
        create_defaults={
            "columns": columns,
            "constants": constants,
            "created_at": at,
        },
    )
    audit.record(
        "mapping.saved",
        target="exchange.ColumnMapping",
        reference=mapping.pk,
        by=by,
        at=at,
        columns=columns,
    )
    return mapping
