"""Can a condition be true for anybody at all?

Every fact falls into a few cells that the conditions can tell apart; a search over
cells, cut short by three-valued deciding, answers exactly. Deadlines and computed
quantities count as facts of their own, so "never" is always meant, "perhaps" not.
"""

from collections.abc import Iterable, Mapping

from gishe.core.rules._facts import Known
from gishe.core.rules._law import Law
from gishe.core.rules._nodes import (
    FALSE,
    TRUE,
    All,
    Any,
    Doubt,
    Literal,
    Named,
    Node,
    all_of,
    literals,
    negate,
    simplify,
)
from gishe.core.rules._on_day import NO, OPEN, YES, column_of, holds
from gishe.core.rules._sets import EVERYTHING, Stretches, cells

MOST_STEPS = 20_000


class _Search:
    def __init__(self, law: Law, node: Node) -> None:
        self.node, self.steps = node, 0
        self.cells: dict[str, list[tuple[int, ...]]] = {}
        self.at: dict[Literal, tuple[str, int]] = {}
        groups: dict[str, list[Literal]] = {}
        for literal in dict.fromkeys(literals(node)):
            groups.setdefault(_group(literal), []).append(literal)
        for name, found in groups.items():
            for i, literal in enumerate(found):
                self.at[literal] = (name, i)
            values = _values(law, found)
            rows = {tuple(holds(v, lit.among) for lit in found) for v in values}
            self.cells[name] = sorted(rows, reverse=True)

    def found(self, chosen: dict[str, tuple[int, ...]]) -> bool:
        self.steps += 1
        value = self.value(self.node, chosen)
        if value != OPEN or self.steps > MOST_STEPS:
            return value != NO
        column = self._open_column(self.node, chosen)
        if column is None:
            return True  # only doubt is left: it may be so
        return any(self.found({**chosen, column: row}) for row in self.cells[column])

    def value(self, node: Node, chosen: Mapping[str, tuple[int, ...]]) -> int:
        match node:
            case Literal():
                name, i = self.at[node]
                return chosen[name][i] if name in chosen else OPEN
            case All(parts):
                return min((self.value(part, chosen) for part in parts), default=YES)
            case Any(parts):
                return max((self.value(part, chosen) for part in parts), default=NO)
            case Named(body=body):
                return self.value(body, chosen)
            case Doubt():
                return OPEN

    def _open_column(
        self, node: Node, chosen: Mapping[str, tuple[int, ...]]
    ) -> str | None:
        if self.value(node, chosen) != OPEN:
            return None
        if isinstance(node, Literal):
            return self.at[node][0]
        parts: Iterable[Node] = node.parts if isinstance(node, (All, Any)) else ()
        found = (self._open_column(part, chosen) for part in parts)
        return next((name for name in found if name is not None), None)


def _group(literal: Literal) -> str:
    if literal.term.many:
        return f"{literal.term} {literal.among}"
    if literal.term.kind in ("months_since", "days_until"):
        return str(literal.term)
    return column_of(literal.term)


def _values(law: Law, found: list[Literal]) -> list[Known]:
    sets = [literal.among for literal in found]
    term = found[0].term
    fact = law.facts.get(term.fact) if term.kind == "fact" else None
    whole = Stretches(True) if isinstance(sets[0], Stretches) else EVERYTHING
    domain = fact.domain() if fact is not None else whole
    return [*cells(sets, domain, fact.all_values() if fact else None)]


def satisfiable(law: Law, *nodes: Node) -> bool:
    """Whether somebody can exist for whom all conditions are true (or in doubt)."""
    node = simplify(all_of(nodes))
    return _Search(law, node).found({})


def depends_on(law: Law, node: Node, fact: str) -> bool:
    """Whether the fact can change the condition for anybody."""
    whole = simplify(node)
    mine = [
        literal
        for literal in dict.fromkeys(literals(whole))
        if _is_about(literal, fact)
    ]
    for literal in mine:
        one, other = (_with(whole, literal, value) for value in (TRUE, FALSE))
        if satisfiable(law, one, negate(other)) or satisfiable(law, other, negate(one)):
            return True
    return False


def _is_about(literal: Literal, fact: str) -> bool:
    return fact in literal.term.facts()


def _with(node: Node, literal: Literal, value: Node) -> Node:
    if node == literal:
        return value
    if isinstance(node, (All, Any)):
        return type(node)(tuple(_with(part, literal, value) for part in node.parts))
    return node
