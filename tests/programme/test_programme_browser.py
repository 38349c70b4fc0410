"""The programme in a real browser: seen, measured, used without a mouse or script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.programme import actions
from gishe.programme.models import month_of
from tests.programme import programme_factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def this_month(clara, ines):
    """Hours on every weekday of the present month, and something different today."""
    now = timezone.now()
    first_day = month_of(timezone.localdate())
    make.house_open(range(7))
    law = make.service(make.organization("Bridge", clara))
    room = make.room()
    early = now - timedelta(days=40)
    for weekday in range(7):
        make.offer(law, first_day=first_day, at=early, weekday=weekday, room=room)
    actions.post_notice(
        reference=new_reference(),
        kind="info",
        first_day=timezone.localdate(),
        last_day=timezone.localdate(),
        text=Translated.of("en", en="Only ready documents today."),
        by=ines,
        at=now,
    )
    return make.publish(ines, first_day, early)


PAGES = ["programme/", "programme/?view=hour", "programme/2020-01/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_public_pages_are_accessible(visitor, this_month, language, page):
    visitor.go(f"/{language}/{page}")

    assert visitor.findings() == []
    assert visitor.complaints == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_public_pages_fit_an_old_phone(old_phone, this_month, language, page):
    opened = old_phone.go(f"/{language}/{page}")

    assert opened.locator("h1").is_visible()
    assert not old_phone.overflows()
    assert len(opened.content().encode()) < 150_000


def test_a_reader_chooses_without_a_script(old_phone, this_month):
    page = old_phone.go("/en/programme/")

    page.select_option("select[name=language]", "fa")
    old_phone.follow(page.get_by_role("button", name="Show", exact=True))

    assert "Nothing fits what you chose." in page.content()


def signed_in(visitor, client, user):
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    visitor.page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": visitor.base}]
    )


@pytest.mark.parametrize(
    "page", ["hours/", "compose/", "notices/", "house/", "house/rooms/new/"]
)
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_staff_pages_are_accessible(visitor, client, this_month, ines, language, page):
    signed_in(visitor, client, ines)

    visitor.go(f"/{language}/programme/{page}")

    assert visitor.findings() == []
    assert visitor.complaints == []


def test_the_month_in_the_making_is_accessible(visitor, client, this_month, ines):
    signed_in(visitor, client, ines)
    first_day = month_of(timezone.localdate())

    visitor.go(f"/en/programme/compose/{first_day:%Y-%m}/")

    assert visitor.findings() == []
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    assert not visitor.overflows()


def test_conflicts_show_while_the_form_is_filled_in(visitor, client, this_month, clara):
    from playwright.sync_api import expect

    signed_in(visitor, client, clara)
    first_day = month_of(timezone.localdate())
    page = visitor.go(f"/en/programme/hours/{first_day:%Y-%m}/")

    page.select_option("select[name=weekday]", "3")

    expect(page.locator("#trial-head")).to_be_visible()
    expect(page.locator("#beside")).to_contain_text("The same service at the same hour")
    assert visitor.complaints == []
