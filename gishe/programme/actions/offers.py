"""Offering hours, taking them back, offering last month's again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gishe.accounts.models import User
from gishe.directory.models import Organization, Service
from gishe.foundation.references import new_reference
from gishe.programme import queries
from gishe.programme.actions.refusals import OfferRefused, record
from gishe.programme.models import (
    Day,
    HouseRoom,
    Month,
    Offer,
    Slot,
    days_of,
    month_before,
    month_of,
)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """What somebody is ready to give: one ``date``, or every ``weekday``."""

    service: Service
    starts: time
    ends: time
    languages: Sequence[str]
    date: Day | None = None
    weekday: int | None = None
    room: HouseRoom | None = None
    places: int | None = None
    person: str = ""
    needs_booking: bool = False

    def offer(self, month: Month, reference: UUID, at: datetime) -> Offer:
        """These hours as an offer that is not saved yet."""
        return Offer(
            id=reference,
            month=month,
            organization=self.service.organization,
            service=self.service,
            date=self.date,
            weekday=self.weekday,
            starts=self.starts,
            ends=self.ends,
            languages=list(self.languages),
            room=self.room,
            places=self.places,
            person=self.person,
            needs_booking=self.needs_booking,
            offered_at=at,
        )


@transaction.atomic
def make_offer(
    *,
    reference: UUID,
    first_day: date,
    hours: Hours,
    by: User | None,
    at: datetime,
    is_demo: bool = False,
    source: str = "",
) -> Offer:
    """Offer hours for a month; the same reference again returns the same offer.

    Once the month is published, the offer waits for its next version.
    """
    known = Offer.objects.filter(id=reference).first()
    if known is not None:
        return known
    check_hours(hours, first_day, at)
    month, _new = Month.objects.get_or_create(first_day=first_day)
    offer = hours.offer(month, reference, at)
    offer.offered_by, offer.is_demo, offer.source = by, is_demo, source
    offer.save(force_insert=True)
    record("offer.made", offer, by, at, month=str(month))
    return offer


def check_hours(hours: Hours, first_day: date, at: datetime) -> None:
    """Raise OfferRefused for hours that end before they start, or lie in the past."""
    if hours.ends <= hours.starts:
        raise OfferRefused(_("The hours end before they begin."))
    if hours.date is not None and month_of(hours.date) != first_day:
        raise OfferRefused(_("This date is not in the month you are offering for."))
    if not hours.languages:
        raise OfferRefused(_("Say in which languages you can help."))
    now = timezone.localtime(at)
    days = [hours.date] if hours.date else days_of(first_day)
    coming = [
        day
        for day in days
        if (hours.date is not None or day.weekday() == hours.weekday)
        and (day, hours.ends) > (now.date(), now.time())
    ]
    if not coming:
        raise OfferRefused(
            _("These hours are in the past. Choose a day that is still to come.")
        )


@transaction.atomic
def withdraw_offer(*, offer: Offer, by: User, at: datetime) -> Offer:
    """Take an offer back; its hours leave the composition, not what is published."""
    done = Offer.objects.filter(pk=offer.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by
    )
    if done:
        if Slot.objects.filter(offer=offer, is_in=True).update(is_in=False):
            Month.objects.filter(pk=offer.month_id).update(
                revision=F("revision") + 1, state=Month.State.DRAFT
            )
        record("offer.withdrawn", offer, by, at)
    offer.refresh_from_db()
    return offer


@transaction.atomic
def put_back(*, offer: Offer, by: User, at: datetime) -> Offer:
    """Offer once more what was taken back; said twice, it is one offer.

    Raises OfferRefused when the hours are over by now.
    """
    return make_offer(
        reference=uuid5(offer.id, "put back"),
        first_day=offer.month.first_day,
        hours=_hours_of(offer),
        by=by,
        at=at,
        is_demo=offer.is_demo,
    )


def _hours_of(offer: Offer) -> Hours:
    """The same hours; a room that is not in use any more is left out."""
    return Hours(
        service=offer.service,
        starts=offer.starts,
        ends=offer.ends,
        languages=offer.languages,
        date=offer.date,
        weekday=offer.weekday,
        room=offer.room if offer.room and offer.room.is_in_use else None,
        places=offer.places,
        person=offer.person,
        needs_booking=offer.needs_booking,
    )


@transaction.atomic
def copy_hours(
    *,
    organizations: Sequence[Organization],
    first_day: date,
    by: User,
    at: datetime,
) -> list[Offer]:
    """Offer last month's weekly hours again; what is offered already is left alone."""
    here = {_same(offer) for offer in queries.offers(first_day)}
    before = queries.offers(month_before(first_day)).filter(
        organization__in=organizations, weekday__isnull=False, service__status="active"
    )
    made = []
    for offer in before:
        if _same(offer) in here:
            continue
        copy = make_offer(
            reference=new_reference(),
            first_day=first_day,
            hours=_hours_of(offer),
            by=by,
            at=at,
            is_demo=offer.is_demo,
        )
        here.add(_same(offer))
        made.append(copy)
    return made


def _same(offer: Offer) -> tuple[Any, ...]:
    return (offer.service_id, offer.weekday, offer.date, offer.starts, offer.ends)
