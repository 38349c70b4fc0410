"""The program printed as SQL answers what the table answers.

On PostgreSQL where DATABASE_URL names one, on SQLite otherwise.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gishe.core.rules import as_sql, decide_table, read_table
from gishe.lawbook.loading import load_pack
from tests.core.rules.rules_reference import (
    AS_OF,
    FACTS,
    INSTEAD,
    ROUTES,
    ROUTES_OF_ONE_NATIONALITY,
    pack_of,
    people,
)

KINDS = {
    "bool": "boolean",
    "integer": "integer",
    "number": "double precision",
    "date": "date",
}
URL = os.environ.get("DATABASE_URL", "")
DIALECT = "postgresql" if URL.startswith("postgres") else "sqlite"
pytestmark = pytest.mark.each_database
Ask = Callable[[str, dict, list[dict]], list[tuple]]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Fill a table ``person`` and run a query on it."""
    connect = psycopg.connect if DIALECT == "postgresql" else sqlite3.connect
    base = connect(URL if DIALECT == "postgresql" else ":memory:")
    mark = "%s" if DIALECT == "postgresql" else "?"

    def run(query: str, facts: dict, everybody: list[dict]) -> list[tuple]:
        cursor = base.cursor()
        columns = [f"{n} {KINDS.get(f['type'], f['type'])}" for n, f in facts.items()]
        cursor.execute("DROP TABLE IF EXISTS person")
        cursor.execute(f"CREATE TEMP TABLE person (id integer, {', '.join(columns)})")
        marks = ", ".join([mark] * (len(facts) + 1))
        for i, person in enumerate(everybody):
            values = [_said(person.get(name)) for name in facts]
            cursor.execute(f"INSERT INTO person VALUES ({marks})", [i, *values])
        cursor.execute(query)
        return [row[1:] for row in sorted(cursor.fetchall())]

    yield run
    base.close()


def _said(value: object) -> object:
    if isinstance(value, tuple):
        return list(value) if DIALECT == "postgresql" else ", ".join(value)
    if isinstance(value, date) and DIALECT == "sqlite":
        return value.isoformat()
    return value


# SQLite knows no arrays, so nothing is asked about several nationalities there.
ROUTES_HERE = ROUTES if DIALECT == "postgresql" else ROUTES_OF_ONE_NATIONALITY
SEVERAL = {"type": "text[]" if DIALECT == "postgresql" else "text"}
TYPES = {
    name: SEVERAL
    if fact.get("many")
    else fact
    if fact["type"] in KINDS
    else {"type": "text"}
    for name, fact in FACTS.items()
}


@given(ROUTES_HERE, st.lists(people(), min_size=1, max_size=20), INSTEAD)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_sql_agrees_with_the_table(ask, routes, everybody, presumed):
    pack = pack_of(routes, **presumed)
    columns = {name: [p.get(name) for p in everybody] for name in FACTS}
    table = decide_table(pack, read_table(pack, columns), AS_OF, complete=0)

    rows = ask(as_sql(pack, AS_OF, dialect=DIALECT), TYPES, everybody)

    for row, (may_work, route) in enumerate(rows):
        assert may_work == table.may_work(row)
        if may_work != "unknown":
            assert route == table.route(row)


def test_sql_of_the_example_pack(ask):
    pack = load_pack(Path(__file__).parent / "example_pack")
    several = {"type": "text[]" if DIALECT == "postgresql" else "text"}
    facts = {
        name: several
        if fact.many
        else {"type": fact.type}
        if fact.type in KINDS
        else {"type": "text"}
        for name, fact in pack.facts.items()
    }
    day = date(2026, 5, 12)
    everybody = [
        {"status": "refugee", "birth_date": date(2009, 5, 13)},
        {"status": "refugee", "birth_date": date(2008, 5, 12)},
        {"status": "asylum_seeker", "application_lodged": date(2026, 2, 12)},
        {
            "status": "none",
            "job_offer": True,
            "employer_size": "sme",
            "higher_education_years": 0,
            "employer_tcn_count_12m": 4,
            "employer_average_headcount_12m": 10,
        },
        {"status": "none", "job_offer": False},
        {},
    ]
    if DIALECT == "postgresql":
        everybody = [{"nationality": ["AF", "SY"], **person} for person in everybody]
        query = as_sql(pack, day, dialect=DIALECT)
    else:
        query = as_sql(pack, day, dialect=DIALECT)
        query = query.replace("&& ARRAY['BG', 'DE', 'FR']::text[]", "IN ('BG', 'DE')")
        everybody = [{"nationality": "AF", **person} for person in everybody]
    columns = {n: [p.get(n) for p in everybody] for n in everybody[3] | everybody[0]}
    columns["application_lodged"] = [p.get("application_lodged") for p in everybody]

    table = decide_table(pack, read_table(pack, columns), day, complete=0)

    rows = ask(query, facts, everybody)
    assert [row[0] for row in rows] == [table.may_work(i) for i in range(6)]
    assert [row[0] for row in rows][:2] == ["conditional", "yes"]


def test_a_dialect_nobody_knows_is_refused():
    pack = load_pack(Path(__file__).parent / "example_pack")

    with pytest.raises(ValueError, match="postgresql and sqlite"):
        as_sql(pack, AS_OF, dialect="oracle")
