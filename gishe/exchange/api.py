"""``/api/hsds/``: the directory as the standard's interface, open to everybody.

https://docs.openreferral.org/en/3.1/hsds/api_reference.html
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import AfterValidator, Field

from gishe.exchange import queries
from gishe.exchange.bundle import Bundle
from gishe.exchange.documents import Document, Writer
from gishe.foundation import languages

HSDS_VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/3.1/hsds/overview.html"
MOST, MOST_FULL, MOST_MINIMAL = 500, 100, 50_000

api = NinjaAPI(
    title="HSDS",
    version=HSDS_VERSION,
    docs_url=None,
    urls_namespace="hsds",
    description="Open Referral HSDS 3.1. Texts in the language of ?lang= or "
    "Accept-Language.",
)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _fault(error.status_code, [error.message])


@api.exception_handler(ValidationError)
def _bad_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Says of each parameter what is wrong with it."""
    said = {_parameter(each["loc"]): each["msg"] for each in error.errors}
    return _fault(422, [f"{name}: {message}." for name, message in said.items()])


def _parameter(place: tuple[str | int, ...]) -> str:
    """The name in ("query", name) and ("query", "parameters", name, type)."""
    return str(next(p for p in place if p not in {"query", "path", "parameters"}))


def _fault(status: int, messages: list[str]) -> HttpResponse:
    response = JsonResponse({"detail": " ".join(messages)}, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _known_language(value: str) -> str:
    if value and value not in languages.page_languages():
        known = ", ".join(languages.page_languages())
        raise ValueError(f"Texts exist in {known}.")
    return value


Language = Annotated[str, AfterValidator(_known_language)]


class Page(Schema):
    """Parameters of every list."""

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int | None = Field(None, ge=1, le=MOST)
    search: str = Field("", max_length=200)
    format: Literal["json"] = "json"
    lang: Language = ""


class Narrowed(Page):
    """Parameters of lists of services."""

    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime | date | None = None
    full: bool = False


class Services(Narrowed):
    minimal: bool = False


class Organizations(Page):
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    full: bool = False
    full_service: bool = False


class Places(Narrowed):
    postcode: str = Field("", max_length=40)
    proximity: float | None = Field(None, gt=0, le=1_000_000)


class Terms(Page):
    taxonomy_id: UUID | None = None
    parent_id: UUID | None = None
    top_only: bool = False


class One(Schema):
    lang: Language = ""


def _language(request: HttpRequest, wanted: str) -> str:
    return wanted or get_language_from_request(request)


def _wanted(parameters: Any, language: str) -> queries.Wanted:
    after = getattr(parameters, "modified_after", None)
    if isinstance(after, date) and not isinstance(after, datetime):
        after = datetime.combine(after, time.min)
    if after is not None and after.tzinfo is None:
        after = after.replace(tzinfo=UTC)
    return queries.Wanted(
        search=parameters.search.strip(),
        language=language,
        taxonomy_term_id=parameters.taxonomy_term_id,
        taxonomy_id=parameters.taxonomy_id,
        organization_id=getattr(parameters, "organization_id", None),
        modified_after=after,
    )


def _page(
    rows: "QuerySet[Any]",
    page: int,
    size: int,
    documents: Callable[[list[Any]], Iterable[Document]],
) -> Document:
    """One page of rows in the standard's envelope."""
    paginator = Paginator(rows, size)
    is_there = page <= paginator.num_pages
    found = list(paginator.page(page).object_list) if is_there else []
    return {
        "total_items": paginator.count,
        "total_pages": paginator.num_pages if paginator.count else 0,
        "page_number": page,
        "size": len(found),
        "first_page": page == 1,
        "last_page": page >= paginator.num_pages,
        "empty": not found,
        "contents": list(documents(found)),
    }


def _size(parameters: Page, *, is_full: bool) -> int:
    if is_full and (parameters.per_page or 0) > MOST_FULL:
        raise HttpError(422, f"per_page: with full=true at most {MOST_FULL}.")
    return parameters.per_page or 50


def _one(rows: "QuerySet[Any]", identity: str) -> Any:
    try:
        found = rows.filter(pk=UUID(identity)).first()
    except ValueError:
        found = None
    if found is None:
        raise HttpError(404, "There is nothing with this id.")
    return found


def _answer(request: HttpRequest, document: Document, language: str) -> HttpResponse:
    """The document with its language, for everybody's pages and caches."""
    response: HttpResponse = JsonResponse(
        document, json_dumps_params={"ensure_ascii": False}
    )
    tag = f'"{sha256(response.content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@api.get("/", url_name="root", summary="About this interface")
def about(request: HttpRequest) -> HttpResponse:
    """The version of the standard, and where this interface is described."""
    url = request.build_absolute_uri(request.path.rstrip("/") + "/openapi.json")
    document = {"version": HSDS_VERSION, "profile": PROFILE, "openapi_url": url}
    return _answer(request, document, "en")


@api.get("/services", summary="Services")
def services(request: HttpRequest, parameters: Query[Services]) -> HttpResponse:
    """Services page by page: short, minimal (id and date) or full."""
    language = _language(request, parameters.lang)
    rows = queries.services(_wanted(parameters, language))
    if parameters.minimal:
        size = parameters.per_page or MOST_MINIMAL
        document = _page(rows, parameters.page, size, _minimal)
        return _answer(request, document, language)
    size = _size(parameters, is_full=parameters.full)

    def documents(found: list[Any]) -> Iterable[Document]:
        if not parameters.full:
            return map(Writer(Bundle(), language).service_listed, found)
        whose = [service.organization for service in found]
        bundle = Bundle().load(services=found, organizations=whose)
        return map(Writer(bundle, language).service, found)

    return _answer(request, _page(rows, parameters.page, size, documents), language)


def _minimal(found: list[Any]) -> Iterable[Document]:
    for row in found:
        when = row.last_modified.isoformat() if row.last_modified else None
        yield {"id": str(row.pk), "modified_date": when}


@api.get("/services/{identity}", summary="One service with everything")
def service(
    request: HttpRequest, identity: str, parameters: Query[One]
) -> HttpResponse:
    language = _language(request, parameters.lang)
    row = _one(queries.services(queries.Wanted()), identity)
    bundle = Bundle().load(services=[row], organizations=[row.organization])
    return _answer(request, Writer(bundle, language).service(row), language)


@api.get("/organizations", summary="Organizations")
def organizations(
    request: HttpRequest, parameters: Query[Organizations]
) -> HttpResponse:
    """Organizations page by page: short, or full with their services."""
    language = _language(request, parameters.lang)
    rows = queries.organizations(_wanted(parameters, language))
    is_full = parameters.full or parameters.full_service

    def documents(found: list[Any]) -> Iterable[Document]:
        if not is_full:
            writer = Writer(Bundle(), language)
            return [writer.base("organizations", row) for row in found]
        return _organizations(found, language, is_full=parameters.full_service)

    size = _size(parameters, is_full=is_full)
    return _answer(request, _page(rows, parameters.page, size, documents), language)


def _organizations(
    found: list[Any], language: str, *, is_full: bool
) -> Iterable[Document]:
    services = queries.services_of(found)
    locations = queries.locations_of(found)
    bundle = Bundle().load(
        organizations=found,
        services=[s for some in services.values() for s in some] if is_full else [],
        locations=[place for some in locations.values() for place in some],
    )
    writer = Writer(bundle, language)
    for row in found:
        yield writer.organization(
            row, locations.get(row.pk, []), services.get(row.pk, []), is_full=is_full
        )


class OneOrganization(One):
    full_service: bool = False


@api.get("/organizations/{identity}", summary="One organization with its services")
def organization(
    request: HttpRequest, identity: str, parameters: Query[OneOrganization]
) -> HttpResponse:
    language = _language(request, parameters.lang)
    row = _one(queries.organizations(queries.Wanted()), identity)
    [document] = _organizations([row], language, is_full=parameters.full_service)
    return _answer(request, document, language)


@api.get("/service_at_locations", summary="Services at locations")
def service_at_locations(
    request: HttpRequest, parameters: Query[Places]
) -> HttpResponse:
    """Services at locations; by postcode, or within metres (proximity) of one."""
    if parameters.proximity is not None and not parameters.postcode:
        raise HttpError(422, "proximity: needs a postcode to measure from.")
    language = _language(request, parameters.lang)
    wanted = _wanted(parameters, language)
    rows = queries.places(wanted, parameters.postcode, parameters.proximity)

    def documents(found: list[Any]) -> Iterable[Document]:
        if not parameters.full:
            return map(Writer(Bundle(), language).place_listed, found)
        return map(Writer(_of_places(found), language).place_alone, found)

    size = _size(parameters, is_full=parameters.full)
    return _answer(request, _page(rows, parameters.page, size, documents), language)


def _of_places(found: list[Any]) -> Bundle:
    return Bundle().load(
        services=[place.service for place in found],
        organizations=[place.service.organization for place in found],
        service_at_locations=found,
    )


@api.get("/service_at_locations/{identity}", summary="One service at one location")
def service_at_location(
    request: HttpRequest, identity: str, parameters: Query[One]
) -> HttpResponse:
    language = _language(request, parameters.lang)
    row = _one(queries.places(queries.Wanted()), identity)
    document = Writer(_of_places([row]), language).place_alone(row)
    return _answer(request, document, language)


@api.get("/taxonomies", summary="Taxonomies")
def taxonomies(request: HttpRequest, parameters: Query[Page]) -> HttpResponse:
    language = _language(request, parameters.lang)
    rows = queries.taxonomies(parameters.search.strip())
    writer = Writer(Bundle(), language)
    size = _size(parameters, is_full=False)
    document = _page(rows, parameters.page, size, lambda f: map(writer.taxonomy, f))
    return _answer(request, document, language)


@api.get("/taxonomies/{identity}", summary="One taxonomy")
def taxonomy(
    request: HttpRequest, identity: str, parameters: Query[One]
) -> HttpResponse:
    language = _language(request, parameters.lang)
    row = _one(queries.taxonomies(), identity)
    return _answer(request, Writer(Bundle(), language).taxonomy(row), language)


@api.get("/taxonomy_terms", summary="Terms of taxonomies")
def taxonomy_terms(request: HttpRequest, parameters: Query[Terms]) -> HttpResponse:
    """Terms: of one taxonomy, below one term, or only the topmost."""
    language = _language(request, parameters.lang)
    rows = queries.taxonomy_terms(
        search=parameters.search.strip(),
        taxonomy_id=parameters.taxonomy_id,
        parent_id=parameters.parent_id,
        is_top_only=parameters.top_only,
    )
    writer = Writer(Bundle(), language)
    size = _size(parameters, is_full=False)
    document = _page(rows, parameters.page, size, lambda f: map(writer.term, f))
    return _answer(request, document, language)


@api.get("/taxonomy_terms/{identity}", summary="One term")
def taxonomy_term(
    request: HttpRequest, identity: str, parameters: Query[One]
) -> HttpResponse:
    language = _language(request, parameters.lang)
    row = _one(queries.taxonomy_terms(), identity)
    return _answer(request, Writer(Bundle(), language).term(row), language)
