"""Saying what is different today, and taking it back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gishe.accounts.models import User
from gishe.directory.models import Service
from gishe.foundation.translated import Translated
from gishe.programme.actions.refusals import NoticeRefused, record
from gishe.programme.models import Notice, Slot


@transaction.atomic
def post_notice(
    *,
    reference: UUID,
    kind: str,
    first_day: date,
    last_day: date,
    text: Translated,
    by: User,
    at: datetime,
    service: Service | None = None,
    slot: Slot | None = None,
    is_demo: bool = False,
) -> Notice:
    """Say what is different on these days, on every page and paper at once."""
    known = Notice.objects.filter(id=reference).first()
    if known is not None:
        return known
    if last_day < first_day:
        raise NoticeRefused(_("The last day lies before the first."))
    if kind == Notice.Kind.INFO and not text:
        raise NoticeRefused(_("Say what is different, in one sentence."))
    notice = Notice.objects.create(
        id=reference,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        text=text,
        service=service,
        slot=slot,
        posted_at=at,
        posted_by=by,
        is_demo=is_demo,
    )
    record("notice.posted", notice, by, at, kind=kind)
    return notice


@transaction.atomic
def withdraw_notice(*, notice: Notice, by: User, at: datetime) -> Notice:
    """The notice does not hold any more."""
    done = Notice.objects.filter(pk=notice.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by
    )
    if done:
        record("notice.withdrawn", notice, by, at)
    notice.refresh_from_db()
    return notice
