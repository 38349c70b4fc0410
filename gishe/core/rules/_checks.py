"""What can be proved about a pack without any person: ``gishe law check``."""

from collections.abc import Iterator
from datetime import date

from gishe.core.rules._answer_lines import conditions_beside
from gishe.core.rules._checks_answers import answer_problems, reference_problems
from gishe.core.rules._checks_golden import check_golden
from gishe.core.rules._checks_satisfiable import depends_on, satisfiable
from gishe.core.rules._checks_words import word_problems
from gishe.core.rules._facts import LANGUAGES, Fact
from gishe.core.rules._law import Law, Way, changes, heads, law_on
from gishe.core.rules._nodes import All, Node, literals, negate
from gishe.core.rules._pack import ENDS, Head, Pack
from gishe.core.rules._problems import PackError, Problem

TIMES = ("as_of", "months_since", "days_until")


def check_pack(pack: Pack) -> list[Problem]:
    """Everything wrong with a pack, in the order of its files."""
    try:
        laws = [law_on(pack, day) for day in changes(pack) or [date.min]]
    except PackError as error:
        return list(error.problems)
    wrong, used = check_golden(pack)
    found = [
        *wrong,
        *_heads(pack, used),
        *word_problems(pack),
        *_twice(pack),
        *_questions(pack),
        *_idle_questions(pack, laws),
        *_firing(pack, laws),
        *_contradictions(laws),
        *reference_problems(pack),
        *answer_problems(laws),
    ]
    return sorted(dict.fromkeys(found), key=lambda p: (p.file, p.line, p.message))


def _at(head: Head, message: str, hint: str = "") -> Problem:
    return Problem(message, hint, head.file, head.line, head.name)


def _heads(pack: Pack, used: set[str]) -> Iterator[Problem]:
    for head in heads(pack):
        if not head.cites:
            yield _at(
                head, "There is no citation.", 'Write cite: {act: …, article: "…"}.'
            )
        if head.valid_from is None:
            yield _at(head, "There is no date.", "Write valid: {from: 2026-01-01}.")
        verified = head.verified
        if verified.state != "unverified" and verified.checked_on is None:
            yield _at(head, "Nobody says when it was verified.", "Write checked_on: …")
        if head.name.startswith("parameter."):
            continue
        if head.name not in used:
            hint = "Write a case in cases/ that this rule decides."
            yield _at(head, "No golden case has to do with this rule.", hint)


def _twice(pack: Pack) -> Iterator[Problem]:
    """Two rules of one name whose dates overlap."""
    seen: dict[str, list[Head]] = {}
    for head in heads(pack):
        if head.name.startswith("parameter."):
            continue
        for other in seen.setdefault(head.name, []):
            if _overlap(head, other):
                told = f"There is another {head.name} at line {other.line}"
                hint = "Let the older one end the day before: valid: {until: …}."
                yield _at(head, f"{told}, valid on the same days.", hint)
        seen[head.name].append(head)


def _overlap(a: Head, b: Head) -> bool:
    start = max(a.valid_from or date.min, b.valid_from or date.min)
    return start <= min(a.valid_until or date.max, b.valid_until or date.max)


def _questions(pack: Pack) -> Iterator[Problem]:
    for fact in pack.facts.values():
        question = fact.question
        if question is None:
            continue
        texts = [("question", question.text), ("why", question.why)]
        texts += [(f"option {o.value}", o.text) for o in question.options]
        for what, words in texts:
            missing = [lang for lang in LANGUAGES if not words.get(lang)]
            if missing:
                told = f"The {what} has no words in {', '.join(missing)}."
                yield Problem(told, "", fact.file, fact.line, fact.name)
        if question.presumed_too and not fact.presume and _is_own(pack, fact):
            told, hint = "presumed_too: nothing is presumed.", "Write presume: …"
            yield Problem(told, hint, fact.file, fact.line, fact.name)
        yield from _options(fact)


def _options(fact: Fact) -> Iterator[Problem]:
    assert fact.question is not None
    offered = {option.value for option in fact.question.options}
    if offered and (wrong := offered - set(fact.values)):
        told = f"Options that are no values: {', '.join(sorted(wrong))}."
        yield Problem(told, "", fact.file, fact.line, fact.name)
    if fact.type == "enum" and not offered:
        told, hint = "A choice is asked without options.", "Write options: {value: …}."
        yield Problem(told, hint, fact.file, fact.line, fact.name)


def _idle_questions(pack: Pack, laws: list[Law]) -> Iterator[Problem]:
    """Facts of the pack's own folder that are asked and change nothing.

    What stands in ``common`` serves other countries, and is not asked here.
    """
    for fact in pack.facts.values():
        if _is_own(pack, fact) and not _matters(pack, laws, fact.name):
            told = "It is asked, but no answer depends on it."
            hint = "Take the question out, or write the rule that needs it."
            yield Problem(told, hint, fact.file, fact.line, fact.name)


def _is_own(pack: Pack, fact: Fact) -> bool:
    """Whether the pack itself asks; a question of ``common`` serves others, too."""
    question = fact.question
    return question is not None and question.file.rpartition("/")[0] in ("", pack.id)


def _matters(pack: Pack, laws: list[Law], fact: str) -> bool:
    names = {fact}
    for law in laws:
        computed = (*law.derived, *law.concluded)
        names |= {name for name in computed if fact in law.sources(name)}
    days = [day for duty in pack.duties for day in (duty.opens, duty.due) if day]
    if any(day.fact in names for day in days):
        return True
    return any(
        depends_on(law, node, name)
        for law in reversed(laws)
        for node in _all_nodes(law)
        for name in names
        if any(name in lit.term.facts() for lit in literals(node))
    )


def _all_nodes(law: Law) -> Iterator[Node]:
    for way in law.ways:
        yield way.applies
        yield from (held.node for held in way.held)
    for line, name in conditions_beside(law.pack):
        yield law.node(line, name)


def _firing(pack: Pack, laws: list[Law]) -> Iterator[Problem]:
    """Rules that can never come true, or never fail, for anybody on any day."""
    fired: dict[str, bool] = {}
    where: dict[str, Head] = {}
    for law in laws:
        for head, nodes, label in _fireable(law):
            where[label] = head
            if not fired.get(label):
                fired[label] = satisfiable(law, *nodes)
    for label, can in fired.items():
        if not can:
            told = label.partition(": ")[2]
            yield _at(where[label], told, "Look for parts that exclude each other.")


def _fireable(law: Law) -> Iterator[tuple[Head, tuple[Node, ...], str]]:
    for way in law.ways:
        head = way.route.head
        yield head, (way.applies,), f"{head.name}: It is nobody's route."
        best = ENDS[ENDS.index(way.route.grants)]
        told = f"{head.name}: Nobody can fulfil all its conditions at once."
        yield head, (way.ends[best],), told
        for held in way.held:
            name, fails = held.condition.head.name, negate(held.node)
            yield held.condition.head, (way.applies, fails), f"{name}: It never bites."
    day = law.day
    for line, name in conditions_beside(law.pack):
        head = next(h for h in heads(law.pack) if h.name == name)
        if head.in_force(day):
            yield head, (law.node(line, name),), f"{name}: It can never come true."


def _contradictions(laws: list[Law]) -> Iterator[Problem]:
    for law in laws:
        for i, way in enumerate(law.ways):
            for other in law.ways[i + 1 :]:
                yield from _same_rank(law, way, other)
            yield from _against_itself(way)
            yield from _untimely(way)


def _same_rank(law: Law, way: Way, other: Way) -> Iterator[Problem]:
    """Two routes of one order that can both be the answer, and say different things."""
    if way.route.order != other.route.order:
        return
    if way.route.answer == other.route.answer:
        return
    end, another = way.route.grants, other.route.grants
    if end == another and satisfiable(law, way.ends[end], other.ends[another]):
        told = f"Both this route and {way.name} can be the answer, and they differ."
        yield _at(other.route.head, told, "Give one of them a smaller order.")


def _against_itself(way: Way) -> Iterator[Problem]:
    permit, grants = way.route.answer.get("permit_required"), way.route.grants
    if permit is False and grants == "after_permit":
        told = "It grants after_permit and says that no permit is required."
        yield _at(way.route.head, told, "Correct one of the two.")


def _untimely(way: Way) -> Iterator[Problem]:
    for held in way.held:
        if held.condition.otherwise != "not_yet" or isinstance(held.node, All):
            continue
        terms = [literal.term for literal in literals(held.node)]
        if terms and not any(_is_timely(term.kind, term.fact) for term in terms):
            told = "Time alone cannot fulfil it: it holds no date."
            yield _at(held.condition.head, told, "Write otherwise: no.")


def _is_timely(kind: str, fact: str) -> bool:
    return kind in TIMES or fact in ("age",)
