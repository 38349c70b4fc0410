"""``gishe directory`` in a terminal and for programs."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from gishe.directory.models import Language, Phone, Schedule, Service
from gishe.exchange.commands import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    def call(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return call


def test_import_says_how_many_rows_and_ends_well(run, folder):
    answer = run("import", folder())

    assert answer.exit_code == 0
    assert "11 rows" in answer.output
    assert Service.objects.count() == 2


def test_a_dry_run_answers_programs_row_by_row(run, folder):
    answer = run("import", folder(), "--dry-run", "--json", "--source", "door")

    about = json.loads(answer.stdout)
    assert about["dry_run"] is True
    assert len(about["rows"]) == about["counts"]["rows"] == 11
    repaired = [row for row in about["rows"] if row["outcome"] == "repaired"]
    assert {change["code"] for row in repaired for change in row["changes"]} == {
        "url_mended",
        "time_read",
        "language_code_added",
    }
    assert Service.objects.count() == 0


def test_refused_rows_end_with_one(run, folder):
    answer = run("import", folder(services="id,organization_id,name\n1,1,\n"))

    assert answer.exit_code == 1
    assert "services.csv, row 2, name" in answer.output
    assert "to mend and bring again" in answer.output


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_what_cannot_be_read_ends_with_two(run, tmp_path, words):
    answer = run("import", tmp_path / "nothing.zip", *words)

    assert answer.exit_code == 2
    assert "There is no file nothing.zip. Nothing was changed." in answer.output


def test_an_unknown_mapping_ends_with_two(run, folder):
    assert run("import", folder(), "--mapping", "none").exit_code == 2


@pytest.mark.parametrize("name", ["out.json", "out.zip"])
def test_export_comes_in_again_without_change(run, folder, tmp_path, name):
    run("import", folder())
    path = tmp_path / name

    assert run("export", path, "--language", "en").exit_code == 0

    answer = run("import", path, "--json")
    counts = json.loads(answer.stdout)["counts"]
    assert counts["created"] == counts["updated"] == counts["repaired"] == 0
    assert counts["unchanged"] == 11


def test_an_exported_package_says_what_its_files_are(run, folder, tmp_path):
    run("import", folder())
    run("export", tmp_path / "out.zip", "--format", "tabular", "--json")

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        described = json.loads(archive.read("datapackage.json"))
        named = {each["path"] for each in described["resources"]}
        assert named == set(archive.namelist()) - {"datapackage.json"}
        header = archive.read("services.csv").decode().splitlines()[0]
    assert header.startswith("id,organization_id,program_id,name")


def test_export_keeps_what_was_there_when_it_cannot_write(run, folder, tmp_path):
    assert run("export", tmp_path / "no folder" / "out.json").exit_code == 2
    assert run("export", tmp_path / "out.json", "--format", "xml").exit_code == 2


def test_any_table_through_a_saved_mapping(run, tmp_path):
    saved = run(
        "mapping",
        "save",
        "list",
        "Service=services.name",
        "Who=organizations.name",
        "Phone 1=phones.number",
        "Phone 2=phones.number",
        "Languages=languages.name",
        "Days=schedules.byday",
        "From=schedules.opens_at",
        "To=schedules.closes_at",
        "Street=addresses.address_1",
        "--constant",
        "services.status=active",
    )
    assert saved.exit_code == 0, saved.output
    table = tmp_path / "list.csv"
    table.write_text(
        "Service;Who;Phone 1;Phone 2;Languages;Days;From;To;Street;Odd\n"
        "German;Open Door;111111;222222;German, Arabic;Mon-Fri;9am;5pm;Main 1;x\n"
        "Advice;Open Door;333333;;English;Tuesday;10:00;noon;Main 1;\n"
        ";Open Door;444444;;;;;;;\n",
        encoding="utf-8",
    )

    answer = run("import", table, "--mapping", "list", "--json")

    about = json.loads(answer.stdout)
    assert about["counts"]["rows"] == 3
    assert about["counts"]["refused"] == 1
    assert Service.objects.count() == 2
    assert Phone.objects.count() == 3
    assert sorted(Language.objects.values_list("code", flat=True)) == ["ar", "de", "en"]
    assert Schedule.objects.filter(byday="MO,TU,WE,TH,FR").count() == 1
    assert "list" in run("mapping", "list").output
    assert "services.name" in run("mapping", "columns").output
    again = json.loads(run("import", table, "--mapping", "list", "--json").stdout)
    assert again["counts"]["created"] == again["counts"]["updated"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("list", "Service=services.nam"),
        ("list", "Service=services.name"),
        ("list", "Service"),
        ("bad name", "A=services.name", "B=organizations.name"),
    ],
)
def test_a_wrong_mapping_is_not_saved(run, words):
    assert run("mapping", "save", *words).exit_code == 2
