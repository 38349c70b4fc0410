"""What staff see of a month in the making: offers, conflicts, holes, the week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from gishe.foundation import languages
from gishe.foundation.references import new_reference
from gishe.programme import composing, queries, snapshots, wording
from gishe.programme.actions import Hours
from gishe.programme.composing import Line
from gishe.programme.models import HouseRoom, Month, MonthVersion, Offer, month_of
from gishe.programme.timetable import PublishedSlot, Regular, regulars


@dataclass(frozen=True)
class Row:
    """One offer with its dates in the month: in, out and why, not yet looked at."""

    offer: Offer
    lines: tuple[Line, ...]
    reasons: tuple[tuple[tuple[date, ...], tuple[str, ...]], ...]
    is_mine: bool = False
    closed: tuple[date, ...] = ()  # dates at which the house is not open then

    @property
    def is_always_closed(self) -> bool:
        return len(self.closed) == len(self.lines)

    @property
    def days_in(self) -> list[date]:
        return [line.date for line in self.lines if line.is_in]

    @property
    def days_out(self) -> list[date]:
        return [ln.date for ln in self.lines if not ln.is_in and not ln.is_new]

    @property
    def is_new(self) -> bool:
        return all(line.is_new for line in self.lines)


@dataclass(frozen=True)
class Cell:
    """One room on one day."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Board:
    """Everything a page needs about a month in the making."""

    first_day: date
    month: Month | None
    version: MonthVersion | None
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    conflicts: tuple[wording.Said, ...]
    cover: wording.Cover

    @property
    def is_published(self) -> bool:
        return self.version is not None

    @property
    def own_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_mine]

    @property
    def other_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.is_mine]

    @property
    def new_lines(self) -> int:
        return sum(line.is_new for line in self.lines)

    @property
    def count_in(self) -> int:
        return sum(line.is_in for line in self.lines)


def board(first_day: date, mine: frozenset[Any] = frozenset()) -> Board:
    """The month as it is being made; ``mine`` are ids of organizations to mark."""
    month, lines = queries.month_row(first_day), composing.lines(first_day)
    standing = _standing(lines)
    return Board(
        first_day=first_day,
        month=month,
        version=queries.newest_version(first_day),
        lines=tuple(lines),
        rows=tuple(rows(lines, mine)),
        conflicts=tuple(said(standing)),
        cover=cover(first_day, standing),
    )


def _standing(lines: list[Line]) -> list[Line]:
    """What would take place: the composition, and offers nobody has looked at."""
    return [line for line in lines if line.is_in or line.is_new]


def said(lines: list[Line]) -> list[wording.Said]:
    by_key = {line.key: line for line in lines}
    return wording.conflicts(composing.clashes(lines), by_key)


def cover(first_day: date, lines: list[Line]) -> wording.Cover:
    return wording.cover(composing.missing(first_day, lines), lines)


def rows(lines: list[Line], mine: frozenset[Any]) -> list[Row]:
    """Lines under their offers, in the order of weekday and hour."""
    by_key = {line.key: line for line in lines}
    house = composing.premises(lines[0].offer.month.first_day) if lines else None
    found: dict[Any, list[Line]] = {}
    for line in lines:
        found.setdefault(line.offer.id, []).append(line)
    made = [
        Row(
            offer=same[0].offer,
            lines=tuple(same),
            reasons=tuple(_reasons(same, by_key)),
            is_mine=same[0].offer.organization_id in mine,
            closed=tuple(
                line.date
                for line in same
                if house and not house.lets_in(composing.value(line))
            ),
        )
        for same in found.values()
    ]
    return sorted(made, key=lambda it: (it.lines[0].date.weekday(), it.offer.starts))


def _reasons(
    lines: list[Line], by_key: dict[str, Line]
) -> list[tuple[tuple[date, ...], tuple[str, ...]]]:
    """Why dates are left out; dates with the same reasons are told together."""
    found: dict[tuple[str, ...], list[date]] = {}
    for line in lines:
        if line.is_in or line.slot is None:
            continue
        if line.is_taken_out:
            words: tuple[str, ...] = (wording.taken_out(),)
        else:
            words = tuple(wording.reason(it, by_key) for it in line.slot.reasons)
        found.setdefault(words, []).append(line.date)
    return [(tuple(days), words) for words, days in found.items()]


@dataclass(frozen=True)
class Trial:
    """What an offer would meet if it were made now."""

    conflicts: tuple[wording.Said, ...]
    remarks: tuple[str, ...]
    fills: tuple[str, ...]


def trial(first_day: date, hours: Hours, at: datetime) -> Trial:
    """The conflicts of these hours with everybody's offers, before they are made."""
    month = queries.month_row(first_day) or Month(first_day=first_day)
    offer = hours.offer(month, new_reference(), at)
    lines = composing.lines(first_day)
    own = [Line(offer, day) for day in offer.dates]
    every = [*_standing(lines), *own]
    by_key = {line.key: line for line in every}
    keys = {line.key for line in own}
    pairs = [
        pair for pair in composing.clashes(every) if {pair.first, pair.second} & keys
    ]
    return Trial(
        conflicts=tuple(wording.conflicts(pairs, by_key)),
        remarks=tuple(_remarks(first_day, own)),
        fills=tuple(_fills(first_day, _standing(lines), every)),
    )


def remarks(first_day: date, hours: Hours, at: datetime) -> list[str]:
    """What the calendar has against hours, whoever else offers some."""
    month = queries.month_row(first_day) or Month(first_day=first_day)
    offer = hours.offer(month, new_reference(), at)
    return _remarks(first_day, [Line(offer, day) for day in offer.dates])


def _remarks(first_day: date, own: list[Line]) -> list[str]:
    """What the calendar has against them, each remark once."""
    house = composing.premises(first_day)
    found = []
    if all(line.date in house.closed for line in own):
        found.append("closed_day")
    elif not all(
        line.date in house.closed or house.lets_in(composing.value(line))
        for line in own
    ):
        found.append("outside_opening_hours")
    return [wording.reason({"code": code, "offers": []}, {}) for code in found]


def _fills(first_day: date, before: list[Line], after: list[Line]) -> list[str]:
    """Languages and needs that nobody else covers."""
    old, new = cover(first_day, before), cover(first_day, after)
    spoken = [code for code in old.languages if code not in new.languages]
    names = [languages.name(code) for code in spoken]
    return names + [need for need in old.needs if need not in new.needs]


@dataclass(frozen=True)
class Changes:
    """What one version changed against the one before, by regular hours."""

    version: MonthVersion
    added: tuple[Regular, ...]
    removed: tuple[Regular, ...]
    changed: tuple[PublishedSlot, ...]


def history(first_day: date) -> list[Changes]:
    """Every version with its changes, the newest first."""
    return [_changes(version) for version in queries.versions(first_day)]


def _changes(version: MonthVersion) -> Changes:
    content = snapshots.read(version.snapshot)
    slots = {str(it.id): it for it in (*content.removed, *content.slots)}
    told = version.changes

    def regular(ids: list[str]) -> tuple[Regular, ...]:
        return tuple(regulars([slots[it] for it in ids], ()))

    return Changes(
        version=version,
        added=regular(told["added"]),
        removed=regular(told["removed"]),
        changed=tuple(slots[it["id"]] for it in told["changed"]),
    )


def pending(first_day: date) -> dict[str, int]:
    """How many hours publishing now would add, take out, change."""
    newest = queries.newest_version(first_day)
    before = newest.snapshot if newest else None
    now = snapshots.taken(queries.slots(first_day).filter(is_in=True), before)
    found = snapshots.changes(before, now)
    return {kind: len(it) for kind, it in found.items()}


@dataclass(frozen=True)
class Week:
    """A week as a table: days down, rooms across, hours in the cells."""

    monday: date
    rooms: tuple[HouseRoom | None, ...]
    days: tuple[tuple[queries.HouseDay, tuple[Cell, ...]], ...]
    before: date | None
    after: date | None


def week(table: Board, day: date) -> Week:
    """The week of ``day`` within the month."""
    days = [it for it in queries.week_of(day) if month_of(it) == table.first_day]
    houses = queries.house_days(days)
    used = {ln.room.id for ln in table.lines if ln.room and ln.date in days}
    every = (it for it in queries.every_room() if it.is_in_use or it.id in used)
    rooms: tuple[HouseRoom | None, ...] = (*every, None)
    body = tuple(
        (houses[it], tuple(_cell(table.lines, it, room) for room in rooms))
        for it in days
        if houses[it].is_open or any(line.date == it for line in table.lines)
    )
    last, first = days[-1], days[0]
    after, before = queries.week_of(last)[6], queries.week_of(first)[0]
    after, before = after + timedelta(days=1), before - timedelta(days=1)
    return Week(
        monday=first,
        rooms=rooms,
        days=body,
        before=before if month_of(before) == table.first_day else None,
        after=after if month_of(after) == table.first_day else None,
    )


def _cell(lines: tuple[Line, ...], day: date, room: HouseRoom | None) -> Cell:
    return Cell(tuple(ln for ln in lines if ln.date == day and ln.room == room))
