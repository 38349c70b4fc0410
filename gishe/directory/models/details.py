"""What hangs on services and places: hours, telephones, languages, papers, cost."""

from django.db import models
from django.db.models import Q

from gishe.directory.models.organizations import Organization
from gishe.directory.models.places import Location, ServiceAtLocation
from gishe.directory.models.provided import Service
from gishe.directory.models.rows import Row, at_least_one, in_order
from gishe.foundation.fields import TranslatedField


def hangs_on(
    model: type[models.Model], name: str, *, db_index: bool = True
) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """One of several things a detail may belong to; it goes with it."""
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name=name,
        db_index=db_index,
    )


class Contact(Row):
    """A person or an office to turn to."""

    organization = hangs_on(Organization, "contacts")
    service = hangs_on(Service, "contacts")
    service_at_location = hangs_on(ServiceAtLocation, "contacts")
    location = hangs_on(Location, "contacts")
    name = models.CharField(max_length=500, blank=True)
    title = TranslatedField()
    department = TranslatedField()
    email = models.EmailField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one(
                    "organization", "service", "service_at_location", "location"
                ),
                name="contact_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.title) or self.email


class Phone(Row):
    """A telephone number."""

    location = hangs_on(Location, "phones")
    service = hangs_on(Service, "phones")
    organization = hangs_on(Organization, "phones")
    contact = hangs_on(Contact, "phones")
    service_at_location = hangs_on(ServiceAtLocation, "phones")
    number = models.CharField(max_length=100)
    extension = models.PositiveIntegerField(null=True, blank=True)
    type = models.CharField(max_length=40, blank=True)  # RFC 6350: voice, fax, cell
    description = TranslatedField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one(
                    "location",
                    "service",
                    "organization",
                    "contact",
                    "service_at_location",
                ),
                name="phone_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Language(Row):
    """A language in which a service is given, or a telephone answered."""

    service = hangs_on(Service, "languages")
    location = hangs_on(Location, "languages")
    phone = hangs_on(Phone, "languages")
    name = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=16, blank=True)  # ISO 639-1 or 639-3
    note = TranslatedField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one("service", "location", "phone"),
                name="language_of_something",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="language_by_code")]

    def __str__(self) -> str:
        return self.name or self.code


class Schedule(Row):
    """When: hours on days of the week or month, in the words of RFC 5545."""

    service = hangs_on(Service, "schedules")
    location = hangs_on(Location, "schedules")
    service_at_location = hangs_on(ServiceAtLocation, "schedules")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    timezone = models.FloatField(null=True, blank=True)  # hours from UTC
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=2, blank=True)
    freq = models.CharField(max_length=8, blank=True)  # WEEKLY or MONTHLY
    interval = models.PositiveSmallIntegerField(null=True, blank=True)
    byday = models.CharField(max_length=100, blank=True)  # "MO,WE" or "1TU"
    byweekno = models.CharField(max_length=200, blank=True)
    bymonthday = models.CharField(max_length=200, blank=True)
    byyearday = models.CharField(max_length=500, blank=True)
    description = TranslatedField()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    schedule_link = models.URLField(max_length=2000, blank=True)
    attending_type = models.CharField(max_length=100, blank=True)
    notes = TranslatedField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one("service", "location", "service_at_location"),
                name="schedule_of_something",
            ),
            models.CheckConstraint(
                condition=in_order("valid_from", "valid_to"),
                name="schedule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(freq__in=["", "WEEKLY", "MONTHLY"]),
                name="schedule_freq_of_the_standard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.byday} {self.opens_at}–{self.closes_at}"


class RequiredDocument(Row):
    """What a person has to bring."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="required_documents"
    )
    document = TranslatedField()
    uri = models.URLField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(self.document)


class CostOption(Row):
    """What a service costs, for whom."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="cost_options"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = TranslatedField()
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    amount_description = TranslatedField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=in_order("valid_from", "valid_to"),
                name="cost_option_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.amount} {self.currency}".strip()


class Funding(Row):
    """Whose money pays for it."""

    organization = hangs_on(Organization, "funding")
    service = hangs_on(Service, "funding")
    source = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one("organization", "service"),
                name="funding_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.source


class Unit(Row):
    """What capacity is counted in: beds, places, hours."""

    name = TranslatedField()
    scheme = models.CharField(max_length=200, blank=True)
    identifier = models.CharField(max_length=200, blank=True)
    uri = models.URLField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(self.name)


class ServiceCapacity(Row):
    """How much of a service is free, and when somebody looked."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="capacities"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="capacities")
    available = models.FloatField()
    maximum = models.FloatField(null=True, blank=True)
    description = TranslatedField()
    updated = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=in_order("available", "maximum"),
                name="service_capacity_available_within_maximum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.available} {self.unit}"


class Url(Row):
    """One more address on the net."""

    organization = hangs_on(Organization, "additional_websites")
    service = hangs_on(Service, "additional_urls")
    label = TranslatedField()
    url = models.URLField(max_length=2000)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=at_least_one("organization", "service"),
                name="url_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.url
