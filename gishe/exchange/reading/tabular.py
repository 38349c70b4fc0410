"""Tables of comma-separated values: HSDS 2 and 3 packages, and any single table."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from gishe.exchange.reading import encodings, tables
from gishe.exchange.reading.containers import Container, Member
from gishe.exchange.reading.errors import ReadError
from gishe.exchange.reading.rows import Package, Row

SEPARATORS = (",", ";", "\t", "|")
# Columns that we ourselves put beside rows, and that nobody needs to bring back.
OURS = frozenset({"reason"})


def read(container: Container) -> Package:
    """Every known table of a package; unknown files are named, not dropped silently."""
    package = Package()
    resources = _resources(container, package)
    for member in container.members:
        if member.kind == ".json":
            continue
        named = resources.get(PurePosixPath(member.name).name.lower(), "")
        table = tables.table_of(member.stem) or tables.table_of(named)
        if table is None:
            package.note(member.name, "unknown_file")
            continue
        _read_table(container, member, table, package)
    if not package.columns:
        raise ReadError("no_known_table", file=container.name)
    return package


def records(
    container: Container, member: Member, package: Package
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of any table as header → cell, numbered as a spreadsheet shows them."""
    with container.open(member) as stream:
        encoding = encodings.of(stream)
    package.files[member.name] = encoding.name
    if encoding.is_guess:
        package.note(member.name, "encoding_guessed", encoding=encoding.name)
    with container.open(member) as stream:
        start = stream.read(20_000).decode(encoding.name, errors="replace")
    separator = _separator(start.split("\n", 1)[0])
    if separator != ",":
        package.note(member.name, "separator", separator=repr(separator))
    csv.field_size_limit(container.limits.cell_characters)
    with (
        container.open(member) as stream,
        io.TextIOWrapper(
            stream, encoding=encoding.name, errors="replace", newline=""
        ) as text,
    ):
        lines = csv.reader(text, delimiter=separator)
        yield from _cells(lines, member, package, container)


def _cells(
    lines: Iterator[list[str]], member: Member, package: Package, container: Container
) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if header is None:
                header = _header(cells, member, container)
                package.columns[member.name] = header
                continue
            if number > container.limits.rows:
                raise ReadError(
                    "too_many_rows", file=member.name, most=container.limits.rows
                )
            if cells:
                yield number, _record(header, cells)
    except csv.Error as error:
        raise ReadError(
            "bad_csv", file=member.name, row=number + 1, error=error
        ) from error
    if header is None:
        package.columns[member.name] = []
        package.note(member.name, "empty_file")


def _separator(head: str) -> str:
    """The separator that the header uses most."""
    return max(SEPARATORS, key=lambda mark: (head.count(mark), mark == ","))


def _header(cells: list[str], member: Member, container: Container) -> list[str]:
    if len(cells) > container.limits.columns:
        raise ReadError("too_many_columns", file=member.name)
    header = [cell.strip().strip("\ufeff") for cell in cells]
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise ReadError(
            "column_twice", file=member.name, column=", ".join(sorted(twice))
        )
    return header


def _record(header: list[str], cells: list[str]) -> dict[str, str]:
    """A row that is too short lacks its last cells; one too long keeps its rest."""
    record = dict(zip(header, cells, strict=False))
    rest = [cell for cell in cells[len(header) :] if cell.strip()]
    if rest:
        record[MORE] = "\n".join(rest)
    return record


MORE = "…"  # cells beyond the last column


def _read_table(
    container: Container, member: Member, table: str, package: Package
) -> None:
    known: dict[str, str] | None = None
    stated: frozenset[str] = frozenset()
    for number, raw in records(container, member, package):
        if known is None:
            header = package.columns[member.name]
            if table == "taxonomies" and "parent_id" in header:
                table = "taxonomy_terms"  # what version 2 called a taxonomy
            known = _known(header, table, member.name, package)
            stated = frozenset(known.values())
        values = {
            name: raw[header] for header, name in known.items() if raw.get(header)
        }
        if MORE in raw:
            values[MORE] = raw[MORE]
        if "address_type" not in values and "postal" in member.stem.lower():
            values["address_type"] = "postal"
        package.add(Row(member.name, number, table, values, raw, stated))
    package.tables.add(table)
    if known is None and package.columns.get(member.name):
        _known(package.columns[member.name], table, member.name, package)


def _known(
    header: list[str], table: str, file: str, package: Package
) -> dict[str, str]:
    """header → column; says which columns are not known and which are missing."""
    known: dict[str, str] = {}
    for name in header:
        column = tables.column_of(table, name)
        if column and column not in known.values():
            known[name] = column
        elif name and name.lower() not in OURS:
            package.note(file, "unknown_column", column=name)
    missing = [
        column.name
        for column in tables.TABLES[table]
        if column.required and column.name not in known.values()
    ]
    if missing:
        package.note(file, "missing_column", column=", ".join(missing))
    return known


def _resources(container: Container, package: Package) -> dict[str, str]:
    """file name → table, as a datapackage says; a broken one is only noted."""
    for member in container.members:
        if PurePosixPath(member.name).name.lower() != "datapackage.json":
            continue
        with container.open(member) as stream:
            try:
                described: Any = json.loads(stream.read())
                package.language = str(described.get("language") or "")
                return {
                    PurePosixPath(str(each["path"])).name.lower(): str(each["name"])
                    for each in described["resources"]
                    if isinstance(each, Mapping) and "path" in each
                }
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                package.note(member.name, "datapackage_broken")
    return {}
