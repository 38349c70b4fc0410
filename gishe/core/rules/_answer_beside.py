"""What an answer says beside the route: duties, warnings, entitlements."""

from collections.abc import Iterator, Mapping

from gishe.core.rules._answer_costs import costs, parameters_of_costs
from gishe.core.rules._answer_values import due, parameters_in, value_of
from gishe.core.rules._law import OPEN_ENDS
from gishe.core.rules._nodes import Node
from gishe.core.rules._on_day import NO, OPEN, YES
from gishe.core.rules._pack import AnswerValue, Duty, Entitlement, Grant, Head, Scope
from gishe.core.rules._standing import Standing


class Beside:
    """Finds what is told; ``parameters`` gathers the numbers of the law behind it."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.facts = standing, standing.facts
        self.pack, self.law = standing.pack, standing.law
        self.open = standing.may_work in OPEN_ENDS
        self.parameters: set[str] = set()

    def _concerns(self, scope: Scope) -> bool:
        return scope.covers(self.standing.route or "none")

    def _applies(self, head: Head, node: Node) -> bool:
        found = head.in_force(self.standing.day) and self.facts.value(node) == YES
        if found:
            self.parameters |= self.facts.parameters_in(node)
        return found

    def _worth(self, given: AnswerValue) -> object:
        self.parameters |= parameters_in(given, self.facts)
        return value_of(given, self.facts)

    def duties(self) -> Iterator[dict[str, object]]:
        for duty in self.pack.duties:
            node = self.law.node(duty.applies_if, duty.head.name)
            useless = duty.who == "employer" and not self.open
            concerns = self._concerns(duty.scope) and not useless
            if concerns and self._applies(duty.head, node):
                yield self._duty(duty)

    def _duty(self, duty: Duty) -> dict[str, object]:
        self.parameters |= parameters_of_costs(self.pack, duty.costs, self.standing.day)
        told: dict[str, object] = {
            "id": duty.head.name,
            "who": duty.who,
            "what": duty.head.text,
            **for_employer(duty.head),
            "to": self.pack.office(duty.to),
            "due": due(duty.due, self.facts),
            "opens": due(duty.opens, self.facts),
            "cost": list(costs(self.pack, duty.costs, self.standing.day)) or None,
            "short": duty.short or None,
            "citation": duty.head.cites,
            "verified": duty.head.verified,
        }
        return {key: value for key, value in told.items() if value is not None}

    def warnings(self) -> Iterator[dict[str, object]]:
        for warning in self.pack.warnings:
            node = self.law.node(warning.applies_if, warning.head.name)
            if self._concerns(warning.scope) and self._applies(warning.head, node):
                told = {
                    "id": warning.head.name,
                    "text": warning.head.text,
                    **for_employer(warning.head),
                    "date": self._worth(warning.date),
                    "remark": warning.remark or None,
                    "citation": warning.head.cites,
                    "verified": warning.head.verified,
                }
                yield {key: value for key, value in told.items() if value is not None}

    def entitlements(self) -> Iterator[tuple[str, Mapping[str, object]]]:
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
            for node in (applies, needs):
                self.parameters |= self.facts.parameters_in(node)
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
            told["answer"], told["ask"] = "ask", self.pack.office(rule.head.ask)
        told |= {
            "rule": rule.head.name,
            "text": rule.head.text,
            "until": self._worth(rule.until),
            "conditions": [{"text": text} for text in rule.conditions],
            "citation": rule.head.cites,
            "verified": rule.head.verified,
        }
        return {key: item for key, item in told.items() if item not in (None, [])}


def for_employer(head: Head) -> dict[str, object]:
    """The rule's words to the employer, where they are others."""
    return {"for_employer": head.for_employer} if head.for_employer else {}
