"""Every page of the demo city, as a reviewer would look at it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gishe.directory.models import Service
from gishe.programme.models import month_after, month_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIGHT = 150_000  # bytes without fonts that are cached
PUBLIC = [
    "",
    "programme/",
    "programme/2022-10/",
    "may-i-work/",
    "may-i-hire/",
    "law/bg/",
    "services/",
    "services/?q=doctor",
    "services/?q=xqzzvw",
    "services/{service}/",
    "statistics/",
    "statistics/{last_month}/",
    "statistics/{year}/",
    "feedback/",
    "account/login/",
    "no-such-page/",
]
STAFF = {
    "Jonas": [
        "today/",
        "contacts/new/",
        "contacts/day/",
        "services/?q=work",
        "law/cards/",
    ],
    "Clara": ["today/", "programme/hours/", "cards/", "organizations/"],
    "Ines": [
        "today/",
        "programme/compose/{next_month}/",
        "cards/",
        "cards/{service}/where/",
        "organizations/new/",
        "directory/imports/",
    ],
    "Otto": ["today/", "contacts/new/"],
    "Sofie": ["today/", "statistics/"],
    "Ada": ["today/", "account/people/"],
}


@pytest.fixture
def places(demo_city) -> dict[str, object]:
    first = month_of(timezone.localdate())
    last = month_of(first - timedelta(days=1))
    return {
        "service": Service.objects.filter(is_demo=True).order_by("pk").first().pk,
        "last_month": f"{last:%Y-%m}",
        "year": last.year,
        "next_month": f"{month_after(first):%Y-%m}",
    }


def _addresses(paths: list[str], places: dict[str, object]) -> list[str]:
    """The pages in a left-to-right and in a right-to-left language."""
    return [
        f"/{code}/{path.format(**places)}" for path in paths for code in ("bg", "ar")
    ]


def test_public_pages_hold_without_javascript_on_a_phone(places, old_phone):
    faults = []
    for address in _addresses(PUBLIC, places):
        weight = _weigh(old_phone, address)
        if old_phone.page.evaluate("document.documentElement.scrollWidth") > 390:
            faults.append(f"{address} must be moved sideways")
        if weight > LIGHT:
            faults.append(f"{address} weighs {weight}")
        if old_phone.page.locator("h1").count() != 1:
            faults.append(f"{address} has no single title")

    assert faults == []


def test_public_pages_are_accessible(places, visitor):
    faults = []
    for address in _addresses(PUBLIC, places):
        visitor.go(address)
        faults += [f"{address}: {finding}" for finding in visitor.findings()]

    assert faults == []
    assert [c for c in visitor.complaints if "404" not in c] == []


def test_staff_pages_are_accessible(places, enter, visitor):
    faults = []
    for name, paths in STAFF.items():
        visitor.page.context.clear_cookies()
        enter(name)
        for address in _addresses(paths, places):
            visitor.go(address)
            faults += [f"{address}: {finding}" for finding in visitor.findings()]
            if visitor.overflows():
                faults.append(f"{address} must be moved sideways")

    assert faults == []
    assert visitor.complaints == []


def _weigh(visitor, address: str) -> int:
    """Bytes of the page and what it loads, without fonts."""
    weights: list[int] = []

    def count(answer) -> None:
        if "/fonts/noto" not in answer.url:
            weights.append(len(answer.body()))

    visitor.page.on("response", count)
    visitor.go(address)
    visitor.page.remove_listener("response", count)
    return sum(weights)
