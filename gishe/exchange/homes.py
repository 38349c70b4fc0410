"""Where each table of the standard lives: its model here, and the model's fields."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models as db

from gishe.directory import models
from gishe.directory.models.rows import Row
from gishe.exchange.reading import tables

MODELS: dict[str, type[Row]] = {
    "taxonomies": models.Taxonomy,
    "taxonomy_terms": models.TaxonomyTerm,
    "organizations": models.Organization,
    "organization_identifiers": models.OrganizationIdentifier,
    "programs": models.Program,
    "services": models.Service,
    "locations": models.Location,
    "addresses": models.Address,
    "service_at_locations": models.ServiceAtLocation,
    "contacts": models.Contact,
    "phones": models.Phone,
    "schedules": models.Schedule,
    "languages": models.Language,
    "service_areas": models.ServiceArea,
    "accessibility": models.Accessibility,
    "cost_options": models.CostOption,
    "funding": models.Funding,
    "required_documents": models.RequiredDocument,
    "units": models.Unit,
    "service_capacity": models.ServiceCapacity,
    "url": models.Url,
    "attributes": models.Attribute,
    "metadata": models.Metadata,
    "meta_table_descriptions": models.MetaTableDescription,
}
# Columns whose field is called otherwise.
FIELDS = {("taxonomy_terms", "taxonomy_id"): "taxonomy_detail_id"}
# Instead of a digest: nothing is known of this row but its id.
STAND_IN = "stand-in"
AT_ONCE = 500  # ids in one query: SQLite takes 999 variables


@lru_cache(maxsize=64)
def lengths() -> dict[tuple[str, str], int]:
    """(table, column) → the most characters that its field takes."""
    found = {}
    for table, model in MODELS.items():
        for column in tables.TABLES[table]:
            name = FIELDS.get((table, column.name), column.name)
            if column.target or not has_field(model, name):
                continue
            its_field = model._meta.get_field(name)
            if isinstance(its_field, db.CharField) and its_field.max_length:
                found[table, column.name] = its_field.max_length
    return found


def has_field(model: type[db.Model], name: str) -> bool:
    return any(f.name == name or f.attname == name for f in model._meta.concrete_fields)


def known(table: str, ids: set[UUID]) -> set[UUID]:
    """Which of these rows the directory has; a stand-in is none of them."""
    rows = MODELS[table]._default_manager.exclude(checksum=STAND_IN)
    found: set[UUID] = set()
    for some in chunks(ids):
        found.update(rows.filter(pk__in=some).values_list("pk", flat=True))
    return found


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(items)
    while some := list(islice(stream, AT_ONCE)):
        yield some


@lru_cache(maxsize=64)
def fields_of(table: str, model: type[Row]) -> dict[str, Any]:
    """column → field of the model."""
    found: dict[str, Any] = {}
    for column in tables.TABLES[table]:
        name = FIELDS.get((table, column.name), column.name)
        for its_field in model._meta.concrete_fields:
            if name in {its_field.name, its_field.attname} and name != "id":
                found[column.name] = its_field
    if table == "attributes":
        for link in models.vocabulary.LINKS:
            found[f"{link}_id"] = model._meta.get_field(link)
    return found
