"""How long does a city's law take for a table of a million people, file to answer?

Prints one JSON line: seconds and the largest memory of ``gishe law decide-many`` on an
invented CSV, of which three rows are broken, and on the same table as Parquet.

    python -m benchmarks.deciding [--rows 1000000]
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("GISHE_HOME", tempfile.mkdtemp(prefix="gishe-bench-"))

FACTS = {
    "status": [
        "refugee",
        "irregular",
        "asylum_seeker",
        "temporary_protection",
        "single_permit",
        "student",
        "none",
        "humanitarian_status",
        "eu_blue_card",
        "none_abroad",
    ],
    "nationality": ["SY", "AF", "UA", "MD", "RU", "TR", "IQ", "SY|IQ", "", "XX"],
    "job_offer": ["true", "false", ""],
    "hours_per_week": ["", "20", "40"],
}
DAYS = ("application_lodged", "document_valid_until")
HEADER = ["id", "country", "as_of", "age", *FACTS, *DAYS]


def row(number: int, draw: random.Random) -> list[str]:
    facts = [draw.choice(values) for values in FACTS.values()]
    days = [str(date(2024, 1, 1) + timedelta(draw.randrange(900))) for _ in DAYS]
    age = str(draw.randint(14, 70))
    return [f"p{number}", "BG", "2026-11-21", age, *facts, *days]


def write(path: Path, rows: int) -> None:
    draw = random.Random(0)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            cells = row(number, draw)
            if number == rows // 4:
                cells[4] = "refugees"
            elif number == rows // 2:
                cells[-1] = "2026-02-30"
            elif number == 3 * rows // 4:
                cells = cells[:4]
            writer.writerow(cells)


def as_parquet(path: Path) -> Path:
    """The rows of the CSV that are whole, as Parquet with texts, a part at a time."""
    from pyarrow import csv as tables
    from pyarrow import parquet, string

    reader = tables.open_csv(
        path,
        parse_options=tables.ParseOptions(invalid_row_handler=lambda _row: "skip"),
        convert_options=tables.ConvertOptions(
            column_types=dict.fromkeys(HEADER, string())
        ),
    )
    written = path.with_suffix(".parquet")
    with parquet.ParquetWriter(written, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    return written


def measure(path: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "gishe", "law", "decide-many", str(path)]
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as done:
        assert done.stdout is not None
        decided = broken = 0
        for line in done.stdout:
            decided += 1
            broken += b'"error"' in line
        _pid, _status, used = os.wait4(done.pid, 0)
        done.returncode = 0
    return {
        "decided": decided - broken,
        "broken": broken,
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": round(used.ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        write(path, rows)
        line = {"benchmark": "deciding", "rows": rows, "csv": measure(path)}
        line["parquet"] = measure(as_parquet(path))
    print(json.dumps(line))  # noqa: T201


if __name__ == "__main__":
    main()
