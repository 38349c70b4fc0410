"""Who speaks for an organization: keeps its cards, offers its hours."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory.models import Organization, Representative
from gishe.foundation import audit


@transaction.atomic
def appoint_speaker(
    *, organization: Organization, user: User, by: User, at: datetime
) -> Representative:
    """From now on ``user`` keeps the cards of the organization. Safe to repeat."""
    speaker, is_new = Representative.objects.get_or_create(
        user=user,
        organization=organization,
        defaults={"since": timezone.localdate(at)},
    )
    if is_new:
        _record("speaker.appointed", organization, user, by, at)
    return speaker


@transaction.atomic
def dismiss_speaker(
    *, organization: Organization, user: User, by: User, at: datetime
) -> None:
    """``user`` no longer keeps the cards of the organization. Safe to repeat."""
    rows = Representative.objects.filter(organization=organization, user=user)
    if rows.delete()[0]:
        _record("speaker.dismissed", organization, user, by, at)


def _record(
    verb: str, organization: Organization, user: User, by: User, at: datetime
) -> None:
    audit.record(
        verb,
        target="directory.Organization",
        reference=organization.pk,
        by=by,
        at=at,
        user=str(user.pk),
    )
