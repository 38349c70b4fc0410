"""Which question to ask next: the one that is expected to settle most, for least."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gishe.core.rules._answer_presumed import still_asked
from gishe.core.rules._bound import PersonTables
from gishe.core.rules._facts import Known, Question
from gishe.core.rules._lanes import possible_cells
from gishe.core.rules._on_day import NO, OPEN, YES
from gishe.core.rules._program import Runner, fill
from gishe.core.rules._standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A fact worth asking. ``gain``: routes expected to be settled by the answer.

    Of a presumed fact, ``gain`` is how many ends its answer changes on average.
    """

    fact: str
    question: Question
    gain: float
    score: float
    values: tuple[object, ...] = field(default=())


class _LaneTables(PersonTables):
    """Rows for one person in ``lanes`` suppositions: a missing fact takes, in its own
    lanes, each value it may have, and stays missing in all others."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing.bound)
        self.lanes = 0
        self.own: dict[int, tuple[int, list[Known]]] = {}
        for i, column in enumerate(standing.bound.program.columns):
            fact = standing.law.facts.get(column.name)
            if fact is None:
                continue
            values = possible_cells(standing.bound, i)
            self.own[i] = (self.lanes, values)
            self.lanes += len(values)
        filled = {i: lanes for i, lanes in self.own.items() if lanes[1]}
        self.names = [standing.bound.program.columns[i].name for i in filled]
        self.starts = np.array([start for start, _ in filled.values()], dtype=np.intp)
        self.counts = np.array([len(values) for _, values in filled.values()])
        self.half = (1 << self.lanes) - 1
        self.true, self.open = (1 << 2 * self.lanes) - 1, self.half
        self.false = 0

    def code(self, row: object) -> object:
        coded = tuple({NO: 0, OPEN: self.half, YES: self.true}[v] for v in row)  # type: ignore[attr-defined]
        return coded[0] if len(coded) == 1 else coded

    def missing(self, index: int) -> object:
        column = self.bound.program.columns[index]
        plain = self.bound.row(column, None)
        if index not in self.own:
            return self.code(plain)
        start, values = self.own[index]
        found = [{NO: 0, OPEN: self.half, YES: self.true}[v] for v in plain]
        for lane, value in enumerate(values, start):
            here = 1 << lane | 1 << lane + self.lanes
            for at, known in enumerate(self.bound.row(column, value)):
                bits = {NO: 0, OPEN: 1 << lane, YES: here}[known]
                found[at] = found[at] & ~here | bits
        return found[0] if len(found) == 1 else tuple(found)


@dataclass(frozen=True, slots=True)
class _Lanes:
    run: Runner
    tables: _LaneTables


class _Rank(NamedTuple):
    """A fact that may be asked; the smaller, the sooner."""

    less_score: float
    order: float
    fact: str
    gain: float


def next_question(standing: Standing) -> NextQuestion | None:
    """The question to ask now; None when nothing askable is left that matters."""
    first = next(_ranking(standing), None)
    return None if first is None else _asked(standing, first)


def questions(standing: Standing) -> list[NextQuestion]:
    """All facts that still matter and may be asked, best first.

    First those that the answer waits for, then those that are only presumed and whose
    question says ``presumed_too``. A standing does not know what somebody could not
    answer: who asks one after the other leaves those out.
    """
    return [_asked(standing, rank) for rank in _ranking(standing)]


def _asked(standing: Standing, rank: _Rank) -> NextQuestion:
    fact = standing.law.facts[rank.fact]
    assert fact.question is not None
    return NextQuestion(
        fact=rank.fact,
        question=fact.question,
        gain=rank.gain,
        score=-rank.less_score,
        values=tuple(fact.all_values() or ()),
    )


def _ranking(standing: Standing) -> Iterator[_Rank]:
    waiting = _waiting(standing)
    yield from waiting
    already = {rank.fact for rank in waiting}
    presumed = {n: g for n, g in still_asked(standing).items() if n not in already}
    yield from _best_first(standing, ((n, n) for n in presumed), presumed)


def _waiting(standing: Standing) -> list[_Rank]:
    """The questions whose answer the whole answer waits for."""
    if not standing.waits_for:
        return []
    names = with_sources(standing, standing.waits_for)
    return _best_first(standing, names, _gains(standing))


def _best_first(
    standing: Standing, names: Iterable[tuple[str, str]], gains: Mapping[str, float]
) -> list[_Rank]:
    found = []
    for name, through in names:
        question = standing.law.facts[name].question
        if question is not None and may_ask(standing, name):
            gain = gains.get(through, 0.0)
            score = (gain + 0.01) / (question.cost * question.sensitivity)
            found.append(_Rank(-score, question.order, name, gain))
    return sorted(found)


def with_sources(standing: Standing, names: list[str]) -> Iterator[tuple[str, str]]:
    """A computed fact without a question is asked for through its parts.

    Yields what is asked, and the fact whose gain it stands for.
    """
    seen: set[str] = set()
    waiting = [(name, name) for name in names]
    while waiting:
        name, through = waiting.pop(0)
        if name in seen or name in standing.facts.known:
            continue
        seen.add(name)
        sources = standing.law.sources(name)
        if standing.law.facts[name].question is None and sources:
            waiting += [(part, through) for part in sources]
        else:
            yield name, through


def may_ask(standing: Standing, fact: str) -> bool:
    """Whether a fact's question still arises: its ``ask_if`` is not certainly false.

    True of a fact without ``ask_if``, whether it has a question or not, and whether it
    was given or not: an answer to a question that no longer arises can be dropped.
    """
    node = standing.law.asked.get(fact)
    return node is None or standing.facts.value(node) != NO


def arises(standing: Standing, fact: str) -> bool:
    """Whether a question certainly arises: its ``ask_if`` holds, as far as known.

    What hangs on an answer that nobody gave yet does not arise before that answer.
    """
    node = standing.law.asked.get(fact)
    return node is None or standing.facts.value(node) == YES


def _gains(standing: Standing) -> Mapping[str, float]:
    """For each missing fact, the routes' ends that its answer settles on average."""
    run, tables = _lane_runner(standing)
    weights = _weights(standing, run(standing.facts.known.get), tables.lanes)
    if not len(tables.starts):
        return {}
    sums = np.add.reduceat(weights, tables.starts) / tables.counts
    return dict(zip(tables.names, sums.tolist(), strict=True))


def _weights(
    standing: Standing, found: tuple[int, ...], lanes: int
) -> NDArray[np.float64]:
    """For each lane, how many ends are settled there that are open now."""
    half, size = (1 << lanes) - 1, (lanes + 7) // 8
    weights: dict[int, float] = {}
    for name, value in zip(standing.law.outputs, found, strict=True):
        if standing.values[name] == OPEN and not name.endswith("/applies"):
            known = (value >> lanes | ~value) & half
            weight = 1.0 if name.startswith("any/") else 0.2
            weights[known] = weights.get(known, 0.0) + weight
    raw = b"".join(known.to_bytes(size, "little") for known in weights)
    bits = np.frombuffer(raw, dtype=np.uint8).reshape(len(weights), size)
    settled = np.unpackbits(bits, axis=1, bitorder="little", count=lanes)
    return np.asarray(np.array([*weights.values()]) @ settled)


def _lane_runner(standing: Standing) -> tuple[Runner, _LaneTables]:
    kept = standing.bound.lanes
    if not isinstance(kept, _Lanes):
        tables = _LaneTables(standing)
        run = standing.law.factory(fill(standing.bound.program, tables))
        kept = standing.bound.lanes = _Lanes(run, tables)
    return kept.run, kept.tables


def in_asking_order(standing: Standing) -> list[str]:
    """The missing facts, those worth asking first, then those nobody is asked for."""
    asked = [rank.fact for rank in _waiting(standing)]
    rest = (name for name in standing.waits_for if name not in asked)
    return asked + [name for name in rest if not standing.law.sources(name)]
