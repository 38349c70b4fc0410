"""Contacts: somebody came, called or wrote, and what it was about.

A contact has no name, no address and no words about the person, by design: whoever
asks for advice need not say who he is, and a log without names can be counted,
printed and published without harm. The one free text is the name of a place.
"""

from django.db import models
from django.db.models import F, Q

from gishe.accounts.models import User
from gishe.directory.needs import Need
from gishe.foundation.constraints import both_or_neither
from gishe.foundation.fields import TranslatedField
from gishe.foundation.references import Referenced
from gishe.visits.vocabulary import AgeGroup, Channel, CountryGroup


class Contact(Referenced):
    """One contact: a visit, a call, a message or a meeting outside.

    An appointment, a walk-in, a phone call and outreach are this one entity, told
    apart by ``channel``. Two people who come together with one matter are one contact.
    """

    at = models.DateTimeField()  # when it took place; late entries lie in the past
    channel = models.CharField(max_length=16, default=Channel.WALK_IN.value)
    language = models.CharField(max_length=16)  # BCP 47: what was spoken
    with_interpreter = models.BooleanField(default=False)
    country_group = models.CharField(max_length=16, blank=True)
    age_group = models.CharField(max_length=16, blank=True)
    is_demo = models.BooleanField(default=False)
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="contact_by_time"),
            models.Index(fields=["logged_by", "-logged_at"], name="contact_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel]),
                name="contact_has_a_known_channel",
            ),
            models.CheckConstraint(
                condition=Q(country_group__in=["", *(c.value for c in CountryGroup)]),
                name="contact_has_a_known_country_group",
            ),
            models.CheckConstraint(
                condition=Q(age_group__in=["", *(a.value for a in AgeGroup)]),
                name="contact_has_a_known_age_group",
            ),
            models.CheckConstraint(
                condition=~Q(language=""), name="contact_has_a_language"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("logged_at")), name="contact_took_place_before"
            ),
            models.CheckConstraint(
                condition=both_or_neither("undone_at", "undone_by"),
                name="contact_undone_at_with_undone_by",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.id} [{self.channel}, {self.language}]"


class ContactNeed(models.Model):
    """What the contact was about: one domain; a contact may have several."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="needs")
    need = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "need"], name="contact_need_once"
            ),
            models.CheckConstraint(
                condition=Q(need__in=[need.value for need in Need]),
                name="contact_need_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.need


class ContactService(models.Model):
    """A service given in this contact. Keeps the name when the card is taken out."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="services"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    service_name = TranslatedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "service"], name="contact_service_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.service_name)


class ContactReferral(models.Model):
    """Where the person was sent: a service, an organization, or another place.

    ``place_name`` is a copy, so that the referral survives the card it names. For
    another place it is all there is: the name of a place, never of a person.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="referrals"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    organization = models.ForeignKey(
        "directory.Organization",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    place_name = TranslatedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "service"], name="contact_referral_to_service_once"
            ),
            models.UniqueConstraint(
                fields=["contact", "organization"],
                name="contact_referral_to_organization_once",
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=True) | Q(organization__isnull=True),
                name="contact_referral_names_one_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.place_name)
