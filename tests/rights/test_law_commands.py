"""``gishe law``: JSON on standard output, words on standard error, exit codes."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from typer.testing import CliRunner

from gishe.lawbook import loading
from gishe.rights import case_files, queries, tables
from gishe.rights.commands import app
from gishe.rights.models import RuleReview
from tests.conftest import NOON

# The console asks the city's database for doubts.
pytestmark = pytest.mark.django_db

MANY = 20_000


@pytest.fixture
def run():
    def _run(*arguments, stdin=None):
        return CliRunner().invoke(app, [str(it) for it in arguments], input=stdin)

    return _run


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"country": "BG", "facts": {"status": "refugee"}}))
    return path


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_case_is_decided(run, case):
    result = run("decide", case)

    [told] = lines(result)
    assert (result.exit_code, told["may_work"]) == (0, "yes")


def test_the_facts_that_a_case_may_give_are_listed(run):
    [told] = lines(run("facts"))

    assert told["law"] == "bg"
    assert "refugee" in told["facts"]["status"]["values"]
    assert told["facts"]["nationality"]["many"] is True
    assert told["facts"]["age"]["question"].endswith("?")


def test_there_are_no_facts_of_a_law_that_is_not_there(run):
    result = run("facts", "jp")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is: bg" in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"facts": {"status": "refugee", "status": "student"}}', "there twice"),
        ("[" * 100_000, "nested too deep"),
        ("[]", "A case is written as"),
    ],
)
def test_what_is_no_case_is_told_without_a_traceback(run, text, words):
    result = run("decide", "-", stdin=text)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_case_may_begin_with_a_byte_order_mark(run):
    result = run("decide", "-", stdin='\ufeff{"facts": {"status": "refugee"}}')

    assert result.exit_code == 0


def test_a_case_may_come_from_standard_input(run):
    result = run("decide", "-", stdin='{"facts": {"status": "refugee"}}')

    assert lines(result)[0]["may_work"] == "yes"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "A case is written as"),
        ('{"facts": {"statuss": "refugee"}}', "Did you mean"),
        ('{"country": "JP"}', "JP"),
        ('{"as_of": "x"}', "2026-06-11"),
    ],
)
@pytest.mark.parametrize("command", ["decide", "question"])
def test_a_case_that_cannot_be_decided_says_why(run, tmp_path, command, text, words):
    path = tmp_path / "bad.json"
    path.write_text(text)

    result = run(command, path)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    assert "cannot be read" in run("decide", tmp_path / "none.json").stderr


def test_the_next_question_is_told(run):
    result = run("question", "-", stdin="{}")

    assert lines(result)[0]["question"]["fact"] == "status"


@pytest.fixture
def people(tmp_path):
    """Many rows, of which three are broken each in its own way."""
    rows = ["id,country,as_of,status,age,nationality,document_valid_until"]
    rows += [
        f"p{n},BG,2026-11-21,{'refugee' if n % 2 else 'irregular'},{20 + n % 40},SY,"
        for n in range(MANY)
    ]
    rows[101] = "p100,BG,2026-11-21,refugees,30,SY,"
    rows[5001] = "p5000,BG,2026-11-21,refugee,30,SY,2026-02-30"
    rows[9001] = "p9000,BG,2026-11-21,refugee"
    path = tmp_path / "people.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_table_is_decided_but_for_its_broken_rows(run, people):
    result = run("decide-many", people)

    told = lines(result)
    broken = [row for row in told if "error" in row]
    assert result.exit_code == 1
    assert [row["row"] for row in told] == list(range(1, MANY + 1))
    assert [row["id"] for row in broken] == ["p100", "p5000", "p9000"]
    assert "Did you mean refugee" in broken[0]["error"][0]
    assert told[1] == {
        "row": 2,
        "id": "p1",
        "may_work": "yes",
        "route": "exempt_international_protection",
    }
    assert f"{MANY} rows" in result.stderr
    assert "row 101" in result.stderr


def test_a_table_says_what_each_case_alone_would(run, tmp_path):
    path = tmp_path / "few.csv"
    path.write_text(
        "status,nationality,age,application_lodged,as_of,country\n"
        "asylum_seeker,SY,27,2025-07-01,2025-09-30,BG\n"
        "refugee,SY XX,30,,2026-11-21,BG\n"
        "single_permit,,,,,\n"
        "refugee,,,,2026-11-21,JP\n"
        "refugee,,,,yesterday,BG\n",
        encoding="utf-8",
    )

    first, second, third, fourth, fifth = lines(run("decide-many", path))

    assert first["may_work"] == "not_yet"
    assert second["may_work"] == "yes"
    assert third["may_work"] in ("yes", "conditional", "unknown")
    assert "JP" in fourth["error"][0]
    assert "yesterday" in fifth["error"][0]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "statuss\nrefugee\n", "Did you mean status"),
        ("b.csv", "", "no case"),
        ("c.csv", "age,age\n1,2\n", "twice"),
        ("d.txt", "age\n1\n", "neither .csv nor .parquet"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(run, tmp_path, name, text, words):
    path = tmp_path / name
    path.write_text(text)

    result = run("decide-many", path)

    assert result.exit_code == 2
    assert words in result.stderr


def test_parquet_wants_its_library(run, tmp_path, monkeypatch):
    path = tmp_path / "people.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    result = run("decide-many", path)

    assert result.exit_code == 2
    assert "install pyarrow" in result.stderr


def test_a_parquet_table_is_decided(run, tmp_path):
    import pyarrow
    from pyarrow import parquet

    table = pyarrow.table(
        {
            "status": ["refugee", None],
            "application_lodged": [None, date(2025, 7, 1)],
            "nationality": [["SY"], None],
        }
    )
    path = tmp_path / "people.parquet"
    parquet.write_table(table, path)

    first, second = lines(run("decide-many", path))

    assert (first["may_work"], second["may_work"]) == ("yes", "unknown")


def test_a_damaged_parquet_file_is_said(run, tmp_path):
    path = tmp_path / "people.parquet"
    path.write_bytes(b"no parquet")

    result = run("decide-many", path)

    assert (result.exit_code, "not Parquet" in result.stderr) == (2, True)


def test_a_line_with_a_null_byte_is_one_broken_row(tmp_path):
    path = tmp_path / "null.csv"
    path.write_bytes(b"status\nrefugee\nref\x00ugee\nrefugee\n")

    blocks = case_files.read_path(path)
    found = list(tables.decide_blocks(blocks, date(2026, 11, 21)))

    assert [it.may_work for it in found] == ["yes", "error", "yes"]


@pytest.fixture
def doubt(ines):
    """A coordinator doubts a rule of the city's law."""

    def _doubt(rule):
        return RuleReview.objects.create(
            pack="bg",
            rule=rule,
            law_version="1",
            state=RuleReview.State.CHALLENGED,
            reason="A new decree.",
            by=ines,
            at=NOON,
        )

    return _doubt


def test_a_doubt_of_the_citys_lawyers_is_told_on_the_console_too(run, case, doubt):
    doubt(PROTECTED)

    [told] = lines(run("decide", case))

    assert told["may_work"] == "conditional"
    assert told["warnings"][0]["rule"] == PROTECTED


PROTECTED = "exempt_international_protection"
ROWS = {
    "a": ("refugee", "SY", 30),
    "b": ("irregular", "AF", 30),
    "c": ("family_member_of_eu_citizen", "TR", 30),
    "d": ("refugee", "SY", 30),
}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", ["yes", "no", "yes", "yes"]),
        (
            "exempt_international_protection",
            ["conditional", "no", "yes", "conditional"],
        ),
        ("notice_labour_inspectorate", ["conditional", "no", "yes", "conditional"]),
        ("asylum_seeker_pact", ["yes", "no", "yes", "yes"]),
    ],
)
def test_each_row_of_a_table_is_told_like_a_single_case(
    run, tmp_path, doubt, rule, told
):
    path = tmp_path / "people.csv"
    told_rows = [",".join(map(str, (name, *cells))) for name, cells in ROWS.items()]
    path.write_text("\n".join(["id,status,nationality,age", *told_rows]))
    if rule:
        doubt(rule)

    found = lines(run("decide-many", path))

    assert [row["may_work"] for row in found] == told
    doubted = [row["id"] for row in found if row.get("in_doubt") == [rule]]
    assert doubted == [row["id"] for row in found if row["may_work"] == "conditional"]
    for row in found:
        facts = dict(
            zip(("status", "nationality", "age"), ROWS[row["id"]], strict=True)
        )
        alone = run("decide", "-", stdin=json.dumps({"facts": facts}))
        assert lines(alone)[0]["may_work"] == row["may_work"]


def test_a_doubted_number_of_the_law_is_told_to_whoever_it_counts_for(
    run, tmp_path, doubt
):
    path = tmp_path / "people.csv"
    path.write_text(
        "status,study_mode,hours_per_week\n"
        "student,full_time_higher_education,20\n"
        "refugee,,\n"
    )
    doubt("student_hours")

    first, second = lines(run("decide-many", path))

    assert (first["may_work"], first["in_doubt"]) == (
        "conditional",
        ["student_hours"],
    )
    assert second["may_work"] == "yes"


def test_an_answer_that_is_no_yes_names_the_doubt_in_its_own_route(
    run, tmp_path, doubt
):
    path = tmp_path / "people.csv"
    path.write_text(
        "status,nationality,age,job_offer\nnone_abroad,IN,30,yes\nrefugee,SY,30,\n"
    )
    doubt("single_permit")

    first, second = lines(run("decide-many", path))

    assert first["may_work"] == "after_permit"
    assert first["in_doubt"] == ["single_permit"]
    assert "in_doubt" not in second


def test_without_a_citys_database_the_lawbook_alone_answers(
    run, case, tmp_path, monkeypatch
):
    nobody = SimpleNamespace(
        vendor="sqlite",
        is_in_memory_db=lambda: False,
        settings_dict={"NAME": str(tmp_path / "none.sqlite3")},
    )
    monkeypatch.setattr(queries, "connection", nobody)

    result = run("decide", case)

    assert lines(result)[0]["may_work"] == "yes"
    assert list(tmp_path.iterdir()) == [case]


def test_a_database_that_does_not_answer_is_said_and_the_lawbook_answers(
    run, case, monkeypatch
):
    def broken():
        raise OperationalError("connection refused")

    monkeypatch.setattr(queries, "are_kept", broken)

    result = run("decide", case)

    assert lines(result)[0]["may_work"] == "yes"
    assert "connection refused" in result.stderr


def write_pack(folder, months):
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        f"""
pack: {{id: tiny, country: XX, name: {{en: Tiny}}, version: "1", ask: office}}
acts: {{act: {{name: {{en: Act}}}}}}
facts: {{application_lodged: {{type: date}}}}
routes:
  - id: waiting
    text: {{bg: …, en: Those who waited}}
    cite: {{act: act, article: "1"}}
    valid: {{from: 2020-01-01}}
    verified: {{state: primary_text, checked_on: 2026-01-01}}
    applies_if: application_lodged >= 1900-01-01
    grants: yes
    conditions:
      - id: months
        text: {{bg: …, en: Long enough}}
        needs: months_since(application_lodged) >= {months}
        otherwise: not_yet
""",
        encoding="utf-8",
    )
    return folder


def test_two_laws_are_compared_on_people(run, tmp_path):
    old, new = write_pack(tmp_path / "old", 3), write_pack(tmp_path / "new", 6)
    people = tmp_path / "people.csv"
    people.write_text("id,application_lodged\na,2026-01-01\nb,2025-01-01\nc,soon\n")

    result = run("diff", old, new, "--cases", people, "--as-of", "2026-05-01")

    [told] = lines(result)
    assert told["rows"] == 3
    assert told["cases"] == [{"row": 1, "from": "yes", "to": "not_yet", "id": "a"}]
    assert told["changes"] == [{"from": "yes", "to": "not_yet", "count": 1}]
    assert told["broken"][0]["row"] == 3


def test_people_of_another_country_are_not_compared(run, tmp_path):
    old, new = write_pack(tmp_path / "old", 3), write_pack(tmp_path / "new", 6)
    people = tmp_path / "people.csv"
    people.write_text("id,country,application_lodged\na,DE,2026-01-01\n")

    [told] = lines(run("diff", old, new, "--cases", people, "--as-of", "2026-05-01"))

    assert told["cases"] == []
    assert "not of DE" in told["broken"][0]["error"][0]


def test_one_law_is_compared_on_two_days(run, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(
        "status,nationality,application_lodged\nasylum_seeker,SY,2025-07-01\n"
    )

    result = run("diff", "2025-09-30", "2025-10-01", "--cases", people)

    [told] = lines(result)
    assert told["changes"] == [{"from": "not_yet", "to": "yes", "count": 1}]


def test_what_is_neither_day_nor_folder_is_said(run, people):
    result = run("diff", "soon", "2026-01-01", "--cases", people)

    assert result.exit_code == 2
    assert "neither a folder nor a day" in result.stderr


def test_the_check_names_file_and_line(run, tmp_path):
    folder = write_pack(tmp_path / "tiny", 3)
    path = folder / "pack.yaml"
    path.write_text(path.read_text().replace("grants: yes", "grants: maybe"))

    result = run("check", folder)

    [told] = lines(result)
    assert result.exit_code == 1
    assert told["ok"] is False
    problem = told["problems"]["tiny"][0]
    assert problem["file"].endswith("pack.yaml")
    assert problem["line"] > 1


@pytest.mark.slow
def test_the_citys_own_law_holds(run):
    result = run("check", loading.LAWBOOK / "bg")

    [told] = lines(result)
    assert (result.exit_code, told) == (0, {"ok": True, "problems": {"bg": []}})
