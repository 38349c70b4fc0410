"""The doors to one offer, one month, one notice. Not yours and not there: 404."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory import queries as directory
from gishe.programme import composing, queries
from gishe.programme.models import HouseRoom, Month, Notice, Offer, Slot

MONTHS_AHEAD = 24  # nobody plans further


def offer_to_withdraw(user: User, reference: UUID) -> Offer:
    """An offer of an organization for which the user speaks."""
    mine = Offer.objects.filter(organization__in=queries.organizations_for(user))
    offer = mine.filter(id=reference).order_by("id").first()
    if offer is None:
        raise Http404
    return offer


def offer_to_put_back(user: User, reference: UUID) -> Offer:
    """An offer of the user's that was taken back."""
    offer = offer_to_withdraw(user, reference)
    if offer.withdrawn_at is None:
        raise Http404
    return offer


def month_to_compose(first_day: date) -> Month:
    """The month's row, once somebody has offered hours for it."""
    month = queries.month_row(first_day)
    if month is None:
        raise Http404
    return month


def month_to_read(first_day: date, at: datetime) -> date:
    """A month that has been, or that may be planned; none further ahead."""
    today = timezone.localdate(at)
    ahead = (first_day.year - today.year) * 12 + first_day.month - today.month
    if ahead > MONTHS_AHEAD:
        raise Http404
    return first_day


def line_to_place(first_day: date, offer: UUID, day: date) -> composing.Line:
    """One date of an offer that stands."""
    for line in composing.lines(first_day):
        if line.offer.id == offer and line.date == day:
            return line
    raise Http404


def notice_to_withdraw(reference: UUID) -> Notice:
    notice = Notice.objects.filter(id=reference).order_by("id").first()
    if notice is None:
        raise Http404
    return notice


def room_to_keep(reference: UUID) -> HouseRoom:
    room = HouseRoom.objects.filter(id=reference).order_by("id").first()
    if room is None:
        raise Http404
    return room


def target(slot: UUID | None = None, service: UUID | None = None) -> dict[str, Any]:
    """The slot or service that a notice is about; nothing: the whole house."""
    if slot is not None:
        row = Slot.objects.filter(id=slot).order_by("id").first()
        if row is None:
            raise Http404
        return {"slot": row}
    if service is not None:
        shown = directory.services_shown().filter(id=service).first()
        if shown is None:
            raise Http404
        return {"service": shown}
    return {}
