"""Numbers and dates in a condition: sums of facts, days and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gishe.core.rules._language import Unreadable
from gishe.core.rules._nodes import Literal, Node, Term
from gishe.core.rules._sets import compared

AS_OF = Term("as_of", is_date=True, is_whole=True)
TIME = ("as_of", "months_since", "days_until")
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of terms with factors, and a constant. ``dates``: 1 date, 0 number.

    ``parameters``: the numbers of the law that went into it, by name.
    """

    const: float = 0
    dates: int = 0
    terms: Mapping[Term, float] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()

    def plus(self, other: "Amount", factor: float = 1) -> "Amount":
        terms = dict(self.terms)
        for term, times in other.terms.items():
            terms[term] = terms.get(term, 0) + factor * times
        return Amount(
            self.const + factor * other.const,
            self.dates + int(factor) * other.dates,
            {term: times for term, times in terms.items() if times},
            self.parameters | other.parameters,
        )

    def times(self, factor: float) -> "Amount":
        if self.dates:
            raise Unreadable(
                "A date cannot be multiplied.", "Compare dates, or count days."
            )
        terms = {term: times * factor for term, times in self.terms.items()}
        return Amount(self.const * factor, 0, terms, self.parameters)

    def as_term(self) -> Term:
        """One term that is worth the whole amount."""
        parts = [_scaled(term, times) for term, times in self._ordered()]
        if self.const or not parts:
            parts.append(Term("const", const=self.const, is_whole=_whole(self.const)))
        if len(parts) == 1:
            return parts[0]
        whole = all(part.is_whole for part in parts)
        return Term("+", parts=tuple(parts), is_whole=whole, is_date=self.dates == 1)

    def _ordered(self) -> list[tuple[Term, float]]:
        return sorted(self.terms.items(), key=lambda item: str(item[0]))


def of_term(term: Term) -> Amount:
    return Amount(dates=int(term.is_date), terms={term: 1})


def _whole(value: float) -> bool:
    return value == int(value)


def _scaled(term: Term, times: float) -> Term:
    if times == 1:
        return term
    factor = Term("const", const=times, is_whole=_whole(times))
    whole = term.is_whole and factor.is_whole
    return Term("*", parts=(factor, term), is_whole=whole)


def compare(sign: str, left: Amount, right: Amount) -> Node | bool:
    """The condition that ``left`` stands in this relation to ``right``."""
    if left.dates != right.dates:
        hint = "Compare a date with a date, a number with a number."
        raise Unreadable("A date is compared with a number.", hint)
    difference = _until(left.plus(right, -1))
    if not difference.terms:
        return 0 in compared(sign, -difference.const, whole=False)
    if len(difference.terms) == 1:
        [(term, times)] = difference.terms.items()
    else:
        term, times = replace(difference, const=0).as_term(), 1.0
        _refuse_time(term)
    if times < 0:
        sign = FLIPPED[sign]
    bound = -difference.const / times
    among = compared(sign, bound, whole=term.is_whole)
    return Literal(term, among, difference.parameters)


def _until(amount: Amount) -> Amount:
    """Write "fact minus today" as one term: the days until the fact."""
    today = amount.terms.get(AS_OF, 0)
    if not today:
        return amount
    for term, times in amount.terms.items():
        if term.kind == "fact" and term.is_date and times == -today:
            until = Term("days_until", term.fact, is_whole=True)
            rest = {t: n for t, n in amount.terms.items() if t not in (term, AS_OF)}
            return replace(amount, terms={**rest, until: times})
    return amount


def _refuse_time(term: Term) -> None:
    if term.kind in TIME:
        told = f"{term} is part of a longer calculation."
        hint = "Compare it alone with a number: months_since(…) >= parameter.months."
        raise Unreadable(told, hint)
    for part in term.parts:
        _refuse_time(part)
