"""The public pages of this room in a real browser."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gishe.insight import figures
from gishe.insight.models import Feedback
from tests.insight.insight_factories import contact, contacts, service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ["statistics/", "statistics/2025-10/", "statistics/2025/", "feedback/"]


@pytest.fixture
def numbers(transactional_db, jonas):
    legal = service()
    for month in (8, 9, 10):
        at = datetime(2025, month, 14, 8, tzinfo=UTC)
        contacts(jonas, at, {"ar": 20 + month, "uk": 12, "fa": 2})
        for _ in range(6):
            contact(jonas, at, services=(legal,), age_group="18_24")
    figures.seed(at=timezone.now())


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_nothing_stands_in_the_way_of_a_reader(visitor, numbers, language):
    for path in PATHS:
        visitor.go(f"/{language}/{path}")

        assert visitor.findings() == [], path
        assert visitor.complaints == [], path


@pytest.mark.parametrize("language", ["bg", "fa", "fr"])
def test_an_old_phone_reads_all_of_it(old_phone, numbers, language):
    for path in PATHS:
        page = old_phone.go(f"/{language}/{path}")

        assert page.locator("h1").is_visible()
        assert not old_phone.overflows(), path
        assert len(page.content().encode()) < 80_000


def test_the_table_of_the_chart_is_one_click_away(visitor, numbers):
    page = visitor.go("/en/statistics/2025-10/")

    page.get_by_text("The same as a table").click()

    row = page.get_by_role("row", name="October 2025")
    expect(row.locator("td")).to_have_text("50")


def test_feedback_by_touch_without_script(old_phone, transactional_db):
    page = old_phone.go("/uk/feedback/")

    page.locator("input[name=service_score][value='4']").check(force=True)
    page.locator("input[name=staff_score][value='5']").check(force=True)
    old_phone.follow(page.locator("main form button[type=submit]"))

    row = Feedback.objects.get()
    assert "/uk/feedback/thanks/" in page.url
    assert (row.service_score, row.staff_score, row.language) == (4, 5, "uk")
