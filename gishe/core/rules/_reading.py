"""From the trees of a pack's files to the pack."""

from collections.abc import Iterable, Mapping
from datetime import date

from gishe.core.rules._answer_costs import strange_costs
from gishe.core.rules._facts import TYPES, Fact, Option, Question
from gishe.core.rules._pack import (
    Dated,
    Definition,
    Golden,
    Head,
    Pack,
    Parameter,
    Place,
)
from gishe.core.rules._problems import PackError, Problem
from gishe.core.rules._reading_lines import verification, written
from gishe.core.rules._reading_rules import RuleReader
from gishe.core.rules._tree import Section, Tree, bare

BY_NAME = (
    "acts",
    "offices",
    "documents",
    "facts",
    "groups",
    "parameters",
    "definitions",
    "entitlements",
)
LISTS = ("routes", "restrictions", "duties", "warnings", "cases")


def read_pack(files: Iterable[Tree]) -> Pack:
    """Read the files of a pack, in the order in which later ones replace earlier ones.

    Raises PackError with everything that is wrong.
    """
    problems: list[Problem] = []
    merged = _merge(files, problems)
    pack = _Reading(merged, problems).pack()
    if problems:
        raise PackError(problems)
    return pack


def _merge(files: Iterable[Tree], problems: list[Problem]) -> dict[str, Tree]:
    merged: dict[str, Tree] = {}
    for file in files:
        section = Section(file, problems)
        for key in ("pack", *BY_NAME, *LISTS):
            found = section.get(key)
            if found is not None:
                merged[key] = _join(key, merged.get(key), found)
        section.done()
    return merged


def _join(key: str, old: Tree | None, new: Tree) -> Tree:
    if old is None or key == "pack":
        return new
    if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
        value = dict(old.value)
        for name, tree in new.value.items():
            value[name] = _overlay(value.get(name), tree) if key == "facts" else tree
        return Tree(value, new.line, new.file)
    if isinstance(old.value, list) and isinstance(new.value, list):
        return Tree([*old.value, *new.value], new.line, new.file)
    return new


def _overlay(old: Tree | None, new: Tree) -> Tree:
    if old is None or not isinstance(old.value, Mapping):
        return new
    if not isinstance(new.value, Mapping):
        return new
    return Tree({**old.value, **new.value}, new.line, new.file)


class _Reading:
    """Reads the merged sections; every problem is kept, none stops the reading."""

    def __init__(self, merged: Mapping[str, Tree], problems: list[Problem]) -> None:
        self.whole = Section(Tree(dict(merged)), problems)
        self.problems = problems

    def pack(self) -> Pack:
        whole = self.whole
        about = Section(whole.need("pack") or Tree({}), self.problems)
        acts = self._places("acts")
        rules = RuleReader(acts, about.text("ask"))
        routes = [rules.route(part) for part in whole.sections("routes")]
        pack = Pack(
            id=about.text("id", needed=True),
            country=about.text("country", needed=True),
            region=about.text("region"),
            name=about.words("name", needed=True),
            version=about.text("version", needed=True),
            ask=about.text("ask", needed=True),
            acts=acts,
            offices=self._places("offices"),
            documents=self._places("documents"),
            facts={name: self._fact(name, part) for name, part in whole.named("facts")},
            groups={
                name: tuple(str(item) for item in _list(bare(part)))
                for name, part in self._trees("groups")
            },
            parameters={
                name: self._parameter(name, part, rules)
                for name, part in whole.named("parameters")
            },
            definitions=self._definitions(rules),
            routes=tuple(route for route in routes if route is not None),
            restrictions=tuple(map(rules.restriction, whole.sections("restrictions"))),
            duties=tuple(map(rules.duty, whole.sections("duties"))),
            warnings=tuple(map(rules.warning, whole.sections("warnings"))),
            entitlements={
                name: rules.entitlement(name, part)
                for name, part in whole.named("entitlements")
            },
            cases=tuple(map(self._case, whole.sections("cases"))),
        )
        about.listed("extends")
        about.done()
        self.problems.extend(strange_costs(pack))
        return pack

    def _trees(self, key: str) -> Iterable[tuple[str, Tree]]:
        found = self.whole.get(key)
        if found is not None and isinstance(found.value, Mapping):
            yield from found.value.items()

    def _places(self, key: str) -> dict[str, Place]:
        found = {}
        for code, part in self.whole.named(key):
            found[code] = Place(
                code=code,
                name=part.words("name", needed=True),
                printed=part.text("printed"),
                office=part.text("office"),
                url=part.text("url"),
                place=part.text("place"),
                phone=part.text("phone"),
                hours=part.text("hours"),
                source=part.text("source"),
            )
            part.done()
        return found

    def _fact(self, name: str, part: Section) -> Fact:
        kind = part.choice("type", TYPES, None)
        presume = part.text("presume")
        fact = Fact(
            name=name,
            type=kind,
            values=part.listed("values"),
            many=part.flag("many", False),
            minimum=part.number("min"),
            maximum=part.number("max"),
            unless_given=part.text("unless_given"),
            not_before=part.text("not_before"),
            not_after=part.text("not_after"),
            changeable=part.flag("changeable", True),
            presume=presume,
            because=part.words("because"),
            for_employer=part.words("for_employer"),
            question=self._question(part),
            file=part.tree.file,
            line=part.tree.line,
        )
        if kind == "enum" and not fact.values:
            part.wrong(None, "An enum lists its values.", "Write values: [a, b].")
        part.done()
        return fact

    def _question(self, fact: Section) -> Question | None:
        tree = fact.get("question")
        if tree is None:
            return None
        part = Section(tree, self.problems, fact.rule)
        own = fact.get("printed")
        names = Section(own, self.problems, fact.rule) if own is not None else None
        options = []
        for value, option in part.named("options"):
            text, printed = option.words("text", needed=True), option.text("printed")
            if names is not None:
                printed = names.text(value)
            options.append(Option(value=value, text=text, printed=printed))
            option.done()
        if names is not None:
            names.done()
        question = Question(
            text=part.words("text", needed=True),
            why=part.words("why", needed=True),
            options=tuple(options),
            cost=part.number("cost", 1) or 1,
            sensitivity=part.number("sensitivity", 1) or 1,
            order=part.number("order", 100) or 100,
            ask_if=part.text("ask_if"),
            presumed_too=part.flag("presumed_too", False),
            file=tree.file,
        )
        part.done()
        return question

    def _parameter(self, name: str, part: Section, rules: RuleReader) -> Parameter:
        values = []
        for line in part.sections("values"):
            line.rule = f"parameter.{name}"
            since = line.day("from")
            if since is None:
                line.wrong(None, "from is missing.", "Write from: 2026-01-01.")
            head = Head(
                name=f"parameter.{name}",
                text={},
                cites=rules.cites(line),
                valid_from=since,
                verified=verification(line),
                ask=line.text("ask") or rules.ask,
                note=line.text("note"),
                file=line.tree.file,
                line=line.tree.line,
            )
            value = line.number("value")
            line.done()
            values.append(Dated(since=since or date.min, value=value, head=head))
        parameter = Parameter(
            name=name,
            text=part.words("text", needed=True),
            unit=part.text("unit"),
            values=tuple(values),
        )
        part.done()
        return parameter

    def _definitions(self, rules: RuleReader) -> dict[str, Definition]:
        found = {}
        for name, part in self.whole.named("definitions"):
            meaning = written(part, "is", needed=True)
            text, cites = part.words("text", needed=True), rules.cites(part)
            part.done()
            if meaning is not None:
                found[name] = Definition(
                    name=name, text=text, cites=cites, meaning=meaning
                )
        return found

    def _case(self, part: Section) -> Golden:
        facts, expect, never = (part.get(k) for k in ("facts", "expect", "never"))
        as_of = part.day("as_of")
        if as_of is None:
            part.wrong(None, "as_of is missing.", "Write as_of: 2026-06-11.")
        golden = Golden(
            name=part.text("name", needed=True),
            as_of=as_of or date.min,
            facts=_mapping(facts),
            expect=_mapping(expect),
            never=_mapping(never),
            file=part.tree.file,
            line=part.tree.line,
        )
        part.done()
        return golden


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _mapping(tree: Tree | None) -> dict[str, object]:
    found = bare(tree) if tree is not None else {}
    return found if isinstance(found, dict) else {}
