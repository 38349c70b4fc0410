"""Deciding one case: the whole answer."""

from collections.abc import Iterator, Mapping
from datetime import date

from gishe.core.rules._alternatives import alternatives_of
from gishe.core.rules._answer import Answer
from gishe.core.rules._bound import NO, OPEN, YES
from gishe.core.rules._case import CaseLike, check_case, read_case
from gishe.core.rules._costs import costs
from gishe.core.rules._explain import reasons, shown
from gishe.core.rules._law import OPEN_ENDS, Held
from gishe.core.rules._limits import added
from gishe.core.rules._nodes import Node
from gishe.core.rules._pack import Duty, Entitlement, Grant, Head, Pack, Scope
from gishe.core.rules._presumed import presumed_in
from gishe.core.rules._question import in_asking_order
from gishe.core.rules._standing import Standing
from gishe.core.rules._values import due, value_of


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
        standing, told = self.standing, self._told()
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
            authority=self._office(_word(told.get("authority"))),
            limits=_mapping(told.get("limits")),
            conditions=tuple(self._conditions()),
            blocking=tuple(self._blocking()),
            steps=tuple(self._steps(told.get("steps"))),
            duties=tuple(self._duties()),
            documents=tuple(self._documents(told.get("documents"))),
            warnings=tuple(self._warnings()),
            entitlements=dict(self._entitlements()),
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
            explain=lambda: reasons(standing),
        )

    def _told(self) -> dict[str, object]:
        """The route's own fields, with those of the restrictions that bite."""
        if self.way is None:
            return {}
        if self.end == "unknown":
            return {"authority": self.way.route.answer.get("authority")}
        told = dict(_mapping(value_of(self.way.route.answer, self.facts)))
        for held in self.way.held:
            if held.condition.answer and self.facts.value(held.applies) == YES:
                more = _mapping(value_of(held.condition.answer, self.facts))
                for key, value in more.items():
                    told[key] = added(told.get(key), value)
        return told

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
                    **_for_employer(head),
                    "leads_to": held.condition.otherwise,
                    "citation": head.cites,
                }

    def _blocking(self) -> list[str]:
        if self.end != "no":
            return []
        values = self.standing.values
        ways = [w for w in self.law.ways if values[f"{w.name}/applies"] == YES]
        found = [
            held.condition.blocking
            for way in ways
            for held in way.held
            if held.condition.otherwise == "no" and self.facts.value(held.node) == NO
        ]
        return list(dict.fromkeys(found)) or ([] if ways else ["no_route"])

    def _steps(self, told: object) -> Iterator[Mapping[str, object]]:
        for step in told if isinstance(told, list) else []:
            if isinstance(step, Mapping):
                office = self._office(_word(step.get("office")))
                cost = list(costs(self.pack, step.get("cost"), self.standing.day))
                told = {**step, "office": office or step.get("office"), "cost": cost}
                yield {key: value for key, value in told.items() if value}

    def _documents(self, told: object) -> Iterator[Mapping[str, object]]:
        listed = told if isinstance(told, list) else []
        codes = [d.get("code") if isinstance(d, Mapping) else d for d in listed]
        for code in dict.fromkeys(map(str, codes)):
            place = self.pack.documents.get(code)
            yield place.to_json() if place else {"code": code}

    def _concerns(self, scope: Scope) -> bool:
        return scope.covers(self.way.name if self.way else "none")

    def _applies(self, head: Head, node: Node) -> bool:
        return head.in_force(self.standing.day) and self.facts.value(node) == YES

    def _duties(self) -> Iterator[dict[str, object]]:
        for duty in self.pack.duties:
            node = self.law.node(duty.applies_if, duty.head.name)
            useless = duty.who == "employer" and not self.open
            concerns = self._concerns(duty.scope) and not useless
            if concerns and self._applies(duty.head, node):
                yield self._duty(duty)

    def _duty(self, duty: Duty) -> dict[str, object]:
        told: dict[str, object] = {
            "id": duty.head.name,
            "who": duty.who,
            "what": duty.head.text,
            **_for_employer(duty.head),
            "to": self._office(duty.to),
            "due": due(duty.due, self.facts),
            "opens": due(duty.opens, self.facts),
            "cost": list(costs(self.pack, duty.costs, self.standing.day)) or None,
            "short": duty.short or None,
            "citation": duty.head.cites,
            "verified": duty.head.verified,
        }
        return {key: value for key, value in told.items() if value is not None}

    def _warnings(self) -> Iterator[dict[str, object]]:
        for warning in self.pack.warnings:
            node = self.law.node(warning.applies_if, warning.head.name)
            if self._concerns(warning.scope) and self._applies(warning.head, node):
                told = {
                    "id": warning.head.name,
                    "text": warning.head.text,
                    **_for_employer(warning.head),
                    "date": value_of(warning.date, self.facts),
                    "citation": warning.head.cites,
                    "verified": warning.head.verified,
                }
                yield {key: value for key, value in told.items() if value is not None}

    def _entitlements(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        for service, entitlement in self.pack.entitlements.items():
            found = self._entitlement(entitlement)
            if found is not None:
                yield service, found

    def _entitlement(self, entitlement: Entitlement) -> dict[str, object] | None:
        for rule in entitlement.rules:
            if not rule.head.in_force(self.standing.day):
                continue
            applies = self.law.node(rule.applies_if, rule.head.name)
            value = self.facts.value(applies)
            if value == NO:
                continue
            needs = self.law.node(rule.needs, rule.head.name)
            fulfilled = self.facts.value(needs)
            if value == YES and fulfilled == NO and not rule.otherwise:
                continue
            told = self._granted(entitlement, rule, min(value, fulfilled), fulfilled)
            if told["answer"] == "unknown":
                told["missing"] = self.facts.missing_in([applies, needs])
            return told
        return None

    def _granted(
        self, entitlement: Entitlement, rule: Grant, worst: int, fulfilled: int
    ) -> dict[str, object]:
        answer = rule.answer if fulfilled == YES else rule.otherwise
        if worst == OPEN or fulfilled == OPEN:
            answer = "unknown"
        told: dict[str, object] = {"answer": answer, "name": entitlement.name}
        if not rule.head.verified.vouches(self.standing.day):
            told["answer"], told["ask"] = "ask", self._office(rule.head.ask)
        told |= {
            "rule": rule.head.name,
            "text": rule.head.text,
            "until": value_of(rule.until, self.facts),
            "conditions": [{"text": text} for text in rule.conditions],
            "citation": rule.head.cites,
            "verified": rule.head.verified,
        }
        return {key: item for key, item in told.items() if item not in (None, [])}

    def _whom_to_ask(self) -> Iterator[Mapping[str, object]]:
        names = [head.ask for head in self.uncertain]
        if self.way is not None:
            names.append(self.way.route.head.ask)
        for name in dict.fromkeys(names or [self.pack.ask]):
            office = self._office(name)
            if office:
                yield office

    def _office(self, code: str | None) -> dict[str, object] | None:
        if not code:
            return None
        place = self.pack.offices.get(code)
        return place.to_json() if place else {"code": code}


def _for_employer(head: Head) -> dict[str, object]:
    return {"for_employer": head.for_employer} if head.for_employer else {}


def _quota(told: object) -> dict[str, object]:
    quota = dict(_mapping(told))
    limit, share = quota.get("limit_pct"), quota.get("share_pct")
    if isinstance(limit, (int, float)) and isinstance(share, (int, float)):
        quota["ok"] = share <= limit
    return quota


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None
