"""The tables of HSDS 3.1 with their columns, and what version 2 called them."""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Column:
    """A column: how its cells are read, and whether a row is nothing without it."""

    name: str
    kind: str  # a reader in gishe.exchange.repairs, or "ref:<table>"
    required: bool = False

    @property
    def target(self) -> str:
        """The table a reference points at; empty for other columns."""
        return self.kind.removeprefix("ref:") if self.kind.startswith("ref:") else ""


def _table(words: str) -> tuple[Column, ...]:
    """``name:kind!`` …; the exclamation mark says required, no kind says line."""
    columns = []
    for word in words.split():
        name, _, kind = word.rstrip("!").partition("=")
        columns.append(Column(name, kind or "line", word.endswith("!")))
    return tuple(columns)


OWNERS = {
    "organization_id": "ref:organizations",
    "service_id": "ref:services",
    "location_id": "ref:locations",
    "service_at_location_id": "ref:service_at_locations",
    "contact_id": "ref:contacts",
    "phone_id": "ref:phones",
}
ORG, SVC, LOC, SAL, CON, PHO = (f"{key}={kind}" for key, kind in OWNERS.items())

# In the order in which rows may point at rows of tables above them.
TABLES: dict[str, tuple[Column, ...]] = {
    "taxonomies": _table("id name! description=text uri=url version"),
    "taxonomy_terms": _table(
        "id code name! description=text parent_id=ref:taxonomy_terms taxonomy "
        "language taxonomy_id=ref:taxonomies term_uri=url"
    ),
    "organizations": _table(
        "id name! alternate_name description=text email=email website=url tax_status "
        "tax_id year_incorporated=integer legal_status logo=url uri=url "
        "parent_organization_id=ref:organizations"
    ),
    "organization_identifiers": _table(
        f"id {ORG}! identifier_scheme identifier_type identifier!"
    ),
    "programs": _table(f"id {ORG}! name! alternate_name description=text"),
    "services": _table(
        f"id {ORG}! program_id=ref:programs name! alternate_name description=text "
        "url=url email=email status=status interpretation_services=text "
        "application_process=text fees_description=text wait_time fees=text "
        "accreditations=text eligibility_description=text minimum_age=integer "
        "maximum_age=integer assured_date=date assurer_email=email licenses=text "
        "alert=text last_modified=moment"
    ),
    "locations": _table(
        f"id location_type=location_type url=url {ORG} name alternate_name "
        "description=text transportation=text latitude=latitude longitude=longitude "
        "external_identifier external_identifier_type"
    ),
    "addresses": _table(
        f"id {LOC} attention address_1 address_2 city region state_province "
        "postal_code country address_type=location_type"
    ),
    "service_at_locations": _table(f"id {SVC}! {LOC}! description=text"),
    "contacts": _table(f"id {ORG} {SVC} {SAL} {LOC} name title department email=email"),
    "phones": _table(
        f"id {LOC} {SVC} {ORG} {CON} {SAL} number=phone! extension=integer type "
        "description=text"
    ),
    "schedules": _table(
        f"id {SVC} {LOC} {SAL} valid_from=date valid_to=date dtstart=date "
        "timezone=number until=date count=integer wkst=byday freq=freq "
        "interval=integer byday=byday byweekno bymonthday byyearday description=text "
        "opens_at=time closes_at=closing schedule_link=url attending_type notes=text"
    ),
    "languages": _table(f"id {SVC} {LOC} {PHO} name code=language note=text"),
    "service_areas": _table(
        f"id {SVC} {SAL} name description=text extent=text extent_type uri"
    ),
    "accessibility": _table(f"id {LOC} description=text details=text url=url"),
    "cost_options": _table(
        f"id {SVC}! valid_from=date valid_to=date option currency amount=number "
        "amount_description"
    ),
    "funding": _table(f"id {ORG} {SVC} source"),
    "required_documents": _table(f"id {SVC}! document=text uri=url"),
    "units": _table("id name! scheme identifier uri=url"),
    "service_capacity": _table(
        f"id {SVC}! unit_id=ref:units! available=number! maximum=number "
        "description=text updated=moment"
    ),
    "url": _table(f"id label url=url! {ORG} {SVC}"),
    "attributes": _table(
        "id link_id=link taxonomy_term_id=ref:taxonomy_terms link_type link_entity "
        "value label"
    ),
    "metadata": _table(
        "id resource_id=link resource_type last_action_date=date! last_action_type! "
        "field_name! previous_value=text replacement_value=text updated_by"
    ),
    "meta_table_descriptions": _table("id name language character_set"),
    # Version 2 only: becomes the text of its service.
    "eligibilities": _table(f"id {SVC}! eligibility=text"),
}
# Rows that stand by themselves; all others hang on one of these.
STANDING = frozenset(
    {
        "organizations",
        "services",
        "locations",
        "programs",
        "taxonomies",
        "taxonomy_terms",
        "units",
        "metadata",
        "meta_table_descriptions",
    }
)
# The standard's word for one row of a table, where dropping an s does not give it.
ENTITIES = {
    "taxonomies": "taxonomy",
    "addresses": "address",
    "accessibility": "accessibility",
}
# Names of files and resources, in version 2 and in daily life.
ALIASES = {
    "organization": "organizations",
    "organisation": "organizations",
    "organisations": "organizations",
    "service": "services",
    "location": "locations",
    "phone": "phones",
    "contact": "contacts",
    "address": "addresses",
    "physical_address": "addresses",
    "physical_addresses": "addresses",
    "postal_address": "addresses",
    "postal_addresses": "addresses",
    "schedule": "schedules",
    "regular_schedule": "schedules",
    "regular_schedules": "schedules",
    "holiday_schedule": "schedules",
    "holiday_schedules": "schedules",
    "language": "languages",
    "service_at_location": "service_at_locations",
    "services_at_location": "service_at_locations",
    "services_at_locations": "service_at_locations",
    "eligibility": "eligibilities",
    "service_area": "service_areas",
    "accessibility_for_disabilities": "accessibility",
    "cost_option": "cost_options",
    "fundings": "funding",
    "required_document": "required_documents",
    "unit": "units",
    "service_capacities": "service_capacity",
    "urls": "url",
    "attribute": "attributes",
    "other_attributes": "attributes",
    "other_attribute": "attributes",
    "service_attributes": "attributes",
    "service_attribute": "attributes",
    "program": "programs",
    "organization_identifier": "organization_identifiers",
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
    "meta_table_description": "meta_table_descriptions",
}
# Columns that were called otherwise in version 2.
RENAMED: dict[str, dict[str, str]] = {
    "organizations": {"url": "website"},
    "services": {"eligibility": "eligibility_description"},
    "schedules": {
        "weekday": "byday",
        "start_date": "valid_from",
        "end_date": "valid_to",
        "original_text": "description",
    },
    "languages": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "service_areas": {"service_area": "name"},
    "phones": {"department": "description"},
    "attributes": {"taxonomy_id": "taxonomy_term_id", "service_id": "link_id"},
    "taxonomy_terms": {"vocabulary": "taxonomy"},
}
# Cells that become rows of another table.
EXTRA = {"phones": ("language",), "schedules": ("closed",)}


def table_of(name: str) -> str | None:
    """The table behind a file's or resource's name, or none."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    plain = ALIASES.get(plain, plain)
    return plain if plain in TABLES else None


def entity_of(table: str) -> str:
    """The standard's word for one row of a table: ``service_at_location``."""
    return ENTITIES.get(table) or table.removesuffix("s")


def column_of(table: str, header: str) -> str | None:
    """The column behind a header; none when HSDS has no such column."""
    plain = header.strip().strip("\ufeff").lower().replace(" ", "_")
    names = columns(table)
    if plain in names:
        return plain
    plain = RENAMED.get(table, {}).get(plain, plain)
    return plain if plain in names or plain in EXTRA.get(table, ()) else None


@lru_cache(maxsize=64)
def columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in TABLES[table]}


@lru_cache(maxsize=64)
def references(table: str) -> tuple[Column, ...]:
    """The columns of a table that point at other rows."""
    return tuple(column for column in TABLES[table] if column.target)
