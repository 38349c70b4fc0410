"""How many contacts a second does the counter take, and how long does one wait?

Posts the form on 16 connections against the real server, with sign-in, validation
and audit trail; beside it a plain Django view without any of them, which inserts the
same rows, on the same machine in the same run. Prints one JSON line.

    python -m benchmarks.contact_log [--seconds 4] [--connections 16]
"""

import argparse
import json
import socket
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import uuid_utils.compat

from benchmarks.counter import ROOT, Adviser, City

PLAIN = [
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"),
    *("--blocking-threads", "1", "--no-access-log", "benchmarks.plain:application"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(
    city: City, path: str, connections: int, seconds: float
) -> dict[str, float]:
    """Requests a second and waits in milliseconds, all connections busy."""

    def work(until: float) -> list[float]:
        waits = []
        with Adviser(city, path) as adviser:
            while time.perf_counter() < until:
                began = time.perf_counter()
                status = adviser.log(uuid_utils.compat.uuid7())
                waits.append(time.perf_counter() - began)
                if status >= 400:
                    raise RuntimeError(f"The server answered {status}.")
        return waits

    with ThreadPoolExecutor(connections) as threads:
        began = time.perf_counter()
        done = list(threads.map(work, [began + seconds] * connections))
        took = time.perf_counter() - began
    waits = sorted(wait for one in done for wait in one)
    return {
        "requests_per_second": round(len(waits) / took, 1),
        "p50_ms": round(statistics.median(waits) * 1000, 1),
        "p95_ms": round(waits[int(len(waits) * 0.95)] * 1000, 1),
    }


def trial(city: City, path: str, connections: int, seconds: float) -> dict[str, float]:
    """Serve the city, warm it up, measure, stop."""
    city.serve()
    try:
        measure(city, path, connections, 0.5)
        return measure(city, path, connections, seconds)
    finally:
        city.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--assets", type=Path, default=ROOT / "var")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        city = City(Path(folder) / "home", free_port())
        city.prepare(assets=asked.assets)
        load = {"connections": asked.connections, "seconds": asked.seconds}
        ours = trial(city, "/bg/contacts/new/", **load)
        city.port = free_port()
        city.command = [*PLAIN, "--port", str(city.port)]
        plain = trial(city, "/plain/", **load)
    answer = {"benchmark": "contact_log", "database": "sqlite", **load}
    print(json.dumps(answer | {"gishe": ours, "plain_django": plain}))  # noqa: T201


if __name__ == "__main__":
    main()
