"""Kill the server amid posts: what it acknowledged is there, once and whole."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

from benchmarks.counter import NEEDS, Adviser, City
from gishe.foundation.references import new_reference

POSTS, THREADS, KILL_AFTER = 500, 8, 180
SERVER = os.environ.get("DATABASE_URL", "")
DATABASES = ["postgresql"] if "postgres" in SERVER else ["sqlite"]

pytestmark = pytest.mark.each_database


@pytest.fixture
def own_database(request) -> Iterator[str]:
    """A database of its own: the file in the city's home, or one on the server."""
    if request.param == "sqlite":
        yield ""
        return
    name = f"gishe_kill_{uuid4().hex[:8]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def city(own_database: str, tmp_path: Path, free_port: int) -> Iterator[City]:
    city = City(tmp_path / "home", free_port, own_database)
    city.prepare(assets=settings.HOME)
    yield city
    city.stop(signal.SIGKILL)


def post_all(
    city: City, references: list[UUID], kill_after: int | None = None
) -> set[UUID]:
    """Post from several threads; perhaps kill the server when so many came through."""
    acknowledged: set[UUID] = set()

    def work(mine: list[UUID]) -> None:
        with Adviser(city) as adviser:
            for reference in mine:
                try:
                    status = adviser.log(reference)
                except (OSError, HTTPException):
                    return
                assert status == 302
                acknowledged.add(reference)
                if len(acknowledged) == kill_after:
                    city.stop(signal.SIGKILL)

    with ThreadPoolExecutor(THREADS) as threads:
        shares = [references[number::THREADS] for number in range(THREADS)]
        list(threads.map(work, shares))
    return acknowledged


@pytest.mark.slow
@pytest.mark.parametrize("own_database", DATABASES, indirect=True)
def test_what_was_acknowledged_is_there_once_and_whole(city: City):
    references = [new_reference() for _ in range(POSTS)]
    city.serve()

    acknowledged = post_all(city, references, kill_after=KILL_AFTER)

    found = city.run("benchmarks.counter", "dump")
    ids = [row[0] for row in found]
    assert KILL_AFTER <= len(acknowledged) < POSTS
    assert {str(reference) for reference in acknowledged} <= set(ids)
    assert all(row[1:] == [sorted(NEEDS), 1, 1] for row in found)
    assert city.run("gishe", "audit", "verify", "--json")["faults"] == []

    city.serve()
    rest = [reference for reference in references if reference not in acknowledged]
    again = post_all(city, rest)

    found = city.run("benchmarks.counter", "dump")
    assert again == set(rest)
    assert sorted(row[0] for row in found) == sorted(map(str, references))
    assert all(row[1:] == [sorted(NEEDS), 1, 1] for row in found)
    assert city.run("gishe", "audit", "verify", "--json")["faults"] == []


@pytest.mark.slow
@pytest.mark.parametrize("own_database", DATABASES, indirect=True)
def test_one_form_sent_from_four_windows_at_once_makes_one_contact(city: City):
    references = [new_reference() for _ in range(20)]
    together = Barrier(4)
    city.serve()

    def send(_window: int) -> list[int]:
        with Adviser(city) as adviser:
            together.wait(timeout=20)
            return [adviser.log(reference) for reference in references]

    with ThreadPoolExecutor(4) as windows:
        answers = [status for one in windows.map(send, range(4)) for status in one]

    found = city.run("benchmarks.counter", "dump")
    assert answers == [302] * 80
    assert sorted(row[0] for row in found) == sorted(map(str, references))
    assert all(row[1:] == [sorted(NEEDS), 1, 1] for row in found)
