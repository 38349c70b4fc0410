"""The law is read before anybody asks, and a law that cannot be read stops no page."""

import importlib

import pytest

from gishe.core.rules import PackError, Problem
from gishe.lawbook import loading
from gishe.rights import packs


@pytest.fixture
def start():
    """What a server's process does when it starts."""

    def _start():
        return importlib.reload(importlib.import_module("config.wsgi"))

    return _start


def test_a_server_reads_the_citys_law_before_anybody_asks(start):
    loading.pack.cache_clear()

    start()

    assert loading.pack.cache_info().currsize == 1
    assert packs.home().id == "bg"


def test_a_law_that_cannot_be_read_is_logged_and_stops_no_other_page(
    start, monkeypatch, capfd
):
    def broken(day):
        raise PackError([Problem("grants is missing.", "", "bg/routes.yaml", 7)])

    monkeypatch.setattr(packs, "warm", broken)

    application = start().application

    assert callable(application)
    assert "bg/routes.yaml:7" in capfd.readouterr().err


def test_the_citys_own_law_stands_first():
    assert packs.abouts()[0].id == "bg"
    assert packs.of_country("").id == "bg"


@pytest.mark.parametrize("country", ["fi", "FI"])
def test_a_law_is_found_by_its_country(country):
    assert packs.of_country(country).id == "fi"


def test_a_country_without_law_names_those_there_are():
    with pytest.raises(packs.NoSuchLaw, match=r"BE, BG, ES"):
        packs.of_country("JP")

    with pytest.raises(packs.NoSuchLaw, match=r"bg, be"):
        packs.by_id("jp")
