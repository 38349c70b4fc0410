"""Finding services: by plain words, by need, by language, day, district, group.

How it works is told in docs/algorithms/search.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz, process

from gishe.directory.groups import Group
from gishe.directory.identity import GROUP_BY_TERM, NEED_BY_TERM, group_term, need_term
from gishe.directory.models import (
    Attribute,
    Language,
    Schedule,
    SearchDocument,
    SearchGram,
    Service,
    ServiceAtLocation,
)
from gishe.directory.needs import Need
from gishe.directory.plainwords import is_empty_word, needs_in
from gishe.directory.queries.lists import services_shown
from gishe.directory.spelling import bare, grams, words
from gishe.foundation.languages import ISO_639_3

NEED_CODES = frozenset(need.value for need in Need)
GROUP_CODES = frozenset(group.value for group in Group)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ENOUGH = 0.6  # share of the question's trigrams that a document must have
BEST = 50  # documents that are compared letter by letter
ALIKE = 75  # from here on two words are taken for the same, of 100
IN_TEXT = 0.7  # a word found in the text counts less than one in the title
WORDS_SUFFICE = 0.5  # from here on the words alone make a result


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. Empty fields ask nothing; ``weekday`` 0 is Monday."""

    q: str = ""
    language: str = ""  # of the page
    need: str = ""
    weekday: int | None = None
    district: str = ""
    group: str = ""
    delivered_in: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked."""
        wanted = (self.need, self.district, self.group, self.delivered_in)
        return any(wanted) or self.weekday is not None


@dataclass(frozen=True)
class Answer:
    """Ids of services, the best first, and the needs that the words spoke of."""

    found: list[UUID] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


def search(
    q: str = "",
    *,
    language: str = "",
    need: str = "",
    weekday: int | None = None,
    district: str = "",
    group: str = "",
    delivered_in: str = "",
) -> Answer:
    """Services for a question in plain words, narrowed by what else is wanted.

    Codes that nobody knows find nothing. A group also finds what is for everybody.
    """
    asked = Asked(q, language, need, weekday, district, group, delivered_in)
    allowed = _allowed(asked)
    if not words(q):
        needs = [Need(need)] if need in NEED_CODES else []
        return Answer(list(_usual_order(allowed).values_list("pk", flat=True)), needs)
    spoken = needs_in(q, language)
    by_need = _by_need(spoken, allowed)
    by_words = _by_words(q, asked, allowed, set(by_need))
    strongest = max(by_need.values(), default=0.0)
    total = {
        pk: by_words.get(pk, 0.0) + (by_need.get(pk, 0.0) / strongest if by_need else 0)
        for pk in by_words.keys() | by_need.keys()
        if pk in by_need or by_words[pk] >= WORDS_SUFFICE
    }
    ranked = sorted(total, key=lambda pk: (-round(total[pk], 4), pk))
    return Answer(ranked, [spoken_need for spoken_need, _ in spoken])


def _usual_order(services: QuerySet[Service]) -> QuerySet[Service]:
    """Without a question: what is freshest confirmed comes first."""
    return services.order_by("-assured_date", "pk")


def _allowed(asked: Asked) -> QuerySet[Service]:
    """The shown services that are neither elsewhere nor at another time."""
    rows = services_shown()
    if asked.need:
        term = need_term(Need(asked.need)) if asked.need in NEED_CODES else None
        rows = rows.filter(pk__in=_marked([term] if term else []))
    if asked.delivered_in:
        codes = [asked.delivered_in]
        codes += [three for three, two in ISO_639_3.items() if two == codes[0]]
        spoken = Language.objects.filter(code__in=codes, service__isnull=False)
        rows = rows.filter(pk__in=spoken.values("service"))
    if asked.district:
        here = ServiceAtLocation.objects.filter(location__district__code=asked.district)
        rows = rows.filter(pk__in=here.values("service"))
    if asked.weekday is not None:
        rows = rows.filter(_open_on(asked.weekday))
    if asked.group:
        rows = rows.filter(_for_group(asked.group))
    return rows


def _marked(terms: Iterable[UUID]) -> QuerySet[Attribute]:
    marked = Attribute.objects.filter(
        taxonomy_term_id__in=list(terms), service__isnull=False
    )
    return marked.values("service")  # type: ignore[return-value]


def _open_on(weekday: int) -> Q:
    """Its own hours, those at its place, or the hours of the place itself."""
    if not 0 <= weekday <= 6:
        return Q(pk__in=[])
    hours = Schedule.objects.filter(byday__contains=WEEKDAYS[weekday])
    own = hours.filter(service__isnull=False)
    there = hours.filter(service_at_location__isnull=False)
    house = ServiceAtLocation.objects.filter(
        location__in=hours.filter(location__isnull=False).values("location")
    )
    return (
        Q(pk__in=own.values("service"))
        | Q(pk__in=there.values("service_at_location__service"))
        | Q(pk__in=house.values("service"))
    )


def _for_group(group: str) -> Q:
    if group not in GROUP_CODES:
        return Q(pk__in=[])
    for_somebody = _marked(GROUP_BY_TERM)
    return Q(pk__in=_marked([group_term(Group(group))])) | ~Q(pk__in=for_somebody)


def _by_need(
    spoken: list[tuple[Need, float]], allowed: QuerySet[Service]
) -> dict[UUID, float]:
    """Services that cover a need the question speaks of, by how strongly it does."""
    measure = dict(spoken)
    terms = [need_term(need) for need in measure]
    rows = Attribute.objects.filter(
        taxonomy_term_id__in=terms, service__in=allowed
    ).values_list("service_id", "taxonomy_term_id")
    found: dict[UUID, float] = {}
    for service, term in rows:
        if service and term:
            strength = measure[NEED_BY_TERM[term]]
            found[service] = max(found.get(service, 0.0), strength)
    return found


def _by_words(
    q: str, asked: Asked, allowed: QuerySet[Service], also: set[UUID]
) -> dict[UUID, float]:
    """Services whose words are like those of the question; 1 is the same words.

    Services in ``also`` are compared too, whether their trigrams suffice or not.
    """
    content = [bare(word) for word in words(q) if not is_empty_word(word)]
    if not content:
        return {}
    asked_grams = sorted(grams(content))[:120]
    hits = SearchGram.objects.filter(gram__in=asked_grams)
    if asked.narrows:
        inside = SearchDocument.objects.filter(service__in=allowed.values("pk"))
        hits = hits.filter(document__in=inside.values("pk"))
    counted = (
        hits.values("document_id")
        .annotate(common=Count("gram"))
        .filter(common__gte=max(1, round(ENOUGH * len(asked_grams))))
        .order_by("-common", "document_id")[:BEST]
    )
    near = [row["document_id"] for row in counted]
    documents = SearchDocument.objects.filter(
        Q(pk__in=near) | Q(service__in=list(also)[:400])
    )
    return _measured(content, documents)


def _measured(
    content: list[str], documents: QuerySet[SearchDocument]
) -> dict[UUID, float]:
    found: dict[UUID, float] = {}
    rows = documents.values_list("service_id", "title", "text").order_by("pk")
    for service, title, text in rows:
        value = likeness(content, title.split(), text.split())
        found[service] = max(found.get(service, 0.0), value)
    return found


def likeness(content: list[str], title: list[str], text: list[str]) -> float:
    """How much of a question's words a document says: the mean over the words.

    A word counts by its nearest word in the title, or, for less, in the text; one that
    is not near any counts nothing. Words weigh by their length, for the short ones
    say little.
    """
    known = [*title, *text]
    if not known:
        return 0.0
    near = process.cdist(content, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    near[:, len(title) :] *= IN_TEXT
    weights = [len(word) for word in content]
    best = near.max(axis=1)
    total = sum(b * w for b, w in zip(best, weights, strict=True))
    return float(total / (100 * sum(weights)))
