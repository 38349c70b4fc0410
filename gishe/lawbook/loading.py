"""Reading packs from their folders: YAML in, a pack with lines in its errors out."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from gishe.core.rules import Pack, PackError, Problem, Tree, read_pack

LAWBOOK = Path(__file__).resolve().parent

_WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)$")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")


def load_pack(folder: Path) -> Pack:
    """The pack in ``folder``, with the folders that it extends read first.

    Raises PackError naming file and line.
    """
    return read_pack(list(_files(folder)))


@lru_cache(maxsize=1)
def packs() -> dict[str, Pack]:
    """Every pack of the lawbook, by its id."""
    folders = sorted(path.parent for path in LAWBOOK.glob("*/pack.yaml"))
    found = [load_pack(folder) for folder in folders]
    return {pack.id: pack for pack in found}


def _files(folder: Path) -> Iterator[Tree]:
    about = folder / "pack.yaml"
    if not about.is_file():
        hint = "Write one with pack: {id: …, country: …}."
        raise PackError([Problem(f"There is no pack.yaml in {folder.name}.", hint)])
    for name in _extended(read_file(about)):
        yield from _yaml_files(folder.parent / name)
    yield from _yaml_files(folder)


def _extended(about: Tree) -> list[str]:
    assert isinstance(about.value, dict)
    inner = about.value.get("pack", Tree({})).value
    named = inner.get("extends") if isinstance(inner, dict) else None
    if named is None or not isinstance(named.value, list):
        return []
    return [str(item.value) for item in named.value]


def _yaml_files(folder: Path) -> Iterator[Tree]:
    if not folder.is_dir():
        raise PackError([Problem(f"There is no folder {folder.name}.", "See extends.")])
    for path in sorted(folder.rglob("*.yaml")):
        yield read_file(path)


def read_file(path: Path) -> Tree:
    """One YAML file as a tree with lines. Raises PackError."""
    name = "/".join(path.parts[-2:])
    return read_text(path.read_text(encoding="utf-8"), name)


def read_text(text: str, name: str) -> Tree:
    """YAML text as a tree with lines; ``name`` stands in the errors."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
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
    if node.style is not None:
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
