"""The trail: nothing in it without its deed, nothing out of it unseen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from typer.testing import CliRunner

from gishe.desks.console import app
from gishe.foundation import audit
from gishe.foundation.models import AuditEvent, AuditHead
from gishe.foundation.references import new_reference
from tests.conftest import NOON

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import django; django.setup()
from datetime import UTC, datetime
from django.db import connection, transaction
from gishe.foundation import audit
for number in range(25):
    with transaction.atomic():
        audit.record("row.written", target="x", reference=None, by=None,
                     at=datetime(2026, 11, 18, tzinfo=UTC), number=number)
connection.close()
"""


def record(verb: str = "row.written", **detail: object) -> AuditEvent:
    return audit.record(
        verb, target="x", reference=new_reference(), by=None, at=NOON, **detail
    )


def tamper(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def found() -> list[tuple[int, str]]:
    return [(fault.sequence, fault.kind) for fault in audit.faults()]


def test_an_empty_trail_holds(db):
    assert found() == []


def test_events_are_chained(db, jonas):
    first = record()
    second = audit.record(
        "case.read",
        target="people.Case",
        reference=new_reference(),
        by=jonas,
        at=NOON,
        purpose="Counter visit",
        words="Здравейте أهلًا",
        numbers=[1, 2.5, None],
    )

    assert (first.sequence, second.sequence) == (1, 2)
    assert second.previous == first.digest
    assert second.role == "adviser"
    assert found() == []


def test_what_was_rolled_back_leaves_nothing(db):
    record()

    with transaction.atomic():
        record()
        transaction.set_rollback(True)

    record()
    assert AuditEvent.objects.count() == 2
    assert found() == []


def test_the_trail_is_append_only(db):
    record()

    with pytest.raises(PermissionDenied):
        AuditEvent.objects.update(verb="row.forgotten")
    with pytest.raises(PermissionDenied):
        AuditEvent.objects.all().delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "row.forgotten"),
        ("role", "king"),
        ("purpose", "none"),
        ("detail", '{"number": 7}'),
        ("target", "y"),
    ],
)
def test_a_changed_event_is_found(db, column, value):
    for number in range(4):
        record(number=number)

    tamper(f"UPDATE foundation_auditevent SET {column} = %s WHERE sequence = 2", value)

    assert found() == [(2, "changed")]


def test_a_missing_event_in_the_middle_is_found(db):
    for _ in range(4):
        record()

    tamper("DELETE FROM foundation_auditevent WHERE sequence = 3")

    assert found() == [(3, "missing")]


def test_a_cut_tail_is_found(db):
    for _ in range(4):
        record()

    tamper("DELETE FROM foundation_auditevent WHERE sequence >= 3")

    assert found() == [(3, "cut")]


def test_a_trail_emptied_altogether_is_found(db):
    record()

    tamper("DELETE FROM foundation_auditevent")

    assert found() == [(1, "cut")]


def test_a_head_that_was_lost_is_found(db):
    record()

    AuditHead.objects.all().delete()

    assert found() == [(2, "cut")]


def test_the_command_tells_and_exits_accordingly(db):
    for _ in range(3):
        record()
    good = CliRunner().invoke(app, ["audit", "verify"])
    tamper("UPDATE foundation_auditevent SET verb = 'x' WHERE sequence = 2")

    bad = CliRunner().invoke(app, ["audit", "verify"])
    as_json = CliRunner().invoke(app, ["audit", "verify", "--json"])

    assert good.exit_code == 0
    assert "3 events, unbroken" in good.stdout
    assert (bad.exit_code, as_json.exit_code) == (1, 1)
    assert "Event 2: changed." in bad.stdout
    answer = json.loads(as_json.stdout)
    assert answer["events"] == 3
    assert answer["faults"] == [{"sequence": 2, "kind": "changed"}]


def database_of_writers(folder: Path) -> str:
    """A SQLite file, or the PostgreSQL database of this test."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder}/trail.sqlite3"
    given = connection.settings_dict
    return f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}"


@pytest.mark.slow
def test_writers_at_the_same_time_leave_one_unbroken_chain(transactional_db, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": database_of_writers(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "GISHE_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    python = [sys.executable, "-W", "ignore"]
    if connection.vendor == "sqlite":
        migrate = [*python, "-m", "django", "migrate", "-v0"]
        subprocess.run(migrate, env=environment, check=True)

    writers = [
        subprocess.Popen([*python, "-c", WRITER], env=environment, cwd=ROOT)
        for _ in range(3)
    ]
    codes = [writer.wait(timeout=60) for writer in writers]

    verify = [*python, "-m", "gishe", "audit", "verify", "--json"]
    answer = subprocess.run(
        verify, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert codes == [0, 0, 0]
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert (told["events"], told["faults"]) == (75, [])
