"""Reading the rules of a pack: heads, routes, restrictions, duties, entitlements."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gishe.core.rules._pack import (
    ENDS,
    AnswerValue,
    Choice,
    Citation,
    Condition,
    Due,
    Duty,
    Entitlement,
    Grant,
    Head,
    OnlyIf,
    Place,
    Route,
    Scope,
    Warn,
    Written,
)
from gishe.core.rules._reading_lines import line_of, verification, written
from gishe.core.rules._tree import Section, Tree, bare

ANSWER_KEYS = (
    "permit_required",
    "labour_market_test",
    "quota",
    "who_applies",
    "authority",
    "limits",
    "documents",
    "from_date",
    "until_date",
    "right_outlives_paper",
    "steps",
)
UNITS = ("days", "months", "years")


class RuleReader:
    """Reads rules; knows the acts and who is to be asked by default."""

    def __init__(self, acts: Mapping[str, Place], ask: str) -> None:
        self.acts, self.ask = acts, ask

    def head(self, section: Section, within: Head | None = None) -> Head:
        own = section.text("id", needed=True)
        name = f"{within.name}.{own}" if within else own
        section.rule = name
        head = Head(
            name=name,
            text=section.words("text", needed=True),
            for_employer=section.words("for_employer"),
            cites=self.cites(section),
            valid_from=None,
            ask=section.text("ask"),
            note=section.text("note"),
            file=section.tree.file,
            line=section.tree.line,
        )
        return self._dated(section, head, within)

    def _dated(self, section: Section, head: Head, within: Head | None) -> Head:
        valid = section.get("valid")
        if valid is not None:
            part = Section(valid, section.problems, head.name)
            start, end = part.day("from"), part.day("until")
            part.done()
            if start and end and end < start:
                part.wrong(None, f"valid ends ({end}) before it begins ({start}).")
            head = replace(head, valid_from=start, valid_until=end)
        elif within is not None:
            head = replace(
                head, valid_from=within.valid_from, valid_until=within.valid_until
            )
        if section.has("verified"):
            head = replace(head, verified=verification(section))
        elif within is not None:
            head = replace(head, verified=within.verified)
        if within is not None:
            cites, ask = head.cites or within.cites, head.ask or within.ask
            return replace(head, cites=cites, ask=ask)
        return replace(head, ask=head.ask or self.ask)

    def cites(self, section: Section) -> tuple[Citation, ...]:
        found = []
        for part in section.sections("cite"):
            act = part.text("act", needed=True)
            known = self.acts.get(act)
            if act and known is None:
                part.wrong(None, f"There is no act {act}.", "Add it under acts.")
            found.append(
                Citation(
                    act=act,
                    act_name=known.name if known else {},
                    act_printed=known.printed if known else "",
                    article=part.text("article"),
                    paragraph=part.text("paragraph"),
                    point=part.text("point"),
                    url=part.text("url") or (known.url if known else ""),
                )
            )
            part.done()
        return tuple(found)

    def route(self, section: Section) -> Route | None:
        head = self._with_met(section, self.head(section))
        applies = written(section, "applies_if", needed=True)
        conditions = [
            self._condition(part, head) for part in section.sections("conditions")
        ]
        order = section.number("order", 100)
        grants = section.choice("grants", ENDS[:4], None)
        answer = self.answer(section)
        section.done()
        if applies is None:
            return None
        return Route(
            head=head,
            order=order if order is not None else 100,
            applies_if=applies,
            conditions=tuple(conditions),
            grants=grants,
            answer=answer,
        )

    def _condition(self, section: Section, route: Head) -> Condition:
        head = self._with_met(section, self.head(section, route))
        needs = written(section, "needs", needed=True)
        return self._rest_of_condition(section, head, needs)

    def restriction(self, section: Section) -> Condition:
        head = self._with_met(section, self.head(section))
        applies = written(section, "applies_if")
        needs = written(section, "needs")
        scope, answer = self.scope(section), self.answer(section)
        found = self._rest_of_condition(section, head, needs)
        return replace(found, applies_if=applies, scope=scope, answer=answer)

    def _with_met(self, section: Section, head: Head) -> Head:
        return replace(head, met=section.words("met"))

    def _rest_of_condition(
        self, section: Section, head: Head, needs: Written | None
    ) -> Condition:
        otherwise = section.choice("otherwise", ENDS[1:], None)
        blocking = section.text("blocking") or head.name.rpartition(".")[2]
        section.done()
        return Condition(head=head, needs=needs, otherwise=otherwise, blocking=blocking)

    def scope(self, section: Section) -> Scope:
        found = section.get("routes")
        if found is None or found.value == "all":
            return Scope()
        if isinstance(found.value, Mapping):
            part = Section(found, section.problems, section.rule)
            but = part.listed("all_but")
            part.done()
            return Scope(but=but)
        return Scope(routes=section.listed("routes"))

    def answer(self, section: Section) -> Mapping[str, AnswerValue]:
        found = section.get("answer")
        if found is None:
            return {}
        part = Section(found, section.problems, section.rule)
        told = {key: part.get(key) for key in ANSWER_KEYS}
        part.done()
        return {key: self.value(section, tree) for key, tree in told.items() if tree}

    def value(self, section: Section, tree: Tree) -> AnswerValue:
        """A plain value, a calculation after =, or a choice."""
        value = tree.value
        if isinstance(value, str) and value.startswith("="):
            return line_of(section, tree, value[1:].strip())
        if isinstance(value, Mapping):
            told = {k: self.value(section, v) for k, v in value.items() if k != "if"}
            condition = line_of(section, value["if"]) if "if" in value else None
            return told if condition is None else OnlyIf(condition, told)
        if isinstance(value, list):
            if value and all(_is_option(item) for item in value):
                return Choice(tuple(self._option(section, item) for item in value))
            return [self.value(section, item) for item in value]
        assert value is None or isinstance(value, (str, int, float, bool, date))
        return value

    def _option(
        self, section: Section, tree: Tree
    ) -> tuple[Written | None, AnswerValue]:
        part = Section(tree, section.problems, section.rule)
        if (otherwise := part.get("else")) is not None:
            part.done()
            return None, self.value(section, otherwise)
        condition, then = written(part, "if", needed=True), part.need("then")
        part.done()
        return condition, self.value(section, then) if then else None

    def duty(self, section: Section) -> Duty:
        head = self.head(section)
        found = Duty(
            head=head,
            who=section.choice("who", ("employer", "worker", "office"), None),
            to=section.text("to"),
            scope=self.scope(section),
            applies_if=written(section, "applies_if"),
            due=self._due(section, "due"),
            opens=self._due(section, "opens"),
            costs=section.listed("cost"),
            short=section.words("short"),
        )
        section.done()
        return found

    def _due(self, section: Section, key: str) -> Due | None:
        tree = section.get(key)
        if tree is None:
            return None
        part = Section(tree, section.problems, section.rule)
        on, after, before = part.day("date"), part.text("after"), part.text("before")
        unit = next((unit for unit in UNITS if part.has(unit)), "days")
        count = int(part.number(unit, 0) or 0)
        part.done()
        if on is None and not (after or before):
            part.wrong(
                None,
                f"{key} names no day.",
                "Write {days: 7, after: employment_start}.",
            )
        return Due(
            on=on, count=-count if before else count, unit=unit, fact=after or before
        )

    def warning(self, section: Section) -> Warn:
        day = section.get("date")
        found = Warn(
            head=self.head(section),
            scope=self.scope(section),
            applies_if=written(section, "applies_if"),
            date=self.value(section, day) if day else None,
            remark=section.flag("remark", False),
        )
        section.done()
        return found

    def entitlement(self, service: str, section: Section) -> Entitlement:
        name = section.words("name", needed=True)
        rules = tuple(self._grant(part) for part in section.sections("rules"))
        section.done()
        return Entitlement(service=service, name=name, rules=rules)

    def _grant(self, section: Section) -> Grant:
        until, answers = section.get("until"), ("yes", "no", "conditional", "ask")
        found = Grant(
            head=self.head(section),
            applies_if=written(section, "applies_if"),
            needs=written(section, "needs"),
            answer=section.choice("answer", answers, None),
            otherwise=section.choice("otherwise", ("", *answers), ""),
            until=self.value(section, until) if until else None,
            conditions=tuple(
                part.words("text", needed=True)
                for part in section.sections("conditions")
            ),
        )
        section.done()
        return found


def _is_option(tree: Tree) -> bool:
    inner = bare(tree)
    return isinstance(inner, dict) and ("else" in inner or {"if", "then"} <= set(inner))
