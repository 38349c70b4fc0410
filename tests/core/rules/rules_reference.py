"""Random packs and people, with a slow reference that shares nothing with the engine.

Conditions are plain tuples here. The pack gets them as text; the reference walks the
tuples with Python's own ``and`` and ``or`` on people about whom everything is known.
"""

from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

from gishe.core.rules import plant, read_pack

AS_OF = date(2026, 3, 30)
ENDS = ("yes", "conditional", "after_registration", "after_permit", "not_yet", "no")
ENUM = ("red", "green", "blue")
CODES = ("2", "25", "3")
COUNTRIES = ("AF", "BG")
FACTS = {
    "b0": {"type": "bool"},
    "b1": {"type": "bool"},
    "b2": {"type": "bool"},
    "e0": {"type": "enum", "values": list(ENUM)},
    "i0": {"type": "integer", "min": 0, "max": 5},
    "n0": {"type": "number", "min": 0},
    "d0": {"type": "date"},
    "k0": {"type": "code"},
    "c0": {"type": "country", "many": True},
}
VALUES = {
    "b0": (False, True),
    "b1": (False, True),
    "b2": (False, True),
    "e0": ENUM,
    "i0": (0, 1, 2, 3, 4, 5),
    "n0": (0.0, 1.0, 1.25, 1.5, 1.75, 2.0, 7.5),
    "d0": tuple(
        AS_OF - timedelta(days) for days in (-1, 0, 27, 28, 31, 58, 59, 95, 119, 125)
    ),
    "k0": (*CODES, "251", "26", "9"),
    "c0": tuple(
        bundle
        for size in (1, 2, 3)
        for bundle in combinations((*COUNTRIES, "XX"), size)
    ),
}


def slow_months(start: date, end: date) -> int:
    """Whole months, found by walking from the start month by month."""
    if start > end:
        return -1  # this month, at least
    months = 0
    while True:
        year, month = divmod(start.month + months, 12)
        year, month, day = start.year + year, month + 1, start.day
        while True:
            try:
                reached = date(year, month, day)
                break
            except ValueError:
                day -= 1
        if reached > end:
            return months
        months += 1


def true_of(tree: tuple, person: dict) -> bool:
    match tree:
        case ("fact", name):
            return person[name] is True
        case ("in", "c0", words):
            return any(word in words for word in person["c0"])
        case ("in", name, words):
            return person[name] in words
        case ("begins", name, words):
            return person[name].startswith(words)
        case ("compare", name, sign, bound):
            return _compare(person[name], sign, bound)
        case ("months", name, sign, bound):
            return _compare(slow_months(person[name], AS_OF), sign, bound)
        case ("not", inner):
            return not true_of(inner, person)
        case ("and", parts):
            return all(true_of(part, person) for part in parts)
        case ("or", parts):
            return any(true_of(part, person) for part in parts)
    raise AssertionError(tree)


def _compare(a, sign: str, b) -> bool:
    return {
        ">=": a >= b,
        "<": a < b,
        ">": a > b,
        "<=": a <= b,
        "==": a == b,
        "!=": a != b,
    }[sign]


def text_of(tree: tuple) -> str:
    match tree:
        case ("fact", name):
            return name
        case ("in", name, words):
            return f"{name} in [{', '.join(words)}]"
        case ("begins", name, words):
            return f"starts_with({name}, [{', '.join(words)}])"
        case ("compare", name, sign, bound):
            return f"{name} {sign} {bound}"
        case ("months", name, sign, bound):
            return f"months_since({name}) {sign} {bound}"
        case ("not", inner):
            return f"not ({text_of(inner)})"
        case (word, parts):
            return "(" + f" {word} ".join(f"({text_of(p)})" for p in parts) + ")"
    raise AssertionError(tree)


SIGNS = st.sampled_from([">=", "<", ">", "<=", "==", "!="])


def some_of(words: tuple) -> st.SearchStrategy:
    return st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True).map(
        tuple
    )


ATOMS = [
    st.tuples(st.just("fact"), st.sampled_from(["b0", "b1", "b2"])),
    st.tuples(st.just("in"), st.just("e0"), some_of(ENUM)),
    st.tuples(st.just("compare"), st.just("i0"), SIGNS, st.integers(0, 5)),
    st.tuples(
        st.just("compare"), st.just("n0"), SIGNS, st.sampled_from([1.0, 1.5, 2.0])
    ),
    st.tuples(st.just("months"), st.just("d0"), SIGNS, st.integers(0, 3)),
]
CODE = st.tuples(st.sampled_from(["in", "begins"]), st.just("k0"), some_of(CODES))
SEVERAL = st.tuples(st.just("in"), st.just("c0"), some_of(COUNTRIES))


def trees(*atoms: st.SearchStrategy) -> st.SearchStrategy:
    return st.recursive(
        st.one_of(*atoms),
        lambda inner: st.one_of(
            st.tuples(st.just("not"), inner),
            st.tuples(
                st.sampled_from(["and", "or"]),
                st.lists(inner, min_size=2, max_size=3).map(tuple),
            ),
        ),
        max_leaves=6,
    )


# What stands in for a fact that is missing: presumed, or computed from others.
PRESUMED = [
    {},
    {"b0": {"presume": "no"}},
    {"i0": {"presume": ">= 3"}, "n0": {"presume": "1.5"}},
    {"e0": {"presume": "red"}, "d0": {"presume": "<= 2025-12-01"}},
    {"e0": {"presume": "green"}, "n0": {"presume": "< 1.5"}},
]
COMPUTED = [
    {"b1": {"unless_given": "i0 >= 3 or b2"}},
    {"n0": {"unless_given": "i0 / 2"}, "i0": {"presume": 4}},
]
INSTEAD = st.sampled_from(PRESUMED + COMPUTED)
MEANT = {
    "no": lambda value: value is False,
    ">= 3": lambda value: value >= 3,
    "1.5": lambda value: value == 1.5,
    "red": lambda value: value == "red",
    "green": lambda value: value == "green",
    "<= 2025-12-01": lambda value: value <= date(2025, 12, 1),
    "< 1.5": lambda value: value < 1.5,
    4: lambda value: value == 4,
    "i0 >= 3 or b2": lambda person: person["i0"] >= 3 or person["b2"],
    "i0 / 2": lambda person: person["i0"] / 2,
}


def routes_of(conditions: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(
        st.fixed_dictionaries(
            {
                "applies": conditions,
                "grants": st.sampled_from(ENDS[:4]),
                "conditions": st.lists(
                    st.tuples(conditions, st.sampled_from(ENDS[1:])), max_size=3
                ),
            }
        ),
        min_size=1,
        max_size=4,
    )


ROUTES = routes_of(trees(*ATOMS, CODE, SEVERAL))
ROUTES_OF_ONE_NATIONALITY = routes_of(trees(*ATOMS, CODE))
ROUTES_OF_LISTED_WORDS = routes_of(trees(*ATOMS))


def pack_of(routes: list[dict], **changed_facts: dict):
    """The pack that says what ``routes`` say."""
    words = {"bg": "…", "en": "…"}
    head = {
        "text": words,
        "cite": {"act": "act"},
        "verified": {"state": "primary_text"},
    }
    written = [
        {
            **head,
            "id": f"r{i}",
            "order": i,
            "applies_if": text_of(route["applies"]),
            "grants": route["grants"],
            "conditions": [
                {"id": f"c{j}", "text": words, "needs": text_of(n), "otherwise": end}
                for j, (n, end) in enumerate(route["conditions"])
            ],
        }
        for i, route in enumerate(routes)
    ]
    facts = {
        name: {**fact, **changed_facts.get(name, {})} for name, fact in FACTS.items()
    }
    return read_pack(
        [
            plant(
                {
                    "pack": {
                        "id": "random",
                        "country": "XX",
                        "name": words,
                        "version": "1",
                        "ask": "office",
                    },
                    "acts": {"act": {"name": words}},
                    "facts": facts,
                    "routes": written,
                }
            )
        ]
    )


def slow_answer(routes: list[dict], person: dict) -> tuple[str, str]:
    """``may_work`` and the route of a person about whom everything is known."""
    best, found = len(ENDS) - 1, "none"
    for i, route in enumerate(routes):
        if not true_of(route["applies"], person):
            continue
        end = ENDS.index(route["grants"])
        for needs, otherwise in route["conditions"]:
            if not true_of(needs, person):
                end = max(end, ENDS.index(otherwise))
        if end < best or found == "none":
            best, found = end, f"r{i}"
    return ENDS[best], found


def completions(person: dict, instead: dict):
    """Everybody this person may turn out to be."""
    missing = [name for name in FACTS if name not in person]
    computed = [n for n in missing if "unless_given" in instead.get(n, {})]
    free = {n: _possible(n, instead.get(n, {})) for n in missing if n not in computed}
    for values in product(*free.values()):
        whole = {**person, **dict(zip(free, values, strict=True))}
        for name in computed:
            whole[name] = MEANT[instead[name]["unless_given"]](whole)
        yield whole


def _possible(name: str, instead: dict) -> list:
    is_meant = MEANT.get(instead.get("presume"), lambda value: True)
    return [value for value in VALUES[name] if is_meant(value)]


def facts_in(route: dict) -> list[str]:
    """The facts that a route names."""
    said = repr(route)
    return [name for name in FACTS if repr(name) in said]


@st.composite
def people(draw, least_known: int = 0):
    """Some facts known, some not."""
    known = draw(
        st.lists(st.sampled_from(list(FACTS)), unique=True, min_size=least_known)
    )
    return {name: draw(st.sampled_from(VALUES[name])) for name in known}
