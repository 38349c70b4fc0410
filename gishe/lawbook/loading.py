"""Reading packs from their folders: YAML in, a pack with lines in its errors out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import yaml

from gishe.core.rules import Pack, PackError, Problem, Tree, read_pack

LAWBOOK = Path(__file__).resolve().parent

# libyaml's parser is ten times as fast; it is not there on every machine.
LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)

_BESIDE = "It is named in extends and lies beside the pack: copy it there too."
_WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)$")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")


@dataclass(frozen=True, slots=True)
class About:
    """What a pack's ``pack.yaml`` says about it, without the rest having been read."""

    id: str
    country: str
    region: str
    name: Mapping[str, str]
    folder: Path


def load_pack(folder: Path) -> Pack:
    """The pack in ``folder``, with the folders that it extends read first.

    Raises PackError naming file and line.
    """
    return read_pack(list(_files(folder)))


@cache
def abouts() -> Mapping[str, About]:
    """What packs there are, by id. Raises PackError."""
    folders = sorted(path.parent for path in LAWBOOK.glob("*/pack.yaml"))
    found = [_about(folder) for folder in folders]
    return {about.id: about for about in found}


@cache
def pack(name: str) -> Pack:
    """The pack of this id, read when first asked for. Raises PackError, KeyError."""
    return load_pack(abouts()[name].folder)


def _about(folder: Path) -> About:
    """Loosely: what is wrong in the file is told when the pack itself is read."""
    told = _inner(_inner(read_file(folder / "pack.yaml")).get("pack", Tree({})))
    names = _inner(told.get("name", Tree({})))

    def text(key: str) -> str:
        return str(told[key].value) if key in told else ""

    return About(
        id=text("id") or folder.name,
        country=text("country"),
        region=text("region"),
        name={code: str(name.value) for code, name in names.items()},
        folder=folder,
    )


def _inner(tree: Tree) -> Mapping[str, Tree]:
    return tree.value if isinstance(tree.value, Mapping) else {}


def _files(folder: Path) -> Iterator[Tree]:
    about = folder / "pack.yaml"
    if not about.is_file():
        hint = "Write one with pack: {id: …, country: …}."
        raise PackError([Problem(f"There is no pack.yaml in {folder.name}.", hint)])
    for name in _extended(read_file(about)):
        yield from _shared(folder.parent / name)
    yield from _yaml_files(folder)


def _extended(about: Tree) -> list[str]:
    named = _inner(_inner(about).get("pack", Tree({}))).get("extends")
    if named is None or not isinstance(named.value, list):
        return []
    return [str(item.value) for item in named.value]


@lru_cache(maxsize=8)
def _shared(folder: Path) -> tuple[Tree, ...]:
    """The trees of a folder that several packs extend, read once."""
    return tuple(_yaml_files(folder))


def _yaml_files(folder: Path) -> Iterator[Tree]:
    if not folder.is_dir():
        raise PackError([Problem(f"There is no folder {folder.name}.", _BESIDE)])
    for path in sorted(folder.rglob("*.yaml")):
        yield read_file(path)


def read_file(path: Path) -> Tree:
    """One YAML file as a tree with lines. Raises PackError."""
    name = "/".join(path.parts[-2:])
    return read_text(path.read_text(encoding="utf-8"), name)


def read_text(text: str, name: str) -> Tree:
    """YAML text as a tree with lines; ``name`` stands in the errors."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        told = f"This is not YAML: {error.problem or error.context}."
        hint = 'Put text that holds ": ", "#" or a leading sign in quotes.'
        raise PackError([Problem(told, hint, name, line)]) from None
    except yaml.YAMLError as error:
        raise PackError([Problem(f"This is not YAML: {error}.", "", name)]) from None
    return Tree({}, 1, name) if node is None else _tree(node, name)


def _tree(node: yaml.Node, name: str) -> Tree:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Tree(_mapping(node, name), line, name)
    if isinstance(node, yaml.SequenceNode):
        return Tree([_tree(item, name) for item in node.value], line, name)
    assert isinstance(node, yaml.ScalarNode)
    return Tree(_scalar(node, name), line, name)


def _mapping(node: yaml.MappingNode, name: str) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            told = Problem("A key is one word.", "Write key: value.", name, line)
            raise PackError([told])
        if key.value in found:
            told = Problem(f"{key.value} stands here twice.", "Keep one.", name, line)
            raise PackError([told])
        found[key.value] = _tree(value, name)
    return found


def _scalar(node: yaml.ScalarNode, name: str) -> str | int | float | bool | date | None:
    """Plain words stay words: yes, no, on and NO are not truth values here."""
    text: str = node.value
    if node.style:  # of a plain word: None, from libyaml an empty text
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    if _WHOLE.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    if _DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = f"{text} is not a day of the calendar."
            line = node.start_mark.line + 1
            raise PackError([Problem(told, "", name, line)]) from None
    return text
