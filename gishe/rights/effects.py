"""Whom a change of law affects, and how: two laws on the same cases."""

from collections import Counter
from dataclasses import dataclass

from gishe.core.rules import Decisions, decide_table
from gishe.rights.comparing import Side
from gishe.rights.tables import Cases
from gishe.rights.wording import STATES, State

MOST_SHOWN = 200


@dataclass(frozen=True)
class Case:
    """One case: its answer under each law, and by which way to work."""

    name: str
    before: State
    after: State
    old_route: str
    new_route: str


@dataclass(frozen=True)
class Transition:
    """So many cases go from one answer to another."""

    before: State
    after: State
    count: int


@dataclass(frozen=True)
class Effect:
    """The effect of a step from one law to another on a set of cases."""

    decided: int
    affected: int
    transitions: tuple[Transition, ...]
    cases: tuple[Case, ...]  # the affected ones, at most MOST_SHOWN
    broken: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def hidden(self) -> int:
        """Affected cases that the list leaves out."""
        return self.affected - len(self.cases)


def effect(old: Side, new: Side, cases: Cases) -> Effect:
    """Decide every readable case under both laws."""
    here = {old.pack.country, new.pack.country}
    before = decide_table(old.pack, cases.table(old.pack, here), old.day)
    after = decide_table(new.pack, cases.table(new.pack, here), new.day)
    good = [row for row in range(len(cases)) if row not in cases.broken]
    changed = [row for row in good if before.may_work(row) != after.may_work(row)]
    pairs = Counter((before.may_work(row), after.may_work(row)) for row in changed)
    return Effect(
        decided=len(good),
        affected=len(changed),
        transitions=tuple(
            Transition(STATES[a], STATES[b], count)
            for (a, b), count in pairs.most_common()
        ),
        cases=tuple(_case(cases, row, before, after) for row in changed[:MOST_SHOWN]),
        broken=tuple(
            (cases.names[row], tuple(told))
            for row, told in sorted(cases.broken.items())[:MOST_SHOWN]
        ),
    )


def _case(cases: Cases, row: int, before: Decisions, after: Decisions) -> Case:
    return Case(
        name=cases.names[row],
        before=STATES[before.may_work(row)],
        after=STATES[after.may_work(row)],
        old_route=before.route(row) or "",
        new_route=after.route(row) or "",
    )
