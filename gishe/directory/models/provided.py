"""Services: what is provided, for whom, and whether it is still true."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gishe.directory.models.organizations import Organization, Program
from gishe.directory.models.rows import KeptRow, in_order
from gishe.foundation.constraints import both_or_neither
from gishe.foundation.fields import TranslatedField
from gishe.foundation.references import Referenced


class Service(KeptRow):
    """One thing a person can get: a course, a consultation, a bed for the night."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        INACTIVE = "inactive", _("Not offered now")
        DEFUNCT = "defunct", _("Given up")
        TEMPORARILY_CLOSED = "temporarily closed", _("Closed for a time")

    class Admission(models.TextChoices):
        WALK_IN = "walk_in", _("Just come")
        BOOKING = "booking", _("Book first")
        REFERRAL = "referral", _("Only when an adviser sends you")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services"
    )
    program = models.ForeignKey(
        Program,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="services",
    )
    name = TranslatedField()
    alternate_name = TranslatedField()
    description = TranslatedField()
    url = models.URLField(max_length=2000, blank=True)
    email = models.EmailField(blank=True)
    status = models.CharField(
        max_length=20, choices=Status, default=Status.ACTIVE, db_index=True
    )
    interpretation_services = TranslatedField()
    application_process = TranslatedField()
    fees_description = TranslatedField()
    wait_time = TranslatedField()
    fees = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    eligibility_description = TranslatedField()
    minimum_age = models.FloatField(null=True, blank=True)  # years
    maximum_age = models.FloatField(null=True, blank=True)  # years
    assured_date = models.DateField(null=True, blank=True)  # last found true
    assurer_email = models.EmailField(blank=True)
    licenses = models.TextField(blank=True)
    alert = TranslatedField()
    last_modified = models.DateTimeField(null=True, blank=True)

    # What the standard has no place for. Two ways in: a person's and a professional's.
    how_to_come = TranslatedField()
    how_to_send = TranslatedField()
    admission = models.CharField(max_length=16, choices=Admission, blank=True)
    is_free = models.BooleanField(null=True, blank=True)  # None: not known
    keywords = TranslatedField()  # words that people look for it by
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    review_date = models.DateField(null=True, blank=True)  # after it, not to be trusted

    class Meta(KeptRow.Meta):
        constraints = [
            *KeptRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    status__in=["active", "inactive", "defunct", "temporarily closed"]
                ),
                name="service_status_of_the_standard",
            ),
            models.CheckConstraint(
                condition=in_order("minimum_age", "maximum_age"),
                name="service_minimum_age_not_above_maximum",
            ),
            models.CheckConstraint(
                condition=Q(admission__in=["", "walk_in", "booking", "referral"]),
                name="service_admission_known",
            ),
        ]
        indexes = [models.Index(fields=["review_date"], name="service_by_review_date")]

    def __str__(self) -> str:
        return str(self.name)

    def is_stale(self, today: date) -> bool:
        """Whether the day to look at it again has passed."""
        return self.review_date is not None and self.review_date < today


class Correction(Referenced):
    """Somebody said, without an account, what is no longer true about a service."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="corrections"
    )
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("handled_at", "handled_by"),
                name="correction_handled_at_with_handled_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.text[:60]}"
