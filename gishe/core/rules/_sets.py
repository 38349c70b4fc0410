"""Sets of values: what a condition lets through of one fact.

Numbers and dates are cut into stretches, words are listed. Both can be joined, met
and turned round exactly, so that "under 18 or at least 18" is everybody.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, inf, nextafter
from typing import TypeAlias

Value: TypeAlias = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Stretches:
    """Numbers: membership begins with ``start`` and turns over at each cut.

    A cut c stands before c: the value c itself lies behind it.
    """

    start: bool
    cuts: tuple[float, ...] = ()

    def __contains__(self, value: object) -> bool:
        assert isinstance(value, (int, float))
        return self.start ^ bool(bisect_right(self.cuts, value) & 1)

    @property
    def everything(self) -> bool | None:
        """True: all values. False: none. None: some."""
        return None if self.cuts else self.start

    def complement(self) -> "Stretches":
        return Stretches(not self.start, self.cuts)

    def combine(
        self, other: "Stretches", keep: Callable[[bool, bool], bool]
    ) -> "Stretches":
        start = now = keep(self.start, other.start)
        cuts = []
        for cut in sorted({*self.cuts, *other.cuts}):
            inside = keep(cut in self, cut in other)
            if inside is not now:
                cuts.append(cut)
                now = inside
        return Stretches(start, tuple(cuts))


@dataclass(frozen=True, slots=True)
class Words:
    """Words: those listed, or (``outside``) all but those listed.

    ``prefixes`` says that the words are beginnings of codes.
    """

    listed: frozenset[Value]
    outside: bool = False
    prefixes: bool = False

    def __contains__(self, value: object) -> bool:
        if self.prefixes:
            found = any(str(value).startswith(str(p)) for p in self.listed)
        else:
            found = value in self.listed
        return found is not self.outside

    @property
    def everything(self) -> bool | None:
        return None if self.listed else self.outside

    def complement(self) -> "Words":
        return Words(self.listed, not self.outside, self.prefixes)

    def combine(self, other: "Words", keep: Callable[[bool, bool], bool]) -> "Words":
        elsewhere = keep(self.outside, other.outside)
        listed = {
            word
            for word in self.listed | other.listed
            if keep(word in self, word in other) is not elsewhere
        }
        return Words(frozenset(listed), elsewhere)


Set: TypeAlias = Stretches | Words

EVERYTHING = Words(frozenset(), outside=True)
BEYOND = "\N{MIDDLE DOT}"  # stands in no code


def union(a: Set, b: Set) -> Set:
    return _combine(a, b, lambda x, y: x or y)


def meet(a: Set, b: Set) -> Set:
    return _combine(a, b, lambda x, y: x and y)


def _combine(a: Set, b: Set, keep: Callable[[bool, bool], bool]) -> Set:
    if isinstance(a, Stretches) and isinstance(b, Stretches):
        return a.combine(b, keep)
    assert isinstance(a, Words)
    assert isinstance(b, Words)
    return a.combine(b, keep)


def compared(operator: str, bound: float, *, whole: bool) -> Stretches:
    """The numbers that stand in this relation to ``bound`` (``whole``: integers)."""
    at = ceil(bound) if whole else bound
    is_there = not whole or at == bound
    after = bound // 1 + 1 if whole else nextafter(bound, inf)
    if operator in (">=", "<"):
        found = Stretches(False, (at,))
    elif operator in (">", "<="):
        found = Stretches(False, (after,))
    else:
        found = Stretches(False, (at, after) if is_there else ())
    return found.complement() if operator in ("<", "<=", "!=") else found


def _just_below(cut: float) -> float:
    """A value before the cut: the nearest if that is a round number, else 1 less."""
    below = nextafter(cut, -inf)
    return below if len(repr(below)) < len(repr(cut)) else cut - 1


def cells(
    sets: Iterable[Set], within: Set, finite: Iterable[Value] | None = None
) -> list[Value]:
    """One value from every region of ``within`` that the sets can tell apart.

    ``finite``: all values there are, where they are known (words only).
    """
    known = [*sets, within]
    if isinstance(within, Stretches):
        cuts = sorted({c for s in known if isinstance(s, Stretches) for c in s.cuts})
        candidates: list[Value] = [*map(_just_below, cuts[:1]), *cuts] or [0]
    elif finite is None:
        words = sorted(
            {str(w) for s in known if isinstance(s, Words) for w in s.listed}
        )
        # A code may begin with a listed word and be no listed word itself.
        candidates = [*words, "", *(word + BEYOND for word in words)]
    else:
        candidates = list(finite)
    seen: dict[tuple[bool, ...], Value] = {}
    for value in candidates:
        if value in within:
            seen.setdefault(tuple(value in s for s in known), value)
    return list(seen.values())
