"""Saying what is wrong, where, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from gishe.core.rules._other_words import OTHER_WORDS


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a pack: where it stands, what to write instead."""

    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    rule: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        rule = f"rule {self.rule}" if self.rule else ""
        told = " ".join(part for part in (self.message, self.hint) if part)
        return ": ".join(part for part in (place, rule, told) if part)


class PackError(Exception):
    """A pack cannot be used as it is written; ``problems`` lists everything found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class BadFact:
    """One thing that is wrong in a case: the fact's name, what is wrong, a hint."""

    fact: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        told = " ".join(part for part in (self.message, self.hint) if part)
        return f"{self.fact}: {told}" if self.fact else told


class InputError(Exception):
    """A case cannot be decided as it is written; ``problems`` lists everything."""

    def __init__(self, problems: Iterable[BadFact]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The word that was probably meant, or None."""
    known = sorted(set(among))
    small = word.casefold()
    for meant in (small, OTHER_WORDS.get(small)):
        if meant in known:
            return meant
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    if found:
        return found[0]
    inside = [k for k in known if len(word) > 3 and (word in k or k in word)]
    return inside[0] if len(inside) == 1 else None


def did_you_mean(word: str, among: Iterable[str]) -> str:
    """A hint for a word nobody knows: the nearest one, or a few that exist."""
    known = sorted(set(among))
    near = nearest(word, known)
    if near is not None:
        return f"Did you mean {near}?"
    if not known:
        return ""
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"Known here: {shown}."
