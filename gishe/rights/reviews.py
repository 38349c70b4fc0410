"""What a doubted rule does to an answer: it is told, and a plain yes is none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from gishe.core.rules import Answer, Pack, Reason
from gishe.rights import queries
from gishe.rights.models import RuleReview
from gishe.rights.wording import IN_DOUBT

YES_IN_DOUBT = "conditional"  # what a yes is told as that rests on a doubted rule


def challenged(pack: Pack) -> set[str]:
    """The rules of a law whose latest review is a doubt.

    A doubt outlives a new version of the law: only a later review takes it away.
    """
    found = queries.latest(pack.id)
    return {
        rule
        for rule, review in found.items()
        if review.state == RuleReview.State.CHALLENGED
    }


def with_doubts(answer: Answer, pack: Pack, doubted: set[str] | None = None) -> Answer:
    """The answer as it may be told while lawyers doubt rules that it rests on.

    Each such rule becomes a warning with the office to ask. A plain yes becomes a yes
    on the condition that somebody asks first. Pages, notes, interface and console all
    call this; the engine itself knows no reviews. ``doubted``: the doubted rules, where
    they were read already.
    """
    doubted = challenged(pack) if doubted is None else doubted
    if not doubted:
        return answer
    found = doubted_in(answer, doubted)
    if not found:
        return answer
    text = doubt(answer, pack)
    warnings = tuple({"id": IN_DOUBT, "rule": rule, "text": text} for rule in found)
    told = replace(answer, warnings=(*warnings, *answer.warnings))
    if answer.may_work != "yes":
        return told
    condition = {"id": IN_DOUBT, "text": text, "leads_to": "conditional"}
    return replace(
        told, may_work=YES_IN_DOUBT, conditions=(condition, *answer.conditions)
    )


def doubted_in(answer: Answer, doubted: set[str]) -> list[str]:
    """The doubted rules that an answer rests on."""
    return sorted(rests_on(answer) & doubted)


def doubt(answer: Answer, pack: Pack) -> dict[str, str]:
    """The sentence about a doubted rule, in every language of the pages."""
    office = next(iter(answer.whom_to_ask), answer.authority)
    if not office and pack.ask in pack.offices:
        office = pack.offices[pack.ask].to_json()
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = _sentence(_named(office, code))
    return found


def _sentence(office: str) -> str:
    if not office:
        return _("This rule is in doubt here. Ask before you rely on it.")
    return _("This rule is in doubt here. Ask before you rely on it: %(office)s.") % {
        "office": office
    }


def _named(office: Mapping[str, Any] | None, language: str) -> str:
    names = (office or {}).get("name", {})
    return str(names.get(language) or names.get("en") or names.get("bg") or "")


def rests_on(answer: Answer) -> set[str]:
    """The rules that had a part in an answer, with the numbers of the law they use."""
    rules = set(_deciding(answer.reasons))
    rules.update([answer.route] if answer.route else [])
    for line in (*answer.duties, *answer.warnings):
        rules.add(str(line["id"]))
    for entitlement in answer.entitlements.values():
        rules.add(str(entitlement.get("rule", "")))
    return rules | set(answer.parameters)


def _deciding(reasons: Iterable[Reason]) -> Iterator[str]:
    """Rules in the tree of reasons; a route that is not this person's says nothing."""
    for reason in reasons:
        if any(
            inner.rule == f"{reason.rule}/applies" and inner.value == "no"
            for inner in reason.reasons
        ):
            continue
        if reason.rule:
            yield reason.rule
        yield from _deciding(reason.reasons)
