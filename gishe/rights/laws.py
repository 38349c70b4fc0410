"""The rules of one country as public pages: its routes, and each route in full."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gishe.core.rules import Head, Pack
from gishe.foundation.translated import Translated
from gishe.rights import packs
from gishe.rights.telling import Office, office_of
from gishe.rights.why import Source, sources
from gishe.rights.wording import STATES, State

# How a route can end, the best end first, as STATES has them.
ENDS = [end for end in STATES if end not in ("unknown", "ask")]
FIRST = ("after_permit", "after_registration")  # what must be there before work


@dataclass(frozen=True)
class Rule:
    """A rule as it stands in the lawbook, with its dates and its state.

    ``text`` of a condition is what it asks for. ``special``: what holds across the
    routes for some people; its own words say for whom, and what then.
    """

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
    special: tuple["Rule", ...] = ()


def routes(pack: Pack, day: date) -> list[Rule]:
    """The ways to lawful work in force on ``day``, in the lawbook's order."""
    found = sorted(pack.routes, key=lambda route: route.order)
    return [_route(pack, it, day) for it in found if it.head.in_force(day)]


def by_outcome(rules: Iterable[Rule]) -> list[tuple[State, list[Rule]]]:
    """Rules that lead to the same together, those that need least first."""
    found: dict[State, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.leads_to, []).append(rule)
    order = [STATES[end] for end in (*ENDS, "unknown")]
    return [(state, found[state]) for state in order if state in found]


def outcome(route: Any) -> str:
    """Where a route leads somebody new: what must come first is waited for."""
    first = [it.otherwise for it in route.conditions if it.otherwise in FIRST]
    ends: list[str] = [route.grants, *first]
    return max(ends, key=ENDS.index)


def versions(pack: Pack, name: str, day: date) -> list[Rule]:
    """One route: the version in force first, then what was and what will be."""
    named = [route for route in pack.routes if route.head.name == name]
    found = [_route(pack, route, day) for route in named]
    return sorted(found, key=lambda rule: not rule.is_in_force)


def _route(pack: Pack, route: Any, day: date) -> Rule:
    across = [it for it in pack.restrictions if it.scope.covers(route.head.name)]
    # An old version is shown with the conditions of its own time.
    on = day if route.head.in_force(day) else route.head.valid_from or day
    held = (it for it in route.conditions if it.head.in_force(on))
    special = (it for it in across if it.head.in_force(on))
    return replace(
        _rule(pack, route.head, day, outcome(route)),
        conditions=tuple(_condition(pack, it, day) for it in held),
        special=tuple(_rule(pack, it.head, day, it.otherwise) for it in special),
    )


def _condition(pack: Pack, held: Any, day: date) -> Rule:
    rule = _rule(pack, held.head, day, held.otherwise)
    return replace(rule, text=packs.words(held.head.met or held.head.text))


def _rule(pack: Pack, head: Head, day: date, leads_to: str) -> Rule:
    # Where nobody vouches for a rule it leads nowhere that one could name.
    end = leads_to if head.verified.vouches(day) else "unknown"
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
        leads_to=STATES[end],
        ask=office_of(office.to_json()) if office else None,
    )
