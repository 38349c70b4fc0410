"""Errors name file, line and rule, and say what to write instead."""

import pytest

from gishe.core.rules import PackError, changes, law_on, read_pack
from gishe.lawbook.loading import load_pack, read_text

PACK = """
pack: {id: x, country: XX, name: {en: X}, version: "1", ask: office}
acts:
  act: {name: {en: Act}}
facts:
  status: {type: enum, values: [refugee, worker]}
  age: {type: integer}
  birth_date: {type: date}
  job_offer: {type: bool}
parameters:
  months:
    text: {bg: м, en: m}
    values: [{from: 2026-01-01, value: 3}]
routes:
  - id: way
    text: {bg: п, en: w}
    cite: {act: act}
    valid: {from: 2026-01-01}
    verified: {state: primary_text}
    applies_if: CONDITION
    grants: yes
"""


def understood(text: str) -> None:
    pack = read_pack([read_text(text, "bg/routes.yaml")])
    law_on(pack, changes(pack)[-1])


def errors(text: str) -> list[str]:
    with pytest.raises(PackError) as error:
        understood(text)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            "statos == refugee",
            "There is no fact statos. In: statos == refugee. Did you mean status?",
        ),
        (
            "status == refuge",
            "refuge is no value of status. In: status == refuge. Did you mean refugee?",
        ),
        (
            "status = refugee",
            "The sign = is not used here. In: status = refugee. Write == to compare.",
        ),
        (
            "age >= 18 & job_offer",
            "The sign & is not used here. In: age >= 18 & job_offer. Write and.",
        ),
        (
            "status is refugee",
            "is is not expected after the condition is complete. "
            "In: status is refugee. Write == instead of is.",
        ),
        (
            "age",
            "age is not a yes-or-no fact. In: age. Compare it: age == ….",
        ),
        (
            "(age >= 18",
            "The condition ends where the bracket should close. In: (age >= 18. "
            "Write ) there.",
        ),
        (
            "months_sinse(birth_date) >= 3",
            "There is no function months_sinse. In: months_sinse(birth_date) >= 3. "
            "Did you mean months_since?",
        ),
        (
            "age >= parameter.month",
            "There is no parameter month. In: age >= parameter.month. "
            "Did you mean months?",
        ),
        (
            "birth_date >= 3",
            "A date is compared with a number. In: birth_date >= 3. "
            "Compare a date with a date, a number with a number.",
        ),
        (
            "birth_date >= 2026-02-30",
            "2026-02-30 is not a day of the calendar. In: birth_date >= 2026-02-30.",
        ),
        (
            "status in group.all",
            "There is no group all. In: status in group.all.",
        ),
        (
            "months_since(birth_date) + age >= 3",
            "months_since(birth_date) is part of a longer calculation. "
            "In: months_since(birth_date) + age >= 3. Compare it alone with a number: "
            "months_since(…) >= parameter.months.",
        ),
    ],
)
def test_a_condition_that_cannot_be_read(condition, told):
    assert errors(PACK.replace("CONDITION", condition)) == [
        f"bg/routes.yaml:20: rule way: {told}"
    ]


def test_a_key_nobody_knows_is_told_with_the_one_meant():
    text = PACK.replace("CONDITION", "job_offer").replace("grants: yes", "grant: yes")

    assert errors(text) == [
        "bg/routes.yaml:15: rule way: grants is missing. Write grants: …",
        "bg/routes.yaml:21: rule way: grant is not known here. Did you mean grants?",
    ]


def test_a_definition_in_a_circle():
    circle = "definitions:\n  a: {is: b, text: {en: a}}\n  b: {is: a, text: {en: b}}\n"

    assert errors(PACK.replace("CONDITION", "a") + circle) == [
        "bg/routes.yaml:20: rule way: The definition a goes round in a circle. "
        "In: a. a → b → a"
    ]


def test_what_is_no_yaml_is_told_with_its_line():
    with pytest.raises(PackError, match=r"bg/x.yaml:2: This is not YAML") as error:
        read_text("facts:\n  a: {text: Who?, b: [}", "bg/x.yaml")

    assert "in quotes" in str(error.value)


def test_a_key_written_twice():
    with pytest.raises(PackError, match=r"bg/x.yaml:2: a stands here twice"):
        read_text("a: 1\na: 2", "bg/x.yaml")


def test_words_that_yaml_takes_for_truth_values_stay_words():
    tree = read_text("a: yes\nb: NO\nc: on\nd: true\ne: 2026-06-11\nf: '3'\ng: 3", "x")

    values = [str(part.value) for part in tree.value.values()]
    assert values == ["yes", "NO", "on", "True", "2026-06-11", "3", "3"]


def test_a_folder_that_is_no_pack(tmp_path):
    with pytest.raises(PackError, match=r"There is no pack.yaml"):
        load_pack(tmp_path)


def test_a_text_cut_at_a_comma_is_told():
    cut = PACK.replace("CONDITION", "job_offer").replace(
        "text: {bg: п, en: w}", "text: {bg: п, en: work, and more}"
    )

    [told] = errors(cut)

    assert (
        "text has no text in “and more”. A text with a comma stands in quotes" in told
    )
