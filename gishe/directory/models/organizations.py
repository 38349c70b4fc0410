"""Organizations, what they call their programs, and who speaks for them."""

from django.conf import settings
from django.db import models

from gishe.directory.models.rows import KeptRow, Row
from gishe.foundation.fields import TranslatedField
from gishe.foundation.references import Referenced


class Organization(KeptRow):
    """Whoever provides services: an association, a school, a municipality."""

    name = TranslatedField()
    alternate_name = TranslatedField()
    description = TranslatedField()
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=2000, blank=True)
    tax_status = models.TextField(blank=True)
    tax_id = models.CharField(max_length=200, blank=True)
    year_incorporated = models.PositiveSmallIntegerField(null=True, blank=True)
    legal_status = models.TextField(blank=True)
    logo = models.URLField(max_length=2000, blank=True)
    uri = models.URLField(max_length=2000, blank=True)
    parent_organization = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="child_organizations",
    )

    def __str__(self) -> str:
        return str(self.name)


class OrganizationIdentifier(Row):
    """The organization's number in a register."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="organization_identifiers"
    )
    identifier_scheme = models.CharField(max_length=200, blank=True)
    identifier_type = models.CharField(max_length=200)
    identifier = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.identifier_type} {self.identifier}"


class Program(Row):
    """Services that an organization brings together under one name."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="programs"
    )
    name = TranslatedField()
    alternate_name = TranslatedField()
    description = TranslatedField()

    def __str__(self) -> str:
        return str(self.name)


class Representative(Referenced):
    """Somebody who signs in and speaks for an organization."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="represents"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="representatives"
    )
    role = models.CharField(max_length=200, blank=True)  # "head of the school"
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                name="representative_once_for_an_organization",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organization}"
