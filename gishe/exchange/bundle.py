"""Rows of the directory with all that hangs on them, in one query a table."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from gishe.directory import models
from gishe.directory.models.rows import Row

# Tables whose rows hang on one of several owners, in the order they are needed.
HANGING: dict[str, tuple[type[Row], tuple[str, ...]]] = {
    "contacts": (
        models.Contact,
        ("organization", "service", "location", "service_at_location"),
    ),
    "phones": (
        models.Phone,
        ("organization", "service", "location", "service_at_location", "contact"),
    ),
    "languages": (models.Language, ("service", "location", "phone")),
    "schedules": (models.Schedule, ("service", "location", "service_at_location")),
    "service_areas": (models.ServiceArea, ("service", "service_at_location")),
    "funding": (models.Funding, ("organization", "service")),
    "url": (models.Url, ("organization", "service")),
    "addresses": (models.Address, ("location",)),
    "accessibility": (models.Accessibility, ("location",)),
    "cost_options": (models.CostOption, ("service",)),
    "required_documents": (models.RequiredDocument, ("service",)),
    "organization_identifiers": (models.OrganizationIdentifier, ("organization",)),
    "programs": (models.Program, ("organization",)),
    "service_capacity": (models.ServiceCapacity, ("service",)),
    "attributes": (
        models.Attribute,
        ("organization", "service", "location", "service_at_location"),
    ),
}
JOINED = {
    "service_capacity": ("unit",),
    "attributes": ("taxonomy_term__taxonomy_detail",),
}


class Bundle:
    """Organizations, services and places, and every list that hangs on them."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, UUID], list[Row]] = defaultdict(list)
        self.locations: dict[UUID, models.Location] = {}

    def of(self, table: str, owner: Row) -> list[Row]:
        """The rows of ``table`` that hang on ``owner``, in their order."""
        return self._lists.get((table, owner.pk), [])

    def load(
        self,
        *,
        services: Iterable[models.Service] = (),
        organizations: Iterable[models.Organization] = (),
        service_at_locations: Iterable[models.ServiceAtLocation] | None = None,
        locations: Iterable[models.Location] = (),
    ) -> "Bundle":
        """Read all that hangs on these rows; the number of queries is fixed."""
        ids: dict[str, set[UUID]] = {
            "service": {row.pk for row in services},
            "organization": {row.pk for row in organizations},
            "location": {row.pk for row in locations},
        }
        self.locations.update({row.pk: row for row in locations})
        if service_at_locations is None:
            service_at_locations = (
                models.ServiceAtLocation.objects.filter(service__in=ids["service"])
                .select_related("location")
                .order_by("position", "pk")
            )
        places = list(service_at_locations)
        for place in places:
            self._lists["service_at_locations", place.service_id].append(place)
            self.locations[place.location_id] = place.location
        ids["service_at_location"] = {place.pk for place in places}
        ids["location"] |= {place.location_id for place in places}
        for table in HANGING:
            rows = self._hang(table, ids)
            if table in {"contacts", "phones"}:
                ids[table.removesuffix("s")] = {row.pk for row in rows}
        changes = models.Metadata.objects.filter(
            resource_id__in=ids["service"] | ids["organization"]
        )
        for change in changes.order_by("last_action_date", "pk"):
            if change.resource_id:
                self._lists["metadata", change.resource_id].append(change)
        return self

    def _hang(self, table: str, ids: dict[str, set[UUID]]) -> list[Row]:
        model, owners = HANGING[table]
        wanted = Q()
        for owner in owners:
            if ids.get(owner):
                wanted |= Q(**{f"{owner}__in": ids[owner]})
        if not wanted:
            return []
        rows = list(
            model._default_manager.filter(wanted)
            .select_related(*JOINED.get(table, ()))
            .order_by("pk")
        )
        for row in rows:
            for owner in owners:
                identity = getattr(row, f"{owner}_id")
                if identity is not None:
                    self._lists[table, identity].append(row)
        return rows
