"""Answer cards: every rule of a law as staff read it, and what is due for review."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.core.rules import Answer, Head, Pack, changes, decide, standing_of
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.rights import packs, statuses, wording
from gishe.rights.laws import outcome
from gishe.rights.lines import written
from gishe.rights.models import RuleReview
from gishe.rights.telling import Office, office_of
from gishe.rights.why import Source, sources
from gishe.rights.wording import STATES, State

DUE_WITHIN = timedelta(days=30)
ROUTE, CONDITION, RESTRICTION, DUTY, WARNING, RIGHT, NUMBER = (
    "route",
    "condition",
    "restriction",
    "duty",
    "warning",
    "right",
    "number",
)
KINDS: dict[str, str | Promise] = {
    ROUTE: _("Way to work"),
    CONDITION: _("Condition"),
    RESTRICTION: _("Limit across the ways"),
    DUTY: _("Duty"),
    WARNING: _("Warning"),
    RIGHT: _("Right to a service"),
    NUMBER: _("Number of the law"),
}
WHO = {
    "employer": _("the employer"),
    "worker": _("the person"),
    "office": _("the office"),
}
UNITS = {
    "months": _("months"),
    "days": _("days"),
    "years": _("years"),
    "hours": _("hours"),
    "percent": _("percent"),
    "ratio": _("times"),
    "EUR": _("euro"),
    "EUR/year": _("euro a year"),
}


@dataclass(frozen=True)
class Card:
    """One rule as it is written for some time, ready to be read or printed."""

    law: str
    name: str
    kind: str
    text: Translated
    asks: Translated  # a condition as a fulfilled one
    valid_from: date | None
    valid_until: date | None
    sources: tuple[Source, ...]
    state: str  # of verification
    verified: str
    reviewer: str
    checked_on: date | None
    good_until: date | None
    next_review: date | None
    note: str
    ask: Office | None
    routes: tuple[str, ...] | None = None  # None: all of them
    leads_to: State | None = None
    service: str = ""  # of a right beside work
    facts: tuple[tuple[str, str], ...] = ()
    papers: tuple[Translated, ...] = ()
    parts: tuple["Card", ...] = field(default=(), repr=False)
    written: tuple[str, ...] = ()  # its conditions, for comparing

    @property
    def kind_name(self) -> str:
        return str(KINDS[self.kind])

    @property
    def end(self) -> State | None:
        """Where the rule leads, to be shown; nowhere where nobody verified it.

        A condition leads somewhere only when it does not hold, which its route tells.
        """
        if self.kind == CONDITION or self.leads_to is None:
            return None
        return STATES["unknown"] if self.state == "unverified" else self.leads_to

    def is_in_force(self, day: date) -> bool:
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_until is None or day <= self.valid_until)

    def vouches(self, day: date) -> bool:
        """Whether what was verified speaks for this day."""
        good = self.good_until is None or day <= self.good_until
        return self.state != "unverified" and good


def cards(pack: Pack) -> list[Card]:
    """Every rule of a law with all its versions, in the lawbook's order."""
    return list(_all(pack))


def named(pack: Pack, name: str, day: date) -> list[Card]:
    """The versions of one rule: the one in force first, then the latest ones."""
    found = [card for card in _all(pack) if card.name == name]
    found.sort(key=lambda card: card.valid_from or date.min, reverse=True)
    return sorted(found, key=lambda card: not card.is_in_force(day))


def along(pack: Pack, card: Card, day: date) -> list[Card]:
    """The duties, warnings and limits that are written for just this way to work."""
    if card.kind != ROUTE:
        return []
    every = (it for it in _all(pack) if it.is_in_force(day))
    return [it for it in every if card.name in (it.routes or ())]


def _all(pack: Pack) -> Iterator[Card]:
    kinds = (_ways, _restrictions, _duties, _warnings, _entitlements, _numbers)
    return chain.from_iterable(kind(pack) for kind in kinds)


def _ways(pack: Pack) -> Iterator[Card]:
    for route in sorted(pack.routes, key=lambda it: it.order):
        parts = tuple(
            _card(
                pack,
                it.head,
                CONDITION,
                leads_to=STATES[it.otherwise],
                written=written(it),
            )
            for it in route.conditions
        )
        yield _card(
            pack,
            route.head,
            ROUTE,
            leads_to=STATES[outcome(route)],
            facts=tuple(_route_facts(pack, route.answer)),
            papers=tuple(_papers(pack, route.answer.get("documents"))),
            parts=parts,
            written=written(route),
        )
        yield from parts


def _restrictions(pack: Pack) -> Iterator[Card]:
    for rule in pack.restrictions:
        yield _card(
            pack,
            rule.head,
            RESTRICTION,
            leads_to=STATES[rule.otherwise],
            routes=rule.scope.routes,
            written=written(rule),
        )


def _duties(pack: Pack) -> Iterator[Card]:
    for duty in pack.duties:
        yield _card(
            pack,
            duty.head,
            DUTY,
            facts=tuple(_duty_facts(pack, duty)),
            routes=duty.scope.routes,
            written=written(duty),
        )


def _warnings(pack: Pack) -> Iterator[Card]:
    for warning in pack.warnings:
        routes, lines = warning.scope.routes, written(warning)
        yield _card(pack, warning.head, WARNING, routes=routes, written=lines)


def _entitlements(pack: Pack) -> Iterator[Card]:
    for entitlement in pack.entitlements.values():
        name = packs.said(entitlement.name)
        for grant in entitlement.rules:
            yield _card(
                pack,
                grant.head,
                RIGHT,
                facts=((str(_("Service")), name),),
                service=name,
                leads_to=STATES[grant.answer],
                written=written(grant),
            )


def _numbers(pack: Pack) -> Iterator[Card]:
    for parameter in pack.parameters.values():
        unit = str(UNITS.get(parameter.unit, parameter.unit))
        later = sorted(parameter.values, key=lambda it: it.since)
        for dated, following in zip(later, [*later[1:], None], strict=True):
            value = (
                str(_("not verified")) if dated.value is None else f"{dated.value:g}"
            )
            ends = following.since - timedelta(days=1) if following else None
            card = _card(
                pack, dated.head, NUMBER, facts=((str(_("Value")), f"{value} {unit}"),)
            )
            yield replace(
                card,
                name=parameter.name,
                text=packs.words(parameter.text),
                asks=packs.words(parameter.text),
                valid_from=dated.since,
                valid_until=ends,
            )


def _card(pack: Pack, head: Head, kind: str, **more: Any) -> Card:
    office = pack.offices.get(head.ask)
    return Card(
        law=pack.id,
        name=head.name,
        kind=kind,
        text=packs.words(head.text),
        asks=packs.words(head.met or head.text),
        valid_from=head.valid_from,
        valid_until=head.valid_until,
        sources=sources(head.cites, None),
        state=head.verified.state,
        verified=wording.verified(head.verified),
        reviewer=head.verified.reviewer,
        checked_on=head.verified.checked_on,
        good_until=head.verified.good_until,
        next_review=head.verified.next_review,
        note=head.note,
        ask=office_of(office.to_json()) if office else None,
        **more,
    )


def _route_facts(pack: Pack, answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Who files where, as far as the route says it for everybody."""
    who, office = answer.get("who_applies"), answer.get("authority")
    if isinstance(who, str) and who in WHO:
        yield str(_("Who files")), str(WHO[who])
    if isinstance(office, str) and office in pack.offices:
        yield str(_("Where")), packs.said(pack.offices[office].name)
    if isinstance(answer.get("permit_required"), bool):
        needed = answer["permit_required"]
        yield str(_("Permit")), str(_("needed")) if needed else str(_("not needed"))


def _duty_facts(pack: Pack, duty: Any) -> Iterator[tuple[str, str]]:
    yield str(_("Who")), str(WHO.get(duty.who, duty.who))
    if duty.to in pack.offices:
        yield str(_("Where")), packs.said(pack.offices[duty.to].name)
    if duty.due is not None:
        opens = _due(duty.opens) if duty.opens is not None else None
        yield str(_("By when")), wording.due(_due(duty.due), opens)


def _due(due: Any) -> object:
    if due.on is not None:
        return due.on
    side = "after" if due.count >= 0 else "before"
    return {due.unit: abs(due.count), side: due.fact}


def _papers(pack: Pack, codes: Any) -> Iterator[Translated]:
    for it in codes if isinstance(codes, (list, tuple)) else ():
        code = it.get("code") if isinstance(it, Mapping) else it
        if place := pack.documents.get(str(code)):
            yield packs.words(place.name)


@dataclass(frozen=True)
class Due:
    """A rule that somebody should look at, and why."""

    card: Card
    reasons: tuple[str, ...]
    review: RuleReview | None


def due(pack: Pack, latest: Mapping[str, RuleReview], day: date) -> list[Due]:
    """The rules to look at: in doubt, unverified, or their review is near or past."""
    found: dict[tuple[str, date | None], Due] = {}
    for card in _all(pack):
        if card.valid_until is not None and card.valid_until < day:
            continue
        review = latest.get(card.name)
        reasons = tuple(_reasons(card, review, day))
        if reasons:
            found[card.name, card.valid_from] = Due(card, reasons, review)
    return sorted(found.values(), key=_urgency)


def _urgency(it: Due) -> tuple[bool, date, str]:
    is_doubted = it.review is not None and it.review.state == "challenged"
    return not is_doubted, it.card.next_review or date.max, it.card.name


def _reasons(card: Card, review: RuleReview | None, day: date) -> Iterator[str]:
    if review is not None and review.state == RuleReview.State.CHALLENGED:
        yield str(_("in doubt"))
    if card.state == "unverified":
        yield str(_("not verified by anybody"))
    if card.good_until is not None and card.good_until <= day + DUE_WITHIN:
        yield str(_("verified only until %(date)s")) % {
            "date": languages.full_date(card.good_until)
        }
    if card.next_review is not None and card.next_review <= day + DUE_WITHIN:
        is_past = card.next_review < day
        yield str(_("review overdue")) if is_past else str(_("review is near"))


@dataclass(frozen=True)
class ForStatus:
    """What the law says to one status before anything else is known."""

    status: str
    name: str
    answer: Answer
    routes: tuple[str, ...]  # the ways that may be this person's


@lru_cache(maxsize=64)
def _standings(pack: Pack, since: date) -> dict[str, tuple[str, ...]]:
    """For each status, the ways that may be a person's who has it."""
    found = {}
    for status in statuses.codes(pack):
        standing = standing_of(pack, {"as_of": since, "facts": {"status": status}})
        possible = (w for w in standing.law.ways if standing.applies(w) is not False)
        found[status] = tuple(way.name for way in possible)
    return found


def routes_of(pack: Pack, day: date) -> dict[str, tuple[str, ...]]:
    """The same on a day; worked out once for each stretch of the law."""
    earlier = [change for change in changes(pack) if change <= day]
    return _standings(pack, earlier[-1] if earlier else day)


def for_status(pack: Pack, status: str, day: date) -> ForStatus:
    """The card of a status."""
    answer = decide(
        pack, {"as_of": day, "facts": {"status": status}}, alternatives=False
    )
    routes = routes_of(pack, day).get(status, ())
    return ForStatus(status, statuses.name_of(status), answer, routes)
