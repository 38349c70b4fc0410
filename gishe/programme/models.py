"""The month: offers, the composition made of them, and what was published."""

import calendar
from datetime import date, timedelta
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q

from gishe.accounts.models import User
from gishe.directory.models import Organization, Service
from gishe.foundation.constraints import both_or_neither
from gishe.foundation.fields import TranslatedField
from gishe.foundation.references import Referenced

Day: TypeAlias = date  # models below have fields called ``date``


class House(models.Model):
    """One row, which rises with every change of the opening hours or closed days.

    Whoever saves says which revision he saw.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="house_is_one_row")
        ]

    def __str__(self) -> str:
        return f"house at revision {self.revision}"


class HouseRoom(Referenced):
    """A room of the house where hours take place."""

    name = TranslatedField()
    places = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)  # order in lists
    is_in_use = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # rises with every save

    def __str__(self) -> str:
        return str(self.name)


class OpeningHours(Referenced):
    """When the doors of the house stand open on a weekday, 0 for Monday."""

    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # not included
    is_demo = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="opening_hours_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="opening_hours_open_then_close"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=F("valid_from")),
                name="opening_hours_valid_from_before_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens:%H:%M}-{self.closes:%H:%M}"


class ClosedDay(Referenced):
    """A day on which the house is closed, besides weekends and public holidays."""

    date = models.DateField(unique=True)
    reason = TranslatedField()

    def __str__(self) -> str:
        return f"closed on {self.date}"


class Month(Referenced):
    """One month's composition; what the public sees are its versions."""

    class State(models.TextChoices):
        DRAFT = "draft"
        AGREED = "agreed"
        PUBLISHED = "published"

    first_day = models.DateField(unique=True)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    # Rises with every change of the composition: whoever saves says which one he saw.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__day=1), name="month_starts_on_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "agreed", "published"]),
                name="month_has_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def days(self) -> list[Day]:
        return days_of(self.first_day)


class Offer(Referenced):
    """Hours that an organization is ready to give: on one date, or every week.

    An offer is never edited: it is withdrawn, and another one is made.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="offers")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    date = models.DateField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    languages = models.JSONField(default=list)  # ISO 639-1 codes, as pages name them
    room = models.ForeignKey(
        HouseRoom, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    # The provider's worker, for staff only: nobody can be in two rooms at once.
    person = models.CharField(max_length=80, blank=True)
    needs_booking = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(date__isnull=True, weekday__isnull=False, weekday__lte=6)
                | Q(date__isnull=False, weekday__isnull=True),
                name="offer_on_one_date_or_every_week",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="offer_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by"),
                name="offer_withdrawn_at_with_withdrawn_by",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.id}"

    @property
    def dates(self) -> list[Day]:
        """The days of the month that the offer means, past and closed ones included."""
        if self.date is not None:
            return [self.date]
        return [day for day in self.month.days if day.weekday() == self.weekday]


class Slot(Referenced):
    """One date of an offer in the composition: in the programme, or left out and why.

    Its reference is the calendar's UID and stays the same through all versions.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="slots")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="slots")
    date = models.DateField()
    room = models.ForeignKey(
        HouseRoom, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_in = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)  # put where it is by hand
    reasons = models.JSONField(default=list)  # core.planning reasons, when left out

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "date"], name="slot_once_for_an_offer_and_date"
            )
        ]

    def __str__(self) -> str:
        return f"slot {self.id} on {self.date}"


class MonthVersion(Referenced):
    """What was published, as it was published. Rows are added, never changed."""

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    snapshot = models.JSONField()
    changes = models.JSONField(default=dict)  # against the version before

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "number"], name="month_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} version {self.number}"


class Notice(Referenced):
    """What is different on these days: in the house, for a service, for a slot."""

    class Kind(models.TextChoices):
        INFO = "info"
        CANCELLED = "cancelled"
        FULL = "full"

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.INFO)
    first_day = models.DateField()
    last_day = models.DateField()  # included
    text = TranslatedField()
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    slot = models.ForeignKey(
        Slot, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="notice_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["info", "cancelled", "full"]),
                name="notice_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=True) | Q(slot__isnull=True),
                name="notice_with_one_scope",
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by"),
                name="notice_withdrawn_at_with_withdrawn_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_day}"


def days_of(first_day: date) -> list[date]:
    """Every day of the month that begins on ``first_day``."""
    length = calendar.monthrange(first_day.year, first_day.month)[1]
    return [first_day + timedelta(days=n) for n in range(length)]


def month_of(day: date) -> date:
    """The first day of the month in which ``day`` lies."""
    return day.replace(day=1)


def month_after(first_day: date) -> date:
    return month_of(first_day + timedelta(days=32))


def month_before(first_day: date) -> date:
    return month_of(first_day - timedelta(days=1))
