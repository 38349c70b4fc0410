"""The law of one day: a pack's rules in force, understood and compiled."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from gishe.core.rules._answer_lines import (
    calculations,
    choices,
    conditions_beside,
    understand,
)
from gishe.core.rules._facts import Fact, Known
from gishe.core.rules._language import Unreadable, parse
from gishe.core.rules._meaning import InDoubt, Meaning
from gishe.core.rules._nodes import (
    FALSE,
    TRUE,
    Doubt,
    Named,
    Node,
    Term,
    all_of,
    any_of,
    literals,
    negate,
    simplify,
)
from gishe.core.rules._on_day import only_value, worth
from gishe.core.rules._pack import ENDS, Condition, Head, Pack, Route, Written
from gishe.core.rules._problems import PackError, Problem
from gishe.core.rules._program import Factory, Program, compile_program, factory
from gishe.core.rules._sets import meet

OPEN_ENDS = ENDS[:-1]


@dataclass(frozen=True, slots=True)
class Held:
    """A condition of a route, or a restriction that lies across it."""

    condition: Condition
    applies: Node
    node: Node


@dataclass(frozen=True, slots=True)
class Way:
    """A route on one day. ``ends[e]``: the route ends in ``e`` or better."""

    route: Route
    applies: Node
    held: tuple[Held, ...]
    ends: Mapping[str, Node]

    @property
    def name(self) -> str:
        return self.route.head.name

    @property
    def possible(self) -> frozenset[str]:
        """The ends that this route can have at all, but for ``no``."""
        bites = {held.condition.otherwise for held in self.held}
        worse = ENDS[ENDS.index(self.route.grants) :]
        return frozenset({self.route.grants, *(bites & set(worse))} - {"no"})


class Law:
    """A pack on one day. ``law_on`` keeps one for each stretch of days."""

    def __init__(self, pack: Pack, day: date) -> None:
        self.pack, self.day = pack, day
        self.problems: list[Problem] = []
        self.meaning = Meaning(pack, day)
        self.nodes: dict[int, Node] = {}
        self.bounds: OrderedDict[int, object] = OrderedDict()
        self.facts = {name: self._presumed(fact) for name, fact in pack.facts.items()}
        self.derived: dict[str, Term] = {}
        self.behind: dict[str, frozenset[str]] = {}
        self.concluded: dict[str, Node] = {}
        self._derive()
        self.heads: dict[str, Head] = {}
        self.asked: dict[str, Node] = {}
        self.ways = tuple(
            self._way(route)
            for route in sorted(pack.routes, key=lambda r: r.order)
            if route.head.in_force(day)
        )
        self._understand_the_rest()
        if self.problems:
            raise PackError(self.problems)

    def _understand_the_rest(self) -> None:
        """What a case may never reach is understood, too, so that it cannot fail."""
        for beside, rule in conditions_beside(self.pack):
            self.node(beside, rule)
        for line, rule in choices(self.pack):
            self.node(line, rule)
        for line, rule in calculations(self.pack):
            try:
                understand(self.meaning, self.facts, line.expression)
            except InDoubt:
                continue
            except Unreadable as error:
                self._wrong(error, line.text, line.file, line.line, rule)
        for fact in self.pack.facts.values():
            if fact.question is not None and fact.question.ask_if:
                self._ask_if(fact, fact.question.ask_if)

    def _ask_if(self, fact: Fact, text: str) -> None:
        try:
            self.asked[fact.name] = self.meaning.condition(parse(text))
        except Unreadable as error:
            self._wrong(error, text, fact.file, fact.line, fact.name)

    def node(self, line: Written | None, rule: str, missing: Node = TRUE) -> Node:
        """What a written condition means today; ``missing`` if none is written."""
        if line is None:
            return missing
        try:
            if id(line) not in self.nodes:
                self.nodes[id(line)] = self.meaning.condition(line.expression)
            return self.nodes[id(line)]
        except Unreadable as unreadable:
            self._wrong(unreadable, line.text, line.file, line.line, rule)
            return FALSE

    def _wrong(
        self, error: Unreadable, text: str, file: str, line: int, rule: str
    ) -> None:
        told = f"{error.message} In: {text}."
        self.problems.append(Problem(told, error.hint, file, line, rule))

    def _presumed(self, fact: Fact) -> Fact:
        try:
            found = self.meaning.presumed(fact)
        except Unreadable as error:
            self._wrong(error, fact.presume, fact.file, fact.line, fact.name)
            found = None
        domain = fact.domain()
        return replace(fact, presumed=domain if found is None else meet(found, domain))

    def _derive(self) -> None:
        """What facts are worth, or whether they hold, while nobody gives them."""
        for fact in self.pack.facts.values():
            if fact.unless_given:
                try:
                    expression = parse(fact.unless_given)
                    if fact.type == "bool":
                        node = self.meaning.condition(expression)
                        self.concluded[fact.name] = node
                    else:
                        amount = self.meaning.amount(expression)
                        self.derived[fact.name] = amount.as_term()
                        self.behind[fact.name] = amount.parameters
                except InDoubt:
                    continue
                except Unreadable as error:
                    text = fact.unless_given
                    self._wrong(error, text, fact.file, fact.line, fact.name)

    def doubted(self, head: Head, node: Node) -> Node:
        """The rule's condition, or doubt where nobody verified it for this day."""
        self.heads[head.name] = head
        verified = head.verified.vouches(self.day)
        return Named(head.name, node if verified else Doubt(head.name))

    def _way(self, route: Route) -> Way:
        name = route.head.name
        applies = Named(f"{name}/applies", self.node(route.applies_if, name))
        held = [self._held(condition) for condition in route.conditions]
        held += [
            self._held(restriction)
            for restriction in self.pack.restrictions
            if restriction.scope.covers(name)
        ]
        known = tuple(h for h in held if h.condition.head.in_force(self.day))
        self.heads[name] = route.head
        sure = () if route.head.verified.vouches(self.day) else (Doubt(name),)
        ends = {
            end: self._ends(route, applies, sure, known, level)
            for level, end in enumerate(OPEN_ENDS)
        }
        return Way(route, applies, known, ends)

    def _held(self, condition: Condition) -> Held:
        name = condition.head.name
        needs = self.node(condition.needs, name, FALSE)
        applies = self.node(condition.applies_if, name)
        node = self.doubted(condition.head, needs)
        if condition.applies_if is not None:
            node = Named(name, any_of((negate(applies), node)))
        return Held(condition, applies, node)

    def _ends(
        self,
        route: Route,
        applies: Node,
        sure: tuple[Node, ...],
        held: tuple[Held, ...],
        level: int,
    ) -> Node:
        if ENDS.index(route.grants) > level:
            return FALSE
        needed = [h.node for h in held if ENDS.index(h.condition.otherwise) > level]
        return all_of((applies, *sure, *needed))

    def sources(self, fact: str) -> Sequence[str]:
        """The facts that a fact is computed from; none if it has to be given."""
        return self._sources.get(fact, ())

    @cached_property
    def _sources(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, Iterable[Term]] = {n: [t] for n, t in self.derived.items()}
        for name, node in self.concluded.items():
            found[name] = [literal.term for literal in literals(node)]
        return {
            name: tuple(dict.fromkeys(fact for term in terms for fact in term.facts()))
            for name, terms in found.items()
        }

    def instead_of(self, fact: str) -> tuple[object, ...]:
        """What stands in for a fact that is not given: a value, or how to compute it.

        Two laws that say the same here read the fact alike.
        """
        names = [fact]
        for name in names:  # it grows: what is computed may rest on what is computed
            names += [source for source in self.sources(name) if source not in names]
        concluded = self.concluded
        return tuple(
            (
                name,
                self.alone.get(name),
                self.derived.get(name),
                simplify(concluded[name]) if name in concluded else None,
            )
            for name in names
        )

    @cached_property
    def outputs(self) -> dict[str, Node]:
        """What the program computes: the ends of the answer, then of each route."""
        found: dict[str, Node] = {
            f"any/{end}": any_of(way.ends[end] for way in self.ways)
            for end in OPEN_ENDS
        }
        for way in self.ways:
            for end in OPEN_ENDS:
                found[f"{way.name}/{end}"] = way.ends[end]
            found[f"{way.name}/applies"] = way.applies
        return found

    @cached_property
    def program(self) -> Program:
        return compile_program(self.outputs)

    @cached_property
    def factory(self) -> Factory:
        """Makes runners of the program: from tables of rows, in any coding."""
        return factory(self.program, list(self.outputs))

    @cached_property
    def alone(self) -> dict[str, float]:
        """The facts that are presumed to have one value, which calculations take."""
        found = ((name, only_value(f.presumed)) for name, f in self.facts.items())
        return {name: value for name, value in found if value is not None}

    def complete(self, given: Mapping[str, Known], as_of: int) -> dict[str, Known]:
        """The given facts, today, and whatever can be computed from them."""
        facts: dict[str, Known] = {**given, "as_of": as_of}
        alone = self.alone

        def read(name: str) -> Known | None:
            found = facts.get(name)
            return alone.get(name) if found is None else found

        # Twice, so that what is computed may rest on what is computed.
        for name, term in [*self.derived.items()] * 2:
            if name not in facts:
                value = worth(term, read, as_of)
                if value is not None:
                    whole = self.facts[name].is_whole
                    facts[name] = int(value) if whole else value
        return facts


def changes(pack: Pack) -> list[date]:
    """The days on which the pack's law changes, or what is verified about it."""
    return list(_changes(pack))


@lru_cache(maxsize=64)
def _changes(pack: Pack) -> tuple[date, ...]:
    days: set[date] = set()
    for head in heads(pack):
        days.update(day for day in (head.valid_from,) if day)
        ends = (head.valid_until, head.verified.good_until)
        days.update(day + timedelta(1) for day in ends if day and day < date.max)
    return tuple(sorted(days))


def heads(pack: Pack) -> Iterator[Head]:
    """Every head of a rule in the pack, parameters' values included."""
    for parameter in pack.parameters.values():
        yield from (dated.head for dated in parameter.values)
    for route in pack.routes:
        yield route.head
        yield from (condition.head for condition in route.conditions)
    yield from (restriction.head for restriction in pack.restrictions)
    yield from (duty.head for duty in pack.duties)
    yield from (warning.head for warning in pack.warnings)
    for entitlement in pack.entitlements.values():
        yield from (rule.head for rule in entitlement.rules)


def law_on(pack: Pack, day: date) -> Law:
    """The law in force on a day. Raises PackError if a rule cannot be understood."""
    earlier = [change for change in _changes(pack) if change <= day]
    return _law(pack, earlier[-1] if earlier else date.min)


@lru_cache(maxsize=256)
def _law(pack: Pack, start: date) -> Law:
    return Law(pack, start)
