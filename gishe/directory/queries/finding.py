"""Finding services: by plain words, by need, by language, day, district, group.

How it works is told in docs/algorithms/search.md.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz

from gishe.directory.employers import is_about_employing
from gishe.directory.groups import Group
from gishe.directory.identity import GROUP_BY_TERM, NEED_BY_TERM, group_term, need_term
from gishe.directory.models import (
    Attribute,
    Language,
    Schedule,
    SearchGram,
    SearchPosting,
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
ENOUGH = 0.5  # share of a word's trigrams that a word like it must have
BEST = 50  # words of the index that are compared letter by letter
MOST_WORDS = 12  # of a question
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
    today: date | None = None  # hours that were over before do not count


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
    today: date | None = None,
) -> Answer:
    """Services for a question in plain words, narrowed by what else is wanted.

    Codes that nobody knows find nothing. A group also finds what is for everybody.
    With ``today``, a weekday does not count hours that were over before.
    """
    asked = Asked(q, language, need, weekday, district, group, delivered_in, today)
    allowed = _allowed(asked)
    if not words(q):
        needs = [Need(need)] if need in NEED_CODES else []
        return Answer(list(_usual_order(allowed).values_list("pk", flat=True)), needs)
    spoken = needs_in(q, language)
    by_need = _by_need(spoken, allowed)
    by_words = _by_words(q, allowed)
    strongest = max(by_need.values(), default=0.0)
    total = {
        pk: by_words.get(pk, 0.0) + (by_need.get(pk, 0.0) / strongest if by_need else 0)
        for pk in by_words.keys() | by_need.keys()
        if pk in by_need or by_words[pk] >= WORDS_SUFFICE
    }
    last = _for_employers(total) if not (group or is_about_employing(q)) else set()
    ranked = sorted(total, key=lambda pk: (pk in last, -round(total[pk], 4), pk))
    return Answer(ranked, [spoken_need for spoken_need, _ in spoken])


def _for_employers(found: Iterable[UUID]) -> set[UUID]:
    """Who looks for a job is not served by what is meant for those who give one."""
    meant = _marked([group_term(Group.EMPLOYERS)])
    rows = services_shown().filter(pk__in=list(found)).filter(pk__in=meant)
    return set(rows.values_list("pk", flat=True))


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
        rows = rows.filter(_open_on(asked.weekday, asked.today))
    if asked.group:
        rows = rows.filter(_for_group(asked.group))
    return rows


def _marked(terms: Iterable[UUID]) -> QuerySet[Attribute]:
    marked = Attribute.objects.filter(
        taxonomy_term_id__in=list(terms), service__isnull=False
    )
    return marked.values("service")  # type: ignore[return-value]


def _open_on(weekday: int, today: date | None) -> Q:
    """Its own hours, those at its place, or the hours of the place itself."""
    if not 0 <= weekday <= 6:
        return Q(pk__in=[])
    hours = Schedule.objects.filter(byday__contains=WEEKDAYS[weekday])
    if today is not None:
        hours = hours.exclude(valid_to__lt=today).exclude(until__lt=today)
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


def _by_words(q: str, allowed: QuerySet[Service]) -> dict[UUID, float]:
    """Services whose words are like those of the question; 1 is the same words.

    The measure is the mean over the words of the question: each counts by the most
    alike word of the service, in full where that stands in the title. Long words
    weigh more than short ones, which say little.
    """
    said = dict.fromkeys(bare(word) for word in words(q) if not is_empty_word(word))
    content = list(said)[:MOST_WORDS]
    alike = [_words_like(word) for word in content]
    places = defaultdict[int, list[tuple[int, float]]](list)
    for place, found in enumerate(alike):
        for key, likeness in found.items():
            places[key].append((place, likeness))
    postings = SearchPosting.objects.filter(
        word_id__in=list(places), service__in=allowed
    )
    best: dict[UUID, list[float]] = {}
    for key, service, in_title in postings.values_list(
        "word_id", "service_id", "in_title"
    ):
        row = best.setdefault(service, [0.0] * len(content))
        for place, likeness in places[key]:
            row[place] = max(row[place], likeness * (1 if in_title else IN_TEXT))
    weights = [len(word) for word in content]
    return {
        service: sum(b * w for b, w in zip(row, weights, strict=True)) / sum(weights)
        for service, row in best.items()
    }


def _words_like(word: str) -> dict[int, float]:
    """Words of the index that are like ``word``: id and likeness, 1 for the same."""
    its_grams = grams([word])
    counted = (
        SearchGram.objects.filter(gram__in=its_grams)
        .values("word_id")
        .annotate(common=Count("gram"))
        .filter(common__gte=max(1, round(ENOUGH * len(its_grams))))
        .order_by("-common", "word_id")
        .values_list("word_id", "word__word")[:BEST]
    )
    found = {}
    for key, other in counted:
        likeness = fuzz.ratio(word, other, score_cutoff=ALIKE) / 100
        if likeness:
            found[key] = likeness
    return found
