"""``gishe programme compose``: what it prints, and that it changes nothing."""

import json
import re

import pytest
from typer.testing import CliRunner

from gishe.programme import commands
from gishe.programme.models import MonthVersion, Slot
from tests.programme import programme_factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(clara):
    room = make.room()
    for name in ("One", "Two"):
        service = make.service(make.organization(name), name)
        make.offer(service, by=clara, room=room)


def run(*arguments):
    return CliRunner().invoke(commands.app, ["compose", *arguments])


def test_the_proposal_as_json(offered):
    found = json.loads(run("2026-12", "--json").stdout)

    assert found["offered"] == 10
    assert len(found["chosen"]) == 5
    assert found["left_out"][0]["reasons"][0]["code"] == "room_taken"


def test_the_proposal_as_a_table(offered):
    answer = run("2026-12")

    assert "5 of 10 hours. Nothing was saved or published." in answer.stdout


def test_nothing_is_saved(offered):
    run("2026-12", "--json")

    assert not Slot.objects.exists()
    assert not MonthVersion.objects.exists()


def test_a_month_that_cannot_be_is_refused(db):
    answer = run("2026-13")

    assert answer.exit_code == 2


def test_everything_is_said_in_one_language(offered):
    english, bulgarian = (
        run("2026-12").stdout,
        run("2026-12", "--language", "bg").stdout,
    )

    assert not re.search("[а-я]", english)
    assert "Нищо не е запазено" in bulgarian
    assert "Nothing" not in bulgarian
    assert run("2026-12", "--language", "xx").exit_code == 2


def test_a_month_that_is_over_and_one_without_offers_are_told(db):
    answer = run("1999-12", "--json")

    assert "1999-12 is over" in answer.stderr
    assert "Nobody has offered hours for 1999-12." in answer.stderr
    assert json.loads(answer.stdout)["offered"] == 0
