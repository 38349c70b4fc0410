"""The same program as SQL: in SQL, NULL is "not known" and behaves as such."""

from collections.abc import Iterator
from datetime import date

from gishe.core.rules._bound import Bound, bound_on
from gishe.core.rules._facts import shown_value
from gishe.core.rules._law import OPEN_ENDS, Law, law_on
from gishe.core.rules._nodes import All, Any, Literal, Node, Term, negate, simplify
from gishe.core.rules._on_day import (
    NO,
    YES,
    column_of,
    on_day,
    only_value,
    while_missing,
)
from gishe.core.rules._pack import Pack
from gishe.core.rules._program import Program
from gishe.core.rules._sets import EVERYTHING, Set, Stretches, Words

DIALECTS = ("postgresql", "sqlite")
SIGNS = {"&": " AND ", "|": " OR "}


def as_sql(
    pack: Pack,
    as_of: date,
    *,
    table: str = "person",
    key: str = "id",
    dialect: str = "postgresql",
) -> str:
    """A query that decides every row of a table: its key, ``may_work``, ``route``.

    The table has a column for each fact the law needs, NULL where it is not known;
    several nationalities are a text array (PostgreSQL). Of children it has columns
    ``youngest_children``, ``oldest_children``, ``number_of_children``.
    """
    if dialect not in DIALECTS:
        raise ValueError(f"The dialects are {' and '.join(DIALECTS)}.")
    law = law_on(pack, as_of)
    return _Printer(law, bound_on(law, as_of.toordinal()), dialect).query(table, key)


class _Printer:
    def __init__(self, law: Law, bound: Bound, dialect: str) -> None:
        self.law, self.bound, self.dialect = law, bound, dialect
        self.program: Program = bound.program

    def query(self, table: str, key: str) -> str:
        key = _name(key)
        literals = [
            f"    {self.literal(literal)} AS a{i}"
            for i, literal in enumerate(self.program.literals)
        ]
        first = ",\n".join([f"  SELECT {key}", *literals])
        parts = [f"step0 AS (\n{first}\n  FROM {_name(table)}\n)"]
        for depth, steps in enumerate(self._levels(), 1):
            columns = ",\n".join(f"    {step}" for step in steps)
            parts.append(
                f"step{depth} AS (\n  SELECT *,\n{columns}\n  FROM step{depth - 1}\n)"
            )
        last = f"step{len(parts) - 1}"
        return (
            "WITH " + ",\n".join(parts) + f"\nSELECT {key},\n"
            f"  {self._may_work()} AS may_work,\n"
            f"  {self._route()} AS route\nFROM {last}"
        )

    def _levels(self) -> Iterator[list[str]]:
        """The steps in layers: each needs only what stands in layers before it."""
        depth: dict[str, int] = {}
        layers: dict[int, list[str]] = {}
        for result, sign, arguments in self.program.steps:
            depth[result] = 1 + max(depth.get(a, 0) for a in arguments)
            said = SIGNS[sign].join(_operand(a) for a in arguments)
            layers.setdefault(depth[result], []).append(f"({said}) AS {result}")
        return iter([layers[level] for level in sorted(layers)])

    def _output(self, name: str) -> str:
        return _operand(self.program.outputs[name])

    def _may_work(self) -> str:
        said = [
            f"WHEN {self._output(f'any/{end}')} THEN '{end}' "
            f"WHEN ({self._output(f'any/{end}')}) IS NULL THEN 'unknown'"
            for end in OPEN_ENDS
        ]
        return "CASE " + " ".join(said) + " ELSE 'no' END"

    def _route(self) -> str:
        said = []
        for end in OPEN_ENDS:
            some = self._output(f"any/{end}")
            ways = [
                f"WHEN {self._output(f'{way.name}/{end}')} THEN {_text(way.name)}"
                for way in self.law.ways
            ]
            if ways:
                said.append(f"WHEN {some} THEN CASE {' '.join(ways)} END")
            said.append(f"WHEN ({some}) IS NULL THEN NULL")
        said += [
            f"WHEN {self._output(f'{way.name}/applies')} THEN {_text(way.name)}"
            for way in self.law.ways
        ]
        return "CASE " + " ".join(said) + " END"

    def literal(self, literal: Literal) -> str:
        """A condition on one column; what is presumed stands in for NULL."""
        said = self._test(self._column(literal.term), literal)
        derived = self.law.derived.get(literal.term.fact)
        concluded = self.law.concluded.get(literal.term.fact)
        if literal.term.kind == "fact" and derived is not None:
            said = f"COALESCE({said}, {self._derived(derived, literal)})"
        if concluded is not None:
            holds = concluded if True in literal.among else negate(concluded)
            said = f"COALESCE({said}, {self._condition(simplify(holds))})"
        among = on_day(literal, self.bound.as_of)
        missing = while_missing(self._possible(literal), among)
        if missing in (YES, NO):
            return f"COALESCE({said}, {'TRUE' if missing == YES else 'FALSE'})"
        return f"({said})"

    def _condition(self, node: Node) -> str:
        match node:
            case Literal():
                return self.literal(node)
            case All(parts) | Any(parts) if parts:
                sign = SIGNS["&"] if isinstance(node, All) else SIGNS["|"]
                return "(" + sign.join(self._condition(part) for part in parts) + ")"
            case All():
                return "TRUE"
            case Any():
                return "FALSE"
        return "CAST(NULL AS boolean)"

    def _derived(self, term: Term, literal: Literal) -> str:
        inner = Literal(term, literal.among)
        return self._test(self._column(term), inner)

    def _possible(self, literal: Literal) -> Set:
        fact = self.law.facts.get(column_of(literal.term))
        if fact is not None and fact.presumed is not None:
            return fact.presumed
        return Stretches(True) if isinstance(literal.among, Stretches) else EVERYTHING

    def _column(self, term: Term) -> str:
        if term.kind in ("fact", "months_since", "days_until"):
            return _name(term.fact)
        return self._worth(term)

    def _worth(self, term: Term) -> str:
        match term.kind:
            case "const":
                return f"{term.const:g}" if term.is_whole else repr(float(term.const))
            case "as_of":
                return self._day(self.bound.as_of)
            case "fact":
                return self._presumed_worth(term)
            case "youngest" | "oldest" | "number_of":
                return _name(f"{term.kind}_{term.fact}")
        parts = [self._worth(part) for part in term.parts]
        if term.kind == "/":
            return f"(1.0 * {parts[0]} / NULLIF({parts[1]}, 0))"
        return "(" + f" {term.kind} ".join(parts) + ")"

    def _presumed_worth(self, term: Term) -> str:
        name, said = term.fact, _name(term.fact)
        if term.is_date:
            said = f"julianday({said})" if self.dialect == "sqlite" else said
            said = said if self.dialect == "sqlite" else f"({said} - DATE '0001-01-01')"
        if name in self.law.derived:
            said = f"COALESCE({said}, {self._worth(self.law.derived[name])})"
        alone = only_value(self.law.facts[name].presumed)
        return said if alone is None else f"COALESCE({said}, {alone:g})"

    def _test(self, column: str, literal: Literal) -> str:
        among = on_day(literal, self.bound.as_of)
        if isinstance(among, Stretches):
            is_day = literal.term.is_date or literal.term.kind in (
                "months_since",
                "days_until",
            )
            return self._stretches(column, among, is_day)
        if literal.term.many:
            words = ", ".join(_text(str(w)) for w in sorted(map(str, among.listed)))
            said = f"{column} && ARRAY[{words}]::text[]"
        else:
            said = _words(column, among)
        return f"NOT ({said})" if among.outside else said

    def _stretches(self, column: str, among: Stretches, is_day: bool) -> str:
        inside, parts, low = among.start, [], ""
        for cut in among.cuts:
            bound = self._number(cut, is_day)
            if inside:
                parts.append(f"{low}{column} < {bound}")
            inside, low = not inside, f"{column} >= {bound} AND "
        if inside:
            parts.append(low.removesuffix(" AND "))
        return " OR ".join(f"({part})" for part in parts)

    def _number(self, value: float, is_day: bool) -> str:
        return self._day(int(value)) if is_day else repr(value)

    def _day(self, ordinal: int) -> str:
        said = f"'{shown_value(None, max(1, ordinal))}'"
        return said if self.dialect == "sqlite" else f"DATE {said}"


def _words(column: str, among: Words) -> str:
    listed = sorted(among.listed, key=str)
    if among.prefixes:
        tests = [f"{column} LIKE {_text(_escaped(str(w)) + '%')}" for w in listed]
        return " OR ".join(f"{test} ESCAPE '!'" for test in tests)
    if set(listed) <= {True, False}:
        return column if listed[0] is True else f"NOT {column}"
    return f"{column} IN ({', '.join(_text(str(word)) for word in listed)})"


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _operand(name: str) -> str:
    return {"T": "TRUE", "F": "FALSE", "U": "CAST(NULL AS boolean)"}.get(name, name)


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _name(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
