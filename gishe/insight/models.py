"""Feedback without names, and figures that were published before this log began."""

from datetime import date
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gishe.foundation.fields import EncryptedField
from gishe.foundation.references import Referenced


class Feedback(Referenced):
    """What somebody thought of the service and of the staff. Anonymous.

    Scores run from 1 (very bad) to 5 (very good). ``words`` and ``answer_to`` lie
    encrypted and are read by staff alone, each reading audited. Nothing is kept about
    the device or the address from which it came.
    """

    given_at = models.DateTimeField()
    language = models.CharField(max_length=16)
    service_score = models.PositiveSmallIntegerField(null=True, blank=True)
    staff_score = models.PositiveSmallIntegerField(null=True, blank=True)
    words = EncryptedField(null=True, blank=True)
    answer_to = EncryptedField(null=True, blank=True)  # only if an answer is wanted
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["given_at"], name="feedback_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(service_score__isnull=True)
                | Q(service_score__gte=1, service_score__lte=5),
                name="feedback_service_from_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(staff_score__isnull=True)
                | Q(staff_score__gte=1, staff_score__lte=5),
                name="feedback_staff_from_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(service_score__isnull=False)
                | Q(staff_score__isnull=False)
                | Q(words__isnull=False),
                name="feedback_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"feedback {self.id}"

    @property
    def given_on(self) -> date:
        """The day on which it was given; the hour would say too much."""
        return timezone.localtime(self.given_at).date()


class PublishedFigure(Referenced):
    """A number that somebody published, as it was said, with its source.

    Kept apart from computed numbers and never added to them: the same texts say
    "visits", "users" and "people" and do not mean the same.
    """

    class Counted(models.TextChoices):
        """What the source says it counted, in its own word."""

        VISITS = "visits"
        USERS = "users"
        PEOPLE = "people"
        SERVICE_SCORE = "service_score"
        STAFF_SCORE = "staff_score"

    class Qualifier(models.TextChoices):
        ABOUT = "~", "about"
        OVER = ">", "more than"

    code = models.CharField(max_length=40, unique=True)
    first_month = models.DateField()  # the first day of the first month it covers
    last_month = models.DateField()  # the first day of the last month it covers
    is_monthly = models.BooleanField(default=False)  # said to hold for each month
    counted = models.CharField(max_length=16, choices=Counted)
    qualifier = models.CharField(max_length=1, choices=Qualifier, blank=True)
    value = models.DecimalField(max_digits=9, decimal_places=1)
    source = models.CharField(max_length=8)
    address = models.URLField(max_length=300)
    language = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="published_figure_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(counted__in=["visits", "users", "people"])
                | Q(counted__in=["service_score", "staff_score"]),
                name="published_figure_counts_something_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.qualifier}{self.value} {self.counted}"

    @property
    def is_score(self) -> bool:
        return self.counted in (self.Counted.SERVICE_SCORE, self.Counted.STAFF_SCORE)

    @property
    def month_count(self) -> int:
        """How many months it covers."""
        years = self.last_month.year - self.first_month.year
        return years * 12 + self.last_month.month - self.first_month.month + 1

    @property
    def per_month(self) -> int | None:
        """The mean of a month, where the figure is a sum over several."""
        if self.is_monthly or self.is_score or self.month_count == 1:
            return None
        return round(self.value / self.month_count)

    @property
    def site(self) -> str:
        """Where it was published: the name of the site."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")

    @property
    def number(self) -> str:
        """The value as it was printed: whole, or with one decimal place."""
        whole = self.value == self.value.to_integral_value()
        return f"{self.qualifier}{self.value:.{0 if whole else 1}f}"
