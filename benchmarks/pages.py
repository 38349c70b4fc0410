"""Pages at 16 connections, beside a bare Django page of the same rows in the same run.

    python -m benchmarks.pages

The programme page over the demo city's month; service search over 5,000 services.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from benchmarks.load import Request, measure, server

WORDS = ["doctor", "лекар", "работа", "طبيب", "юрист", "logement", "школа", "курс"]
FILL = """
import django; django.setup()
from benchmarks.search import fill
fill(5000)
"""


def _get(path: str) -> Request:
    return ("GET", path, None, {"Accept-Encoding": "identity"})


def programme(n: int) -> Request:
    return _get("/bg/programme/")


def search(n: int) -> Request:
    return _get(f"/en/services/?q={quote(WORDS[n % len(WORDS)])}")


def plain_month(n: int) -> Request:
    return _get("/month")


def plain_search(n: int) -> Request:
    return _get(f"/services?q={quote(WORDS[n % len(WORDS)])}")


def main() -> None:
    """Fill a city of its own, then measure page and peer one after the other."""
    with tempfile.TemporaryDirectory(prefix="gishe-bench-") as folder:
        environment = os.environ | {
            "GISHE_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        gishe = [sys.executable, "-m", "gishe"]
        quiet = {"check": True, "env": environment, "stderr": subprocess.DEVNULL}
        subprocess.run([*gishe, "demo", "--no-serve"], **quiet)
        pairs = {
            "programme": (programme, plain_month),
            "search": (search, plain_search),
        }
        for name, (page, peer) in pairs.items():
            if name == "search":
                subprocess.run([sys.executable, "-c", FILL], **quiet)
            with server(Path(folder)) as port:
                ours = measure(port, page).row("gishe")
            with server(Path(folder), "benchmarks.plain:application") as port:
                theirs = measure(port, peer).row("plain Django")
            print(json.dumps({"benchmark": name, "rows": [ours, theirs]}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
