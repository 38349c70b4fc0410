"""Which small numbers are hidden, and which others so that no sum gives them away.

Pure: counts in, marks out. docs/algorithms/suppression.md says the rule, why it holds
and where it ends.

The protection, in one sentence: whoever knows every published number, that parts add
up to their total and months to their year, how this method works, and even which
hidden cells of a month are small, can exclude none of the values 1, 2, 3, 4 for any
small cell of a month, and is left with at least four values for any hidden number of
a year.

>>> [mark.value for mark in protect_parts([40, 31, 9, 2])]
['shown', 'shown', 'cover', 'small']
>>> protect_parts([40, 31, 9, 0]) == (Mark.SHOWN,) * 4
True
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from gishe.insight.residual import Network

THRESHOLD = 5
LARGEST_SMALL = THRESHOLD - 1
# How far a hidden number of a year must be able to move: four values are three apart.
YEAR_WIDTH = 3


class Mark(StrEnum):
    """Why a number is shown or not. Readers see only "shown" or "hidden"."""

    SHOWN = "shown"
    SMALL = "small"  # 1 to 4: too few people to be spoken of
    COVER = "cover"  # 5 or more, hidden so that no subtraction gives a small one
    WHOLE = "whole"  # the whole breakdown is hidden, zeros too


Marks = tuple[Mark, ...]


def is_small(count: int) -> bool:
    """From 1 to 4. Zero is nobody, and may be said."""
    return 0 < count < THRESHOLD


def protect_parts(counts: Sequence[int]) -> Marks:
    """Marks for the parts of a published total of at least 5, each counted once.

    Small parts are hidden. When their sum alone would narrow one of them down, the
    smallest larger part that gives them room is hidden as well; when no part does,
    the whole breakdown.
    """
    small = [i for i, count in enumerate(counts) if is_small(count)]
    if not small:
        return (Mark.SHOWN,) * len(counts)
    for covers in _choices_of_covers(counts):
        if _leaves_room(counts, small, covers):
            hidden = dict.fromkeys(small, Mark.SMALL)
            hidden.update(dict.fromkeys(covers, Mark.COVER))
            return tuple(hidden.get(i, Mark.SHOWN) for i in range(len(counts)))
    return (Mark.WHOLE,) * len(counts)


def _choices_of_covers(counts: Sequence[int]) -> Iterable[list[int]]:
    """None; one, the smallest first; then two, three … of the smallest."""
    large = [i for i, count in enumerate(counts) if count >= THRESHOLD]
    large.sort(key=lambda i: (counts[i], i))
    yield []
    yield from ([i] for i in large)
    yield from (large[:n] for n in range(2, len(large) + 1))


def _leaves_room(counts: Sequence[int], small: list[int], covers: list[int]) -> bool:
    """Whether the sum of the hidden parts lets every small one be 1 and be 4."""
    hidden_sum = sum(counts[i] for i in [*small, *covers])
    others = len(small) - 1
    least = LARGEST_SMALL + others + THRESHOLD * len(covers)
    most = None if covers else 1 + LARGEST_SMALL * others
    return hidden_sum >= least and (most is None or hidden_sum <= most)


def protect_answers(counts: Sequence[int], total: int) -> Marks:
    """Marks for answers of which one contact may give several; they make no sum.

    One thing is known about their sum all the same: everybody gave at least one
    answer, so it is not below the total. Where that would narrow a small cell down,
    the smallest larger answer is hidden too, or, where there is none, all of them.
    """
    marks = [Mark.SMALL if is_small(count) else Mark.SHOWN for count in counts]
    hidden = marks.count(Mark.SMALL)
    seen = sum(n for n, mark in zip(counts, marks, strict=True) if mark is Mark.SHOWN)
    if hidden and seen + hidden < total:
        large = [(n, i) for i, n in enumerate(counts) if n >= THRESHOLD]
        if not large:
            return (Mark.WHOLE,) * len(counts)
        marks[min(large)[1]] = Mark.COVER
    return tuple(marks)


def protect_year_answers(
    months: Sequence[Sequence[int]], marks: Sequence[Marks]
) -> Marks:
    """Marks for the sums over months of answers of which a contact may give several.

    Each answer stands alone: its sum is shown where the hidden months in it could
    still each be anything from 1 to 4.
    """
    width = len(marks[0]) if marks else 0
    return tuple(
        _year_answer(
            [
                (row[i], row_marks[i])
                for row, row_marks in zip(months, marks, strict=True)
            ]
        )
        for i in range(width)
    )


def _year_answer(column: list[tuple[int, Mark]]) -> Mark:
    hidden = [(count, mark) for count, mark in column if mark is not Mark.SHOWN]
    if not hidden:
        return Mark.SHOWN
    if any(mark is not Mark.SMALL for _, mark in hidden):
        return Mark.COVER
    counts = [count for count, _ in hidden]
    return (
        Mark.SHOWN
        if _leaves_room(counts, list(range(len(counts))), [])
        else (Mark.SMALL if is_small(sum(count for count, _ in column)) else Mark.COVER)
    )


def protect_year_parts(
    months: Sequence[Sequence[int]], marks: Sequence[Marks]
) -> Marks:
    """Marks for the sums over months of parts; months are out already and stay so.

    Year numbers are shown from the largest down, each only if afterwards the whole
    table, months by parts with both margins, still protects every small cell.
    Showing none of them is always safe, so the search ends.
    """
    return _protect_year_parts(
        tuple(tuple(row) for row in months), tuple(tuple(row) for row in marks)
    )


@lru_cache(maxsize=256)
def _protect_year_parts(
    months: tuple[tuple[int, ...], ...], marks: tuple[Marks, ...]
) -> Marks:
    sums = [sum(column) for column in zip(*months, strict=True)]
    known = {
        i
        for i in range(len(sums))
        if all(row_marks[i] is Mark.SHOWN for row_marks in marks)
    }  # anybody can add these up
    may_be_shown = [i for i, count in enumerate(sums) if not is_small(count)]
    shown = known | set(may_be_shown)
    if not is_protected(months, marks, frozenset(shown)):
        shown = set(known)
        for i in sorted(may_be_shown, key=lambda i: (-sums[i], i)):
            if is_protected(months, marks, frozenset(shown | {i})):
                shown.add(i)
    return tuple(
        Mark.SHOWN if i in shown else Mark.SMALL if is_small(count) else Mark.COVER
        for i, count in enumerate(sums)
    )


def is_protected(
    months: Sequence[Sequence[int]], marks: Sequence[Marks], shown: frozenset[int]
) -> bool:
    """Whether showing these numbers of the year keeps the promise of this module.

    Exact: the hidden cells are flows in a network (month → part → year) whose nodes
    balance, and how far one of them can move is a maximum flow (Cox 1995).
    """
    network = _network(months, marks, shown)
    for m, (row, row_marks) in enumerate(zip(months, marks, strict=True)):
        for k, (count, mark) in enumerate(zip(row, row_marks, strict=True)):
            if mark is Mark.SHOWN or not is_small(count):
                continue
            edge = (f"month {m}", f"part {k}")
            if count + network.can_rise(edge, LARGEST_SMALL - count) < LARGEST_SMALL:
                return False
            if count - network.can_fall(edge, count - 1) > 1:
                return False
    return all(
        network.can_rise(edge, YEAR_WIDTH) + network.can_fall(edge, YEAR_WIDTH)
        >= YEAR_WIDTH
        for edge in network.edges
        if edge[1] == "year" and network.values[edge]
    )


def bounds(count_mark: Mark, total: int) -> tuple[int, int]:
    """What a reader may know at most about one hidden cell of a month by its mark."""
    if count_mark is Mark.SMALL:
        return 1, LARGEST_SMALL
    return (THRESHOLD, total) if count_mark is Mark.COVER else (0, total)


def _network(
    months: Sequence[Sequence[int]], marks: Sequence[Marks], shown: frozenset[int]
) -> Network:
    network = Network()
    for m, (row, row_marks) in enumerate(zip(months, marks, strict=True)):
        for k, (count, mark) in enumerate(zip(row, row_marks, strict=True)):
            if mark is not Mark.SHOWN:
                low, high = bounds(mark, sum(row))
                network.add((f"month {m}", f"part {k}"), count, low, high)
    sums = [sum(column) for column in zip(*months, strict=True)]
    for k, count in enumerate(sums):
        if k not in shown:
            network.add((f"part {k}", "year"), count, 0, sum(sums))
    return network
