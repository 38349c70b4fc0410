"""Deciding one case: the whole answer."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from gishe.core.rules._answer import Answer
from gishe.core.rules._answer_alternatives import alternatives_of
from gishe.core.rules._answer_beside import Beside, for_employer
from gishe.core.rules._answer_costs import costs, parameters_of_costs
from gishe.core.rules._answer_limits import added
from gishe.core.rules._answer_presumed import presumed_in
from gishe.core.rules._answer_reasons import reasons, shown
from gishe.core.rules._answer_values import parameters_in, value_of
from gishe.core.rules._case import CaseLike, check_case, read_case
from gishe.core.rules._law import OPEN_ENDS, Held
from gishe.core.rules._on_day import NO, YES
from gishe.core.rules._pack import AnswerValue, Head, Pack
from gishe.core.rules._question import in_asking_order
from gishe.core.rules._standing import Standing


def decide(pack: Pack, case: CaseLike, *, alternatives: bool = True) -> Answer:
    """What the law of ``pack`` answers to a case. Raises InputError, PackError.

    ``alternatives`` False leaves out what every other route would need, which is most
    of the work.
    """
    return answer_to(standing_of(pack, case), alternatives=alternatives)


def standing_of(pack: Pack, case: CaseLike) -> Standing:
    asked = read_case(case)
    return Standing(pack, check_case(pack, asked), asked.as_of)


def answer_to(standing: Standing, *, alternatives: bool = True) -> Answer:
    return _Assembly(standing).answer(alternatives)


class _Assembly:
    """Puts the answer's fields together, each from its rules."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.facts = standing, standing.facts
        self.pack, self.law, self.way = standing.pack, standing.law, standing.way
        self.end = standing.may_work
        self.open = self.end in OPEN_ENDS
        self.uncertain: list[Head] = [
            self.law.heads[rule] for rule in standing.in_doubt if rule in self.law.heads
        ]
        self.opens = standing.opens() if self.end == "not_yet" else None

    def answer(self, alternatives: bool) -> Answer:
        standing, told, beside = self.standing, self.told, Beside(self.standing)
        unverified = bool(standing.in_doubt)
        if self.end == "not_yet" and self.opens is None:
            unverified = True
        return Answer(
            may_work=self.end,
            route=self.way.name if self.way else "none" if self.end == "no" else None,
            law={
                "pack": self.pack.id,
                "version": self.pack.version,
                "as_of": standing.day,
            },
            from_date=self._from_date(told.get("from_date")),
            until_date=_day(told.get("until_date")),
            right_outlives_paper=_flag(told.get("right_outlives_paper")),
            permit_required=_flag(told.get("permit_required")),
            labour_market_test=_flag(told.get("labour_market_test")),
            quota=_quota(told.get("quota")),
            who_applies=_word(told.get("who_applies")),
            authority=self.pack.office(_word(told.get("authority"))),
            limits=_mapping(told.get("limits")),
            conditions=tuple(self._conditions()),
            blocking=tuple(self._blocking()),
            steps=tuple(self._steps(told.get("steps"))),
            duties=tuple(beside.duties()),
            documents=tuple(self._documents(told.get("documents"))),
            warnings=tuple(beside.warnings()),
            entitlements=dict(beside.entitlements()),
            alternatives=tuple(alternatives_of(standing)) if alternatives else (),
            possible=standing.possible if self.end == "unknown" else (),
            missing=tuple(in_asking_order(standing)) if self.end == "unknown" else (),
            presumed={
                name: shown(standing, name, value)
                for name, value in presumed_in(standing).items()
            },
            unverified_law=unverified,
            whom_to_ask=tuple(self._whom_to_ask()),
            citation=self.way.route.head.cites if self.way else (),
            verified=self.way.route.head.verified if self.way else None,
            # Last: what is told beside the route gathers its numbers while it is told.
            parameters=tuple(sorted({*self._parameters(), *beside.parameters})),
            explain=lambda: reasons(standing),
        )

    @cached_property
    def told(self) -> dict[str, object]:
        """The route's own fields, with those of the restrictions that bite."""
        if self.way is None:
            return {}
        if self.end == "unknown":
            return {"authority": self.way.route.answer.get("authority")}
        first, *others = self._answers()
        told = _mapping(value_of(first, self.facts))
        for answer in others:
            for key, value in _mapping(value_of(answer, self.facts)).items():
                told[key] = added(told.get(key), value)
        return told

    def _answers(self) -> Iterator[Mapping[str, AnswerValue]]:
        """What the route and the restrictions that bite want told."""
        if self.way is None or self.end == "unknown":
            return
        yield self.way.route.answer
        for held in self.way.held:
            if held.condition.answer and self.facts.value(held.applies) == YES:
                yield held.condition.answer

    def _from_date(self, told: object) -> date | None:
        if self.end == "not_yet":
            return self.opens.day if self.opens else None
        if self.open:
            return _day(told) or self.standing.since()
        return None

    def _failing(self) -> Iterator[Held]:
        for held in self.way.held if self.way else ():
            if self.facts.value(held.node) == NO:
                yield held

    def _conditions(self) -> Iterator[dict[str, object]]:
        for held in self._failing():
            if held.condition.otherwise != "no":
                head = held.condition.head
                yield {
                    "id": head.name.rpartition(".")[2],
                    "text": head.text,
                    **for_employer(head),
                    "leads_to": held.condition.otherwise,
                    "citation": head.cites,
                }

    def _blocking(self) -> list[str]:
        if self.end != "no":
            return []
        ways = [way for way in self.law.ways if self.standing.applies(way)]
        found = [
            held.condition.blocking
            for way in ways
            for held in way.held
            if held.condition.otherwise == "no" and self.facts.value(held.node) == NO
        ]
        return list(dict.fromkeys(found)) or ([] if ways else ["no_route"])

    def _steps(self, told: object) -> Iterator[Mapping[str, object]]:
        for step in _listed(told):
            if isinstance(step, Mapping):
                office = self.pack.office(_word(step.get("office")))
                cost = list(costs(self.pack, step.get("cost"), self.standing.day))
                told = {**step, "office": office or step.get("office"), "cost": cost}
                yield {key: value for key, value in told.items() if value}

    def _documents(self, told: object) -> Iterator[Mapping[str, object]]:
        codes = [d.get("code") if isinstance(d, Mapping) else d for d in _listed(told)]
        for code in dict.fromkeys(map(str, codes)):
            place = self.pack.documents.get(code)
            yield place.to_json() if place else {"code": code}

    def _parameters(self) -> Iterator[str]:
        """The numbers of the law that decided the route, or the routes in question,
        and that stand in its fields."""
        facts = self.facts
        for answer in self._answers():
            yield from parameters_in(answer, facts)
        for step in _listed(self.told.get("steps")):
            cost = _mapping(step).get("cost")
            yield from parameters_of_costs(self.pack, cost, self.standing.day)
        for way in (self.way,) if self.way else self.law.ways:
            applies = facts.value(way.applies)
            if applies == NO:
                continue
            yield from facts.parameters_in(way.applies)
            for held in way.held if applies == YES else ():
                if facts.value(held.applies) != NO:
                    yield from facts.parameters_in(held.node)

    def _whom_to_ask(self) -> Iterator[Mapping[str, object]]:
        names = [head.ask for head in self.uncertain]
        if self.way is not None:
            names.append(self.way.route.head.ask)
        for name in dict.fromkeys(names or [self.pack.ask]):
            office = self.pack.office(name)
            if office:
                yield office


def _quota(told: object) -> dict[str, object]:
    quota = dict(_mapping(told))
    limit, share = quota.get("limit_pct"), quota.get("share_pct")
    if isinstance(limit, (int, float)) and isinstance(share, (int, float)):
        quota["ok"] = share <= limit
    return quota


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None
