"""Composing the month by proposal and by hand, agreeing to it, publishing it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gishe.accounts.models import User
from gishe.core.planning import Composition
from gishe.directory import actions as directory
from gishe.programme import composing, queries, snapshots
from gishe.programme.actions.refusals import (
    ConflictsLeft,
    MonthMoved,
    NotAgreed,
    record,
)
from gishe.programme.models import HouseRoom, Month, MonthVersion, Slot


@transaction.atomic
def compose_month(
    *, month: Month, revision: int, by: User, at: datetime
) -> Composition:
    """Put the proposal of ``core.planning`` in place of the composition.

    What was put in or taken out by hand stays so. The same proposal again changes
    nothing. Raises MonthMoved when the month is not at ``revision`` any more.
    """
    lines = composing.lines(month.first_day)
    found = composing.propose(month.first_day, lines)
    chosen, wanted = set(found.chosen), []
    for line in lines:
        if line.is_taken_out:
            continue
        is_in = line.key in chosen
        reasons = composing.reasons_json(found.left_out.get(line.key, ()))
        slot = line.slot
        if slot and (slot.is_in, slot.reasons) == (is_in, reasons):
            continue
        wanted.append((line, is_in, reasons))
    if not wanted:
        return found
    _move_on(month, revision)
    for line, is_in, reasons in wanted:
        Slot.objects.update_or_create(
            offer=line.offer,
            date=line.date,
            defaults={"is_in": is_in, "reasons": reasons},
            create_defaults={
                "month": month,
                "room": line.room,
                "is_in": is_in,
                "reasons": reasons,
            },
        )
    record("month.composed", month, by, at, chosen=len(chosen), of=len(lines))
    return found


@transaction.atomic
def place(
    *,
    line: composing.Line,
    month: Month,
    is_in: bool,
    is_locked: bool,
    room: HouseRoom | None,
    revision: int,
    by: User,
    at: datetime,
) -> Slot:
    """Put one date of an offer in or take it out by hand, or give it free again.

    Raises MonthMoved, unless the line already stands as wanted.
    """
    slot = Slot.objects.filter(offer=line.offer, date=line.date).first()
    room_id = room.id if room else None
    if slot and (slot.is_in, slot.is_locked, slot.room_id) == (
        is_in,
        is_locked,
        room_id,
    ):
        return slot
    _move_on(month, revision)
    slot, _new = Slot.objects.update_or_create(
        offer=line.offer,
        date=line.date,
        defaults={"is_in": is_in, "is_locked": is_locked, "room": room, "reasons": []},
        create_defaults={
            "month": month,
            "is_in": is_in,
            "is_locked": is_locked,
            "room": room,
        },
    )
    verb = "slot.put_in" if is_in else "slot.taken_out"
    record(verb, slot, by, at, locked=is_locked)
    return slot


def _move_on(month: Month, revision: int) -> None:
    """One change further, if the month still is as it was seen."""
    moved = Month.objects.filter(pk=month.pk, revision=revision).update(
        revision=F("revision") + 1, state=Month.State.DRAFT
    )
    if not moved:
        raise MonthMoved(
            _(
                "Somebody else changed this month a moment ago. Here is how it stands"
                " now; please look, and do your change again if it is still needed."
            )
        )


@transaction.atomic
def agree_month(*, month: Month, revision: int, by: User, at: datetime) -> Month:
    """Everybody agrees to the composition as it stands.

    Said twice, it is said once. Raises MonthMoved, also for a month that is published
    as it stands, and ConflictsLeft for a room or person in two places.
    """
    month.refresh_from_db()
    if month.state == Month.State.PUBLISHED:
        raise MonthMoved(
            _("This month is published already. There is nothing to agree to now.")
        )
    if month.state == Month.State.AGREED and month.revision == revision + 1:
        return month
    lines = [line for line in composing.lines(month.first_day) if line.is_in]
    hard = {"room_taken", "person_twice"}
    if any(pair.code.value in hard for pair in composing.clashes(lines)):
        raise ConflictsLeft(
            _("A room or a person is in two places at once. Settle this first.")
        )
    _move_on(month, revision)
    Month.objects.filter(pk=month.pk).update(state=Month.State.AGREED)
    record("month.agreed", month, by, at)
    month.refresh_from_db()
    return month


@transaction.atomic
def publish_month(
    *, month: Month, revision: int, by: User | None, at: datetime
) -> MonthVersion:
    """Publish the agreed composition as a new version, in every form at once.

    Without a change since the last version, that version is returned. Raises
    MonthMoved and NotAgreed.
    """
    month.refresh_from_db()
    newest = queries.newest_version(month.first_day)
    if month.state == Month.State.PUBLISHED and newest:
        return newest
    if month.state != Month.State.AGREED:
        raise NotAgreed(_("First everybody agrees to the month, then it is published."))
    _move_on(month, revision)
    Month.objects.filter(pk=month.pk).update(state=Month.State.PUBLISHED)
    before = newest.snapshot if newest else None
    snapshot = snapshots.taken(
        queries.slots(month.first_day).filter(is_in=True), before
    )
    changes = snapshots.changes(before, snapshot)
    if newest and not snapshots.is_change(changes):
        return newest
    version = MonthVersion.objects.create(
        month=month,
        number=newest.number + 1 if newest else 1,
        published_at=at,
        published_by=by,
        snapshot=snapshot,
        changes=changes,
    )
    _put_on_cards(version, by, at)
    record("month.published", month, by, at, version=version.number)
    month.refresh_from_db()
    return version


def _put_on_cards(version: MonthVersion, by: User | None, at: datetime) -> None:
    """The hours of this version stand on the cards of their services."""
    directory.publish_hours(
        month=version.month.first_day,
        hours=[
            directory.HouseHours(it.service.id, it.date, it.starts, it.ends)
            for it in snapshots.read(version.snapshot).slots
        ],
        by=by,
        at=at,
    )
