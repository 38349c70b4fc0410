"""Files of cases: one reader for the console and for the page."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from gishe.rights import case_files, packs, tables
from tests.rights.rights_walks import TODAY

DAY = date(2026, 1, 2)
HEAD = "id,status,age,nationality"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def decided(tmp_path):
    """What comes out of a CSV, by the rows' names."""

    def _decided(content, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        blocks = case_files.read_path(path)
        return {it.name: it for it in tables.decide_blocks(blocks, TODAY)}

    return _decided


def test_a_quote_that_nobody_closes_spoils_its_own_line_only(decided):
    found = decided(f'{HEAD}\na,refugee,30,SY\nb,"refugee,30,SY\nc,refugee,30,SY\n')

    problems = [it.problems for it in found.values() if it.problems]
    assert [it.may_work for it in found.values()] == ["yes", "error", "yes"]
    assert "not CSV" in str(problems[0][0])


def test_a_quoted_cell_may_hold_a_comma(decided):
    found = decided(f'{HEAD}\n"Doe, J.",refugee,30,SY\n')

    assert found["Doe, J."].may_work == "yes"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_the_cells(decided, delimiter):
    text = f"{HEAD}\na,refugee,30,SY\n".replace(",", delimiter)

    assert decided(text)["a"].may_work == "yes"


def test_a_line_in_another_encoding_spoils_itself_only(decided):
    found = decided(f"{HEAD}\n".encode() + b"a,\xef\xf0,30,SY\nb,refugee,30,SY\n")

    assert "UTF-8" in str(found["a"].problems[0])
    assert found["b"].may_work == "yes"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_understood(decided, newline):
    text = newline.join([HEAD, "a,refugee,30,SY", "", ",,,", "b,refugee,30,SY", ""])

    assert list(decided("\ufeff" + text)) == ["a", "b"]


@pytest.mark.parametrize("nationality", ["SY|IQ", "SY IQ", "sy | iq"])
def test_several_nationalities_stand_with_bars_or_blanks_between(decided, nationality):
    found = decided(f"{HEAD}\na,irregular,30,{nationality}\nb,refugee,30,FR|IQ\n")

    assert found["a"].may_work == "no"
    assert found["b"].route == "free_movement"


def test_each_row_is_decided_by_its_own_law_on_its_own_day(decided):
    found = decided(
        "id,country,as_of,status,nationality,application_lodged\n"
        "a,BG,2025-09-30,asylum_seeker,SY,2025-07-01\n"
        "b,BG,2025-10-01,asylum_seeker,SY,2025-07-01\n"
        "c,FI,,refugee,SY,\n"
        "d,JP,,refugee,SY,\n"
        "e,BG,soon,refugee,SY\n"
    )

    assert [it.may_work for it in found.values()] == [
        "not_yet",
        "yes",
        "yes",
        "error",
        "error",
    ]
    assert len(found["e"].problems) == 2


@pytest.mark.parametrize("number", ["nan", "inf", "1e999", "thirty"])
def test_what_is_no_number_breaks_its_row(decided, number):
    assert decided(f"{HEAD}\na,refugee,{number},SY\n")["a"].may_work == "error"


def test_a_row_of_an_ended_law_is_answered_by_that_law_though_the_blocks_are_many(
    decided, monkeypatch
):
    monkeypatch.setattr(case_files, "BLOCK", 3)
    rows = [f"p{n},refugee,{30 + n},SY" for n in range(10)]
    rows[7] = "p7,refugees,37,SY"

    found = decided("\n".join([HEAD, *rows]))

    assert [it.number for it in found.values()] == list(range(1, 11))
    assert [name for name, it in found.items() if it.problems] == ["p7"]


def test_a_column_that_is_no_fact_is_named_with_the_one_that_was_meant():
    with pytest.raises(case_files.NotReadable, match=r"called statuss.*Did you mean"):
        list(case_files.read_upload("x.csv", b"id,statuss\na,refugee\n"))


def test_a_row_with_a_fact_of_another_law_is_told(decided):
    stranger = next(
        name for name in packs.by_id("fi").facts if name not in packs.by_id("bg").facts
    )

    found = decided(f"id,status,{stranger}\na,refugee,true\nb,refugee,\n")

    assert "no such fact" in str(found["a"].problems[0])
    assert found["b"].may_work == "yes"


def test_a_file_read_in_parts_is_gathered_as_one(monkeypatch):
    monkeypatch.setattr(case_files, "BLOCK", 2)
    text = "\n".join(["status,age", *["refugee,30"] * 4, "refugee"])

    read = tables.gathered(case_files.read_upload("x.csv", text.encode()))

    assert len(read) == 5
    assert read.names == ["1", "2", "3", "4", "5"]
    assert list(read.broken) == [4]


def test_dates_and_lists_of_parquet_and_json_are_taken_as_they_are():
    pack = packs.by_id("bg")
    columns = {
        "application_lodged": [
            datetime(2026, 1, 2, 3, tzinfo=UTC),
            date(2026, 1, 2),
            None,
        ],
        "children": [[{"age": 3}], "3|9", None],
    }

    found = tables.typed(pack, columns)

    assert found["application_lodged"] == [DAY, DAY, None]
    assert found["children"] == [[{"age": 3}], [{"age": 3}, {"age": 9}], None]


def test_json_names_what_is_no_fact_and_what_is_null():
    given = [{"id": "a", "facts": {"moon": 1}}, {"status": None}, {"status": "refugee"}]

    read = tables.gathered(case_files.read_upload("x.json", json.dumps(given).encode()))
    read.table(packs.by_id("bg"))

    assert sorted(read.broken) == [0, 1]
    assert read.names == ["a", "2", "3"]
