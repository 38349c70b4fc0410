"""What ``gishe law check`` proves, each by a pack that breaks it."""

import copy
from datetime import date

import pytest

from gishe.core.rules import PackError, check_pack, plant, read_pack

SEVEN = dict.fromkeys(("bg", "en", "uk", "ru", "ar", "fa", "fr"), "…")
HEAD = {
    "text": SEVEN,
    "cite": {"act": "act"},
    "valid": {"from": "2026-01-01"},
    "verified": {"state": "primary_text", "checked_on": "2026-01-01"},
}
QUESTION = {"text": SEVEN, "why": SEVEN}
SOUND = {
    "pack": {
        "id": "x",
        "country": "XX",
        "name": SEVEN,
        "version": "1",
        "ask": "office",
    },
    "acts": {"act": {"name": SEVEN}},
    "offices": {"office": {"name": SEVEN}},
    "facts": {
        "status": {
            "type": "enum",
            "values": ["refugee", "worker"],
            "question": {
                **QUESTION,
                "options": {"refugee": {"text": SEVEN}, "worker": {"text": SEVEN}},
            },
        },
        "age": {"type": "integer", "min": 0, "max": 120, "question": QUESTION},
    },
    "routes": [
        {
            **HEAD,
            "id": "way",
            "order": 1,
            "applies_if": "status == refugee",
            "grants": "yes",
            "conditions": [
                {"id": "grown", "text": SEVEN, "needs": "age >= 15", "otherwise": "no"}
            ],
        }
    ],
    "cases": [
        {
            "name": "A refugee of 15 may work",
            "as_of": "2026-06-01",
            "facts": {"status": "refugee", "age": 15},
            "expect": {"may_work": "yes"},
        }
    ],
}


def dated(value):
    """ISO text where the loader would give a date."""
    if isinstance(value, dict):
        return {k: dated(v) for k, v in value.items()}
    if isinstance(value, list):
        return [dated(v) for v in value]
    is_day = isinstance(value, str) and len(value) == 10 and value[4:5] == "-"
    return date.fromisoformat(value) if is_day else value


def problems(change) -> list[str]:
    content = copy.deepcopy(SOUND)
    change(content)
    return [str(p) for p in check_pack(read_pack([plant(dated(content))]))]


def second_route(content, **changes):
    route = copy.deepcopy(content["routes"][0])
    content["routes"].append({**route, "id": "other", "conditions": [], **changes})
    content["cases"].append(
        {
            "name": "Another",
            "as_of": "2026-06-01",
            "facts": {"status": "worker", "age": 3},
            "expect": {},
        }
    )


def test_a_sound_pack_has_no_problem():
    assert problems(lambda content: None) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c["routes"][0].pop("cite"), "There is no citation"),
        (lambda c: c["routes"][0].pop("valid"), "There is no date"),
        (
            lambda c: c["routes"][0]["verified"].pop("checked_on"),
            "Nobody says when it was verified",
        ),
        (
            lambda c: c["routes"][0].update(text={**SEVEN, "bg": ""}),
            "The text has no words in bg.",
        ),
        (
            lambda c: c["routes"][0].update(answer={"steps": [{"text": {"en": "…"}}]}),
            "rule way: A step has no words in bg, uk, ru, ar, fa, fr.",
        ),
        (
            lambda c: c["acts"]["act"].update(name={"bg": "…", "en": "…"}),
            "rule act: The name has no words in uk, ru, ar, fa, fr.",
        ),
        (
            lambda c: c.update(
                definitions={"old": {"is": "age > 60", "text": {"en": "Old"}}}
            ),
            "rule old: The text has no words in bg, uk, ru, ar, fa, fr.",
        ),
        (
            lambda c: c["routes"][0]["conditions"][0].update(met={"bg": "…"}),
            "met has no words in en, uk, ru, ar, fa, fr.",
        ),
        (
            lambda c: c["routes"][0].update(for_employer={"bg": "…", "en": "…"}),
            "for_employer has no words in uk, ru, ar, fa, fr.",
        ),
        (lambda c: c["cases"].clear(), "No golden case has to do with this rule"),
        (
            lambda c: c["cases"][0]["expect"].update(may_work="no"),
            '"A refugee of 15 may work": may_work is yes, not no.',
        ),
        (
            lambda c: c["cases"][0].update(never={"may_work": "yes"}),
            "may_work must never be yes, and is.",
        ),
        (
            lambda c: c["facts"]["age"]["question"]["text"].pop("fa"),
            "The question has no words in fa.",
        ),
        (
            lambda c: c["facts"]["status"]["question"].pop("options"),
            "A choice is asked without options.",
        ),
        (
            lambda c: c["facts"]["age"]["question"].update(presumed_too=True),
            "presumed_too: nothing is presumed. Write presume: …",
        ),
        (
            lambda c: c["facts"].update(
                idle={"type": "bool", "question": copy.deepcopy(QUESTION)}
            ),
            "rule idle: It is asked, but no answer depends on it.",
        ),
        (
            lambda c: c["routes"][0].update(
                applies_if="status == refugee and status == worker"
            ),
            "It is nobody's route.",
        ),
        (
            lambda c: c["routes"][0]["conditions"][0].update(needs="age >= 0"),
            "way.grown: It never bites.",
        ),
        (
            lambda c: c["routes"][0].update(applies_if="age < 10"),
            "Nobody can fulfil all its conditions at once.",
        ),
        (
            lambda c: c["routes"][0]["conditions"][0].update(
                needs="status == refugee", otherwise="not_yet"
            ),
            "Time alone cannot fulfil it: it holds no date.",
        ),
        (
            lambda c: c["routes"][0].update(
                grants="after_permit", answer={"permit_required": False}
            ),
            "It grants after_permit and says that no permit is required.",
        ),
        (
            lambda c: c["routes"][0].update(answer={"authority": "offise"}),
            "There is no office offise. Did you mean office?",
        ),
        (
            lambda c: second_route(c, answer={"who_applies": "worker"}),
            "Both this route and way can be the answer, and they differ.",
        ),
        (
            lambda c: second_route(c, id="way", order=2),
            "There is another way at line 0, valid on the same days.",
        ),
    ],
)
def test_what_is_wrong_is_told(change, told):
    assert any(told in problem for problem in problems(change)), problems(change)


def test_a_line_that_no_case_reaches_is_understood_all_the_same():
    def change(content):
        content["warnings"] = [
            {**HEAD, "id": "w", "applies_if": "agee < 3", "routes": ["way"]}
        ]

    assert problems(change) == [
        "rule w: There is no fact agee. In: agee < 3. Did you mean age?"
    ]


def test_a_case_that_ends_open_on_an_unverified_route_counts_for_it():
    def change(content):
        route = content["routes"][0]
        route["verified"] = {"state": "unverified"}
        content["cases"][0]["expect"] = {"may_work": "unknown", "route": "way"}

    assert not any("No golden case" in problem for problem in problems(change))


def test_two_restrictions_may_set_one_limit_to_two_numbers():
    def change(content):
        for name, hours in (("night", 7), ("young", 8)):
            content.setdefault("restrictions", []).append(
                {
                    **HEAD,
                    "id": name,
                    "applies_if": "age < 18",
                    "otherwise": "conditional",
                    "answer": {"limits": {"hours_per_day": hours}},
                }
            )

    assert not any("differently" in problem for problem in problems(change))


def test_two_restrictions_may_not_set_one_limit_to_two_words():
    def change(content):
        for name, employer in (("night", "named"), ("young", "licensed")):
            content.setdefault("restrictions", []).append(
                {
                    **HEAD,
                    "id": name,
                    "applies_if": "age < 18",
                    "otherwise": "conditional",
                    "answer": {"limits": {"employer": employer}},
                }
            )

    assert any("differently" in problem for problem in problems(change))


def extended(own: dict) -> list[str]:
    """The sound pack with its facts in a common folder and ``own`` in its own."""
    content = dated(copy.deepcopy(SOUND))
    common = {"facts": {**content.pop("facts"), "idle": {"type": "bool"}}}
    common["facts"]["idle"]["question"] = copy.deepcopy(QUESTION)
    files = [plant(common, "common/facts.yaml"), plant(content, "x/pack.yaml")]
    files.append(plant({"facts": own}, "x/facts.yaml"))
    return [str(problem) for problem in check_pack(read_pack(files))]


@pytest.mark.parametrize(
    ("own", "idle"),
    [
        ({}, False),
        ({"idle": {"changeable": False}}, False),
        ({"idle": {"question": copy.deepcopy(QUESTION)}}, True),
    ],
)
def test_only_a_question_of_the_packs_own_folder_has_to_matter(own, idle):
    assert any("no answer depends on it" in told for told in extended(own)) is idle


def test_a_value_may_go_without_an_option():
    def change(content):
        content["facts"]["status"]["values"].append("seasonal_worker")

    assert problems(change) == []


def test_a_country_names_its_own_papers_without_repeating_the_question():
    content = dated(copy.deepcopy(SOUND))
    options = content["facts"]["status"]["question"]["options"]
    options["worker"]["printed"] = "Разрешение"
    own = {"facts": {"status": {"printed": {"refugee": "Tarjeta"}}}}

    pack = read_pack([plant(content), plant(own)])
    found = {o.value: o.printed for o in pack.facts["status"].question.options}

    assert found == {"refugee": "Tarjeta", "worker": ""}


def test_a_printed_name_of_no_option_is_told():
    content = dated(copy.deepcopy(SOUND))
    own = {"facts": {"status": {"printed": {"refugie": "Tarjeta"}}}}

    with pytest.raises(PackError, match="refugie is not known here"):
        read_pack([plant(content), plant(own)])
