"""A small load on a server of this machine: bounded in time, over loopback only."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Request = tuple[str, str, bytes | None, dict[str, str]]  # method, path, body, headers


@dataclass(frozen=True)
class Load:
    """What one load measured."""

    requests_per_second: float
    p50_ms: float
    p95_ms: float
    errors: int

    def row(self, name: str) -> dict[str, object]:
        return {
            "name": name,
            "requests_per_second": round(self.requests_per_second),
            "p50_ms": round(self.p50_ms, 1),
            "p95_ms": round(self.p95_ms, 1),
            "errors": self.errors,
        }


def measure(
    port: int,
    request: Callable[[int], Request],
    *,
    connections: int = 16,
    seconds: float = 5.0,
) -> Load:
    """Keep ``connections`` busy for ``seconds``; ``request(n)`` makes the n-th one."""
    started = time.perf_counter()
    until = started + seconds

    def visitor(number: int) -> tuple[list[float], int]:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        times, errors, n = [], 0, number
        while (before := time.perf_counter()) < until:
            method, path, body, headers = request(n)
            link.request(method, path, body=body, headers=headers)
            answer = link.getresponse()
            answer.read()
            times.append(time.perf_counter() - before)
            errors += answer.status >= 400
            n += connections
        link.close()
        return times, errors

    with ThreadPoolExecutor(connections) as pool:
        results = list(pool.map(visitor, range(connections)))
    elapsed = time.perf_counter() - started
    times = sorted(t for each, _ in results for t in each)
    return Load(
        requests_per_second=len(times) / elapsed,
        p50_ms=statistics.median(times) * 1000,
        p95_ms=times[int(len(times) * 0.95)] * 1000,
        errors=sum(errors for _, errors in results),
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(home: Path, application: str = "config.wsgi:application") -> Iterator[int]:
    """A server of two processes over the data in ``home``; its port."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--no-access-log",
    ]
    command += ["--workers", "2", "--blocking-threads", "1", "--port", str(port)]
    process = subprocess.Popen(
        [*command, application],
        env=os.environ | {"GISHE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/health")
            link.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")
