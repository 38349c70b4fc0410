"""Any single table, read through a saved mapping of its columns.

A line about a service becomes rows of several tables: its organization, itself, its
place, its telephones, its languages. Lines that name the same organization or place
share one row.
"""

import re
from collections.abc import Mapping

from gishe.exchange.reading import tables, tabular
from gishe.exchange.reading.containers import Container
from gishe.exchange.reading.errors import ReadError
from gishe.exchange.reading.rows import Package, Row

# Tables that a line may fill, each by the row it hangs on.
OWNERS = {
    "organizations": "",
    "services": "organization_id",
    "locations": "",
    "addresses": "location_id",
    "phones": "service_id",
    "languages": "service_id",
    "schedules": "service_id",
    "contacts": "service_id",
    "required_documents": "service_id",
    "cost_options": "service_id",
    "service_areas": "service_id",
    "funding": "service_id",
}
LISTED = re.compile(r"\s*(?:[,;/\n]|\bи\b|\band\b)\s*")


def targets() -> list[str]:
    """Every ``table.column`` that a mapping may name."""
    return [
        f"{table}.{column.name}"
        for table in OWNERS
        for column in tables.TABLES[table]
        if not column.target
    ]


def faults(columns: Mapping[str, str], constants: Mapping[str, str]) -> list[str]:
    """What is wrong with a mapping: columns nobody knows, names that are missing."""
    allowed = set(targets())
    named = [*columns.values(), *constants]
    wrong = sorted({target for target in named if target not in allowed})
    needed = {"services.name", "organizations.name"}
    return wrong + sorted(needed - set(named))


def read(
    container: Container, columns: Mapping[str, str], constants: Mapping[str, str]
) -> Package:
    """The rows of every table of a source, through one mapping."""
    package = Package(is_grouped=True)
    for member in container.members:
        if member.kind == ".json":
            continue
        reader = _Reader(package, member.name, columns, constants)
        is_checked = False
        for number, raw in tabular.records(container, member, package):
            if not is_checked:
                _check(package, member.name, columns)
                is_checked = True
            reader.line(number, raw)
    if not package.columns:
        raise ReadError("nothing_to_read", file=container.name)
    return package


def _check(package: Package, file: str, columns: Mapping[str, str]) -> None:
    header = package.columns[file]
    for name in header:
        if name and name not in columns and name.lower() not in tabular.OURS:
            package.note(file, "unknown_column", column=name)
    for name, target in columns.items():
        if name not in header:
            if target in {"services.name", "organizations.name"}:
                raise ReadError("column_missing", file=file, column=name)
            package.note(file, "missing_column", column=name)


class _Reader:
    def __init__(
        self,
        package: Package,
        file: str,
        columns: Mapping[str, str],
        constants: Mapping[str, str],
    ) -> None:
        self.package, self.file = package, file
        self.columns, self.constants = columns, constants
        self._shared: set[tuple[str, str]] = set()

    def line(self, number: int, raw: Mapping[str, str]) -> None:
        cells: dict[str, list[tuple[str, str]]] = {}
        for target, value in self.constants.items():
            table, _, column = target.partition(".")
            cells.setdefault(table, []).append((column, value))
        for header, target in self.columns.items():
            if value := raw.get(header, "").strip():
                table, _, column = target.partition(".")
                cells.setdefault(table, []).append((column, value))
        ids = self._subjects(number, raw, cells)
        for table, owner in OWNERS.items():
            if table in {"organizations", "services", "locations"}:
                continue
            for values in _lists(table, cells.get(table, [])):
                self._add(number, raw, table, values | {owner: ids[owner]})

    def _subjects(
        self,
        number: int,
        raw: Mapping[str, str],
        cells: dict[str, list[tuple[str, str]]],
    ) -> dict[str, str]:
        """The rows that a line is about, and the ids by which they are known."""
        organization = dict(cells.get("organizations", []))
        service = dict(cells.get("services", []))
        owner = (
            organization.get("id") or f"name={organization.get('name', '').casefold()}"
        )
        identity = service.get("id") or f"{owner}/{service.get('name', '').casefold()}"
        self._share(number, raw, "organizations", {**organization, "id": owner})
        # With an id of its own the place of a service may change; without one, the
        # same name at another place is the same service there.
        rest = {"id": identity, "organization_id": owner}
        if "id" in service:
            self._add(number, raw, "services", service | rest)
        else:
            self._share(number, raw, "services", service | rest)
        ids = {"organization_id": owner, "service_id": identity, "location_id": ""}
        if "locations" in cells or "addresses" in cells:
            location = dict(cells.get("locations", []))
            address = dict(cells.get("addresses", []))
            said = [location.get("name", ""), *address.values()]
            place = location.get("id") or "/".join(filter(None, said)).casefold()
            ids["location_id"] = place
            self._share(number, raw, "locations", location | {"id": place})
            link = {"service_id": identity, "location_id": place}
            link["id"] = f"{identity}@{place}"
            self._share(number, raw, "service_at_locations", link)
        return ids

    def _share(
        self, number: int, raw: Mapping[str, str], table: str, values: dict[str, str]
    ) -> None:
        if (table, values["id"]) not in self._shared:
            self._shared.add((table, values["id"]))
            self._add(number, raw, table, values)

    def _add(
        self, number: int, raw: Mapping[str, str], table: str, values: dict[str, str]
    ) -> None:
        stated = frozenset(
            target.partition(".")[2]
            for target in self.columns.values()
            if target.startswith(f"{table}.")
        )
        self.package.add(Row(self.file, number, table, values, raw, stated))


def _lists(table: str, cells: list[tuple[str, str]]) -> list[dict[str, str]]:
    """A column that comes twice starts another row; languages stand in one cell."""
    rows: list[dict[str, str]] = []
    for column, value in cells:
        parts = [value]
        if table == "languages" and column in {"name", "code"}:
            parts = [part for part in LISTED.split(value) if part]
        for part in parts:
            if not rows or column in rows[-1]:
                rows.append({})
            rows[-1][column] = part
    return rows
