"""The work that every engine of the rules benchmark does: rules, people, tables."""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

ENUM = tuple(f"v{i}" for i in range(6))
BOOLS = [f"b{i}" for i in range(24)]
INTEGERS = [f"i{i}" for i in range(8)]
ENUMS = [f"e{i}" for i in range(8)]
RULES, ATOMS, MISSING = 40, 102, 0.3
PLAIN = {
    "and": "and",
    "or": "or",
    "not": "not ",
    "rule": "{}",
    "bool": "{}",
    "fact": "{}",
}


def rules(seed: int = 4) -> dict[str, tuple]:
    """Rules by name as trees; a rule may rest on an earlier one."""
    draw = random.Random(seed)
    atoms: list[tuple] = [("bool", name) for name in BOOLS]
    while len(atoms) < ATOMS:
        if draw.random() < 0.5:
            atom: tuple = (">=", draw.choice(INTEGERS), draw.randrange(5, 95))
        else:
            atom = ("in", draw.choice(ENUMS), tuple(sorted(draw.sample(ENUM, 2))))
        if atom not in atoms:
            atoms.append(atom)
    draw.shuffle(atoms)
    found: dict[str, tuple] = {}
    for i in range(RULES):
        mine = [atoms[(i * 3 + k) % ATOMS] for k in range(4)]
        mine = [("not", a) if draw.random() < 0.25 else a for a in mine]
        if i >= 10:
            mine.append(("rule", f"r{draw.randrange(i)}"))
        left, right = mine[:2], mine[2:]
        words = draw.choice((("and", "or"), ("or", "and"), ("and", "and")))
        found[f"r{i}"] = (words[1], ((words[0], tuple(left)), *right))
    return found


def text(tree: tuple, words: dict[str, str], quote: str = "") -> str:
    """A tree in the words of an engine: ``words`` name and, or, not, rule, bool."""
    match tree:
        case ("bool" | "rule" as kind, name):
            return words[kind].format(name)
        case (">=", name, bound):
            return f"{words['fact'].format(name)} >= {bound}"
        case ("in", name, among):
            listed = ", ".join(f"{quote}{word}{quote}" for word in among)
            return f"{words['fact'].format(name)} in [{listed}]"
        case ("not", inner):
            return f"{words['not']}({text(inner, words, quote)})"
        case (word, parts):
            joined = f" {words[word]} ".join(text(p, words, quote) for p in parts)
            return f"({joined})"
    raise AssertionError(tree)


def person(draw: random.Random, missing: float) -> dict[str, Any]:
    """Somebody; each fact is missing with this probability."""
    whole: dict[str, Any] = {name: draw.random() < 0.5 for name in BOOLS}
    whole |= {name: draw.randrange(101) for name in INTEGERS}
    whole |= {name: draw.choice(ENUM) for name in ENUMS}
    return {k: v for k, v in whole.items() if draw.random() >= missing}


@dataclass(frozen=True)
class People:
    """A table: an array a fact, and where it is missing. Words are numbers in ENUM."""

    values: Mapping[str, np.ndarray]
    missing: Mapping[str, np.ndarray]

    @property
    def size(self) -> int:
        return len(self.values[BOOLS[0]])


def people(size: int, missing: float, seed: int = 0) -> People:
    rng = np.random.default_rng(seed)
    values: dict[str, np.ndarray] = {}
    for name in BOOLS:
        values[name] = rng.random(size) < 0.5
    for name in INTEGERS:
        values[name] = rng.integers(0, 101, size, dtype=np.int16)
    for name in ENUMS:
        values[name] = rng.integers(0, len(ENUM), size, dtype=np.uint8)
    return People(values, {name: rng.random(size) < missing for name in values})


@dataclass(frozen=True)
class Work:
    """Something to be timed, and how many pieces of it one run does."""

    run: Callable[[], object]
    pieces: int = 1


def timed(works: Mapping[str, Work], rounds: int) -> dict[str, dict[str, float]]:
    """Seconds a piece: the best and the median of some rounds.

    Every engine has its turn in every round, so that a neighbour on the machine
    disturbs all of them alike.
    """
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work.run()
            took[name].append((time.perf_counter() - start) / work.pieces)
    return {
        name: {"best": min(times), "median": statistics.median(times)}
        for name, times in took.items()
    }
