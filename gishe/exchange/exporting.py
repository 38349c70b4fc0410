"""The directory as files: HSDS 3.1 JSON, or a tabular package in a zip."""

import csv
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from rich.progress import track

from gishe.directory.models import (
    Location,
    Organization,
    Service,
    Taxonomy,
    TaxonomyTerm,
    Unit,
)
from gishe.directory.models.rows import Row
from gishe.exchange.bundle import Bundle
from gishe.exchange.documents import Document, Writer, plain
from gishe.exchange.homes import FIELDS, MODELS
from gishe.exchange.reading import tables

AT_ONCE = 100
# Files are called as the standard's datapackage calls them.
FILES = {"service_at_locations": "service_at_location"}


def write_json(path: Path, language: str) -> dict[str, int]:
    """Everything as one JSON document by table; organizations carry their services."""
    counts: Counter[str] = Counter()
    with _replacing(path) as stream:
        out = io.TextIOWrapper(stream, encoding="utf-8")
        out.write("{")
        for number, (table, documents) in enumerate(_documents(language)):
            out.write(f'{"," if number else ""}\n"{table}": [')
            for document in documents:
                out.write("," if counts[table] else "")
                out.write("\n")
                out.write(json.dumps(document, ensure_ascii=False))
                counts[table] += 1
            out.write("]")
        out.write("\n}\n")
        out.flush()
        out.detach()
    return dict(counts)


def _documents(language: str) -> Iterator[tuple[str, Iterator[Document]]]:
    yield "organizations", _organizations(language)
    yield "locations", _loose_locations(language)
    writer = Writer(Bundle(), language)
    terms = TaxonomyTerm.objects.select_related("taxonomy_detail").order_by("pk")
    yield "taxonomies", map(writer.taxonomy, Taxonomy.objects.order_by("pk"))
    yield "taxonomy_terms", map(writer.term, terms)
    units = Unit.objects.order_by("pk")
    yield "units", (writer.base("units", unit) for unit in units)


def _organizations(language: str) -> Iterator[Document]:
    rows = Organization.objects.order_by("pk")
    for chunk in track(list(_chunks(rows)), "Organizations", transient=True):
        services: dict[Any, list[Service]] = {}
        found = Service.objects.filter(organization__in=chunk).select_related("program")
        for service in found.order_by("pk"):
            services.setdefault(service.organization_id, []).append(service)
        locations: dict[Any, list[Location]] = {}
        for location in Location.objects.filter(organization__in=chunk).order_by("pk"):
            locations.setdefault(location.organization_id, []).append(location)
        bundle = Bundle().load(
            organizations=chunk,
            services=[s for some in services.values() for s in some],
            locations=[place for some in locations.values() for place in some],
        )
        writer = Writer(bundle, language)
        for row in chunk:
            yield writer.organization(
                row, locations.get(row.pk, []), services.get(row.pk, []), is_full=True
            )


def _loose_locations(language: str) -> Iterator[Document]:
    """Places that no organization and no service names."""
    rows = Location.objects.filter(organization=None, service_at_locations=None)
    for chunk in _chunks(rows.order_by("pk")):
        writer = Writer(Bundle().load(locations=chunk), language)
        yield from (writer.location(row) for row in chunk)


def _chunks(rows: Any) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        chunk.append(row)
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


# Tabular ---------------------------------------------------------------------------


def write_tabular(path: Path, language: str) -> dict[str, int]:
    """A zip with one CSV a table and its datapackage; empty tables are left out."""
    counts: dict[str, int] = {}
    with (
        _replacing(path) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for table, model in track(MODELS.items(), "Tables", transient=True):
            rows: Any = model._default_manager.order_by("pk")
            if not rows.exists():
                continue
            name = f"{FILES.get(table, table)}.csv"
            with archive.open(name, "w", force_zip64=True) as member:
                counts[table] = _write_table(member, table, rows, language)
        archive.writestr("datapackage.json", json.dumps(datapackage(counts), indent=1))
    return counts


def _write_table(stream: IO[bytes], table: str, rows: Any, language: str) -> int:
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    names = [column.name for column in tables.TABLES[table]]
    writer = csv.writer(out)
    writer.writerow(names)
    count = 0
    for row in rows.iterator(chunk_size=1000):
        writer.writerow(_cells(table, row, language))
        count += 1
    out.flush()
    out.detach()
    return count


def _cells(table: str, row: Row, language: str) -> Iterable[str]:
    for column in tables.TABLES[table]:
        name = FIELDS.get((table, column.name), column.name)
        if table == "attributes" and name == "link_id":
            value = getattr(row, f"{row.link_entity}_id")  # type: ignore[attr-defined]
        else:
            value = plain(getattr(row, name), language)
        yield "" if value is None else str(value)


def datapackage(counts: dict[str, int]) -> dict[str, Any]:
    """What the files of a package are, as tabular data packages say it."""
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "title": "HSDS 3.1",
        "resources": [
            {
                "name": table,
                "path": f"{FILES.get(table, table)}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": column.name, "type": "string"}
                        for column in tables.TABLES[table]
                    ],
                    "primaryKey": "id",
                },
            }
            for table in counts
        ],
    }


class _replacing:
    """A file that takes its place only when it is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> IO[bytes]:
        folder = self.path.resolve().parent
        self._file = NamedTemporaryFile("wb", dir=folder, delete=False)
        return self._file

    def __exit__(self, kind: object, *_: object) -> None:
        self._file.close()
        if kind is None:
            os.replace(self._file.name, self.path)
        else:
            os.unlink(self._file.name)
