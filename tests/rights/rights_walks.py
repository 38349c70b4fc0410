"""A newcomer who answers questions, for tests of pages and of the walk."""

from datetime import date

from gishe.lawbook import loading
from gishe.rights import facts, walk
from gishe.rights.facts import Given

TODAY = date(2026, 11, 21)
MOST = 12


def answering(answers: dict, law: str = "bg", day: date = TODAY) -> Given:
    """What somebody has said at the end, who knows ``answers`` and nothing else."""
    given = Given(loading.pack(law))
    name = walk.next_fact(given, day)
    while name is not None:
        assert len(given.said) < MOST
        given = facts.still_asked(given.saying(name, answers.get(name)), day)
        name = walk.next_fact(given, day)
    return given


def sent(answers: dict, law: str = "bg") -> dict:
    """The hidden fields of a form that carries these answers."""
    fields: dict = {"law": law}
    for name, value in answers.items():
        fields[facts.PREFIX + name] = facts.written(value)
    return fields
