"""The contact log in a browser: few keys, few clicks, no script needed."""

import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from gishe.visits.models import Contact
from tests.visits import visits_factories as make
from tests.visits.test_visits_queries import at_the_counter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Hands:
    """Presses and clicks, and counts them; a key held down counts like another."""

    def __init__(self, page):
        self.page, self.presses, self.clicks = page, 0, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1 + key.count("+")

    def click(self, locator):
        locator.click()
        self.clicks += 1


@pytest.fixture
def usual(jonas):
    """A counter with usual services and places, where Jonas spoke Arabic last."""
    at_the_counter("Legal consultation", "Help with forms")
    make.contact(jonas, timezone.now() - timedelta(hours=1), language="ar")
    return jonas


def sign_in(visitor, user):
    client = Client()
    client.force_login(user)
    value = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": value, "url": visitor.base}
    visitor.page.context.add_cookies([cookie])


def newest():
    return Contact.objects.order_by("-logged_at").first()


def test_a_usual_contact_takes_at_most_eight_keys(visitor, usual):
    sign_in(visitor, usual)
    page = visitor.go("/bg/today/")
    hands, began = Hands(page), time.monotonic()

    hands.press("n")
    page.wait_for_url("**/contacts/new/")
    hands.press("s", "1", "Shift+1", "Enter")
    page.wait_for_url("**/contacts/new/?logged=*")

    contact = newest()
    assert hands.presses <= 8
    assert time.monotonic() - began < 30
    assert [row.need for row in contact.needs.all()] == ["legal"]
    assert contact.services.count() == contact.referrals.count() == 1
    assert (contact.language, contact.channel) == ("ar", "walk_in")
    assert visitor.complaints == []


def test_a_usual_contact_takes_at_most_five_clicks(visitor, usual):
    sign_in(visitor, usual)
    page = visitor.go("/en/today/")
    hands = Hands(page)

    hands.click(page.get_by_role("link", name="New contact").first)
    hands.click(page.locator("label.chip", has_text="Housing"))
    hands.click(page.locator("label.chip", has_text="Help with forms"))
    hands.click(page.get_by_role("button", name="Save the contact"))
    page.wait_for_url("**/contacts/new/?logged=*")

    assert hands.clicks <= 5
    assert newest().needs.get().need == "housing"


def test_undo_takes_one_click(visitor, usual):
    sign_in(visitor, usual)
    page = visitor.go("/en/contacts/new/")
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.wait_for_url("**?logged=*")

    page.get_by_role("button", name="Undo").click()

    page.get_by_text("does not count").wait_for()
    assert newest().undone_by == usual


@pytest.mark.parametrize(
    ("key", "code"), [("ь", "KeyS"), ("ы", "KeyS"), ("س", "KeyS"), ("s", "Semicolon")]
)
def test_keys_work_whatever_the_keyboard_writes(visitor, usual, key, code):
    sign_in(visitor, usual)
    page = visitor.go("/bg/contacts/new/")

    page.evaluate(
        "([key, code]) => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
        [key, code],
    )

    assert page.locator("#need-legal").is_checked()
    assert not page.locator("#need-documents").is_checked()


def test_keys_leave_text_alone_and_can_be_turned_off(visitor, usual):
    sign_in(visitor, usual)
    page = visitor.go("/en/contacts/new/")
    page.keyboard.press("Shift+P")
    page.keyboard.type("School 1")
    assert page.locator("#other-place").input_value() == "School 1"
    assert not page.locator("#need-legal").is_checked()

    page.locator("summary", has_text="Jonas").click()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.locator("h1").click()
    page.keyboard.press("s")
    page.keyboard.press("Enter")

    assert not page.locator("#need-legal").is_checked()
    assert page.url.endswith("/contacts/new/")


def test_a_slash_leads_to_the_search_and_into_it(visitor, usual):
    sign_in(visitor, usual)
    page = visitor.go("/bg/contacts/day/")

    page.keyboard.press("/")
    page.wait_for_url("**/services/")
    page.keyboard.press("/")
    page.keyboard.type("n1")

    assert page.locator('input[type="search"]').first.input_value() == "n1"


def test_a_language_is_one_chip_or_one_line_of_the_list(visitor, usual):
    sign_in(visitor, usual)
    page = visitor.go("/en/contacts/new/")

    page.locator("#other-language").select_option("so")
    assert page.locator('[name="language"]:checked').count() == 0
    page.keyboard.press("Escape")
    page.locator("label.chip", has_text="Ukrainian").click()

    assert page.locator("#other-language").input_value() == ""


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_without_script_on_a_phone(old_phone, usual, language):
    sign_in(old_phone, usual)
    page = old_phone.go(f"/{language}/contacts/new/")
    assert not old_phone.overflows()

    page.locator("#need-housing").check()
    page.locator("#service-" + page.locator('[name="service"]').first.input_value())
    page.locator('[name="service"]').first.check()
    old_phone.follow(page.locator(".save-line button"))

    assert "?logged=" in page.url
    assert newest().services.count() == 1
    for path in ("contacts/day/", "contacts/paper/"):
        old_phone.go(f"/{language}/{path}")
        assert not old_phone.overflows()
    assert old_phone.complaints == []


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_axe_finds_nothing_and_pages_are_light(visitor, usual, ines, language):
    sign_in(visitor, ines)
    weight = []
    visitor.page.on(
        "response",
        lambda r: weight.append(0 if "fonts/" in r.url else len(r.body())),
    )
    pages = ["new/", "day/", "paper/", f"{newest().id}/undo/"]

    for path in pages:
        weight.clear()
        visitor.go(f"/{language}/contacts/{path}")
        visitor.page.wait_for_load_state("networkidle")
        assert visitor.findings() == [], path
        assert not visitor.overflows()
        assert sum(weight) < 150_000
    visitor.page.locator("a.brand").focus()
    visitor.go(f"/{language}/contacts/new/")
    visitor.page.keyboard.press("Enter")
    visitor.page.locator(".notice.stop").wait_for()
    assert visitor.findings() == []
    # The server's honest answer to an incomplete form is an error to the console.
    assert [text for text in visitor.complaints if "422" not in text] == []


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_the_empty_sheet_prints_on_one_page(visitor, jonas, language):
    sign_in(visitor, jonas)
    page = visitor.go(f"/{language}/contacts/paper/")

    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    [sheet] = printed.pages
    assert sheet.mediabox.width > sheet.mediabox.height
