"""Engines that people use for rules, doing the work of the rules benchmark.

Each takes the rules as trees and gives functions: ``one`` decides a person about whom
everything is known, ``many`` a table. They live in an environment of their own
(``make bench``); the product never imports them.
"""

import importlib
import importlib.util
import json
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from benchmarks.rules_work import (
    BOOLS,
    ENUM,
    ENUMS,
    INTEGERS,
    PLAIN,
    People,
    text,
)


class Peer(Protocol):
    """``at_once``: how many people ``one`` is timed with."""

    at_once: int

    def one(self, facts: dict[str, Any]) -> list[bool]: ...


class Zen:
    """zen-engine: one expression node, a decision a person."""

    at_once = 200

    def __init__(self, trees: dict[str, tuple]) -> None:
        zen = importlib.import_module("zen")
        words = PLAIN | {"rule": "$.{}"}
        expressions = [
            {"id": name, "key": name, "value": text(tree, words, '"')}
            for name, tree in trees.items()
        ]
        content = {"expressions": expressions}
        graph = {
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in"},
                {"id": "x", "type": "expressionNode", "name": "x", "content": content},
                {"id": "out", "type": "outputNode", "name": "out"},
            ],
            "edges": [
                {"id": "1", "type": "edge", "sourceId": "in", "targetId": "x"},
                {"id": "2", "type": "edge", "sourceId": "x", "targetId": "out"},
            ],
        }
        self.decision = zen.ZenEngine().create_decision(json.dumps(graph))
        self.names = list(trees)

    def one(self, facts: dict[str, Any]) -> list[bool]:
        answer = self.decision.evaluate(facts)["result"]
        return [answer[name] for name in self.names]


class RuleEngine:
    """rule-engine: a rule after the other, each seeing the results before it."""

    at_once = 50

    def __init__(self, trees: dict[str, tuple]) -> None:
        rule_engine = importlib.import_module("rule_engine")
        self.rules = {
            name: rule_engine.Rule(text(tree, PLAIN, '"'))
            for name, tree in trees.items()
        }

    def one(self, facts: dict[str, Any]) -> list[bool]:
        known = dict(facts)
        for name, rule in self.rules.items():
            known[name] = rule.matches(known)
        return [known[name] for name in self.rules]


class OpenFisca:
    """OpenFisca-Core: a formula a rule; for one person a simulation of one."""

    at_once = 10

    def __init__(self, trees: dict[str, tuple]) -> None:
        self.system, self.builder = _openfisca(trees)
        self.names = list(trees)

    def one(self, facts: dict[str, Any]) -> list[bool]:
        arrays = {
            name: np.array([ENUM.index(value) if name in ENUMS else value])
            for name, value in facts.items()
        }
        return [bool(found[0]) for found in self._decided(arrays, 1)]

    def many(self, people: People) -> list[np.ndarray]:
        return self._decided(people.values, people.size)

    def _decided(self, arrays: Any, size: int) -> list[np.ndarray]:
        simulation = self.builder().build_default_simulation(self.system, count=size)
        for name, values in arrays.items():
            simulation.set_input(name, "2026-06", values)
        return [simulation.calculate(name, "2026-06") for name in self.names]


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
            case ("in", name, (one, other)):
                value_of = person(name, period)
                return (value_of == ENUM.index(one)) | (value_of == ENUM.index(other))
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


class Polars:
    """polars: an expression a rule, over a frame; its nulls are Kleene's."""

    def __init__(self, trees: dict[str, tuple], people: People) -> None:
        self.pl = pl = importlib.import_module("polars")
        columns = {name: _series(pl, people, name) for name in people.values}
        self.frame = pl.DataFrame(columns)
        self.rules: dict[str, Any] = {}
        for name, tree in trees.items():
            self.rules[name] = _polars(pl, tree, self.rules).alias(name)

    def many(self) -> Any:
        return self.frame.select(**self.rules)

    def told(self) -> list[np.ndarray]:
        """1, 0, and -1 for not known."""
        found = self.many()
        return [
            found[name].cast(self.pl.Int8).fill_null(-1).to_numpy()
            for name in self.rules
        ]

    @property
    def threads(self) -> int:
        return int(self.pl.thread_pool_size())


def _series(pl: Any, people: People, name: str) -> Any:
    values, missing = people.values[name], people.missing[name]
    if name in ENUMS:
        words = pl.Series([*ENUM, None], dtype=pl.Enum(list(ENUM)))
        return words.gather(pl.Series(np.where(missing, len(ENUM), values)))
    there = pl.when(pl.Series(~missing)).then(pl.Series(values))
    return pl.select(there).to_series()


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


PEERS: dict[str, tuple[str, Callable[[dict[str, tuple]], Peer]]] = {
    "zen-engine": ("zen", Zen),
    "rule-engine": ("rule_engine", RuleEngine),
    "OpenFisca-Core": ("openfisca_core", OpenFisca),
}


def is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
