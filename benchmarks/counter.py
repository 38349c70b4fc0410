"""A city of its own for a measurement or a trial: own home, own database, one adviser.

    python -m benchmarks.counter prepare    make tables, an adviser, a session
    python -m benchmarks.counter dump       every contact with what hangs on it

Both print JSON and work on the city that GISHE_HOME and DATABASE_URL name.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "a" * 32
NEEDS = ["legal", "housing"]


@dataclass
class City:
    """A served city; ``command`` is what serves it."""

    home: Path
    port: int
    database_url: str = ""
    command: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GISHE_")}
        return kept | {
            "GISHE_HOME": str(self.home),
            "DATABASE_URL": self.database_url,
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments: str) -> Any:
        """The JSON that a command of this city prints."""
        made = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(made.stdout)

    def prepare(self, assets: Path) -> None:
        """Tables and an adviser; fonts and static files as ``assets`` has them."""
        shutil.copytree(
            assets,
            self.home,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("*.sqlite3*", "*.key", "*.json"),
        )
        self.said = self.run("benchmarks.counter", "prepare")

    def serve(self) -> None:
        """Start the server and wait until it answers."""
        usual = [sys.executable, "-m", "gishe", "serve", "--port", str(self.port)]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command or usual,
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise TimeoutError((self.home / "server.log").read_text()[-2000:])
            time.sleep(0.1)

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server with all its processes."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=20)


class Adviser:
    """One connection on which contacts are posted, as a browser sends the form."""

    def __init__(self, city: City, path: str = "/bg/contacts/new/") -> None:
        self.city, self.path = city, path
        self.connection = HTTPConnection("127.0.0.1", city.port, timeout=20)
        session = city.said["session"]
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        }

    def __enter__(self) -> "Adviser":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def log(self, reference: UUID) -> int:
        """Post one contact with two needs and a service; the status of the answer."""
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "reference": str(reference),
            "need": NEEDS,
            "language": "ar",
            "channel": "walk_in",
            "service": self.city.said["service"],
        }
        body = urlencode(form, doseq=True)
        self.connection.request("POST", self.path, body, self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def _prepare() -> dict[str, str]:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from gishe.accounts.models import User
    from gishe.directory.models import Organization, Service
    from gishe.foundation.translated import Translated

    call_command("migrate", interactive=False, verbosity=0)
    user = User.objects.create_user("jonas@example.org", name="Jonas", role="adviser")
    TOTP.activate(user, generate_totp_secret())
    organization = Organization.objects.create(name=Translated.of("en", en="Open Door"))
    service = Service.objects.create(
        organization=organization, name=Translated.of("en", en="Legal consultation")
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.id)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {
        "session": str(session.session_key),
        "service": str(service.id),
        "user": str(user.id),
    }


def _dump() -> list[list[Any]]:
    from gishe.foundation.models import AuditEvent
    from gishe.visits.queries import with_answers

    told = AuditEvent.objects.filter(verb="contact.logged")
    events = [str(reference) for reference in told.values_list("reference", flat=True)]
    return [
        [
            str(contact.id),
            sorted(row.need for row in contact.needs.all()),
            len(contact.services.all()),
            events.count(str(contact.id)),
        ]
        for contact in with_answers()
    ]


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    answer = {"prepare": _prepare, "dump": _dump}[sys.argv[1]]()
    print(json.dumps(answer))  # noqa: T201
