"""What a pack of law consists of, as it is written, for all dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from gishe.core.rules._facts import Fact, Words7
from gishe.core.rules._language import Expression

STATES = ("primary_text", "official_page", "secondary", "unverified")
ENDS = (
    "yes",
    "conditional",
    "after_registration",
    "after_permit",
    "not_yet",
    "no",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """``act_printed``: the act's own name, in its country's language."""

    act: str
    act_name: Words7
    act_printed: str = ""
    article: str = ""
    paragraph: str = ""
    point: str = ""
    url: str = ""

    def to_json(self) -> dict[str, object]:
        told = {
            "act": self.act,
            "name": dict(self.act_name),
            "printed": self.act_printed,
            "article": self.article,
            "paragraph": self.paragraph,
            "point": self.point,
            "url": self.url,
        }
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How well a rule is verified, and until which day that speaks for."""

    state: str = "unverified"
    checked_on: date | None = None
    good_until: date | None = None
    reviewer: str = ""
    next_review: date | None = None

    def vouches(self, day: date) -> bool:
        if self.state == "unverified":
            return False
        return self.good_until is None or day <= self.good_until

    def to_json(self) -> dict[str, object]:
        told: dict[str, object] = {"state": self.state}
        for name in ("checked_on", "good_until", "next_review"):
            if (day := getattr(self, name)) is not None:
                told[name] = day.isoformat()
        return told | ({"reviewer": self.reviewer} if self.reviewer else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line of the language: the text, what it says, where it stands."""

    text: str
    expression: Expression
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every rule carries: name, words, citation, dates, verification.

    ``met``: a condition as a fulfilled one; empty where ``text`` says it like that.
    ``for_employer``: ``text`` as said to the employer; empty where it is the same.
    """

    name: str
    text: Words7
    cites: tuple[Citation, ...]
    met: Words7 = field(default_factory=dict)
    for_employer: Words7 = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    verified: Verification = Verification()
    ask: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    def in_force(self, day: date) -> bool:
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The routes a rule is about; ``routes`` None: all, and no route at all."""

    routes: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()

    def covers(self, route: str) -> bool:
        if self.routes is not None:
            return route in self.routes
        return route not in self.but


@dataclass(frozen=True, slots=True)
class Choice:
    """The first value whose condition holds; a condition None is "else"."""

    options: tuple[tuple[Written | None, "AnswerValue"], ...]


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """A document or step that is told only if its condition holds."""

    condition: Written
    value: "AnswerValue"


AnswerValue: TypeAlias = (
    bool
    | int
    | float
    | str
    | date
    | Written
    | Choice
    | OnlyIf
    | Sequence["AnswerValue"]
    | Mapping[str, "AnswerValue"]
    | None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """``needs`` None: never fulfilled. ``applies_if`` None: always asked for."""

    head: Head
    needs: Written | None
    otherwise: str
    blocking: str
    applies_if: Written | None = None
    scope: Scope = Scope()
    answer: Mapping[str, AnswerValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    head: Head
    order: float
    applies_if: Written
    conditions: tuple[Condition, ...]
    grants: str
    answer: Mapping[str, AnswerValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date, or so many days or months after (negative: before) a fact."""

    on: date | None = None
    count: int = 0
    unit: str = "days"
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """``opens``: the first day on which it can be done, where the law has one.

    ``costs``: parameters, as ``parameter.fee``.
    ``short``: a few words for a list or a calendar.
    """

    head: Head
    who: str
    to: str
    scope: Scope
    applies_if: Written | None
    due: Due | None
    opens: Due | None = None
    costs: tuple[str, ...] = ()
    short: Words7 = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warn:
    """``remark``: it says how sure the law is, not what to do."""

    head: Head
    scope: Scope
    applies_if: Written | None
    date: AnswerValue
    remark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One rule of an entitlement."""

    head: Head
    applies_if: Written | None
    needs: Written | None
    answer: str
    otherwise: str
    until: AnswerValue
    conditions: tuple[Words7, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    service: str
    name: Words7
    rules: tuple[Grant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A parameter's value from one day on; ``value`` None: nobody verified it."""

    since: date
    value: float | None
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    text: Words7
    unit: str
    values: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        held = [dated for dated in self.values if dated.since <= day]
        return max(held, key=lambda dated: dated.since) if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    name: str
    text: Words7
    cites: tuple[Citation, ...]
    meaning: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An office, a document or an act: a code with names.

    ``phone``, ``hours`` (as "Mo-Fr 08:30-17:30") and where both were read are an
    office's.
    """

    code: str
    name: Words7
    printed: str = ""
    office: str = ""
    url: str = ""
    place: str = ""
    phone: str = ""
    hours: str = ""
    source: str = ""

    def to_json(self) -> dict[str, object]:
        told = {
            "code": self.code,
            "name": dict(self.name),
            "printed": self.printed,
            "office": self.office,
            "url": self.url,
            "place": self.place,
            "phone": self.phone,
            "hours": self.hours,
            "source": self.source,
        }
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """A golden case: a sentence, a day, facts, and what must come out."""

    name: str
    as_of: date
    facts: Mapping[str, object]
    expect: Mapping[str, object]
    never: Mapping[str, object]
    file: str
    line: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Pack:
    """The law of one country or region as it is written, for all dates."""

    id: str
    country: str
    region: str
    name: Words7
    version: str
    ask: str
    acts: Mapping[str, Place]
    offices: Mapping[str, Place]
    documents: Mapping[str, Place]
    facts: Mapping[str, Fact]
    groups: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    routes: tuple[Route, ...]
    restrictions: tuple[Condition, ...]
    duties: tuple[Duty, ...]
    warnings: tuple[Warn, ...]
    entitlements: Mapping[str, Entitlement]
    cases: tuple[Golden, ...]

    def office(self, code: str | None) -> dict[str, object] | None:
        """An office as answers tell it; only its code where the pack has no words."""
        if not code:
            return None
        place = self.offices.get(code)
        return place.to_json() if place else {"code": code}
