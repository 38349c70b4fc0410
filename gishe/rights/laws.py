"""The rules of one country as public pages: its routes, and each route in full."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gishe.core.rules import Pack
from gishe.foundation.translated import Translated
from gishe.rights import packs
from gishe.rights.telling import Office, office_of
from gishe.rights.why import Source, sources
from gishe.rights.wording import STATES, State


@dataclass(frozen=True)
class Rule:
    """A rule as it stands in the lawbook, with its dates and its state."""

    name: str
    text: Translated
    valid_from: date | None
    valid_until: date | None
    sources: tuple[Source, ...]
    next_review: date | None
    is_in_force: bool
    is_doubted: bool  # nobody vouches for it on this day
    leads_to: State
    ask: Office | None
    conditions: tuple["Rule", ...] = ()


def routes(pack: Pack, day: date) -> list[Rule]:
    """The ways to lawful work in force on ``day``, in the lawbook's order."""
    found = sorted(pack.routes, key=lambda route: route.order)
    return [_route(pack, it, day) for it in found if it.head.in_force(day)]


def versions(pack: Pack, name: str, day: date) -> list[Rule]:
    """One route: the version in force first, then what was and what will be."""
    named = [route for route in pack.routes if route.head.name == name]
    found = [_route(pack, route, day) for route in named]
    return sorted(found, key=lambda rule: not rule.is_in_force)


def _route(pack: Pack, route: Any, day: date) -> Rule:
    across = [it for it in pack.restrictions if it.scope.covers(route.head.name)]
    # An old version is shown with the conditions of its own time.
    on = day if route.head.in_force(day) else route.head.valid_from or day
    held = [it for it in (*route.conditions, *across) if it.head.in_force(on)]
    conditions = tuple(_rule(pack, it.head, day, it.otherwise) for it in held)
    return _rule(pack, route.head, day, route.grants, conditions)


def _rule(
    pack: Pack, head: Any, day: date, leads_to: str, held: tuple[Rule, ...] = ()
) -> Rule:
    office = pack.offices.get(head.ask or pack.ask)
    return Rule(
        name=head.name,
        text=packs.words(head.text),
        valid_from=head.valid_from,
        valid_until=head.valid_until,
        sources=sources(head.cites, head.verified),
        next_review=head.verified.next_review,
        is_in_force=head.in_force(day),
        is_doubted=not head.verified.vouches(day),
        leads_to=STATES[leads_to],
        ask=office_of(office.to_json()) if office else None,
        conditions=held,
    )
