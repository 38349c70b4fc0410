"""Every page of the demo city, as a reviewer would look at it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gishe.directory.models import Service
from gishe.programme.models import month_after, month_of

pytestmark = pytest.mark.browser

LIGHT = 150_000  # bytes without fonts that are cached
PUBLIC = [
    "",
    "programme/",
    "programme/2022-10/",
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
    "Jonas": ["today/", "contacts/new/", "contacts/day/", "services/?q=work"],
    "Clara": ["today/", "programme/hours/", "cards/"],
    "Ines": ["today/", "programme/{next_month}/compose/", "cards/", "imports/"],
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


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_public_pages_hold_without_javascript_on_a_phone(language, places, old_phone):
    faults = []
    for path in PUBLIC:
        address = f"/{language}/{path.format(**places)}"
        weight = _weigh(old_phone, address)
        if old_phone.page.evaluate("document.documentElement.scrollWidth") > 390:
            faults.append(f"{address} must be moved sideways")
        if weight > LIGHT:
            faults.append(f"{address} weighs {weight}")
        if old_phone.page.locator("h1").count() != 1:
            faults.append(f"{address} has no single title")

    assert faults == []


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_public_pages_are_accessible(language, places, visitor):
    faults = []
    for path in PUBLIC:
        address = f"/{language}/{path.format(**places)}"
        visitor.go(address)
        faults += [f"{address}: {finding}" for finding in visitor.findings()]

    assert faults == []
    assert [c for c in visitor.complaints if "404" not in c] == []


@pytest.mark.parametrize("name", STAFF)
def test_staff_pages_are_accessible(name, places, enter, visitor):
    faults = []
    enter(name)
    for path in STAFF[name]:
        for language in ("bg", "ar"):
            address = f"/{language}/{path.format(**places)}"
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
