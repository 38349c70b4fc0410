"""Taxonomies, and the attributes that put their terms on any row of the directory."""

from django.db import models
from django.db.models import Q

from gishe.directory.models.details import (
    Contact,
    CostOption,
    Funding,
    Language,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceCapacity,
    Unit,
    Url,
    hangs_on,
)
from gishe.directory.models.organizations import (
    Organization,
    OrganizationIdentifier,
    Program,
)
from gishe.directory.models.places import (
    Accessibility,
    Address,
    Location,
    ServiceArea,
    ServiceAtLocation,
)
from gishe.directory.models.provided import Service
from gishe.directory.models.rows import Row
from gishe.foundation.fields import TranslatedField


class Taxonomy(Row):
    """A list of terms that somebody keeps."""

    name = models.CharField(max_length=500)
    description = TranslatedField()
    uri = models.URLField(max_length=2000, blank=True)
    version = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Row):
    """A term of a taxonomy; ``taxonomy`` is its name where the list is not here."""

    code = models.CharField(max_length=200, blank=True)
    name = TranslatedField()
    description = TranslatedField()
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    taxonomy = models.CharField(max_length=500, blank=True)
    taxonomy_detail = models.ForeignKey(
        Taxonomy,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="terms",
        db_column="taxonomy_id",
    )
    language = models.CharField(max_length=16, blank=True)  # ISO 639-3
    term_uri = models.URLField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(self.name) or self.code


class MetaTableDescription(Row):
    """Language and character set of a table, as tabular packages say it."""

    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=40, blank=True)
    character_set = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


# The things an attribute can stand on, by the standard's word for them.
LINKS = [
    "organization",
    "organization_identifier",
    "program",
    "service",
    "location",
    "address",
    "service_at_location",
    "service_area",
    "accessibility",
    "schedule",
    "phone",
    "contact",
    "language",
    "required_document",
    "cost_option",
    "funding",
    "service_capacity",
    "unit",
    "url",
    "meta_table_description",
]


def _exactly_one(keys: list[str]) -> Q:
    condition = Q()
    for key in keys:
        rest = {f"{other}__isnull": True for other in keys if other != key}
        condition |= Q(**{f"{key}__isnull": False}, **rest)
    return condition


def _without_index(
    model: type[models.Model],
) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    # A partial index of Attribute.Meta does the work: one entry a row, not twenty.
    return hangs_on(model, "attributes", db_index=False)


class Attribute(Row):
    """A term, or a value, put on one row: a need that a service covers, a group."""

    organization = _without_index(Organization)
    organization_identifier = _without_index(OrganizationIdentifier)
    program = _without_index(Program)
    service = _without_index(Service)
    location = _without_index(Location)
    address = _without_index(Address)
    service_at_location = _without_index(ServiceAtLocation)
    service_area = _without_index(ServiceArea)
    accessibility = _without_index(Accessibility)
    schedule = _without_index(Schedule)
    phone = _without_index(Phone)
    contact = _without_index(Contact)
    language = _without_index(Language)
    required_document = _without_index(RequiredDocument)
    cost_option = _without_index(CostOption)
    funding = _without_index(Funding)
    service_capacity = _without_index(ServiceCapacity)
    unit = _without_index(Unit)
    url = _without_index(Url)
    meta_table_description = _without_index(MetaTableDescription)
    taxonomy_term = models.ForeignKey(
        TaxonomyTerm,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attributes",
    )
    link_type = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    label = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=_exactly_one(LINKS), name="attribute_of_exactly_one_row"
            ),
        ]
        indexes = [
            models.Index(
                fields=[link],
                condition=Q(**{f"{link}__isnull": False}),
                name=f"attribute_{link}"[:30],
            )
            for link in LINKS
        ]

    def __str__(self) -> str:
        return f"{self.taxonomy_term or self.label}: {self.value}"

    @property
    def link_entity(self) -> str:
        """The standard's word for what it stands on."""
        return next(link for link in LINKS if getattr(self, f"{link}_id") is not None)


class Metadata(Row):
    """One change of one field, as directories tell each other. Names its row by id."""

    resource_id = models.UUIDField(null=True, blank=True)
    resource_type = models.CharField(max_length=100, blank=True)
    last_action_date = models.DateField()
    last_action_type = models.CharField(max_length=100)
    field_name = models.CharField(max_length=200)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    updated_by = models.CharField(max_length=500)

    class Meta(Row.Meta):
        indexes = [
            models.Index(
                fields=["resource_type", "resource_id"], name="metadata_by_resource"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_type}.{self.field_name} {self.last_action_date}"
