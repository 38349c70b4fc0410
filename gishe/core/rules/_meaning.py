"""What a written condition means on one day: names become facts, numbers parameters."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from gishe.core.rules._amounts import AS_OF, Amount, compare, of_term
from gishe.core.rules._facts import Fact
from gishe.core.rules._language import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Junction,
    Membership,
    Name,
    Not,
    Quantity,
    Text,
    Truth,
    Unreadable,
    parse,
)
from gishe.core.rules._nodes import (
    FALSE,
    TRUE,
    All,
    Any,
    Doubt,
    Literal,
    Named,
    Node,
    Term,
    negate,
)
from gishe.core.rules._pack import Pack, Parameter
from gishe.core.rules._problems import did_you_mean
from gishe.core.rules._sets import Set, Stretches, Value, Words

PARAMETER = "parameter."
CONDITIONS = ("starts_with",)
COUNTS = ("youngest", "oldest", "number_of")
AMOUNTS = (
    "months_since",
    "years_since",
    "days_since",
    "days_until",
    "days_between",
    "share_pct",
    "ratio",
    *COUNTS,
)


class InDoubt(Exception):
    """A parameter that nobody verified for this day."""

    def __init__(self, rule: str) -> None:
        self.rule = rule


class Meaning:
    """Understands conditions in the light of a pack on one day. Raises Unreadable."""

    def __init__(self, pack: Pack, day: date) -> None:
        self.pack, self.day = pack, day
        self.defined: dict[str, Node] = {}
        self.open: list[str] = []

    def condition(self, expression: Expression) -> Node:
        match expression:
            case Truth(value):
                return TRUE if value else FALSE
            case Not(part):
                return negate(self.condition(part))
            case Junction(word, parts):
                nodes = tuple(self.condition(part) for part in parts)
                return All(nodes) if word == "and" else Any(nodes)
            case Name(name):
                return self._named(name)
            case Membership(item, among):
                return self._membership(item, among)
            case Comparison(sign, left, right):
                return self._comparison(sign, left, right)
            case Call("starts_with", arguments):
                return self._starts_with(arguments)
            case _:
                hint = "Compare it: months_since(application_lodged) >= 3."
                raise Unreadable("This is a quantity, not a condition.", hint)

    def _named(self, name: str) -> Node:
        if name in self.pack.definitions:
            return self._definition(name)
        fact = self._fact(name, also=self.pack.definitions)
        if fact.type != "bool":
            sample = fact.values[0] if fact.values else "…"
            hint = f"Compare it: {name} == {sample}."
            raise Unreadable(f"{name} is not a yes-or-no fact.", hint)
        return Literal(self.term(fact), Words(frozenset({True})))

    def _definition(self, name: str) -> Node:
        if name in self.open:
            circle = " → ".join([*self.open, name])
            raise Unreadable(f"The definition {name} goes round in a circle.", circle)
        if name not in self.defined:
            self.open.append(name)
            body = self.condition(self.pack.definitions[name].meaning.expression)
            self.open.pop()
            self.defined[name] = Named(name, body)
        return self.defined[name]

    def _fact(self, name: str, also: Iterable[str] = ()) -> Fact:
        found = self.pack.facts.get(name)
        if found is None:
            hint = did_you_mean(name, [*self.pack.facts, *also])
            raise Unreadable(f"There is no fact {name}.", hint)
        return found

    def term(self, fact: Fact) -> Term:
        return Term(
            "fact",
            fact.name,
            is_date=fact.type == "date",
            is_whole=fact.is_whole,
            many=fact.many,
        )

    def _membership(self, item: Expression, among: tuple[Expression, ...]) -> Node:
        if not isinstance(item, Name):
            raise Unreadable("Before in stands a fact.", "Write status in [a, b].")
        fact = self._fact(item.name)
        if fact.is_ordered:
            equal = tuple(Comparison("==", item, value) for value in among)
            return self.condition(Junction("or", equal))
        values = [v for value in among for v in self._values(fact, value)]
        return Literal(self.term(fact), Words(frozenset(values)))

    def _values(self, fact: Fact, given: Expression) -> list[Value]:
        if isinstance(given, Name) and given.name.startswith("group."):
            group = given.name.removeprefix("group.")
            if group not in self.pack.groups:
                hint = did_you_mean(group, self.pack.groups)
                raise Unreadable(f"There is no group {group}.", hint)
            return [self._value(fact, word) for word in self.pack.groups[group]]
        if isinstance(given, Truth) and fact.type == "bool":
            return [given.value]
        if isinstance(given, Truth):
            return [self._value(fact, "yes" if given.value else "no")]
        if isinstance(given, Quantity):
            return [self._value(fact, f"{given.value:g}")]
        if isinstance(given, (Name, Text)):
            word = given.name if isinstance(given, Name) else given.value
            return [self._value(fact, word)]
        raise Unreadable(f"A value of {fact.name} should stand here.")

    def _value(self, fact: Fact, word: str) -> Value:
        if fact.type == "enum" and word not in fact.values:
            hint = did_you_mean(word, fact.values)
            raise Unreadable(f"{word} is no value of {fact.name}.", hint)
        if fact.type == "country" and (len(word) != 2 or not word.isupper()):
            hint = "Write the ISO 3166 code, as BG."
            raise Unreadable(f"{word} is not a country code.", hint)
        return word

    def _comparison(self, sign: str, left: Expression, right: Expression) -> Node:
        if isinstance(left, Name) and left.name in self.pack.facts:
            fact = self.pack.facts[left.name]
            if not fact.is_ordered:
                return self._equality(sign, fact, right)
        try:
            found = compare(sign, self.amount(left), self.amount(right))
        except InDoubt as doubt:
            return Doubt(doubt.rule)
        if isinstance(found, bool):
            return TRUE if found else FALSE
        return found

    def _equality(self, sign: str, fact: Fact, right: Expression) -> Node:
        if sign not in ("==", "!="):
            hint = f"Write {fact.name} == … or {fact.name} in […]."
            raise Unreadable(f"{fact.name} has no order.", hint)
        values = self._values(fact, right)
        found = Literal(self.term(fact), Words(frozenset(values)))
        return found if sign == "==" else negate(found)

    def _starts_with(self, arguments: tuple[Expression, ...]) -> Node:
        match arguments:
            case (Name(name), *given) if given:
                fact = self._fact(name)
                values = [v for value in given for v in self._values(fact, value)]
                words = Words(frozenset(values), prefixes=True)
                return Literal(self.term(fact), words)
        hint = "Write starts_with(occupation, [1, 2])."
        raise Unreadable("starts_with takes a fact and a list.", hint)

    def amount(self, expression: Expression) -> Amount:
        """A number or a date. Raises InDoubt where a parameter is not verified."""
        match expression:
            case Quantity(value, is_date):
                return Amount(value, int(is_date))
            case Name(name):
                return self._named_amount(name)
            case Arithmetic(sign, left, right):
                return self._arithmetic(sign, self.amount(left), self.amount(right))
            case Call(function, arguments):
                return self._call(function, arguments)
            case _:
                raise Unreadable("A number or a date should stand here.")

    def _named_amount(self, name: str) -> Amount:
        if name == "as_of":
            return of_term(AS_OF)
        if name.startswith(PARAMETER):
            name = name.removeprefix(PARAMETER)
            return Amount(self._parameter(name), parameters=frozenset({name}))
        fact = self._fact(name, also=("as_of",))
        if not fact.is_ordered:
            hint = f"Write {name} == … with one of its values on the right."
            raise Unreadable(f"{name} is neither a number nor a date.", hint)
        return of_term(self.term(fact))

    def _parameter(self, name: str) -> float:
        parameter: Parameter | None = self.pack.parameters.get(name)
        if parameter is None:
            hint = did_you_mean(name, self.pack.parameters)
            raise Unreadable(f"There is no parameter {name}.", hint)
        dated = parameter.on(self.day)
        if dated is None or dated.value is None:
            raise InDoubt(f"{PARAMETER}{name}")
        if not dated.head.verified.vouches(self.day):
            raise InDoubt(f"{PARAMETER}{name}")
        return dated.value

    def _arithmetic(self, sign: str, left: Amount, right: Amount) -> Amount:
        if sign in "+-":
            return left.plus(right, 1 if sign == "+" else -1)
        return replace(
            self._multiplied(sign, left, right),
            parameters=left.parameters | right.parameters,
        )

    def _multiplied(self, sign: str, left: Amount, right: Amount) -> Amount:
        if sign == "*" and not left.terms:
            return right.times(left.const)
        if not right.terms:
            if sign == "/" and not right.const:
                raise Unreadable("Nothing is divided by 0.")
            return left.times(right.const if sign == "*" else 1 / right.const)
        parts = (left.as_term(), right.as_term())
        whole = sign == "*" and all(part.is_whole for part in parts)
        return of_term(Term(sign, parts=parts, is_whole=whole))

    def _call(self, function: str, arguments: tuple[Expression, ...]) -> Amount:
        made: dict[str, Callable[[tuple[Expression, ...]], Amount]] = {
            "months_since": lambda a: self._months(a, 1),
            "years_since": lambda a: self._months(a, 12),
            "days_since": lambda a: of_term(AS_OF).plus(self._date(a[0]), -1),
            "days_until": lambda a: self._date(a[0]).plus(of_term(AS_OF), -1),
            "days_between": lambda a: self._date(a[1]).plus(self._date(a[0]), -1),
            "share_pct": lambda a: self._quotient(a).times(100),
            "ratio": self._quotient,
        }
        takes = 2 if function in ("days_between", "share_pct", "ratio") else 1
        if function in COUNTS:
            return self._children(function, arguments)
        if function not in made:
            hint = did_you_mean(function, [*AMOUNTS, *CONDITIONS])
            raise Unreadable(f"There is no function {function}.", hint)
        if len(arguments) != takes:
            raise Unreadable(f"{function} takes {takes}, not {len(arguments)} values.")
        return made[function](arguments)

    def _months(self, arguments: tuple[Expression, ...], unit: int) -> Amount:
        start = self._date(arguments[0])
        [*terms] = start.terms
        if len(terms) != 1 or terms[0].kind != "fact" or start.const:
            hint = "Write months_since(application_lodged)."
            raise Unreadable("Months are counted from one date fact.", hint)
        term = Term("months_since", terms[0].fact, const=unit, is_whole=True)
        return of_term(term)

    def _date(self, expression: Expression) -> Amount:
        found = self.amount(expression)
        if found.dates != 1:
            raise Unreadable("A date should stand in this function.")
        return found

    def _quotient(self, arguments: tuple[Expression, ...]) -> Amount:
        return self._arithmetic("/", *(self.amount(a) for a in arguments))

    def _children(self, function: str, arguments: tuple[Expression, ...]) -> Amount:
        match arguments:
            case (Name(name),) if self._fact(name).type == "children":
                return of_term(Term(function, name, is_whole=True))
        raise Unreadable(f"{function} takes the children.", f"{function}(children)")

    def presumed(self, fact: Fact) -> Set | None:
        """The values a fact may have while nobody gives it; None: whatever exists."""
        if not fact.presume:
            return None
        if not fact.is_ordered:
            values = self._values(fact, parse(fact.presume))
            return Words(frozenset(values))
        sign = "" if fact.presume.strip()[0] in "<>=!" else "== "
        found = self.condition(parse(f"{fact.name} {sign}{fact.presume}"))
        if not isinstance(found, Literal) or not isinstance(found.among, Stretches):
            raise Unreadable("A presumption compares with one number.", '">= 18"')
        return found.among
