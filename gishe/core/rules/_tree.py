"""A pack's file as a tree whose every value knows its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from gishe.core.rules._problems import Problem, did_you_mean

Scalar: TypeAlias = str | int | float | bool | date | None


LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*$")  # BCP 47, as far as we need it


@dataclass(frozen=True, slots=True)
class Tree:
    """A value and the line it stands on; lists and mappings hold further trees."""

    value: "Scalar | Sequence[Tree] | Mapping[str, Tree]"
    line: int = 0
    file: str = ""


def plant(value: object, file: str = "", line: int = 0) -> Tree:
    """A tree from plain lists and mappings, all on one line."""
    if isinstance(value, Mapping):
        inner = {str(k): plant(v, file, line) for k, v in value.items()}
        return Tree(inner, line, file)
    if isinstance(value, (list, tuple)):
        return Tree([plant(v, file, line) for v in value], line, file)
    assert value is None or isinstance(value, (str, int, float, bool, date))
    return Tree(value, line, file)


def bare(tree: Tree) -> object:
    """The tree as plain lists and mappings."""
    if isinstance(tree.value, Mapping):
        return {key: bare(value) for key, value in tree.value.items()}
    if isinstance(tree.value, list):
        return [bare(value) for value in tree.value]
    return tree.value


class Section:
    """A mapping that is read key by key; what nobody read is an error."""

    def __init__(self, tree: Tree, problems: list[Problem], rule: str = "") -> None:
        self.tree, self.problems, self.rule = tree, problems, rule
        self.read: set[str] = set()
        self.inner: Mapping[str, Tree] = {}
        if isinstance(tree.value, Mapping):
            self.inner = tree.value
        else:
            self.wrong(tree, "Here stand keys with values.", "Write key: value.")

    def wrong(self, at: Tree | None, message: str, hint: str = "") -> None:
        at = at or self.tree
        self.problems.append(Problem(message, hint, at.file, at.line, self.rule))

    def get(self, key: str) -> Tree | None:
        self.read.add(key)
        found = self.inner.get(key)
        return None if found is None or found.value is None else found

    def has(self, key: str) -> bool:
        return key in self.inner

    def need(self, key: str) -> Tree | None:
        found = self.get(key)
        if found is None:
            self.wrong(None, f"{key} is missing.", f"Write {key}: …")
        return found

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        found = self.need(key) if needed else self.get(key)
        if found is None:
            return default
        value = found.value
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (str, int, float, date)):
            return str(value)
        self.wrong(found, f"{key} is one word or text.", f"Write {key}: text.")
        return default

    def choice(self, key: str, among: Sequence[str], default: str | None) -> str:
        found = self.text(key, default or "", needed=default is None)
        if found not in among and self.has(key):
            hint = did_you_mean(found, among)
            self.wrong(self.inner[key], f"{key} cannot be {found}.", hint)
            return default or among[0]
        return found or among[0]

    def number(self, key: str, default: float | None = None) -> float | None:
        found = self.get(key)
        if found is None:
            return default
        if isinstance(found.value, bool) or not isinstance(found.value, (int, float)):
            self.wrong(found, f"{key} is a number.", f"Write {key}: 3.")
            return default
        return found.value

    def flag(self, key: str, default: bool) -> bool:
        found = self.text(key, "yes" if default else "no")
        if found not in ("yes", "no"):
            self.wrong(self.inner[key], f"{key} is true or false.")
        return found == "yes"

    def day(self, key: str) -> date | None:
        found = self.get(key)
        if found is None or isinstance(found.value, date):
            return found.value if found else None  # type: ignore[return-value]
        self.wrong(found, f"{key} is a date.", f"Write {key}: 2026-06-11.")
        return None

    def words(self, key: str, *, needed: bool = False) -> Mapping[str, str]:
        """Text by language."""
        found = self.need(key) if needed else self.get(key)
        if found is None:
            return {}
        if isinstance(found.value, Mapping):
            told = found.value.items()
            for code, tree in told:
                if not LANGUAGE.match(code) or tree.value is None:
                    hint = "A text with a comma stands in quotes between { and }."
                    self.wrong(tree, f"{key} has no text in “{code}”.", hint)
            return {k: str(v.value) for k, v in told if v.value is not None}
        hint = f"Write {key}: {{bg: …, en: …}}."
        self.wrong(found, f"{key} is text by language.", hint)
        return {}

    def sections(self, key: str) -> Iterator["Section"]:
        for item in self.items(key):
            yield Section(item, self.problems, self.rule)

    def named(self, key: str) -> Iterator[tuple[str, "Section"]]:
        """Entries of a mapping by their name."""
        found = self.get(key)
        if found is None:
            return
        for name, tree in Section(found, self.problems, self.rule).inner.items():
            yield name, Section(tree, self.problems, name)

    def items(self, key: str) -> Sequence[Tree]:
        found = self.get(key)
        if found is None:
            return []
        if isinstance(found.value, list):
            return found.value
        return [found]

    def listed(self, key: str) -> tuple[str, ...]:
        return tuple(str(item.value) for item in self.items(key))

    def done(self) -> None:
        """Complain about every key that nobody read."""
        for key in self.inner:
            if key not in self.read:
                hint = did_you_mean(key, self.read)
                self.wrong(self.inner[key], f"{key} is not known here.", hint)
