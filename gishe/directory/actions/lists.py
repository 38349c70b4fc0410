"""The lists that hang on a card and are edited with it: needs, languages, hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from uuid import UUID

from gishe.directory.actions.lines import Line, changed_lines, write_lines
from gishe.directory.actions.places import NewPlace, places_of, write_places
from gishe.directory.actions.terms import set_groups, set_needs
from gishe.directory.card import editable_hours, languages_of
from gishe.directory.identity import PROGRAMME
from gishe.directory.models import Language, Schedule, Service
from gishe.directory.queries import groups_of, needs_of
from gishe.foundation import languages

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
HoursOfWeek = Mapping[int, tuple[time, time]]


@dataclass(frozen=True)
class Edited:
    """A card as its editor leaves it. None leaves a list as it is.

    ``fields`` are fields of ``Service``; ``hours`` are one span a weekday, 0 is Monday;
    ``places`` are ids of locations; ``lines`` are lists by the standard's name.
    """

    fields: Mapping[str, Any]
    needs: Sequence[str] | None = None
    groups: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    hours: HoursOfWeek | None = None
    places: Sequence[UUID] | None = None
    new_place: NewPlace | None = None
    lines: Mapping[str, Sequence[Line]] = field(default_factory=dict)


def changed_lists(service: Service, edited: Edited) -> list[str]:
    """The lists that differ from what the card has, by the standard's names."""
    changed = []
    if edited.needs is not None and set(edited.needs) != set(needs_of(service)):
        changed.append("needs")
    if edited.groups is not None and set(edited.groups) != set(groups_of(service)):
        changed.append("groups")
    if edited.languages is not None and list(edited.languages) != languages_of(service):
        changed.append("languages")
    if edited.hours is not None and dict(edited.hours) != editable_hours(service):
        changed.append("schedules")
    if edited.places is not None and _are_other_places(service, edited):
        changed.append("service_at_locations")
    return [*changed, *changed_lines(service, edited.lines)]


def _are_other_places(service: Service, edited: Edited) -> bool:
    new = [edited.new_place.reference] if edited.new_place else []
    return {*(edited.places or []), *new} != set(places_of(service))


def write_lists(service: Service, edited: Edited, changed: list[str]) -> None:
    """Write the lists named in ``changed``; within the transaction of the edit."""
    if "needs" in changed:
        set_needs(service=service, needs=edited.needs or [])
    if "groups" in changed:
        set_groups(service=service, groups=edited.groups or [])
    if "languages" in changed:
        _write_languages(service, edited.languages or [])
    if "schedules" in changed:
        _write_hours(service, edited.hours or {})
    if "service_at_locations" in changed:
        write_places(service, edited.places or [], edited.new_place)
    for name, lines in edited.lines.items():
        if name in changed:
            write_lines(service, name, lines)


def _write_languages(service: Service, codes: Sequence[str]) -> None:
    service.languages.all().delete()
    Language.objects.bulk_create(
        Language(service=service, code=code, name=languages.name(code, "en"))
        for code in codes
    )


def _write_hours(service: Service, hours: HoursOfWeek) -> None:
    """One row for all days with the same hours."""
    service.schedules.exclude(source_name=PROGRAMME).delete()
    days: dict[tuple[time, time], list[str]] = {}
    for day, span in sorted(hours.items()):
        days.setdefault(span, []).append(WEEKDAYS[day])
    Schedule.objects.bulk_create(
        Schedule(
            service=service,
            freq="WEEKLY",
            wkst="MO",
            byday=",".join(names),
            opens_at=opens,
            closes_at=closes,
        )
        for (opens, closes), names in days.items()
    )
