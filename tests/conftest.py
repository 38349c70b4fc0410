"""The cast, the clock and the browser that every test may ask for."""

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import handlers
from django.test import TransactionTestCase
from django.test.testcases import _StaticFilesHandler
from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from gishe.accounts.models import User
from gishe.accounts.roles import Role
from gishe.foundation import assets

NOON = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)  # a Wednesday, noon in Sofia
ON_A_SERVER = "postgres" in os.environ.get("DATABASE_URL", "")
SHARED = Path(__file__).resolve().parents[2] / "shared"

# Properties are tried on the same examples every time: a red build can be repeated.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")

# Playwright's synchronous interface runs an event loop in the test's thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Words outside a page are English, whatever language the test before asked for."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def built_assets() -> None:
    """Fonts, catalogues and static files as a served city has them."""
    assets.ensure()
    # The live server would look files up by their plain names; pages name hashed ones.
    handlers.StaticFilesHandler = _StaticFilesHandler


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items) -> None:
    """Leave out what cannot run here, and what says the same on every database.

    The slowest come first, so that no processor waits for them at the end.

    A test that opens no database runs with SQLite, once: pytest-django keeps it from
    the city's tables, so that another server could not change what it finds.
    """
    left = {
        item
        for item in items
        if (item.get_closest_marker("shared") and not SHARED.exists())
        or (ON_A_SERVER and not _opens_a_database(item))
    }
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _opens_a_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(it) for it in ("django_db", "each_database"))
    of_django = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return marked or of_django or bool(names & {"db", "transactional_db"})


def _user(name: str, role: Role) -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name, role=role)
    if user.needs_second_factor:
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user


@pytest.fixture
def jonas(db: None) -> User:
    """Adviser at the counter."""
    return _user("Jonas", Role.ADVISER)


@pytest.fixture
def clara(db: None) -> User:
    """Speaks for a provider."""
    return _user("Clara", Role.PROVIDER)


@pytest.fixture
def ines(db: None) -> User:
    """Coordinator at the city."""
    return _user("Ines", Role.COORDINATOR)


@pytest.fixture
def otto(db: None) -> User:
    """Volunteer at reception."""
    return _user("Otto", Role.RECEPTION)


@pytest.fixture
def ada(db: None) -> User:
    """Administrator: looks after accounts, sees data only for a reason."""
    return _user("Ada", Role.ADMINISTRATOR)


@pytest.fixture
def mallory(db: None) -> User:
    """Signed in, and may see nothing."""
    return _user("Mallory", Role.FUNDER)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--disable-background-networking", "--disable-component-update"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Visitor:
    """A browser at one page, with what a reviewer would look for."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        page.on(
            "console",
            lambda m: self.complaints.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.base}{path}")
        return self.page

    def follow(self, link: str | Locator) -> None:
        """Click, and wait for the page that this leads to."""
        place = self.page.locator(link).first if isinstance(link, str) else link
        with self.page.expect_navigation():
            place.click()

    def findings(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA and good practice on this page."""
        found = Axe().run(
            self.page,
            options={
                "resultTypes": ["violations"],
                "runOnly": [
                    "wcag2a",
                    "wcag2aa",
                    "wcag21a",
                    "wcag21aa",
                    "wcag22aa",
                    "best-practice",
                ],
            },
        )
        return [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]

    def overflows(self) -> bool:
        """Whether the page must be moved sideways to be read."""
        width = "document.documentElement.scrollWidth"
        return bool(self.page.evaluate(f"{width} > window.innerWidth"))


@pytest.fixture
def visitor(chromium: Browser, live_server: object) -> Iterator[Visitor]:
    """A browser with JavaScript."""
    context = chromium.new_context(locale="en-GB")
    yield Visitor(context.new_page(), str(live_server))
    context.close()


@pytest.fixture
def old_phone(chromium: Browser, live_server: object) -> Iterator[Visitor]:
    """390 px wide, no JavaScript."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    yield Visitor(context.new_page(), str(live_server))
    context.close()
