"""What an answer tells: documents, steps and limits, each only where it concerns."""

import pytest

from gishe.core.rules import check_pack, decide, plant, read_pack

WORDS = {"bg": "…", "en": "…"}
HEAD = {"text": WORDS, "cite": {"act": "act"}, "verified": {"state": "primary_text"}}


def pack_with(answer: dict, **more):
    """One route for everybody, and what it answers."""
    route = {**HEAD, "id": "way", "applies_if": "true", "grants": "yes"}
    return read_pack(
        [
            plant(
                {
                    "pack": {
                        "id": "xx",
                        "country": "XX",
                        "name": WORDS,
                        "version": "1",
                        "ask": "office",
                    },
                    "acts": {"act": {"name": WORDS}},
                    "offices": {"office": {"name": {"en": "Office"}}},
                    "documents": {
                        "card": {"name": WORDS},
                        "permit": {"name": WORDS},
                    },
                    "facts": {"age": {"type": "integer"}, "job": {"type": "bool"}},
                    "routes": [{**route, "answer": answer}],
                    **more,
                }
            )
        ]
    )


def told(pack, **facts):
    return decide(pack, {"as_of": "2026-06-01", "facts": facts})


PERMIT_FOR_MINORS = {"documents": ["card", {"code": "permit", "if": "age < 18"}]}


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"age": 16}, ["card", "permit"]),
        ({"age": 40}, ["card"]),
        ({}, ["card"]),
    ],
)
def test_a_document_on_a_condition_is_told_only_when_that_is_certain(facts, codes):
    answer = told(pack_with(PERMIT_FOR_MINORS), **facts)

    assert [document["code"] for document in answer.documents] == codes


@pytest.mark.parametrize(("facts", "count"), [({"job": True}, 2), ({}, 1)])
def test_a_step_on_a_condition_is_told_without_the_condition(facts, count):
    step = {"text": {"en": "Sign."}, "office": "office", "if": "job"}
    answer = told(pack_with({"steps": [{"text": {"en": "Come."}}, step]}), **facts)

    assert len(answer.steps) == count
    assert all("if" not in step for step in answer.steps)


def test_a_step_on_a_condition_names_its_office():
    step = {"text": {"en": "Sign."}, "office": "office", "if": "job"}
    [only] = told(pack_with({"steps": [step]}), job=True).steps

    assert only["office"]["code"] == "office"


def test_a_condition_of_a_document_is_checked_before_anybody_meets_it():
    broken = pack_with({"documents": [{"code": "card", "if": "agee < 18"}]})

    assert "There is no fact agee" in str(check_pack(broken)[0])
