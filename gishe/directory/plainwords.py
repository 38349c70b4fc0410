"""Which need does a sentence speak of? Plain words per need, in every page language.

The words lie in ``plain_words/<language>.txt``: under ``[need]`` what people say when
they have it, separated by commas. A star stands for any ending ("бездом*"); an entry
of several words counts where all of them stand in the question. ``[stop]`` lists words
that say nothing about the need, and by which the language is told.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from gishe.directory.needs import Need
from gishe.directory.spelling import bare, romanised, variants, words
from gishe.foundation.languages import page_languages

FOLDER = Path(__file__).parent / "plain_words"
STOP = "stop"
FOREIGN = 0.35  # evidence in a language that the question is not written in
TYPO, TYPED_IN_LATIN = 0.8, 0.75
TOGETHER = 1.15  # each word of a phrase, against 1 for a word alone
EMPTY = 0.2  # a word like "I" or "for", where it stands in a phrase
BESIDE = 0.25  # a need counts from this share of the strongest one's measure


@dataclass(frozen=True)
class Entry:
    """What somebody says: one word or several, each perhaps with any ending."""

    language: str
    need: str
    parts: tuple[str, ...]  # "бездом*"

    @property
    def weight(self) -> float:
        """What each of its words counts for: words together say more than alone."""
        return TOGETHER if len(self.parts) > 1 else 1.0


@dataclass(frozen=True)
class Vocabulary:
    """The entries, found by their words and by the beginnings of words."""

    entries: tuple[Entry, ...]
    by_word: dict[str, tuple[int, ...]]
    by_stem: dict[str, tuple[int, ...]]
    stop: dict[str, frozenset[str]]


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    name, lines = "", [*text.splitlines(), "[]"]
    found: list[str] = []
    for line in lines:
        line = line.strip()
        if line.startswith("["):
            if name:
                yield name, [part for part in " ".join(found).split(",") if part]
            name, found = line.strip("[]"), []
        elif not line.startswith("#"):
            found.append(line)


def _parts(phrase: str) -> tuple[str, ...]:
    parts: list[str] = []
    for written in phrase.split():
        star = "*" if written.endswith("*") else ""
        parts.extend(bare(word) + star for word in words(written.strip("*")))
    return tuple(parts)


def _entries(language: str) -> Iterator[Entry]:
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    for section, phrases in _sections(text):
        for phrase in phrases:
            if parts := _parts(phrase):
                yield Entry(language, section, parts)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """All plain words of all page languages; read once in a process."""
    entries: list[Entry] = []
    stop: dict[str, frozenset[str]] = {}
    for language in page_languages():
        found = list(_entries(language))
        stop[language] = frozenset(
            part for entry in found if entry.need == STOP for part in entry.parts
        )
        entries.extend(entry for entry in found if entry.need != STOP)
    by_word: dict[str, list[int]] = defaultdict(list)
    by_stem: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for part in set(entry.parts):
            where = by_stem if part.endswith("*") else by_word
            where[part.rstrip("*")].append(number)
    return Vocabulary(
        entries=tuple(entries),
        by_word={word: tuple(found) for word, found in by_word.items()},
        by_stem={word: tuple(found) for word, found in by_stem.items()},
        stop=stop,
    )


def entries_in(text: str) -> dict[str, list[str]]:
    """The entries of one language's file by section, as they are written there."""
    return dict(_sections(text))


def is_empty_word(word: str) -> bool:
    """Whether a normalised word says nothing about what is looked for."""
    return any(word in stop for stop in vocabulary().stop.values())


@lru_cache(maxsize=1)
def _latin() -> dict[str, str]:
    """Cyrillic words and stems of the vocabulary as typed on a Latin keyboard."""
    known = vocabulary()
    found = {}
    for table, mark in ((known.by_word, ""), (known.by_stem, "*")):
        for word in table:
            if "а" <= word[:1] <= "я" and len(word) >= 4:
                found[romanised(word)] = word + mark
    return found


@lru_cache(maxsize=4096)
def _known(word: str) -> dict[str, float]:
    """Words and stems ("…*") of the vocabulary that a written word may be, weighed."""
    known, found = vocabulary(), dict[str, float]()
    for form in variants(word):
        if form in known.by_word:
            found[form] = 1.0
        for end in range(2, len(form) + 1):
            if form[:end] in known.by_stem:
                found[form[:end] + "*"] = 1.0
    return found or _mistyped(word)


def _mistyped(word: str) -> dict[str, float]:
    if len(word) < 5 or is_empty_word(word):
        return {}
    found = {}
    if word.isascii():
        for latin, cyrillic in _latin().items():
            if word == latin or (cyrillic.endswith("*") and word.startswith(latin)):
                found[cyrillic] = TYPED_IN_LATIN
    allowed = 1 if len(word) < 8 else 2
    for table, mark in ((vocabulary().by_word, ""), (vocabulary().by_stem, "*")):
        for other in table:
            if len(other) < 5 or other[0] != word[0]:
                continue
            written = word[: len(other)] if mark else word
            few = allowed if len(other) >= 8 else 1
            if OSA.distance(written, other, score_cutoff=few) <= few:
                found[other + mark] = TYPO
    return found


def _evidence(asked: list[str]) -> dict[str, dict[str, dict[int, float]]]:
    """language → need → place in the question → how much the word there says."""
    known = vocabulary()
    places: dict[int, dict[str, tuple[int, float]]] = defaultdict(dict)
    for place, word in enumerate(asked):
        for form, weight in _known(word).items():
            table = known.by_stem if form.endswith("*") else known.by_word
            for number in table[form.rstrip("*")]:
                if weight > places[number].get(form, (0, 0.0))[1]:
                    places[number][form] = (place, weight)
    found: dict[str, dict[str, dict[int, float]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(float))
    )
    for number, forms in places.items():
        entry = known.entries[number]
        if set(entry.parts) <= set(forms):
            says = found[entry.language][entry.need]
            for form, (place, weight) in forms.items():
                if form in known.stop[entry.language]:
                    weight *= EMPTY
                says[place] = max(says[place], weight * entry.weight)
    return found


def needs_in(question: str, language: str = "") -> list[tuple[Need, float]]:
    """The needs a question speaks of, the strongest first, at most four.

    A need's measure is the sum, over the words of the question, of the most that each
    word says about it; the strongest need of a question of one plain word has 1. Words
    of every language count, fully in the language that knows most of the question
    (``language``, the page's, where two know as much), else little.
    """
    asked = words(question)[:40]
    evidence, stop = _evidence(asked), vocabulary().stop
    covered = {
        code: len(
            {place for says in evidence[code].values() for place in says}
            | {place for place, word in enumerate(asked) if word in stop[code]}
        )
        + (0.5 if code == language else 0)
        for code in stop
    }
    most = max(covered.values(), default=0)
    total: dict[str, float] = defaultdict(float)
    for code, by_need in evidence.items():
        share = 1.0 if covered[code] >= most - 0.5 else FOREIGN
        for need, says in by_need.items():
            total[need] = max(total[need], share * sum(says.values()))
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    strongest = ranked[0][1] if ranked else 0.0
    return [(Need(n), s) for n, s in ranked[:4] if s >= BESIDE * strongest]
