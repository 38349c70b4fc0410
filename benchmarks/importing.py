"""How long does a directory of 4,000 services take to come in?

Imports a tabular HSDS package with hours, telephones, places and languages as the
command does: read, repaired, compared, written, indexed, audited, with the report of
every row. Beside it, in the same run and on the same machine, a plain importer that
reads the same files without any check and saves row by row. Prints one JSON line.

    python -m benchmarks.importing [--services 4000]
"""

import argparse
import csv
import json
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import django

WORDS = ["german", "course", "legal", "advice", "doctor", "housing", "work", "food"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
LANGUAGES = ["English", "Bulgarian", "Ukrainian", "Russian", "Arabic", "Persian"]


def table(folder: Path, name: str, header: list[str], rows: list[list[object]]) -> int:
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return len(rows)


def package(folder: Path, services: int) -> int:
    """A package with the faults of a real one; answers how many rows it has."""
    draw = random.Random(1)
    places = services // 3
    owners = services // 10
    hours = [
        [f"{n}/{day}", n, day, draw.choice(["9:00", "9am", "09:00"]), "17:00"]
        for n in range(services)
        for day in draw.sample(DAYS, 2)
    ]
    return (
        table(
            folder,
            "organizations.csv",
            ["id", "name", "description", "website"],
            [
                [n, f"Organization {n}", "Helps.", "www.example.org"]
                for n in range(owners)
            ],
        )
        + table(
            folder,
            "services.csv",
            ["id", "organization_id", "name", "description", "status"],
            [
                [
                    n,
                    n % (owners + 5),  # some organizations are missing
                    f"{draw.choice(WORDS)} {draw.choice(WORDS)} {n}".title(),
                    "<p>" + " ".join(draw.choices(WORDS, k=30)) + "</p>",
                    "active",
                ]
                for n in range(services)
            ],
        )
        + table(
            folder,
            "locations.csv",
            ["id", "name", "latitude", "longitude"],
            [[n, f"House {n}", 42.7, 23.3] for n in range(places)],
        )
        + table(
            folder,
            "service_at_location.csv",
            ["id", "service_id", "location_id"],
            [[n, n, n % places] for n in range(services)],
        )
        + table(
            folder,
            "phones.csv",
            ["id", "service_id", "number"],
            [[n, n, f"02 987 {n:04}"] for n in range(services)],
        )
        + table(
            folder,
            "schedules.csv",
            ["id", "service_id", "weekday", "opens_at", "closes_at"],
            hours,
        )
        + table(
            folder,
            "languages.csv",
            ["id", "service_id", "name"],
            [[n, n, draw.choice(LANGUAGES)] for n in range(services)],
        )
    )


def peer(folder: Path) -> None:
    """Row by row: no check, no repair, no report, no index, no audit."""
    from gishe.directory import models
    from gishe.directory.identity import row_id
    from gishe.foundation.translated import Translated

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def own(entity: str, key: str) -> dict[str, object]:
        return {"id": row_id("plain", entity, key), "source_name": "plain"}

    def text(words: str) -> Translated:
        return Translated.of("en", en=words)

    known = {row["id"] for row in rows("organizations.csv")}
    missing = {row["organization_id"] for row in rows("services.csv")} - known
    for key in sorted(known | missing):
        models.Organization(name=text(key), **own("organization", key)).save()
    for row in rows("services.csv"):
        models.Service(
            organization_id=row_id("plain", "organization", row["organization_id"]),
            name=text(row["name"]),
            description=text(row["description"]),
            **own("service", row["id"]),
        ).save()
    for row in rows("locations.csv"):
        models.Location(name=text(row["name"]), **own("location", row["id"])).save()
    for row in rows("service_at_location.csv"):
        models.ServiceAtLocation(
            service_id=row_id("plain", "service", row["service_id"]),
            location_id=row_id("plain", "location", row["location_id"]),
            **own("service_at_location", row["id"]),
        ).save()
    for row in rows("phones.csv"):
        models.Phone(
            service_id=row_id("plain", "service", row["service_id"]),
            number=row["number"],
            **own("phone", row["id"]),
        ).save()
    for row in rows("schedules.csv"):
        models.Schedule(
            service_id=row_id("plain", "service", row["service_id"]),
            byday=row["weekday"][:2].upper(),
            **own("schedule", row["id"]),
        ).save()
    for row in rows("languages.csv"):
        models.Language(
            service_id=row_id("plain", "service", row["service_id"]),
            name=row["name"],
            **own("language", row["id"]),
        ).save()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--services", type=int, default=4000)
    services = arguments.parse_args().services
    home = tempfile.TemporaryDirectory()
    os.environ["GISHE_HOME"] = home.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from gishe.exchange import actions

    call_command("migrate", verbosity=0)
    folder = Path(home.name) / "package"
    folder.mkdir()
    rows = package(folder, services)
    order = actions.Order(path=folder, source_name="bench", country="BG")
    seconds: dict[str, float] = {}
    at = datetime.now(tz=UTC)
    for name in ("dry_run", "first", "again"):
        began = time.perf_counter()
        if name == "dry_run":
            done = actions.look_at(order=order, by=None, at=at)
        else:
            done = actions.take_in(order=order, by=None, at=at)
        seconds[name] = round(time.perf_counter() - began, 2)
    assert done.report.counts["created"] == done.report.counts["updated"] == 0
    began = time.perf_counter()
    with transaction.atomic():
        peer(folder)
    seconds["plain_row_by_row"] = round(time.perf_counter() - began, 2)
    answer = {
        "benchmark": "importing",
        "database": connection.vendor,
        "services": services,
        "rows": rows,
        "seconds": seconds,
        "target_seconds": 10,
    }
    sys.stdout.write(json.dumps(answer) + "\n")
    connection.close()
    home.cleanup()


if __name__ == "__main__":
    main()
