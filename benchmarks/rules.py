"""How fast is the law core, beside engines that people use for rules?

The same 40 rules over 40 facts in every engine, all answers compared. Engines that are
not installed are left out. Those that cannot say "not known" get people about whom
everything is known; Gishe and polars also get people with 30 % of the facts missing.
Prints one JSON line.

    python -m benchmarks.rules [--people 1000000] [--runs 5]
"""

import argparse
import importlib
import importlib.util
import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from gishe.core.rules import plant, read_pack
from gishe.core.rules._bound import YES
from gishe.core.rules._language import parse
from gishe.core.rules._law import Law, law_on
from gishe.core.rules._nodes import Node, simplify
from gishe.core.rules._person import Bound, PersonTables
from gishe.core.rules._planes import CHUNK, Planes, core_of, unpacked
from gishe.core.rules._program import compile_program, factory, fill
from gishe.core.rules._question import next_question
from gishe.core.rules._standing import Standing
from gishe.core.rules._table import Coded, Table, read_table

DAY = date(2026, 6, 1)
ENUM = tuple(f"v{i}" for i in range(6))
BOOLS = [f"b{i}" for i in range(24)]
INTEGERS = [f"i{i}" for i in range(8)]
ENUMS = [f"e{i}" for i in range(8)]
RULES, ATOMS, MISSING = 40, 102, 0.3
OPEN_RULES = ("r2", "r6", "r7", "r30", "r35")  # neither nearly always nor never true


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
    whole: dict[str, Any] = {name: draw.random() < 0.5 for name in BOOLS}
    whole |= {name: draw.randrange(101) for name in INTEGERS}
    whole |= {name: draw.choice(ENUM) for name in ENUMS}
    return {k: v for k, v in whole.items() if draw.random() >= missing}


def timed(work: Callable[[], object], runs: int) -> float:
    """Seconds: the median of some runs."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


PLAIN = {
    "and": "and",
    "or": "or",
    "not": "not ",
    "rule": "{}",
    "bool": "{}",
    "fact": "{}",
}


class Gishe:
    """The rules as a pack's definitions, and one route for each, to ask questions."""

    def __init__(self, trees: dict[str, tuple]) -> None:
        self.pack = read_pack([plant(_pack(trees))])
        self.law: Law = law_on(self.pack, DAY)
        nodes: dict[str, Node] = {
            name: self.law.meaning.condition(parse(name)) for name in trees
        }
        self.nodes, self.program = nodes, compile_program(nodes)
        self.bound = Bound(self.law, self.program, DAY.toordinal())
        make = factory(self.program, list(nodes))
        self.run = make(fill(self.program, PersonTables(self.bound)))

    def one(self, facts: dict[str, Any]) -> list[bool | None]:
        told = {0: False, 1: None, YES: True}
        return [told[value] for value in self.run(facts.get)]

    def table(self, table: Table, keep: list | None = None) -> list:
        planes = Planes(self.bound, table)
        found = []
        for i, (start, stop) in enumerate(planes.parts()):
            if keep is None:
                literals = planes.literals(start, stop)
            else:
                if len(keep) <= i:
                    keep.append(planes.literals(start, stop))
                literals = keep[i]
            found.append(planes.core(literals))
        return found


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


def random_table(gishe: Gishe, size: int, seed: int = 0) -> Table:
    rng = np.random.default_rng(seed)
    arrays: dict[str, Any] = {}
    for name in BOOLS:
        arrays[name] = np.ma.array(
            rng.random(size) < 0.5, mask=rng.random(size) < MISSING
        )
    for name in INTEGERS:
        values = rng.integers(0, 101, size, dtype=np.int16)
        arrays[name] = np.ma.array(values, mask=rng.random(size) < MISSING)
    table = read_table(gishe.pack, arrays)
    for name in ENUMS:
        codes = rng.integers(0, len(ENUM), size, dtype=np.uint8)
        codes[rng.random(size) < MISSING] = len(ENUM)
        table.columns[name] = Coded(codes, ENUM)
    return table


def measure_gishe(gishe: Gishe, whole: list, partly: list, runs: int) -> dict:
    run = gishe.run
    # At the beginning of a conversation: one fact in ten is known.
    some = [dict(list(p.items())[::10]) for p in partly[:200]]
    standings = [Standing(gishe.pack, p, DAY) for p in some]
    undecided = [s for s in standings if s.may_work == "unknown"]
    for standing in undecided[:3]:
        next_question(standing)
    each = 1e6 / len(partly)
    return {
        "one_us": each * timed(lambda: [run(p.get) for p in partly], runs),
        "one_complete_us": each * timed(lambda: [run(p.get) for p in whole], runs),
        "question_us": 1e6
        / max(1, len(undecided))
        * timed(lambda: [next_question(s) for s in undecided], runs),
    }


def measure_million(gishe: Gishe, table: Table, runs: int) -> dict:
    """A million people; the same on stored planes; whom a moved threshold affects."""
    kept: list = []
    gishe.table(table, kept)
    moved = _moved(gishe)
    planes = Planes(moved.bound, table)
    wanted = [
        name
        for name in gishe.program.outputs
        if simplify(gishe.nodes[name]) != simplify(moved.nodes[name])
    ]
    old_core, new_core = (core_of(g.program, wanted) for g in (gishe, moved))

    def difference() -> int:
        affected = 0
        for i, (start, stop) in enumerate(planes.parts()):
            after = _replaced(gishe, moved, planes, kept[i], start, stop)
            changed = np.zeros((stop - start + 63) // 64, dtype=np.uint64)
            for old, new in zip(old_core(kept[i]), new_core(after), strict=True):
                changed |= (old[0] ^ new[0]) | (old[1] ^ new[1])
            affected += int(np.bitwise_count(changed).sum())
        return affected

    return {
        "million_ms": 1e3 * timed(lambda: gishe.table(table), runs),
        "million_stored_ms": 1e3 * timed(lambda: gishe.table(table, kept), runs),
        "law_diff_ms": 1e3 * timed(difference, runs),
        "law_diff_affected": difference(),
    }


def _moved(gishe: Gishe) -> Gishe:
    """The same law with one threshold moved."""
    trees = rules()
    name, tree = next((n, t) for n, t in trees.items() if "'>='" in repr(t))
    return Gishe({**trees, name: _shifted(tree)})


def _shifted(tree: Any) -> Any:
    if isinstance(tree, tuple) and tree and tree[0] == ">=":
        return (">=", tree[1], tree[2] + 3)
    return tuple(map(_shifted, tree)) if isinstance(tree, tuple) else tree


def _replaced(
    old: Gishe, new: Gishe, planes: Planes, kept: list, start: int, stop: int
) -> list:
    """The stored literals in the new program's order; only new ones are computed."""
    at = {lit: i for i, lit in enumerate(old.program.literals)}
    wanted = new.program.literals
    if all(lit in at for lit in wanted):
        return [kept[at[lit]] for lit in wanted]
    fresh = planes.some_literals(start, stop, {lit for lit in wanted if lit not in at})
    return [kept[at[lit]] if lit in at else fresh[lit] for lit in wanted]


def measure_polars(gishe: Gishe, trees: dict, table: Table, runs: int) -> dict:
    pl = importlib.import_module("polars")
    frame = pl.DataFrame({name: _series(pl, table, name) for name in table.columns})
    made: dict[str, Any] = {}
    for name, tree in trees.items():
        made[name] = _polars(pl, tree, made).alias(name)
    answers = frame.select(**made)
    agree = True
    for name, planes in zip(trees, zip(*gishe.table(table), strict=True), strict=True):
        known = np.concatenate([_told(p, table, i) for i, p in enumerate(planes)])
        values = answers[name].cast(pl.Int8).fill_null(-1).to_numpy()
        # Gishe may know more: it merges what is asked twice of one fact.
        agree = agree and bool(((values == known) | (values == -1)).all())
    took = timed(lambda: frame.select(**made), runs)
    return {"million_ms": 1e3 * took, "threads": pl.thread_pool_size(), "equal": agree}


def _told(planes: np.ndarray, table: Table, part: int) -> np.ndarray:
    size = min(CHUNK, table.size - part * CHUNK)
    possibly, certainly = (unpacked(p, size).astype(np.int8) for p in planes)
    return np.where(certainly == possibly, certainly, -1)


def _series(pl: Any, table: Table, name: str) -> Any:
    column = table.columns[name]
    if isinstance(column, Coded):
        if name in BOOLS:
            values = pl.Series(column.codes == 0)
        else:
            words = pl.Series([*ENUM, None], dtype=pl.Enum(list(ENUM)))
            return words.gather(pl.Series(column.codes))
        missing = column.codes == 2
    else:
        values, missing = pl.Series(column.values), column.missing
    return pl.select(pl.when(pl.Series(~missing)).then(values)).to_series()


def _polars(pl: Any, tree: tuple, made: dict) -> Any:
    match tree:
        case ("bool", name):
            return pl.col(name)
        case ("rule", name):
            return made[name]
        case (">=", name, bound):
            return pl.col(name) >= bound
        case ("in", name, (one, other)):
            return (pl.col(name) == one) | (pl.col(name) == other)
        case ("not", inner):
            return ~_polars(pl, inner, made)
        case (word, parts):
            found = [_polars(pl, part, made) for part in parts]
            whole = found[0]
            for part in found[1:]:
                whole = whole & part if word == "and" else whole | part
            return whole
    raise AssertionError(tree)


def measure_zen(trees: dict, whole: list, told: list, runs: int) -> dict:
    zen = importlib.import_module("zen")
    words = PLAIN | {"rule": "$.{}"}
    expressions = [
        {"id": name, "key": name, "value": text(tree, words, '"')}
        for name, tree in trees.items()
    ]
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {
                "id": "x",
                "type": "expressionNode",
                "name": "x",
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "x"},
            {"id": "2", "type": "edge", "sourceId": "x", "targetId": "out"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    some = whole[:200]
    answers = [decision.evaluate(p)["result"] for p in some]
    equal = all([a[n] for n in trees] == t for a, t in zip(answers, told, strict=False))
    took = timed(lambda: [decision.evaluate(p) for p in some], runs)
    return {"one_us": 1e6 * took / len(some), "equal": equal}


def measure_rule_engine(trees: dict, whole: list, told: list, runs: int) -> dict:
    rule_engine = importlib.import_module("rule_engine")
    made = {
        name: rule_engine.Rule(text(tree, PLAIN, '"')) for name, tree in trees.items()
    }

    def decide(facts: dict) -> list[bool]:
        known = dict(facts)
        for name, rule in made.items():
            known[name] = rule.matches(known)
        return [known[name] for name in made]

    some = whole[:200]
    equal = all(decide(p) == t for p, t in zip(some, told, strict=False))
    took = timed(lambda: [decide(p) for p in some], runs)
    return {"one_us": 1e6 * took / len(some), "equal": equal}


def measure_openfisca(trees: dict, whole: list, told: list, runs: int) -> dict:
    system, builder = _openfisca(trees)
    some = whole[:20]

    def decide(people: list[dict]) -> dict[str, Any]:
        simulation = builder().build_default_simulation(system, count=len(people))
        for name in (*BOOLS, *INTEGERS, *ENUMS):
            values = [p[name] for p in people]
            if name in ENUMS:
                values = [ENUM.index(v) for v in values]
            simulation.set_input(name, "2026-06", np.array(values))
        return {name: simulation.calculate(name, "2026-06") for name in trees}

    equal = all(
        [bool(v[0]) for v in decide([p]).values()] == t
        for p, t in zip(some, told, strict=False)
    )
    took = timed(lambda: [decide([p]) for p in some], runs)
    many = whole * 100
    bulk = timed(lambda: decide(many), 1)
    return {
        "one_us": 1e6 * took / len(some),
        "million_ms_scaled": 1e3 * bulk * 1e6 / len(many),
        "equal": equal,
    }


def _openfisca(trees: dict) -> tuple[Any, Any]:
    entities = importlib.import_module("openfisca_core.entities")
    periods = importlib.import_module("openfisca_core.periods")
    systems = importlib.import_module("openfisca_core.taxbenefitsystems")
    variables = importlib.import_module("openfisca_core.variables")
    builders = importlib.import_module("openfisca_core.simulations")
    entity = entities.Entity("person", "people", "", "")
    system = systems.TaxBenefitSystem([entity])
    kinds = dict.fromkeys(BOOLS, bool) | dict.fromkeys([*INTEGERS, *ENUMS], int)
    for name, kind in (kinds | dict.fromkeys(trees, bool)).items():
        body: dict[str, Any] = {
            "value_type": kind,
            "entity": entity,
            "definition_period": periods.DateUnit.MONTH,
            "label": name,
        }
        if name in trees:
            body["formula"] = _formula(trees[name])
        system.add_variable(type(name, (variables.Variable,), body))
    return system, builders.SimulationBuilder


def _formula(tree: tuple) -> Callable[[Any, Any], Any]:
    def value(node: tuple, person: Any, period: Any) -> Any:
        match node:
            case ("bool" | "rule", name):
                return person(name, period)
            case (">=", name, bound):
                return person(name, period) >= bound
            case ("in", name, among):
                return np.isin(person(name, period), [ENUM.index(w) for w in among])
            case ("not", inner):
                return ~value(inner, person, period)
        whole = value(node[1][0], person, period)
        for part in node[1][1:]:
            other = value(part, person, period)
            whole = whole & other if node[0] == "and" else whole | other
        return whole

    def formula(person: Any, period: Any) -> Any:
        return value(tree, person, period)

    return formula


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=1_000_000)
    reader.add_argument("--runs", type=int, default=5)
    given = reader.parse_args()
    trees, draw = rules(), random.Random(1)
    gishe = Gishe(trees)
    whole = [person(draw, 0) for _ in range(1000)]
    partly = [person(draw, MISSING) for _ in range(1000)]
    told = [gishe.one(p) for p in whole]
    table = random_table(gishe, given.people)
    found: dict[str, Any] = {
        "literals": len(gishe.program.literals),
        "gishe": measure_gishe(gishe, whole, partly, given.runs)
        | measure_million(gishe, table, given.runs),
    }
    peers: dict[str, tuple[str, Callable[[], dict]]] = {
        "polars": ("polars", lambda: measure_polars(gishe, trees, table, given.runs)),
        "zen-engine": ("zen", lambda: measure_zen(trees, whole, told, given.runs)),
        "rule-engine": (
            "rule_engine",
            lambda: measure_rule_engine(trees, whole, told, given.runs),
        ),
        "OpenFisca-Core": (
            "openfisca_core",
            lambda: measure_openfisca(trees, whole, told, given.runs),
        ),
    }
    for name, (module, work) in peers.items():
        if importlib.util.find_spec(module) is not None:
            found[name] = work()
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main()
