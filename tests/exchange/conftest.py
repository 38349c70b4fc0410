"""Sources as other cities send them, small enough to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gishe.exchange import actions
from tests.conftest import NOON

TABLES = {
    "organizations.csv": (
        "id,name,description,email,url\n"
        "1,Open Door,Helps people who arrive.,door@example.org,www.example.org\n"
    ),
    "services.csv": (
        "id,organization_id,name,description,status\n"
        "10,1,German course,Twice a week.,active\n"
        "11,1,Legal advice,For everybody.,active\n"
    ),
    "locations.csv": (
        "id,organization_id,name,latitude,longitude\n20,1,The house,42.69,23.32\n"
    ),
    "service_at_location.csv": "id,service_id,location_id\n30,10,20\n31,11,20\n",
    "phones.csv": "id,service_id,number\n40,10,+359 2 987 6543\n",
    "schedules.csv": (
        "id,service_id,weekday,opens_at,closes_at\n"
        "50,10,Monday,9:00,17:00\n"
        "51,11,Tuesday,9am,5:30pm\n"
    ),
    "languages.csv": "id,service_id,language\n60,10,German\n61,11,Bulgarian\n",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> Path:
    """Reports and refused rows of a test stay with the test."""
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A tabular package; keyword arguments replace tables, None takes one out."""

    def write(**tables: str | None) -> Path:
        path = tmp_path / "door"
        path.mkdir(exist_ok=True)
        for name, text in {
            **TABLES,
            **{f"{k}.csv": v for k, v in tables.items()},
        }.items():
            (path / name).unlink(missing_ok=True)
            if text is not None:
                (path / name).write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def bring(db: None) -> Callable[..., actions.Imported]:
    """Import a path as the source "door"."""

    def take(path: Path, **order: object) -> actions.Imported:
        wanted = {"source_name": "door", **order}
        return actions.take_in(
            order=actions.Order(path=path, **wanted),  # type: ignore[arg-type]
            by=None,
            at=NOON,
        )

    return take


@pytest.fixture
def look(db: None) -> Callable[..., actions.Imported]:
    """Look at a path, and change nothing."""

    def look_at(path: Path, **order: object) -> actions.Imported:
        wanted = {"source_name": "door", **order}
        return actions.look_at(
            order=actions.Order(path=path, **wanted),  # type: ignore[arg-type]
            by=None,
            at=NOON,
        )

    return look_at
