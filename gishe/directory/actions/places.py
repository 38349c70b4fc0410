"""Where a service is given: at places that are known, or at a new address."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from gishe.directory.identity import PROGRAMME
from gishe.directory.models import (
    Address,
    District,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
)
from gishe.foundation.translated import Translated


@dataclass(frozen=True)
class NewPlace:
    """An address that is not known yet; it becomes a location of the organization."""

    reference: UUID
    name: Translated
    address_1: Translated
    city: Translated
    postal_code: str = ""
    country: str = ""  # ISO 3166 alpha-2
    district: District | None = None


def places_of(service: Service) -> list[UUID]:
    """Ids of the locations where it is given."""
    return [link.location_id for link in service.service_at_locations.all()]


def write_places(
    service: Service, known: Sequence[UUID], new: NewPlace | None = None
) -> None:
    """The service is given at these locations and no others.

    What hangs on a link that stays, its hours there above all, stays. Hours of the
    programme outlive their place: they go over to the service.
    """
    wanted = [*known, *([_location(service, new).pk] if new else [])]
    gone = service.service_at_locations.exclude(location__in=wanted)
    Schedule.objects.filter(
        service_at_location__in=gone.values("pk"), source_name=PROGRAMME
    ).update(service=service, service_at_location=None)
    gone.delete()
    links = ServiceAtLocation.objects.filter(service=service)
    there = set(links.values_list("location_id", flat=True))
    for location in wanted:
        if location not in there:
            ServiceAtLocation.objects.create(
                service=service, location_id=location, position=_last(location) + 1
            )
            there.add(location)


def _last(location: UUID) -> int:
    """The last place in the location's order of services."""
    links = ServiceAtLocation.objects.filter(location=location)
    return links.aggregate(last=Max("position"))["last"] or 0


def _location(service: Service, new: NewPlace) -> Location:
    """The new place; sent twice, it is made once."""
    owner = service.organization
    location, is_new = Location.objects.get_or_create(
        pk=new.reference,
        defaults={
            "organization": owner,
            "name": new.name or owner.name,
            "district": new.district,
        },
    )
    if is_new:
        Address.objects.create(
            location=location,
            address_1=new.address_1,
            city=new.city,
            postal_code=new.postal_code,
            country=new.country,
        )
    return location
