"""``/api/law/``: the lawbook's answers, open to everybody. Nothing is stored."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Body, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from pydantic import ConfigDict, Field

from gishe.core.rules import InputError, NextQuestion
from gishe.rights import deciding, packs, reviews
from gishe.rights.json_text import NotJson, read_json

MOST_BYTES = 64 * 1024
TOO_LONG = f"A case has at most {MOST_BYTES // 1024} kB."


class _Parser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = read_json(request.body)
        return found


api = NinjaAPI(
    parser=_Parser(),
    title="The law",
    version="1",
    docs_url=None,
    urls_namespace="law",
    servers=[{"url": "/", "description": "This counter"}],
    description="May this person work? Three-valued answers with reasons, citations "
    "and dates. Cases are answered and forgotten.",
)

EXAMPLE: Any = {
    "country": "BG",
    "as_of": "2026-05-20",
    "facts": {"status": "asylum_seeker", "application_lodged": "2026-02-20"},
}


# The types are told here and checked by the engine, so that every door has its words.
TEXT: Any = {"type": "string"}


class Case(Schema):
    """What is asked. A fact that is left out is not known; null is refused."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": EXAMPLE})

    country: Any = Field(
        "",
        description="ISO 3166, as BG; empty: the city's own law.",
        json_schema_extra=TEXT,
    )
    region: Any = Field(
        "",
        description="Where the law is a region's, as flanders.",
        json_schema_extra=TEXT,
    )
    as_of: Any = Field(
        "", description="The day of the question; empty: today.", json_schema_extra=TEXT
    )
    facts: Any = Field(
        {},
        description="Facts by their names.",
        json_schema_extra={"type": "object"},
    )


class Fault(Schema):
    """What is wrong with one fact, and what to write instead."""

    fact: str
    message: str
    hint: str = ""


class Faults(Schema):
    detail: str
    problems: list[Fault] = []


class Decided(Schema):
    """The answer. Words are mappings of languages; what is not known is left out."""

    model_config = ConfigDict(extra="allow")

    may_work: str = Field(
        description="yes, no, not_yet, after_registration, after_permit, conditional "
        "or unknown."
    )
    route: str | None = Field(
        None, description="The way to work that decides; none: there is no way."
    )
    law: dict[str, Any] = Field({}, description="pack, version, as_of")
    from_date: str = Field("", description="The first day of the right.")
    until_date: str = Field("", description="When the right's ground or paper ends.")
    right_outlives_paper: bool = Field(
        False, description="The right goes on after until_date: only the paper ends."
    )
    permit_required: bool | None = None
    labour_market_test: bool | None = None
    quota: dict[str, Any] = Field({}, description="applies, limit_pct, share_pct, ok")
    who_applies: str = Field("", description="worker or employer")
    authority: dict[str, Any] = Field({}, description="The office: code, name, url")
    limits: dict[str, Any] = {}
    conditions: list[dict[str, Any]] = Field(
        [], description="What is not there yet: id, text, leads_to, citation."
    )
    blocking: list[str] = Field([], description="The facts that decide a no.")
    steps: list[dict[str, Any]] = Field([], description="text, office")
    duties: list[dict[str, Any]] = Field(
        [],
        description="who, what, to, due (a day, or so long after an event), opens "
        "(the first day), short, citation; for_employer: what, said to the employer.",
    )
    documents: list[dict[str, Any]] = Field([], description="code, name, printed")
    warnings: list[dict[str, Any]] = Field(
        [], description="id, text, date; remark: it says how sure the law is."
    )
    entitlements: dict[str, Any] = Field(
        {}, description="Services by name: answer, until, conditions, citation."
    )
    alternatives: list[dict[str, Any]] = Field(
        [], description="Other ways, and the facts that each would need."
    )
    possible: list[str] = Field([], description="How an unknown answer can end.")
    missing: list[str] = Field([], description="Facts that an unknown answer needs.")
    presumed: dict[str, Any] = Field(
        {}, description="Facts taken for granted that had a part in the answer."
    )
    parameters: Any = Field(
        [], description="The numbers of the law that had a part, as on this day."
    )
    unverified_law: bool = Field(
        False, description="Law that nobody verified leaves the answer open."
    )
    whom_to_ask: list[dict[str, Any]] = []
    citation: list[dict[str, Any]] = []
    verified: dict[str, Any] = {}
    reasons: list[dict[str, Any]] = Field(
        [], description="The tree of deciding reasons: rule, value, text, facts."
    )


class Question(Schema):
    """The question that settles most for least; null when none is worth asking.

    While ``may_work`` is unknown, the answer waits for it. Otherwise the answer rests
    on what is presumed, and the question makes sure: who does not know may leave it.
    """

    may_work: str
    question: dict[str, Any] | None = None


@api.exception_handler(InputError)
def _bad_case(request: HttpRequest, error: InputError) -> HttpResponse:
    problems = deciding.problems_json(error)
    told = " ".join(str(problem) for problem in error.problems)
    return _open(JsonResponse({"detail": told, "problems": problems}, status=422))


@api.exception_handler(packs.NoSuchLaw)
def _no_law(request: HttpRequest, error: packs.NoSuchLaw) -> HttpResponse:
    return _open(JsonResponse({"detail": str(error), "problems": []}, status=404))


@api.exception_handler(ValidationError)
def _bad_body(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Says of each part of the body what is wrong with it."""
    problems = [
        {"fact": ".".join(str(p) for p in it["loc"][2:]), "message": _words(it)}
        for it in error.errors
    ]
    told = " ".join(f"{it['fact'] or 'body'}: {it['message']}" for it in problems)
    return _open(JsonResponse({"detail": told, "problems": problems}, status=422))


def _words(error: Mapping[str, Any]) -> str:
    is_key = error["type"] == "extra_forbidden"
    return "There is no such key." if is_key else f"{error['msg']}."


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return _refused(request, HttpError(413, TOO_LONG))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    told = f"{cause}." if isinstance(cause, NotJson) else error.message
    body = {"detail": told, "problems": []}
    return _open(JsonResponse(body, status=error.status_code))


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


def _answer(body: Any) -> HttpResponse:
    return _open(JsonResponse(body, json_dumps_params={"ensure_ascii": False}))


def _given(request: HttpRequest, case: Case) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise HttpError(413, TOO_LONG)
    return case.model_dump()


RESPONSES: Any = {200: Decided, 400: Faults, 404: Faults, 413: Faults, 422: Faults}


@api.post("/decide", response=RESPONSES, summary="May this person work?")
def decide(request: HttpRequest, case: Body[Case]) -> HttpResponse:
    """The answer with its reasons, citations, dates and other routes."""
    given = _given(request, case)
    pack, found = deciding.decided(given, timezone.localdate())
    return _answer(reviews.with_doubts(found, pack).to_json())


@api.post(
    "/question",
    response={**RESPONSES, 200: Question},
    summary="What to ask next",
)
def question(request: HttpRequest, case: Body[Case]) -> HttpResponse:
    """The next best question, with its words in every language."""
    given = _given(request, case)
    found: NextQuestion | None
    may_work, found = deciding.question_of(given, timezone.localdate())
    told = deciding.question_json(found) if found else None
    return _answer({"may_work": may_work, "question": told})
