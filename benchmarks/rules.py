"""How fast is the law core, beside engines that people use for rules?

The same 40 rules over 40 facts in every engine, all answers compared. Engines that
cannot say "not known" get people about whom everything is known; Gishe and polars also
get people with 30 % of the facts missing. Engines that are not installed are left out:
``make bench`` installs them. Prints one JSON line.

    .venv/bench/bin/python -m benchmarks.rules [--people 1000000] [--rounds 9]
"""

import argparse
import json
import random
from datetime import date
from typing import Any

import numpy as np

from benchmarks.rules_peers import PEERS, OpenFisca, Peer, Polars, is_there
from benchmarks.rules_work import (
    BOOLS,
    ENUM,
    ENUMS,
    INTEGERS,
    MISSING,
    PLAIN,
    People,
    Work,
    people,
    person,
    rules,
    text,
    timed,
)
from gishe.core.rules import compare_laws, plant, read_pack
from gishe.core.rules._bound import Bound, PersonTables
from gishe.core.rules._language import parse
from gishe.core.rules._law import law_on
from gishe.core.rules._nodes import Node
from gishe.core.rules._on_day import YES
from gishe.core.rules._program import compile_program, factory, fill
from gishe.core.rules._question import next_question
from gishe.core.rules._standing import Standing
from gishe.core.rules._table import Coded, Table, read_table
from gishe.core.rules._table_planes import Planes, Stored, unpacked

DAY = date(2026, 6, 1)
OPEN_RULES = ("r2", "r6", "r7", "r30", "r35")  # neither nearly always nor never true
ONE, WHOLE, STORED = "gishe", "gishe, all known", "gishe, literals stored"


class Gishe:
    """The rules as a pack's definitions, and one route for each open one."""

    def __init__(self, trees: dict[str, tuple]) -> None:
        self.pack = read_pack([plant(_pack(trees))])
        law = law_on(self.pack, DAY)
        nodes: dict[str, Node] = {
            name: law.meaning.condition(parse(name)) for name in trees
        }
        program = compile_program(nodes)
        self.bound = Bound(law, program, DAY.toordinal())
        make = factory(program, list(nodes))
        self.run = make(fill(program, PersonTables(self.bound)))

    def one(self, facts: dict[str, Any]) -> list[bool | None]:
        told = {0: False, 1: None, YES: True}
        return [told[value] for value in self.run(facts.get)]

    def table(self, some: People) -> Table:
        arrays = {
            name: np.ma.array(some.values[name], mask=some.missing[name])
            for name in (*BOOLS, *INTEGERS)
        }
        table = read_table(self.pack, arrays)
        for name in ENUMS:
            codes = np.where(some.missing[name], len(ENUM), some.values[name])
            table.columns[name] = Coded(codes.astype(np.uint8), ENUM)
        return table

    def many(self, table: Table, *, keep: bool = False) -> list:
        """The planes of every rule, part by part."""
        planes = Planes(self.bound, table)
        source = Stored(planes) if keep else planes
        return [planes.core(source.literals(*part)) for part in planes.parts()]

    def told(self, table: Table) -> list[np.ndarray]:
        """1, 0, and -1 for not known, of every rule for every row."""
        parts = Planes(self.bound, table).parts()
        sizes = [stop - start for start, stop in parts]
        found = zip(*self.many(table), strict=True)
        return [
            np.concatenate([_values(p, n) for p, n in zip(planes, sizes, strict=True)])
            for planes in found
        ]


def _values(planes: np.ndarray, size: int) -> np.ndarray:
    possibly, certainly = (unpacked(p, size).astype(np.int8) for p in planes)
    return np.where(certainly == possibly, certainly, -1)


def _pack(trees: dict[str, tuple]) -> dict:
    words = {"bg": "…", "en": "…"}
    question = {"text": words, "why": words}
    facts: dict = {name: {"type": "bool"} for name in BOOLS}
    facts |= {name: {"type": "integer"} for name in INTEGERS}
    facts |= {name: {"type": "enum", "values": list(ENUM)} for name in ENUMS}
    head = {"text": words, "cite": {"act": "a"}, "verified": {"state": "primary_text"}}
    routes = [
        {**head, "id": f"route{i}", "order": i, "applies_if": rule, "grants": "yes"}
        for i, rule in enumerate(OPEN_RULES)
    ]
    return {
        "pack": {"id": "x", "country": "XX", "name": words, "version": "1", "ask": "a"},
        "acts": {"a": {"name": words}},
        "facts": {n: {**f, "question": question} for n, f in facts.items()},
        "definitions": {
            name: {"is": text(tree, PLAIN), "text": words}
            for name, tree in trees.items()
        },
        "routes": routes,
    }


def measure_one(gishe: Gishe, peers: dict[str, Peer], rounds: int) -> dict:
    """One person, all rules; the answers of every engine are compared."""
    draw = random.Random(1)
    whole = [person(draw, 0) for _ in range(200)]
    partly = [person(draw, MISSING) for _ in range(200)]
    run = gishe.run
    works = {
        ONE: Work(lambda: [run(p.get) for p in partly], len(partly)),
        WHOLE: Work(lambda: [run(p.get) for p in whole], len(whole)),
    }
    equal = {}
    for name, peer in peers.items():
        some = whole[: peer.at_once]
        equal[name] = all(peer.one(p) == gishe.one(p) for p in some)
        works[name] = Work(_each(peer, some), len(some))
    found = timed(works, rounds)
    return {"us": _in(1e6, found), "slower": _slower(found, WHOLE), "equal": equal}


def _each(peer: Peer, some: list[dict]) -> Any:
    return lambda: [peer.one(p) for p in some]


def measure_question(gishe: Gishe, rounds: int) -> dict:
    """At the beginning of a conversation: one fact in ten is known."""
    draw = random.Random(2)
    some = [dict(list(person(draw, MISSING).items())[::10]) for _ in range(200)]
    standings = [Standing(gishe.pack, p, DAY) for p in some]
    undecided = [s for s in standings if s.may_work == "unknown"]
    for standing in undecided:
        next_question(standing)  # what a standing knows about itself is known
    work = Work(lambda: [next_question(s) for s in undecided], len(undecided))
    return {"us": _in(1e6, timed({ONE: work}, rounds)), "undecided": len(undecided)}


def measure_many(gishe: Gishe, trees: dict, size: int, rounds: int) -> dict:
    """A table of people; the answers of every engine for every row are compared."""
    partly, whole = people(size, MISSING), people(size, 0)
    table, known = gishe.table(partly), gishe.table(whole)
    works = {
        ONE: Work(lambda: gishe.many(table)),
        STORED: Work(lambda: gishe.many(table, keep=True)),
        WHOLE: Work(lambda: gishe.many(known)),
    }
    found: dict[str, Any] = {"threads": {"gishe": 1}, "equal": {}}
    if is_there("polars"):
        polars = Polars(trees, partly)
        pairs = zip(polars.told(), gishe.told(table), strict=True)
        # Gishe may know more: it merges what is asked twice of one fact.
        found["equal"]["polars"] = all(((p == g) | (p == -1)).all() for p, g in pairs)
        found["threads"]["polars"] = polars.threads
        works["polars"] = Work(polars.many)
    if is_there("openfisca_core"):
        fisca = OpenFisca(trees)
        pairs = zip(fisca.many(whole), gishe.told(known), strict=True)
        found["equal"]["OpenFisca-Core"] = all((f == g).all() for f, g in pairs)
        works["OpenFisca-Core"] = Work(lambda: fisca.many(whole))
    gishe.many(table, keep=True)
    took = timed(works, rounds)
    return {"ms": _in(1e3, took), "slower": _slower(took, ONE), **found}


def measure_change(gishe: Gishe, trees: dict, size: int, rounds: int) -> dict:
    """One threshold moves: whom does it affect, and how do their answers change?"""
    moved = Gishe(_moved(trees))
    table = gishe.table(people(size, MISSING))

    def compare(keep: bool) -> Any:
        return compare_laws(gishe.pack, moved.pack, table, DAY, keep=keep)

    affected = len(compare(True).rows)
    assert affected == len(compare(False).rows)
    works = {
        "compare_laws, literals stored": Work(lambda: compare(True)),
        "compare_laws": Work(lambda: compare(False)),
        "planes of both laws, literals stored": Work(
            lambda: _planes(gishe, moved, table)
        ),
    }
    return {"ms": _in(1e3, timed(works, rounds)), "affected": affected}


def _planes(old: Gishe, new: Gishe, table: Table) -> int:
    """Rows of which any of the 40 rules says something else, by the planes alone."""
    affected = 0
    for before, after in zip(
        old.many(table, keep=True), new.many(table, keep=True), strict=True
    ):
        changed = np.zeros(before[0].shape[1], dtype=np.uint64)
        for one, other in zip(before, after, strict=True):
            if one is not other:
                changed |= (one[0] ^ other[0]) | (one[1] ^ other[1])
        affected += int(np.bitwise_count(changed).sum())
    return affected


def _moved(trees: dict[str, tuple]) -> dict[str, tuple]:
    """The same law with one threshold moved, of a rule that is often open."""
    name = next(n for n in OPEN_RULES if "'>='" in repr(trees[n]))
    return {**trees, name: _shifted(trees[name])}


def _shifted(tree: Any) -> Any:
    if isinstance(tree, tuple) and tree and tree[0] == ">=":
        return (">=", tree[1], tree[2] + 3)
    return tuple(map(_shifted, tree)) if isinstance(tree, tuple) else tree


def _in(unit: float, found: dict) -> dict[str, dict[str, float]]:
    return {
        name: {which: round(seconds * unit, 1) for which, seconds in times.items()}
        for name, times in found.items()
    }


def _slower(found: dict, than: str) -> dict[str, float]:
    """How many times as long each takes, best beside best."""
    best = found[than]["best"]
    return {name: round(times["best"] / best, 1) for name, times in found.items()}


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=1_000_000)
    reader.add_argument("--rounds", type=int, default=9)
    given = reader.parse_args()
    trees = rules()
    gishe = Gishe(trees)
    peers = {
        name: make(trees) for name, (module, make) in PEERS.items() if is_there(module)
    }
    found = {
        "literals": len(gishe.bound.program.literals),
        "one": measure_one(gishe, peers, given.rounds * 3),
        "question": measure_question(gishe, given.rounds),
        "many": measure_many(gishe, trees, given.people, given.rounds),
        "change": measure_change(gishe, trees, given.people, given.rounds),
    }
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main()
