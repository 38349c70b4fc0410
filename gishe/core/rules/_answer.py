"""The answer to "may I work?", in the vocabulary's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gishe.core.rules._facts import Words7
from gishe.core.rules._pack import Citation, Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule or condition that decided, with what it rested on.

    ``value``: ``yes``, ``no`` or ``unknown``. ``facts``: None where a fact is missing.
    ``met``: the condition as a fulfilled one; empty where ``text`` says it like that.
    ``for_employer``: ``text`` said to the employer; empty where it is the same.
    ``parameters``: the dated numbers of the law in a comparison, by name.
    """

    rule: str
    value: str
    text: Words7 = field(default_factory=dict)
    met: Words7 = field(default_factory=dict)
    for_employer: Words7 = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    citation: tuple[Citation, ...] = ()
    verified: Verification | None = None
    says: str = ""
    parameters: tuple[str, ...] = ()
    reasons: tuple["Reason", ...] = ()

    def to_json(self) -> dict[str, object]:
        told: dict[str, object] = {"rule": self.rule, "value": self.value}
        told["text"] = dict(self.text)
        told["met"] = dict(self.met)
        told["for_employer"] = dict(self.for_employer)
        told["says"] = self.says
        told["facts"] = {name: plain(value) for name, value in self.facts.items()}
        told["parameters"] = list(self.parameters)
        told["citation"] = [cite.to_json() for cite in self.citation]
        told["verified"] = self.verified.to_json() if self.verified else None
        told["reasons"] = [reason.to_json() for reason in self.reasons]
        return {
            key: value for key, value in told.items() if value not in (None, "", [], {})
        }


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The vocabulary's answer. ``reasons`` are worked out when they are asked for.

    ``parameters``: the dated numbers of the law, by name, that decided the routes of
    this person or stand in what is told: values, duties, warnings, entitlements.
    """

    may_work: str
    route: str | None
    law: Mapping[str, object]
    from_date: date | None = None
    until_date: date | None = None
    right_outlives_paper: bool | None = None
    permit_required: bool | None = None
    labour_market_test: bool | None = None
    quota: Mapping[str, object] = field(default_factory=dict)
    who_applies: str | None = None
    authority: Mapping[str, object] | None = None
    limits: Mapping[str, object] = field(default_factory=dict)
    conditions: tuple[Mapping[str, object], ...] = ()
    blocking: tuple[str, ...] = ()
    steps: tuple[Mapping[str, object], ...] = ()
    duties: tuple[Mapping[str, object], ...] = ()
    documents: tuple[Mapping[str, object], ...] = ()
    warnings: tuple[Mapping[str, object], ...] = ()
    entitlements: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    alternatives: tuple[Mapping[str, object], ...] = ()
    possible: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    presumed: Mapping[str, object] = field(default_factory=dict)
    unverified_law: bool = False
    whom_to_ask: tuple[Mapping[str, object], ...] = ()
    citation: tuple[Citation, ...] = ()
    verified: Verification | None = None
    parameters: tuple[str, ...] = ()
    explain: Callable[[], tuple[Reason, ...]] = field(repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The tree of deciding reasons: rule, value, facts, citation, verified."""
        return self.explain()

    def to_json(self, *, reasons: bool = True) -> dict[str, object]:
        """The answer as plain mappings and lists; what is not there is left out."""
        told = {
            name: plain(getattr(self, name))
            for name in self.__dataclass_fields__
            if name != "explain"
        }
        if reasons:
            told["reasons"] = [reason.to_json() for reason in self.reasons]
        keep = ("may_work", "route", "law")
        return {
            key: value
            for key, value in told.items()
            if key in keep or value not in (None, [], {}, "")
        }


def plain(value: object) -> object:
    """Dates as text, citations and the like as mappings."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if isinstance(value, (Citation, Verification)):
        return value.to_json()
    return value
