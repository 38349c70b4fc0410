"""Reading for the interface and for the pages of imports."""

from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, Q, QuerySet

from gishe.directory import queries as directory
from gishe.directory.models import (
    Attribute,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from gishe.exchange.models import ColumnMapping, ImportRun

EARTH = 6_371_000  # radius in metres
DEGREE = 111_000  # metres of one degree of latitude


def runs() -> QuerySet[ImportRun]:
    """Imports, the latest first."""
    return ImportRun.objects.select_related("started_by", "mapping").order_by(
        "-started_at", "pk"
    )


def mappings() -> QuerySet[ColumnMapping]:
    """The saved mappings by name."""
    return ColumnMapping.objects.order_by("name")


def mapping_named(name: str) -> ColumnMapping | None:
    return ColumnMapping.objects.filter(name=name).first()


@dataclass(frozen=True)
class Wanted:
    """What a question to the interface narrows a list by; None asks nothing."""

    search: str = ""
    language: str = "en"
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime | None = None


def services(wanted: Wanted) -> QuerySet[Service]:
    """The services that the public may read, as the interface gives them."""
    rows = directory.services_shown().select_related("organization", "program")
    if wanted.search:
        found = directory.search(wanted.search, language=wanted.language).found
        rows = rows.filter(pk__in=found)
    if wanted.organization_id:
        rows = rows.filter(organization=wanted.organization_id)
    if wanted.modified_after:
        rows = rows.filter(last_modified__gte=wanted.modified_after)
    if marked := _marked(wanted):
        rows = rows.filter(pk__in=marked.values("service"))
    return rows


def _marked(wanted: Wanted) -> QuerySet[Attribute] | None:
    """Attributes with the wanted term, or any term of the wanted taxonomy."""
    if not wanted.taxonomy_term_id and not wanted.taxonomy_id:
        return None
    marked = Attribute.objects.filter(service__isnull=False)
    if wanted.taxonomy_term_id:
        marked = marked.filter(taxonomy_term=wanted.taxonomy_term_id)
    if wanted.taxonomy_id:
        marked = marked.filter(taxonomy_term__taxonomy_detail=wanted.taxonomy_id)
    return marked


def organizations(wanted: Wanted) -> QuerySet[Organization]:
    """Organizations; by a term, those with a service that carries it."""
    rows = Organization.objects.order_by("pk")
    if wanted.search:
        rows = rows.filter(_says(["name", "alternate_name"], wanted.search))
    if marked := _marked(wanted):
        shown = directory.services_shown().filter(pk__in=marked.values("service"))
        rows = rows.filter(pk__in=shown.values("organization"))
    return rows


def services_of(organizations: list[Organization]) -> dict[UUID, list[Service]]:
    """organization → its services that the public may read."""
    found: dict[UUID, list[Service]] = {}
    rows = directory.services_shown().select_related("program")
    for service in rows.filter(organization__in=organizations):
        found.setdefault(service.organization_id, []).append(service)
    return found


def locations_of(organizations: list[Organization]) -> dict[UUID, list[Location]]:
    """organization → its places."""
    found: dict[UUID, list[Location]] = {}
    rows = Location.objects.filter(organization__in=organizations).order_by("pk")
    for location in rows:
        if location.organization_id:
            found.setdefault(location.organization_id, []).append(location)
    return found


def places(
    wanted: Wanted, postcode: str = "", metres: float | None = None
) -> QuerySet[ServiceAtLocation]:
    """Services at locations; within ``metres`` of the middle of a postcode."""
    rows = (
        ServiceAtLocation.objects.filter(service__in=services(wanted).values("pk"))
        .select_related("location", "service__organization", "service__program")
        .order_by("pk")
    )
    if postcode and metres is None:
        rows = rows.filter(location__addresses__postal_code=postcode).distinct()
    elif postcode and metres is not None:
        rows = rows.filter(location__in=_near(postcode, metres))
    return rows


def _near(postcode: str, metres: float) -> list[UUID]:
    here = Location.objects.filter(
        addresses__postal_code=postcode, latitude__isnull=False
    ).aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if here["latitude"] is None or here["longitude"] is None:
        return []
    lat, lon = here["latitude"], here["longitude"]
    up = metres / DEGREE
    aside = up / max(cos(radians(lat)), 0.01)
    inside = Location.objects.filter(
        latitude__range=(lat - up, lat + up),
        longitude__range=(lon - aside, lon + aside),
    )
    return [
        pk
        for pk, its_lat, its_lon in inside.order_by("pk").values_list(
            "pk", "latitude", "longitude"
        )
        if its_lat is not None
        and its_lon is not None
        and _distance(lat, lon, its_lat, its_lon) <= metres
    ]


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two places on earth (haversine)."""
    up, aside = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    half = sin(up) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(aside) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def taxonomies(search: str = "") -> QuerySet[Taxonomy]:
    """Taxonomies by id."""
    rows = Taxonomy.objects.order_by("pk")
    return rows.filter(name__icontains=search) if search else rows


def taxonomy_terms(
    *,
    search: str = "",
    taxonomy_id: UUID | None = None,
    parent_id: UUID | None = None,
    is_top_only: bool = False,
) -> QuerySet[TaxonomyTerm]:
    """Terms; ``is_top_only`` keeps those that stand under no other."""
    rows = TaxonomyTerm.objects.select_related("taxonomy_detail").order_by("pk")
    if search:
        rows = rows.filter(_says(["name"], search) | Q(code__iexact=search))
    if taxonomy_id:
        rows = rows.filter(taxonomy_detail=taxonomy_id)
    if parent_id:
        rows = rows.filter(parent=parent_id)
    if is_top_only:
        rows = rows.filter(parent__isnull=True)
    return rows


def _says(fields: list[str], words: str) -> Q:
    """The words stand in one of the fields, in any language of the pages.

    SQLite folds the case of Latin letters alone, so common spellings are tried.
    """
    said = Q()
    for spelling in {words, words.lower(), words.upper(), words.capitalize()}:
        for field in fields:
            for code, _ in settings.LANGUAGES:
                said |= Q(**{f"{field}__texts__{code}__text__icontains": spelling})
    return said
