"""Finding answer cards by plain words, in every language of the pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from django.conf import settings
from django.utils import translation
from rapidfuzz.distance import OSA, Prefix

from gishe.core.rules import Pack
from gishe.directory.plainwords import is_empty_word
from gishe.directory.spelling import bare, romanised, variants, words
from gishe.rights import cards, statuses
from gishe.rights.cards import Card

MOST = 12  # cards on a page of results
EXACT, BEGINNING, STEM, TYPO, TYPED_IN_LATIN = 1.0, 0.8, 0.7, 0.6, 0.75
NAMED = 3.0  # a word of a status's name says more than one of a long sentence
ENOUGH = 0.35  # of the best card's measure


@dataclass(frozen=True)
class Found:
    """What a question leads to: statuses and rules, the nearest first."""

    statuses: tuple[tuple[str, str], ...]  # code and name
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Index:
    """For each word, the documents that hold it, and how much it says there."""

    documents: tuple[tuple[str, str], ...]  # ("status", code) or ("rule", name)
    by_word: dict[str, dict[int, float]]
    latin: dict[str, str]


@lru_cache(maxsize=16)
def _index(pack: Pack, day: date) -> Index:
    documents: dict[tuple[str, str], int] = {}
    by_word: dict[str, dict[int, float]] = defaultdict(dict)

    def put(key: tuple[str, str], texts: Iterable[str], weight: float) -> None:
        number = documents.setdefault(key, len(documents))
        for text in texts:
            for word in map(bare, words(text)):
                if not is_empty_word(word):
                    by_word[word][number] = max(weight, by_word[word].get(number, 0))

    names = {code: list(_status_names(pack, code)) for code in statuses.codes(pack)}
    for code, texts in names.items():
        put(("status", code), [*texts, code], NAMED)
    speaking: dict[str, list[str]] = defaultdict(list)
    for code, routes in cards.routes_of(pack, day).items():
        for route in routes:
            speaking[route] += names[code]
    for card in cards.cards(pack):
        if card.kind != cards.CONDITION:
            own = [*_texts(card), card.name.replace("_", " ")]
            put(("rule", card.name), own, 1.0)
            # A way that every status may take is not told by the status.
            if card.kind == cards.ROUTE and len(speaking[card.name]) < 30:
                put(("rule", card.name), speaking[card.name], 1.0)
            inside = [text for part in card.parts for text in _texts(part)]
            put(("rule", card.name), inside, 0.5)
    latin = {
        romanised(word): word
        for word in by_word
        if len(word) >= 4 and "а" <= word[0] <= "я"
    }
    return Index(tuple(documents), dict(by_word), latin)


def _texts(card: Card) -> list[str]:
    return [said.text for said in card.text.texts.values()]


def _status_names(pack: Pack, code: str) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield statuses.name_of(code)
    fact = pack.facts["status"]
    for option in fact.question.options if fact.question else ():
        if option.value == code:
            yield from option.text.values()
            yield option.printed


def _known(index: Index, asked: str) -> dict[str, float]:
    """The index's words that a written word may be, weighed."""
    found: dict[str, float] = {}
    for form in variants(asked):
        for word in index.by_word:
            weight = _nearness(form, word)
            if weight > found.get(word, 0):
                found[word] = weight
    if asked.isascii() and asked in index.latin:
        found.setdefault(index.latin[asked], TYPED_IN_LATIN)
    return found


def _nearness(form: str, word: str) -> float:
    if form == word:
        return EXACT
    if len(form) >= 3 and word.startswith(form):
        return BEGINNING
    if len(form) < 5 or len(word) < 5 or form[0] != word[0]:
        return 0
    same = Prefix.similarity(form, word)
    if same >= max(5, max(len(form), len(word)) - 3):
        return STEM
    few = 1 if len(form) < 8 else 2
    return TYPO if OSA.distance(form, word, score_cutoff=few) <= few else 0


def search(pack: Pack, question: str, day: date) -> Found:
    """The statuses and rules a question speaks of; nothing where it says nothing."""
    index = _index(pack, day)
    asked = words(question)[:20]
    telling = [word for word in asked if not is_empty_word(word)] or asked
    total: dict[int, float] = defaultdict(float)
    for word in telling:
        best: dict[int, float] = {}
        for known, weight in _known(index, word).items():
            holding = index.by_word[known]
            rarity = log(1 + len(index.documents) / len(holding))
            for number, says in holding.items():
                measure = weight * says * rarity
                best[number] = max(measure, best.get(number, 0))
        for number, measure in best.items():
            total[number] += measure
    own = set(statuses.codes(pack))

    def order(item: tuple[int, float]) -> tuple[float, bool, int]:
        """Among equals the way of a status stands before those of its families."""
        number, measure = item
        return -round(measure, 6), index.documents[number][1] not in own, number

    return _found(pack, index, sorted(total.items(), key=order), day)


def _found(
    pack: Pack, index: Index, ranked: list[tuple[int, float]], day: date
) -> Found:
    told: dict[str, list[tuple[str, float]]] = {"status": [], "rule": []}
    for number, measure in ranked:
        kind, name = index.documents[number]
        kept = told[kind]
        if not kept or measure >= ENOUGH * kept[0][1]:
            kept.append((name, measure))
    rules = [cards.named(pack, name, day)[0] for name, _m in told["rule"][:MOST]]
    named = [(code, statuses.name_of(code)) for code, _m in told["status"][:4]]
    return Found(tuple(named), tuple(rules))
