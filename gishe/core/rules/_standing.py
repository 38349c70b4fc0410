"""Where one person stands under the law of a day: how each route ends."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from gishe.core.rules._bound import Bound, bound_on
from gishe.core.rules._facts import Known
from gishe.core.rules._lanes import interpret, open_columns, settle
from gishe.core.rules._law import OPEN_ENDS, Law, Way, changes, law_on
from gishe.core.rules._nodes import Literal, literals
from gishe.core.rules._on_day import NO, OPEN, YES, turning_days
from gishe.core.rules._pack import Pack
from gishe.core.rules._person import Facts

FARTHEST = 12 * 366
MOST_DAYS = 150


class Standing:
    """How every route ends for these facts on this day."""

    def __init__(self, pack: Pack, given: Mapping[str, Known], as_of: date) -> None:
        self.pack, self.given, self.day = pack, given, as_of
        self.law: Law = law_on(pack, as_of)
        self.facts = Facts(self.law, given, as_of.toordinal())
        self.bound: Bound = bound_on(self.law, as_of.toordinal())
        found = self.bound.runner(self.facts.known.get)
        self.values = dict(zip(self.law.outputs, found, strict=True))
        if OPEN in found[: len(OPEN_ENDS)]:
            self.values |= self._settled([f"any/{end}" for end in OPEN_ENDS])

    def _settled(self, names: Iterable[str]) -> dict[str, int]:
        wanted = [name for name in names if self.values[name] == OPEN]
        return settle(self.bound, self.base, wanted) if wanted else {}

    @cached_property
    def settled(self) -> dict[str, int]:
        """The values with those of each route settled, too, by completions."""
        return self.values | self._settled(self.law.outputs)

    @cached_property
    def base(self) -> list[int]:
        return self.bound.literal_values(self.facts.known)

    @cached_property
    def steps(self) -> dict[str, int]:
        return interpret(self.bound.program, self.base, YES, OPEN)

    @property
    def may_work(self) -> str:
        """The best end there is, ``no``, or ``unknown``."""
        possible = self.possible
        return possible[0] if len(possible) == 1 else "unknown"

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """The ends that the missing facts leave possible, best first."""
        ends = {end for way in self.law.ways for end in way.possible}
        return self._possible("any", ends, self.values)

    def applies(self, way: Way) -> bool | None:
        """Whether the route is this person's; None while that cannot be told."""
        return {NO: False, YES: True}.get(self.settled[f"{way.name}/applies"])

    def ends(self, way: Way) -> tuple[str, ...]:
        """The same of one route."""
        return self._possible(way.name, way.possible, self.settled)

    def _possible(
        self, name: str, ends: Collection[str], values: Mapping[str, int]
    ) -> tuple[str, ...]:
        found = []
        for end in OPEN_ENDS:
            value = values[f"{name}/{end}"]
            if value != NO and end in ends:
                found.append(end)
            if value == YES:
                return tuple(found)
        return (*found, "no")

    @cached_property
    def way(self) -> Way | None:
        """The route that is the answer; None where none is, or cannot be told."""
        end = self.may_work
        if end in OPEN_ENDS:
            good = [w for w in self.law.ways if self.values[f"{w.name}/{end}"] == YES]
            return good[0] if good else None
        concerned = [
            w for w in self.law.ways if self.values[f"{w.name}/applies"] == YES
        ]
        if end == "no":
            return concerned[0] if concerned else None
        undecided = [w for w in concerned if len(self.ends(w)) > 1]
        return undecided[0] if undecided else None

    @cached_property
    def waits_for(self) -> list[str]:
        """The missing facts that the answer still depends on."""
        wanted = [f"any/{end}" for end in self.possible if end != "no"]
        return self.missing(wanted)

    def missing(self, wanted: list[str]) -> list[str]:
        program = self.bound.program
        outputs = [
            program.outputs[name] for name in wanted if self.values[name] == OPEN
        ]
        found: dict[str, None] = {}
        for index in open_columns(program, self.steps, outputs):
            column = program.columns[index]
            term = program.literals[column.literals[0]].term
            names = term.facts() if column.computed else [column.name]
            for name in names:
                if name not in self.facts.known:
                    found[name] = None
        return list(found)

    @cached_property
    def in_doubt(self) -> list[str]:
        """The unverified rules that keep the answer open."""
        if self.may_work != "unknown":
            return []
        ends = [end for end in self.possible if end != "no"]
        open_ends = [way.ends[end] for way in self.law.ways for end in ends]
        return self.facts.doubts_in(open_ends)

    def turning_days(self) -> list[int]:
        """The days on which time alone may change something, in order."""
        days = {day.toordinal() for day in changes(self.pack)}
        concluded = (n for n in self.law.concluded if n not in self.given)
        for node in (self.law.concluded[name] for name in concluded):
            days.update(day for lit in literals(node) for day in self._turns(lit))
        for literal in self.law.program.literals:
            days.update(self._turns(literal))
        return sorted(days)

    def _turns(self, literal: Literal) -> list[int]:
        term = literal.term
        if term.kind == "as_of":
            return turning_days(literal, 0)
        name = term.fact
        if term.kind == "fact" and name not in self.given:
            derived = self.law.derived.get(name)
            if derived is None:
                return []
            return self._turns(Literal(derived, literal.among)) if derived.fact else []
        start = self.facts.known.get(name)
        if term.kind in ("months_since", "days_until") and isinstance(start, int):
            return turning_days(literal, start)
        return []

    def on(self, ordinal: int) -> "Standing":
        """The same person with the same facts on another day."""
        return Standing(self.pack, self.given, date.fromordinal(ordinal))

    def next_change(self) -> "Standing | None":
        """The first later day on which the answer is another one."""
        for later in self._later():
            if (later.may_work, later.route) != (self.may_work, self.route):
                return later
        return None

    def _later(self) -> Iterator["Standing"]:
        today = self.day.toordinal()
        days = [d for d in self.turning_days() if today < d <= today + FARTHEST]
        return (self.on(day) for day in days[:MOST_DAYS])

    @property
    def route(self) -> str | None:
        return self.way.name if self.way else None

    def opens(self) -> "Standing | None":
        """The first later day on which time alone has opened a route."""
        best = OPEN_ENDS.index("not_yet")
        for later in self._later():
            if later.may_work == "unknown":
                return None
            if later.possible[0] in OPEN_ENDS[:best]:
                return later
        return None

    def since(self) -> date | None:
        """The day since which the route's waiting time has been over."""
        way, end = self.way, self.may_work
        if way is None or not _waits(way):
            return None
        today = self.day.toordinal()
        for day in reversed([d for d in self.turning_days() if d <= today]):
            if day <= date.min.toordinal():
                return None
            earlier = self.on(day - 1)
            before = {w.name: w for w in earlier.law.ways}.get(way.name)
            if before is None or earlier.ends(before) != (end,):
                return date.fromordinal(day)
        return None


def _waits(way: Way) -> bool:
    return any(
        held.condition.otherwise == "not_yet" and any(literals(held.node))
        for held in way.held
    )
