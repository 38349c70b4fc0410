"""One straight line of "and" and "or", compiled once, run on anything with bits.

The same line decides a person (bits 0, 1, 3), a bundle of supposed persons (one lane
of a long integer each) and a table (planes of machine words).
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from gishe.core.rules._nodes import All, Any, Doubt, Literal, Node, simplify
from gishe.core.rules._on_day import column_of
from gishe.core.rules._sets import Words


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is looked up, and the literals that it decides.

    ``kind``: ``ordered`` (a number or date), ``words`` (looked up in a table),
    ``tested`` (each set is asked: several nationalities, beginnings of codes).
    """

    name: str
    kind: str
    literals: tuple[int, ...]
    computed: bool


@dataclass(frozen=True)
class Program:
    """Literals in, outputs out; ``steps`` are (result, sign, arguments)."""

    literals: tuple[Literal, ...]
    columns: tuple[Column, ...]
    steps: tuple[tuple[str, str, tuple[str, ...]], ...]
    outputs: Mapping[str, str]
    lines: tuple[str, ...] = field(repr=False)
    kept: dict[str, frozenset[int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def literals_of(self, output: str) -> frozenset[int]:
        """The literals that a result rests on."""
        if output not in self.kept:
            needed = {output}
            for result, _, arguments in reversed(self.steps):
                if result in needed:
                    needed.update(arguments)
            every = range(len(self.literals))
            self.kept[output] = frozenset(i for i in every if f"a{i}" in needed)
        return self.kept[output]


def compile_program(outputs: Mapping[str, Node]) -> Program:
    """The program that computes all ``outputs``, sharing whatever they share."""
    builder = _Builder()
    named = {name: builder.add(simplify(node)) for name, node in outputs.items()}
    used = tuple(builder.literals)
    return Program(
        literals=used,
        columns=tuple(_columns(used)),
        steps=tuple(builder.steps),
        outputs=named,
        lines=tuple(
            f"{result} = {f' {sign} '.join(arguments)}"
            for result, sign, arguments in builder.steps
        ),
    )


class _Builder:
    """Numbers every different condition once."""

    def __init__(self) -> None:
        self.literals: dict[Literal, str] = {}
        self.known: dict[tuple[str, tuple[str, ...]], str] = {}
        self.steps: list[tuple[str, str, tuple[str, ...]]] = []

    def add(self, node: Node) -> str:
        match node:
            case Literal():
                return self.literals.setdefault(node, f"a{len(self.literals)}")
            case Doubt():
                return "U"
            case All(parts):
                return self._join("&", [self.add(part) for part in parts], "T")
            case Any(parts):
                return self._join("|", [self.add(part) for part in parts], "F")
            case _:
                raise AssertionError("Names are gone before a program is compiled.")

    def _join(self, sign: str, parts: Sequence[str], empty: str) -> str:
        arguments = tuple(sorted(set(parts)))
        if len(arguments) < 2:
            return arguments[0] if arguments else empty
        key = (sign, arguments)
        if key not in self.known:
            self.known[key] = f"n{len(self.steps)}"
            self.steps.append((self.known[key], sign, arguments))
        return self.known[key]


def _columns(used: Sequence[Literal]) -> list[Column]:
    by_name: dict[str, list[int]] = {}
    for i, literal in enumerate(used):
        by_name.setdefault(column_of(literal.term), []).append(i)
    found = []
    for name, indices in by_name.items():
        some = [used[i] for i in indices]
        words = [lit.among for lit in some if isinstance(lit.among, Words)]
        kind = "ordered" if not words else "words"
        if any(lit.term.many for lit in some) or any(w.prefixes for w in words):
            kind = "tested"
        is_computed = some[0].term.kind not in (
            "fact",
            "as_of",
            "months_since",
            "days_until",
        )
        found.append(Column(name, kind, tuple(indices), is_computed))
    return found


Row: TypeAlias = object


class Tables(Protocol):
    """Rows of literal values for each column, in some coding of three values."""

    true: int
    false: int
    open: int

    def missing(self, column: int) -> Row: ...

    def ordered(self, column: int) -> tuple[Sequence[float], Sequence[Row]]: ...

    def words(self, column: int) -> tuple[Mapping[object, Row], Row]: ...

    def tested(self, column: int) -> Callable[[object], Row]: ...

    def computed(self, column: int) -> Callable[[object], float | None]: ...


Runner: TypeAlias = Callable[[Callable[[str], object]], tuple[int, ...]]
Factory: TypeAlias = Callable[[Mapping[str, object]], Runner]


def factory(program: Program, wanted: Sequence[str]) -> Factory:
    """A maker of runners: give it tables, it gives ``get fact -> outputs``."""
    names: list[str] = ["T", "F", "U", "bisect"]
    body: list[str] = []
    for i, column in enumerate(program.columns):
        names += [f"{letter}{i}" for letter in "RKCV"]
        target = ", ".join(f"a{index}" for index in column.literals)
        body += _lookup(i, column, target)
    lines = needed_lines(program, wanted)
    results = "".join(f"{program.outputs[name]}, " for name in wanted)
    source = "\n".join(
        [
            "def make(tables):",
            *(f"    {name} = tables.get({name!r})" for name in names),
            "    def run(g):",
            *(f"        {line}" for line in [*body, *lines]),
            f"        return ({results})",
            "    return run",
        ]
    )
    return _made(source)


def needed_lines(program: Program, wanted: Sequence[str]) -> list[str]:
    """Only the steps that the wanted outputs rest on."""
    needed = {program.outputs[name] for name in wanted}
    keep = []
    for (result, _, arguments), line in zip(
        reversed(program.steps), reversed(program.lines), strict=True
    ):
        if result in needed:
            needed.update(arguments)
            keep.append(line)
    return keep[::-1]


def _lookup(i: int, column: Column, target: str) -> list[str]:
    get = f"g({column.name!r})"
    if column.kind == "words":
        return [f"{target} = R{i}.get({get}, C{i})"]
    if column.kind == "tested":
        return [f"{target} = R{i}({get})"]
    value = f"V{i}(g)" if column.computed else get
    found = f"R{i} if v is None else C{i}[bisect(K{i}, v)]"
    return [f"v = {value}", f"{target} = {found}"]


def _made(source: str) -> Factory:
    space: dict[str, object] = {}
    # The source is built from numbered names only; no word of a pack enters it
    # except as a quoted literal.
    exec(compile(source, "<pack>", "exec"), space)  # noqa: S102
    made = space["make"]
    return made  # type: ignore[return-value]


def fill(program: Program, tables: Tables) -> dict[str, object]:
    """The names that a runner needs, from tables in some coding."""
    space: dict[str, object] = {
        "T": tables.true,
        "F": tables.false,
        "U": tables.open,
        "bisect": bisect_right,
    }
    for i, column in enumerate(program.columns):
        if column.kind == "words":
            space[f"R{i}"], space[f"C{i}"] = tables.words(i)
        elif column.kind == "tested":
            space[f"R{i}"] = tables.tested(i)
        else:
            space[f"K{i}"], space[f"C{i}"] = tables.ordered(i)
            space[f"R{i}"] = tables.missing(i)
            if column.computed:
                space[f"V{i}"] = tables.computed(i)
    return space
