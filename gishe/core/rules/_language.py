"""The language of conditions: from the line a lawyer wrote to a tree."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, TypeAlias

COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d\d-\d\d)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)?)"
    r"|\"(?P<text>[^\"]*)\"|(?P<sign>==|!=|<=|>=|[-+*/<>()\[\],]))"
)
_WRONG_SIGNS = {
    "=": "Write == to compare.",
    "&": "Write and.",
    "&&": "Write and.",
    "|": "Write or.",
    "||": "Write or.",
    "!": "Write not.",
    "≥": "Write >=.",
    "≤": "Write <=.",
    "≠": "Write !=.",
    "'": 'Write "…" around text.',
    "%": "Write the number of percent alone: share_pct(a, b) <= 20.",
}


class Unreadable(Exception):
    """A condition that cannot be read, with what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}".strip())


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Quantity:
    value: float
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    sign: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison:
    sign: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Membership:
    item: "Expression"
    among: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Expression"


@dataclass(frozen=True, slots=True)
class Junction:
    word: str
    parts: tuple["Expression", ...]


Expression: TypeAlias = (
    Name
    | Quantity
    | Text
    | Truth
    | Call
    | Arithmetic
    | Comparison
    | Membership
    | Not
    | Junction
)


def names_in(expression: Expression) -> Iterator[str]:
    """Every name in a calculation: facts, and parameters with ``parameter.``"""
    match expression:
        case Name(name):
            yield name
        case Arithmetic(_, left, right):
            yield from names_in(left)
            yield from names_in(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from names_in(argument)


def parse(text: str) -> Expression:
    """Read one condition or calculation. Raises Unreadable."""
    reader = _Reader(_tokens(text))
    found = reader.disjunction()
    if reader.peek():
        reader.surprised("after the condition is complete")
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            _unknown_sign(text[at:].strip())
        assert match.lastgroup is not None
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found


def _unknown_sign(rest: str) -> NoReturn:
    for length in (2, 1):
        if rest[:length] in _WRONG_SIGNS:
            sign = rest[:length]
            raise Unreadable(f"The sign {sign} is not used here.", _WRONG_SIGNS[sign])
    raise Unreadable(f"The sign {rest[:1]} is not used here.", f"It stands in: {rest}")


class _Reader:
    """Reads by descent: or, and, not, comparison, sum, product, value."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def peek(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        kind, text = self.tokens[self.at]
        return f'"{text}"' if kind == "text" else text

    def take(self, *wanted: str) -> str | None:
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def surprised(self, where: str, hint: str = "") -> NoReturn:
        found = self.peek()
        if not found:
            raise Unreadable(f"The condition ends {where}.", hint or "Complete it.")
        if found in ("is", "AND", "OR", "NOT", "IN", "equals"):
            small = "==" if found in ("is", "equals") else found.lower()
            hint = f"Write {small} instead of {found}."
        raise Unreadable(f"{found} is not expected {where}.", hint)

    def expect(self, sign: str, where: str) -> None:
        if self.take(sign) is None:
            self.surprised(where, f"Write {sign} there.")

    def disjunction(self) -> Expression:
        return self._junction("or", self.conjunction)

    def conjunction(self) -> Expression:
        return self._junction("and", self.negation)

    def _junction(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def negation(self) -> Expression:
        if self.take("not"):
            return Not(self.negation())
        return self.comparison()

    def comparison(self) -> Expression:
        left = self.sum()
        if self.take("in"):
            return Membership(left, self._list())
        if self.peek() == "not":
            self.at += 1
            self.expect("in", "after not")
            return Not(Membership(left, self._list()))
        chain: list[Expression] = []
        while sign := self.take(*COMPARISONS):
            right = self.sum()
            chain.append(Comparison(sign, left, right))
            left = right
        if not chain:
            return left
        return chain[0] if len(chain) == 1 else Junction("and", tuple(chain))

    def _list(self) -> tuple[Expression, ...]:
        if self.peek().startswith("group."):
            return (self.value(),)
        self.expect("[", "after in")
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        self.expect("]", "at the end of the list")
        return tuple(found)

    def sum(self) -> Expression:
        left = self.product()
        while sign := self.take("+", "-"):
            left = Arithmetic(sign, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.value()
        while sign := self.take("*", "/"):
            left = Arithmetic(sign, left, self.value())
        return left

    def value(self) -> Expression:
        if self.take("("):
            found = self.disjunction()
            self.expect(")", "where the bracket should close")
            return found
        if self.take("-"):
            return Arithmetic("-", Quantity(0), self.value())
        if not self.peek() or self.tokens[self.at][0] == "sign":
            self.surprised("where a fact or a value should stand")
        kind, text = self.tokens[self.at]
        if kind == "name" and text in ("and", "or", "not", "in"):
            self.surprised("where a fact or a value should stand")
        self.at += 1
        return self._atom(kind, text)

    def _atom(self, kind: str, text: str) -> Expression:
        if kind == "number":
            return Quantity(float(text))
        if kind == "date":
            return Quantity(_ordinal(text), is_date=True)
        if kind == "text":
            return Text(text)
        if text in ("true", "false", "yes", "no"):
            return Truth(text in ("true", "yes"))
        return Call(text, self._arguments()) if self.peek() == "(" else Name(text)

    def _arguments(self) -> tuple[Expression, ...]:
        self.expect("(", "after the function")
        found: list[Expression] = []
        while not self.take(")"):
            if found:
                self.expect(",", "between two arguments")
            found.extend(self._list() if self.peek() == "[" else (self.sum(),))
        return tuple(found)


def _ordinal(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise Unreadable(f"{text} is not a day of the calendar.") from None
