"""What happens to a card: it is edited, found true, warned about, corrected."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory.actions.index import reindex
from gishe.directory.actions.lists import Edited, changed_lists, write_lists
from gishe.directory.models import Correction, Service
from gishe.foundation import audit
from gishe.foundation.translated import Translated

REVIEW_AFTER = timedelta(days=182)  # half a year


class ChangedMeanwhile(Exception):
    """Somebody saved the card after this form was opened."""


@transaction.atomic
def edit_card(
    *, service: Service, version: int, edited: Edited, by: User, at: datetime
) -> Service:
    """Save what was changed, and mark it as ours so that no import overwrites it.

    ``version`` is that of the card when the form was opened; if somebody saved since,
    ``ChangedMeanwhile`` is raised and nothing is written.
    """
    changed = {
        name: value
        for name, value in edited.fields.items()
        if getattr(service, name) != value
    }
    lists = changed_lists(service, edited)
    if not changed and not lists:
        return service
    mark = {"at": at.isoformat(), "by": str(by.pk)}
    saved = Service.objects.filter(pk=service.pk, version=version).update(
        **changed,
        local_fields=service.local_fields | dict.fromkeys([*changed, *lists], mark),
        edited_at=at,
        edited_by=by,
        last_modified=at,
        version=F("version") + 1,
    )
    if not saved:
        raise ChangedMeanwhile
    write_lists(service, edited, lists)
    audit.record(
        "service.edited",
        target="directory.Service",
        reference=service.pk,
        by=by,
        at=at,
        fields=sorted([*changed, *lists]),
    )
    service.refresh_from_db()
    reindex([service])
    return service


def mark_alert(
    *, service: Service, version: int, alert: Translated, by: User, at: datetime
) -> Service:
    """Put a warning on the card ("closed until Monday"), or take it off."""
    edited = Edited(fields={"alert": alert})
    return edit_card(service=service, version=version, edited=edited, by=by, at=at)


def take_out_of_view(*, service: Service, by: User, at: datetime) -> Service:
    """The service is not offered now: nobody finds its card, nothing of it is lost."""
    return _set_status(service, Service.Status.INACTIVE, by, at)


def bring_back(*, service: Service, by: User, at: datetime) -> Service:
    """The service is offered again."""
    return _set_status(service, Service.Status.ACTIVE, by, at)


def _set_status(service: Service, status: str, by: User, at: datetime) -> Service:
    edited = Edited(fields={"status": status})
    return edit_card(
        service=service, version=service.version, edited=edited, by=by, at=at
    )


@transaction.atomic
def confirm_card(
    *, service: Service, by: User | None, at: datetime, name: str = ""
) -> Service:
    """Say that the card is still true; the next look is due in half a year.

    ``by`` is missing where the link without an account was used; ``name`` is what its
    reader called himself. Saying it twice on one day is saying it once.
    """
    today = timezone.localdate(at)
    before = Q(assured_date__isnull=True) | Q(assured_date__lt=today)
    overdue = Q(review_date__isnull=True) | Q(review_date__lt=today)
    confirmed = Service.objects.filter(before | overdue, pk=service.pk).update(
        assured_date=today,
        assurer_email=by.email if by else "",
        confirmed_by_name=(by.name if by else name)[:200],
        review_date=today + REVIEW_AFTER,
    )
    if confirmed:
        audit.record(
            "service.confirmed",
            target="directory.Service",
            reference=service.pk,
            by=by,
            at=at,
        )
    service.refresh_from_db()
    return service


@transaction.atomic
def report_change(
    *, reference: UUID, service: Service, text: str, name: str, at: datetime
) -> Correction:
    """Keep what somebody says is no longer true, for the coordinator.

    ``reference`` was chosen by the form: sent twice, it is kept once.
    """
    correction, is_new = Correction.objects.get_or_create(
        pk=reference,
        defaults={"service": service, "text": text, "name": name, "received_at": at},
    )
    if is_new:
        audit.record(
            "correction.received",
            target="directory.Correction",
            reference=correction.pk,
            by=None,
            at=at,
            service=str(service.pk),
        )
    return correction


@transaction.atomic
def handle_correction(*, correction: Correction, by: User, at: datetime) -> Correction:
    """The coordinator has seen to it. The second of two who say so changes nothing."""
    handled = Correction.objects.filter(
        pk=correction.pk, handled_at__isnull=True
    ).update(handled_at=at, handled_by=by)
    if handled:
        audit.record(
            "correction.handled",
            target="directory.Correction",
            reference=correction.pk,
            by=by,
            at=at,
        )
    correction.refresh_from_db()
    return correction
