"""Where services are: locations, addresses, districts, areas."""

from django.db import models
from django.db.models import Q

from gishe.directory.models.organizations import Organization
from gishe.directory.models.provided import Service
from gishe.directory.models.rows import KeptRow, Row, at_least_one
from gishe.foundation import languages
from gishe.foundation.fields import TranslatedField
from gishe.foundation.references import Referenced

KINDS = ["physical", "postal", "virtual"]


class District(Referenced):
    """A part of the city, as its people name it."""

    code = models.SlugField(unique=True)
    name = TranslatedField()

    def __str__(self) -> str:
        return str(self.name)


class Location(KeptRow):
    """A place where services are given, or a place on the net."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical"
        POSTAL = "postal"
        VIRTUAL = "virtual"

    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="locations",
    )
    location_type = models.CharField(max_length=16, choices=Kind, default=Kind.PHYSICAL)
    url = models.URLField(max_length=2000, blank=True)
    name = TranslatedField()
    alternate_name = TranslatedField()
    description = TranslatedField()
    transportation = TranslatedField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    external_identifier = models.CharField(max_length=200, blank=True)
    external_identifier_type = models.CharField(max_length=200, blank=True)

    # The one-stop shop itself, where the programme of the month takes place.
    is_house = models.BooleanField(default=False)
    district = models.ForeignKey(
        District,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="locations",
    )

    class Meta(KeptRow.Meta):
        constraints = [
            *KeptRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(location_type__in=KINDS),
                name="location_type_of_the_standard",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(latitude__range=(-90, 90)),
                name="location_latitude_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__range=(-180, 180)),
                name="location_longitude_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Address(Row):
    """Where a location stands, or where it gets its post."""

    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="addresses"
    )
    attention = models.CharField(max_length=500, blank=True)
    address_1 = TranslatedField()
    address_2 = TranslatedField()
    city = TranslatedField()
    region = models.CharField(max_length=200, blank=True)
    state_province = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=100, blank=True)  # ISO 3166 alpha-2
    address_type = models.CharField(max_length=16, default="physical")

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(address_type__in=KINDS),
                name="address_type_of_the_standard",
            ),
        ]

    def __str__(self) -> str:
        return languages.comma().join(
            part for part in (str(self.address_1), str(self.city)) if part
        )


class Accessibility(Row):
    """What makes a location usable, or hard to use, with a disability."""

    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="accessibility"
    )
    description = TranslatedField()
    details = TranslatedField()
    url = models.URLField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(self.description)


class ServiceAtLocation(Row):
    """A service given at a location; its hours there may differ."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="service_at_locations"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="service_at_locations"
    )
    description = TranslatedField()
    # Where it stands in the location's usual order: the counter's list of services.
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.service} at {self.location}"


class ServiceArea(Row):
    """The area whose people a service is for."""

    service = models.ForeignKey(
        Service,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="service_areas",
    )
    service_at_location = models.ForeignKey(
        ServiceAtLocation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="service_areas",
    )
    name = TranslatedField()
    description = TranslatedField()
    extent = models.TextField(blank=True)
    extent_type = models.CharField(max_length=40, blank=True)
    uri = models.CharField(max_length=2000, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one("service", "service_at_location"),
                name="service_area_of_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
