"""The house itself: when its doors are open, when not, and which rooms it has."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gishe.accounts.models import User
from gishe.foundation import audit
from gishe.foundation.translated import Translated
from gishe.programme.actions.refusals import HouseMoved, HouseRefused, record
from gishe.programme.models import ClosedDay, House, HouseRoom, OpeningHours

Span: TypeAlias = tuple[time, time]


def check_opening(spans: Sequence[Span], first_day: date, at: datetime) -> None:
    """Raise HouseRefused for hours that cannot be, or would change the past."""
    if any(closes <= opens for opens, closes in spans):
        raise HouseRefused(_("The house closes before it opens."))
    if any(later < closes for (_o, closes), (later, _c) in pairwise(sorted(spans))):
        raise HouseRefused(_("The two times overlap."))
    if first_day < timezone.localdate(at):
        raise HouseRefused(
            _("A change begins today at the earliest. What was, stays on record.")
        )


@transaction.atomic
def change_hours(
    *,
    weekdays: Sequence[int],
    spans: Sequence[Span],
    first_day: date,
    revision: int,
    by: User,
    at: datetime,
) -> None:
    """Open on these weekdays at ``spans`` from ``first_day`` on; no span: closed.

    What held before keeps its row, up to that day; what was planned from that day on
    gives way. The same change again does nothing. Raises HouseRefused, and HouseMoved
    when the hours are not at ``revision`` any more.
    """
    check_opening(spans, first_day, at)
    wanted = sorted(spans)
    changing = [day for day in weekdays if _stands(day, first_day) != wanted]
    if not changing:
        return
    _move_on(revision)
    rows = OpeningHours.objects.filter(weekday__in=changing)
    rows.filter(valid_from__gte=first_day).delete()
    rows.filter(_reaches(first_day)).update(valid_until=first_day)
    OpeningHours.objects.bulk_create(
        OpeningHours(weekday=day, opens=opens, closes=closes, valid_from=first_day)
        for day in changing
        for opens, closes in wanted
    )
    audit.record(
        "house.hours_changed",
        target=OpeningHours._meta.label,
        reference=None,
        by=by,
        at=at,
        weekdays=list(changing),
        hours=[f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in wanted],
        first_day=first_day.isoformat(),
    )


def _reaches(day: date) -> Q:
    """Rows that still hold on ``day`` or later."""
    return Q(valid_until__isnull=True) | Q(valid_until__gt=day)


def _stands(weekday: int, first_day: date) -> list[Span] | None:
    """The hours that hold from ``first_day`` on for good; None where they change."""
    rows = OpeningHours.objects.filter(_reaches(first_day), weekday=weekday)
    found = list(rows.order_by("opens"))
    if any(it.valid_until or (it.valid_from or first_day) > first_day for it in found):
        return None
    return [(it.opens, it.closes) for it in found]


def _move_on(revision: int) -> None:
    """One change further, if the hours still are as they were seen."""
    House.objects.get_or_create(id=1)
    seen = House.objects.filter(id=1, revision=revision)
    if not seen.update(revision=F("revision") + 1):
        raise HouseMoved(
            _(
                "Somebody else changed the hours a moment ago. Above is how they stand"
                " now. What you wrote is still here: look, and save it again if it is"
                " still right."
            )
        )


@transaction.atomic
def close_day(
    *, reference: UUID, day: date, reason: Translated, by: User, at: datetime
) -> ClosedDay:
    """Keep the house closed on ``day``; the same reference again is the same day."""
    if day < timezone.localdate(at):
        raise HouseRefused(_("This day is over. Only a day to come can be closed."))
    closed, is_new = ClosedDay.objects.get_or_create(
        date=day, defaults={"id": reference, "reason": reason}
    )
    if closed.id != reference:
        raise HouseRefused(_("The house is already closed on this day."))
    if is_new:
        record("house.day_closed", closed, by, at, date=day.isoformat())
    return closed


@transaction.atomic
def open_day(*, reference: UUID, by: User, at: datetime) -> bool:
    """Open on a closed day after all; False when there is nothing to open.

    Days that are over stay on record.
    """
    coming = ClosedDay.objects.filter(date__gte=timezone.localdate(at))
    closed = coming.filter(id=reference).first()
    if closed is None or not coming.filter(id=reference).delete()[0]:
        return False
    record("house.day_opened", closed, by, at, date=closed.date.isoformat())
    return True


@dataclass(frozen=True, kw_only=True)
class RoomFacts:
    """What is known of a room: ``places`` for people, ``position`` in lists."""

    name: Translated
    places: int
    position: int
    is_in_use: bool


@transaction.atomic
def add_room(*, reference: UUID, facts: RoomFacts, by: User, at: datetime) -> HouseRoom:
    """A new room; the same reference again returns the same room."""
    room, is_new = HouseRoom.objects.get_or_create(
        id=reference, defaults=_values(facts)
    )
    if is_new:
        record("room.added", room, by, at, places=room.places)
    return room


@transaction.atomic
def save_room(
    *, room: HouseRoom, version: int, facts: RoomFacts, by: User, at: datetime
) -> HouseRoom:
    """Write a room anew. Raises HouseMoved when it is not at ``version`` any more."""
    if all(getattr(room, name) == it for name, it in _values(facts).items()):
        return room
    seen = HouseRoom.objects.filter(pk=room.pk, version=version)
    if not seen.update(**_values(facts), version=F("version") + 1):
        raise HouseMoved(
            _(
                "Somebody else saved this room in the meantime. Nothing is lost: what"
                " you wrote stands in the form. Compare, then save again."
            )
        )
    room.refresh_from_db()
    record("room.saved", room, by, at, places=room.places, in_use=room.is_in_use)
    return room


def _values(facts: RoomFacts) -> dict[str, object]:
    return {**asdict(facts), "name": facts.name}


@transaction.atomic
def remove_room(*, room: HouseRoom, by: User, at: datetime) -> None:
    """Remove a room that no hours were ever planned in.

    Raises HouseRefused for any other: it is put out of use, and what was published
    keeps its room.
    """
    try:
        HouseRoom.objects.filter(pk=room.pk).delete()
    except ProtectedError as error:
        raise HouseRefused(
            _("Hours are planned in this room, so it stays. Put it out of use instead.")
        ) from error
    record("room.removed", room, by, at)
