"""HSDS 3.1 documents: a row of the directory as the standard's JSON."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from gishe.directory.models import (
    Attribute,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from gishe.directory.models.rows import Row
from gishe.exchange.bundle import Bundle
from gishe.exchange.reading import tables
from gishe.foundation.translated import Translated

Document = dict[str, Any]

# What the schemas want even where there is nothing to say.
ALWAYS: dict[str, dict[str, Any]] = {
    "organizations": {"name": "", "description": ""},
    "services": {"name": ""},
    "programs": {"name": "", "description": ""},
    "taxonomies": {"name": "", "description": ""},
    "taxonomy_terms": {"name": "", "description": ""},
    "units": {"name": ""},
    "addresses": dict.fromkeys(
        ["address_1", "city", "state_province", "postal_code", "country"], ""
    ),
    "metadata": dict.fromkeys(
        ["field_name", "previous_value", "replacement_value", "updated_by"], ""
    ),
}
# References that a nested document still carries: the row is not around it.
KEPT_REFERENCES = {
    "organizations": ("parent_organization_id",),
    "taxonomy_terms": ("parent_id",),
}
# Columns that a nested document does not repeat.
NOT_NESTED = {"link_id", "resource_id", "tax_id"}
LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "phones": (("languages", "languages"),),
    "contacts": (("phones", "phones"),),
    "locations": (
        ("languages", "languages"),
        ("addresses", "addresses"),
        ("contacts", "contacts"),
        ("accessibility", "accessibility"),
        ("phones", "phones"),
        ("schedules", "schedules"),
        ("attributes", "attributes"),
    ),
    "service_at_locations": (
        ("service_areas", "service_areas"),
        ("contacts", "contacts"),
        ("phones", "phones"),
        ("schedules", "schedules"),
        ("attributes", "attributes"),
    ),
    "services": (
        ("additional_urls", "url"),
        ("phones", "phones"),
        ("schedules", "schedules"),
        ("service_areas", "service_areas"),
        ("languages", "languages"),
        ("funding", "funding"),
        ("cost_options", "cost_options"),
        ("required_documents", "required_documents"),
        ("contacts", "contacts"),
        ("capacities", "service_capacity"),
        ("attributes", "attributes"),
        ("metadata", "metadata"),
    ),
    "organizations": (
        ("additional_websites", "url"),
        ("funding", "funding"),
        ("contacts", "contacts"),
        ("phones", "phones"),
        ("programs", "programs"),
        ("organization_identifiers", "organization_identifiers"),
        ("attributes", "attributes"),
        ("metadata", "metadata"),
    ),
}


def plain(value: Any, language: str) -> Any:
    """A value as JSON: texts in one language, whole numbers whole."""
    if isinstance(value, Translated):
        return value.shown(language).text
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def base(table: str, row: Row, language: str) -> Document:
    """The row's own columns, without what hangs on it; empty ones are left out."""
    document: Document = {"id": str(row.pk), **ALWAYS.get(table, {})}
    kept = KEPT_REFERENCES.get(table, ())
    for column in tables.TABLES[table]:
        name = column.name
        if name == "id" or name in NOT_NESTED or (column.target and name not in kept):
            continue
        value = plain(getattr(row, name), language)
        if value is not None and value != "":
            document[name] = str(value) if column.target else value
    return document


class Writer:
    """Writes documents in one language from rows that a bundle has read."""

    def __init__(self, bundle: Bundle, language: str) -> None:
        self.bundle, self.language = bundle, language

    def base(self, table: str, row: Row) -> Document:
        return base(table, row, self.language)

    def nested(self, table: str, row: Row) -> Document:
        """A row with the lists that hang on it; empty lists are left out."""
        if isinstance(row, Attribute):
            return self._attribute(row)
        document = self.base(table, row)
        if table == "service_capacity":
            document["unit"] = self.base("units", row.unit)  # type: ignore[attr-defined]
        for name, child in LISTS.get(table, ()):
            rows = self.bundle.of(child, row)
            if rows:
                document[name] = [self.nested(child, each) for each in rows]
        return document

    def _attribute(self, row: Attribute) -> Document:
        document = self.base("attributes", row)
        if row.taxonomy_term is not None:
            document["taxonomy_term"] = self.term(row.taxonomy_term)
        return document

    def term(self, row: TaxonomyTerm) -> Document:
        document = self.base("taxonomy_terms", row)
        if row.taxonomy_detail is not None:
            document["taxonomy_detail"] = self.base("taxonomies", row.taxonomy_detail)
        return document

    def taxonomy(self, row: Taxonomy) -> Document:
        return self.base("taxonomies", row)

    def location(self, row: Location) -> Document:
        return self.nested("locations", row)

    def place(self, row: ServiceAtLocation) -> Document:
        """A service at a location, with the location; the service is around it."""
        document = self.nested("service_at_locations", row)
        document["location"] = self.location(row.location)
        return document

    def service(self, row: Service, *, is_in_organization: bool = False) -> Document:
        """A service with everything; inside its organization without that."""
        document = self.nested("services", row)
        places = self.bundle.of("service_at_locations", row)
        if places:
            document["service_at_locations"] = [
                self.place(place)
                for place in places
                if isinstance(place, ServiceAtLocation)
            ]
        if not is_in_organization:
            document["organization"] = self.nested("organizations", row.organization)
        if row.program is not None:
            document["program"] = self.base("programs", row.program)
        return document

    def service_listed(self, row: Service) -> Document:
        """A service as lists show it: what it has one of."""
        document = self.base("services", row)
        document["organization"] = self.base("organizations", row.organization)
        if row.program is not None:
            document["program"] = self.base("programs", row.program)
        return document

    def place_listed(self, row: ServiceAtLocation) -> Document:
        document = self.base("service_at_locations", row)
        document["location"] = self.base("locations", row.location)
        document["service"] = self.service_listed(row.service)
        return document

    def place_alone(self, row: ServiceAtLocation) -> Document:
        """A service at a location with all of both."""
        document = self.place(row)
        service = self.nested("services", row.service)
        service["organization"] = self.nested("organizations", row.service.organization)
        if row.service.program is not None:
            service["program"] = self.base("programs", row.service.program)
        document["service"] = service
        return document

    def organization(
        self,
        row: Organization,
        locations: list[Location],
        services: list[Service],
        *,
        is_full: bool,
    ) -> Document:
        """An organization with its places and services, these whole or by name."""
        document = self.nested("organizations", row)
        if locations:
            document["locations"] = [self.location(place) for place in locations]
        if services:
            document["services"] = [
                self.service(each, is_in_organization=True)
                if is_full
                else self.base("services", each)
                for each in services
            ]
        return document
