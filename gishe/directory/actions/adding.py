"""Adding to the directory by hand: an organization, a service; mending the former."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory.actions.cards import REVIEW_AFTER, ChangedMeanwhile
from gishe.directory.actions.index import reindex
from gishe.directory.actions.lines import changed_lines, write_lines
from gishe.directory.actions.lists import Edited, changed_lists, write_lists
from gishe.directory.models import Organization, Service
from gishe.foundation import audit


@transaction.atomic
def add_organization(
    *, reference: UUID, written: Edited, by: User, at: datetime
) -> Organization:
    """An organization that nobody has entered yet.

    ``reference`` was chosen by the form: sent twice, it is added once.
    """
    added, is_new = Organization.objects.get_or_create(
        pk=reference, defaults=dict(written.fields)
    )
    if is_new:
        for name, lines in written.lines.items():
            write_lines(added, name, lines)
        audit.record(
            "organization.added",
            target="directory.Organization",
            reference=added.pk,
            by=by,
            at=at,
        )
    return added


@transaction.atomic
def edit_organization(
    *, organization: Organization, version: int, edited: Edited, by: User, at: datetime
) -> Organization:
    """Save what was changed, and mark it as ours so that no import overwrites it.

    ``ChangedMeanwhile`` where somebody saved since ``version``; nothing is written.
    """
    changed = {
        name: value
        for name, value in edited.fields.items()
        if getattr(organization, name) != value
    }
    lists = changed_lines(organization, edited.lines)
    if not changed and not lists:
        return organization
    said = {"at": at.isoformat(), "by": str(by.pk)}
    mark = dict.fromkeys([*changed, *lists], said)
    saved = Organization.objects.filter(pk=organization.pk, version=version).update(
        **changed,
        local_fields=organization.local_fields | mark,
        edited_at=at,
        edited_by=by,
        version=F("version") + 1,
    )
    if not saved:
        raise ChangedMeanwhile
    for name in lists:
        write_lines(organization, name, edited.lines[name])
    audit.record(
        "organization.edited",
        target="directory.Organization",
        reference=organization.pk,
        by=by,
        at=at,
        fields=sorted(mark),
    )
    organization.refresh_from_db()
    reindex(organization.services.order_by("pk"))
    return organization


@transaction.atomic
def add_service(
    *,
    reference: UUID,
    organization: Organization,
    written: Edited,
    by: User,
    at: datetime,
) -> Service:
    """A new card, confirmed today by who wrote it. Sent twice, it is added once."""
    today = timezone.localdate(at)
    added, is_new = Service.objects.get_or_create(
        pk=reference,
        defaults={
            "organization": organization,
            "is_demo": organization.is_demo,
            "last_modified": at,
            "assured_date": today,
            "assurer_email": by.email,
            "confirmed_by_name": by.name[:200],
            "review_date": today + REVIEW_AFTER,
            **written.fields,
        },
    )
    if is_new:
        write_lists(added, written, changed_lists(added, written))
        audit.record(
            "service.added",
            target="directory.Service",
            reference=added.pk,
            by=by,
            at=at,
            organization=str(organization.pk),
        )
        reindex([added])
    return added
