"""Reading one line of the language, and how well a rule is verified."""

from collections.abc import Mapping

from gishe.core.rules._language import Unreadable, parse
from gishe.core.rules._pack import STATES, Verification, Written
from gishe.core.rules._tree import Section, Tree


def written(section: Section, key: str, *, needed: bool = False) -> Written | None:
    """A line of the language, or a problem that says what is wrong with it."""
    found = section.need(key) if needed else section.get(key)
    return None if found is None else line_of(section, found)


def line_of(section: Section, tree: Tree, text: str | None = None) -> Written | None:
    value = tree.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, (list, Mapping)):
        section.wrong(tree, "Here stands one condition.", "Join several with and.")
        return None
    said = text if text is not None else str(value)
    try:
        meaning = parse(said)
    except Unreadable as unreadable:
        told = f"{unreadable.message} In: {said}."
        section.wrong(tree, told, unreadable.hint)
        return None
    return Written(text=said, expression=meaning, file=tree.file, line=tree.line)


def verification(section: Section) -> Verification:
    tree = section.get("verified")
    if tree is None:
        return Verification()
    part = Section(tree, section.problems, section.rule)
    found = Verification(
        state=part.choice("state", STATES, None),
        checked_on=part.day("checked_on"),
        good_until=part.day("good_until"),
        reviewer=part.text("reviewer"),
        next_review=part.day("next_review"),
    )
    part.done()
    return found
