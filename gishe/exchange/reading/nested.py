"""HSDS 3 as JSON: services or organizations with all that belongs to them.

A list, one object, or a page of an interface (``contents``). Nested objects become
rows of their tables; an object that stands in several places becomes one row that
points at all of them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gishe.exchange.reading import tables
from gishe.exchange.reading.containers import Container, Member
from gishe.exchange.reading.errors import ReadError
from gishe.exchange.reading.rows import Package, Row

# Where a list or object under this name goes, and how it points back.
CHILDREN = {
    "phones": "phones",
    "schedules": "schedules",
    "service_areas": "service_areas",
    "service_at_locations": "service_at_locations",
    "languages": "languages",
    "funding": "funding",
    "cost_options": "cost_options",
    "required_documents": "required_documents",
    "contacts": "contacts",
    "capacities": "service_capacity",
    "attributes": "attributes",
    "metadata": "metadata",
    "additional_urls": "url",
    "additional_websites": "url",
    "locations": "locations",
    "programs": "programs",
    "organization_identifiers": "organization_identifiers",
    "addresses": "addresses",
    "accessibility": "accessibility",
    "services": "services",
}
# A single object to which the object around it points.
PARENTS = {
    "organization": ("organizations", "organization_id"),
    "program": ("programs", "program_id"),
    "location": ("locations", "location_id"),
    "service": ("services", "service_id"),
    "unit": ("units", "unit_id"),
    "taxonomy_term": ("taxonomy_terms", "taxonomy_term_id"),
    "taxonomy_detail": ("taxonomies", "taxonomy_id"),
}
OWN_KEY = {
    "organizations": "organization_id",
    "services": "service_id",
    "locations": "location_id",
    "service_at_locations": "service_at_location_id",
    "contacts": "contact_id",
    "phones": "phone_id",
}
LISTS = {
    "services": "services",
    "organizations": "organizations",
    "organisations": "organizations",
    "locations": "locations",
    "service_at_locations": "service_at_locations",
    "taxonomies": "taxonomies",
    "taxonomy_terms": "taxonomy_terms",
}


def read(container: Container, member: Member) -> Package:
    """All rows of one JSON file."""
    with container.open(member) as stream:
        content = stream.read()
    try:
        # utf-8, utf-16 and utf-32 announce themselves in JSON's first bytes.
        document = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ReadError("bad_json", file=member.name, error=error) from error
    package = Package(files={member.name: json.detect_encoding(content)}, stated=set())
    package.is_whole = not _is_one_of_many(document)
    reader = _Reader(member.name, package, container.limits.depth)
    for number, (table, item) in enumerate(_items(document, member.name), start=1):
        reader.number = number
        if package.count > container.limits.rows:
            raise ReadError(
                "too_many_rows", file=member.name, most=container.limits.rows
            )
        reader.take(table, item, {}, 0)
    if not package.rows:
        raise ReadError("no_known_table", file=member.name)
    return package


def _is_one_of_many(document: Any) -> bool:
    return isinstance(document, Mapping) and (document.get("total_pages") or 1) != 1


def _no_constant(name: str) -> None:
    """NaN and Infinity are no JSON, and no coordinates either."""
    return None


def _items(document: Any, file: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(document, Mapping):
        if isinstance(document.get("contents"), list):
            document = document["contents"]
        elif isinstance(document.get("id"), str) or "name" in document:
            document = [document]
        else:
            yield from _by_table(document, file)
            return
    if not isinstance(document, list):
        raise ReadError("no_known_table", file=file)
    for item in document:
        if not isinstance(item, Mapping):
            raise ReadError(
                "bad_json", file=file, error="a list of objects is expected"
            )
        yield _kind(item, file), item


def _by_table(
    document: Mapping[str, Any], file: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """``{"organizations.csv": [...], …}`` or ``{"services": [...]}``."""
    for name, items in document.items():
        table = tables.table_of(name.removesuffix(".csv"))
        if table and isinstance(items, list):
            yield from ((table, each) for each in items if isinstance(each, Mapping))


def _kind(item: Mapping[str, Any], file: str) -> str:
    """What an object is, by the keys that only one kind has."""
    keys = item.keys()
    if keys & {"location_type", "latitude", "addresses", "transportation"}:
        return "locations"
    if keys & {"location", "location_id"} and keys & {"service", "service_id"}:
        return "service_at_locations"
    if keys & {"taxonomy_detail", "term_uri", "parent_id", "taxonomy_id", "taxonomy"}:
        return "taxonomy_terms"
    if keys & {
        "website",
        "legal_status",
        "year_incorporated",
        "services",
        "locations",
        "organization_identifiers",
        "parent_organization_id",
    }:
        return "organizations"
    if keys & {"organization", "organization_id", "status", "service_at_locations"}:
        return "services"
    if "location" in keys:
        return "service_at_locations"
    if keys & {"email", "alternate_name"}:
        return "organizations"
    if keys <= {"id", "name", "description", "uri", "version", "metadata"}:
        return "taxonomies"
    raise ReadError("no_known_table", file=file)


class _Reader:
    """Walks nested objects, and remembers which rows it has seen."""

    def __init__(self, file: str, package: Package, depth: int) -> None:
        self.file, self.package, self.depth = file, package, depth
        self.number = 0
        self._seen: dict[tuple[str, str], Row] = {}

    def take(
        self, table: str, item: Mapping[str, Any], owner: Mapping[str, str], depth: int
    ) -> str:
        """Take one object and all below it; the answer is its id."""
        if depth > self.depth:
            raise ReadError("too_deep", file=self.file)
        values = dict(owner)
        later: list[tuple[str, Mapping[str, Any]]] = []
        lists: list[str] = []
        for key, value in item.items():
            if key in PARENTS and isinstance(value, Mapping):
                parent, column = PARENTS[key]
                values[column] = self.take(parent, value, {}, depth + 1)
            elif key in CHILDREN and isinstance(value, list):
                later += [(CHILDREN[key], v) for v in value if isinstance(v, Mapping)]
                lists.append(CHILDREN[key])
            elif isinstance(value, Mapping | list):
                name = key.encode("utf-8", "replace").decode("utf-8")
                self.package.note(self.file, "unknown_column", column=f"{table}.{name}")
            elif value is not None and value != "" and key not in owner:
                self._cell(table, key, value, values)
        identity = self._add(table, values)
        if (program := self._seen.get(("programs", values.get("program_id", "")))) and (
            "organization_id" in values
        ):  # a program inside a service does not repeat whose it is
            program.values.setdefault("organization_id", values["organization_id"])
        if self.package.stated is not None:
            self.package.stated.update((table, identity, child) for child in lists)
        for child, value in later:
            self.take(child, value, _pointing(table, child, identity), depth + 1)
        return identity

    def _cell(self, table: str, key: str, value: Any, values: dict[str, str]) -> None:
        key = key.encode("utf-8", "replace").decode("utf-8")
        column = tables.column_of(table, key)
        if column is None:
            self.package.note(self.file, "unknown_column", column=f"{table}.{key}")
        elif isinstance(value, bool):
            values[column] = "true" if value else "false"
        elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            values[column] = str(int(value))
        else:
            # Half of a surrogate pair is no letter, and no file takes it.
            values[column] = str(value).encode("utf-8", "replace").decode("utf-8")

    def _add(self, table: str, values: dict[str, str]) -> str:
        """A new row, or more cells for a row that stood elsewhere already."""
        identity = values.get("id", "")
        if not identity and table in tables.STANDING | set(OWN_KEY):
            # Children must be able to point at it.
            identity = values["id"] = f"{self.file}#{self.package.count + 1}"
        seen = self._seen.get((table, identity)) if identity else None
        if seen is None:
            row = Row(self.file, self.number, table, values, values)
            self.package.add(row)
            if identity:
                self._seen[table, identity] = row
        else:
            for key, value in values.items():
                seen.values.setdefault(key, value)
        return identity


def _pointing(table: str, child: str, identity: str) -> dict[str, str]:
    if child == "attributes":
        return {"link_id": identity, "link_entity": tables.entity_of(table)}
    if child == "metadata":
        return {"resource_id": identity, "resource_type": tables.entity_of(table)}
    column = OWN_KEY.get(table)
    return {column: identity} if column else {}
