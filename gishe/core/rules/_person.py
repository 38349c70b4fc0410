"""One person's facts against the law of a day, in three values."""

from collections.abc import Iterator, Mapping, Sequence

from gishe.core.rules._facts import Known
from gishe.core.rules._law import Law
from gishe.core.rules._meaning import PARAMETER
from gishe.core.rules._nodes import All, Any, Doubt, Literal, Named, Node
from gishe.core.rules._on_day import (
    NO,
    OPEN,
    YES,
    column_of,
    holds,
    on_day,
    while_missing,
    with_presumptions,
    worth,
)
from gishe.core.rules._sets import EVERYTHING, Stretches


class Facts:
    """One person's facts; decides any condition, with the same three values."""

    def __init__(self, law: Law, given: Mapping[str, Known], as_of: int) -> None:
        self.law, self.as_of, self.given = law, as_of, given
        self.known = law.complete(given, as_of)
        self.standing = with_presumptions(self.known, law.facts)
        self._literals: dict[Literal, int] = {}
        for name, node in law.concluded.items():
            if name not in self.known:
                self._conclude(name, node)

    def _conclude(self, name: str, node: Node) -> None:
        """A bool fact that nobody gave, from what it rests on."""
        value = self.value(node)
        if value != OPEN:
            self.known[name] = value == YES
            self.standing = with_presumptions(self.known, self.law.facts)
            self._literals.clear()

    def literal(self, literal: Literal) -> int:
        found = self._literals.get(literal)
        if found is None:
            found = self._literals[literal] = self._decide(literal)
        return found

    def _decide(self, literal: Literal) -> int:
        among, name = on_day(literal, self.as_of), column_of(literal.term)
        value = self.known.get(name)
        if name not in self.law.facts and name != "as_of":
            value = worth(literal.term, self.standing, self.as_of)
        if value is not None:
            return holds(value, among)
        fact = self.law.facts.get(name)
        if fact is None or fact.presumed is None:
            whole = Stretches(True) if isinstance(among, Stretches) else EVERYTHING
            return while_missing(whole, among)
        return while_missing(fact.presumed, among)

    def value(self, node: Node) -> int:
        match node:
            case Literal():
                return self.literal(node)
            case Doubt():
                return OPEN
            case Named(body=body):
                return self.value(body)
            case All(parts):
                return min((self.value(part) for part in parts), default=YES)
            case Any(parts):
                return max((self.value(part) for part in parts), default=NO)

    def deciding(self, node: Node) -> Iterator[Literal | Doubt]:
        """The leaves that make a condition what it is; none of those it is despite."""
        match node:
            case Literal() | Doubt():
                yield node
            case Named(body=body):
                yield from self.deciding(body)
            case All(parts) | Any(parts):
                value = self.value(node)
                everything = value == (YES if isinstance(node, All) else NO)
                for part in parts:
                    if everything or self.value(part) == value:
                        yield from self.deciding(part)

    def missing_in(self, nodes: Sequence[Node]) -> list[str]:
        """The facts that open conditions wait for."""
        is_open = [node for node in nodes if self.value(node) == OPEN]
        leaves = [leaf for node in is_open for leaf in self.deciding(node)]
        terms = [leaf.term for leaf in leaves if isinstance(leaf, Literal)]
        names = dict.fromkeys(name for term in terms for name in term.facts())
        return [name for name in names if name not in self.known]

    def doubts_in(self, nodes: Sequence[Node]) -> list[str]:
        """The rules nobody verified that open conditions rest on."""
        is_open = [node for node in nodes if self.value(node) == OPEN]
        leaves = [leaf for node in is_open for leaf in self.deciding(node)]
        return [*dict.fromkeys(leaf.rule for leaf in leaves if isinstance(leaf, Doubt))]

    def parameters_of(self, leaf: Literal | Doubt) -> set[str]:
        """The numbers of the law in a leaf, and behind the facts computed for it."""
        if isinstance(leaf, Doubt):
            is_number = leaf.rule.startswith(PARAMETER)
            return {leaf.rule.removeprefix(PARAMETER)} if is_number else set()
        behind = (self.parameters_behind(name) for name in leaf.term.facts())
        return set(leaf.parameters).union(*behind)

    def parameters_behind(self, fact: str) -> set[str]:
        """The numbers of the law that a fact was computed with."""
        if fact in self.given or fact not in self.known:
            return set()
        if fact in self.law.concluded:
            return self.parameters_in(self.law.concluded[fact])
        return set(self.law.behind.get(fact, ()))

    def parameters_in(self, node: Node) -> set[str]:
        """The numbers of the law that decide a condition."""
        return {p for leaf in self.deciding(node) for p in self.parameters_of(leaf)}
