"""The pages of the directory in a real browser: rules, an old phone, live search."""

import re

import pytest
from playwright.sync_api import expect

from gishe.accounts.models import User
from gishe.directory.links import confirm_url
from gishe.directory.models import Representative, Service
from tests.directory import directory_rows as rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(clara: User) -> Service:
    owner = rows.organization()
    Representative.objects.create(user=clara, organization=owner)
    rows.service(owner, texts={"bg": "Курс по български"}, needs=["language"])
    return rows.full(owner)


def addresses(card: Service) -> list[str]:
    link = confirm_url(card).split("/", 2)[2]
    return ["services/", "services/?q=xyzzy", f"services/{card.pk}/", link]


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_public_pages_keep_the_rules(visitor, card, language):
    for address in addresses(card):
        visitor.go(f"/{language}/{address}")

        assert visitor.findings() == [], address
        assert not visitor.overflows(), address
    assert visitor.complaints == []


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_an_old_phone_finds_help_without_a_script(old_phone, card, language):
    page = old_phone.go(f"/{language}/services/")
    page.get_by_role("searchbox").fill("адвокат")
    old_phone.follow(page.locator("main button[type=submit]"))

    expect(page.locator("article h3")).to_have_count(1)
    old_phone.follow(page.locator("article h3 a"))
    expect(page.locator("a[href^='tel:']")).to_be_visible()
    for address in addresses(card):
        old_phone.go(f"/{language}/{address}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, address


def test_results_follow_the_typing(visitor, card):
    page = visitor.go("/en/services/")
    page.get_by_role("searchbox").press_sequentially("lawyer")

    expect(page.locator("article h3")).to_have_text(["Legal consultation"])
    expect(page).to_have_url(re.compile(r"q=lawyer"))
    assert visitor.findings() == []
    assert visitor.complaints == []


def test_the_pages_are_light(client, card):
    for address in addresses(card):
        assert len(client.get(f"/bg/{address}").content) < 60_000


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_pages_of_who_keeps_cards_keep_the_rules(
    visitor, client, card, clara, language
):
    client.force_login(clara)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    visitor.page.context.add_cookies([{**cookie, "url": visitor.base}])

    for address in ("cards/", f"cards/{card.pk}/"):
        page = visitor.go(f"/{language}/{address}")

        assert page.url.endswith(address)
        assert visitor.findings() == [], address
        assert not visitor.overflows(), address
    assert visitor.complaints == []


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_pages_that_add_and_edit_keep_the_rules(visitor, client, card, ines, language):
    client.force_login(ines)
    signed_in_as(visitor, client)
    owner = f"organizations/{card.organization_id}/"

    for address in (
        "cards/?out",
        f"cards/{card.pk}/where/",
        "organizations/",
        "organizations/new/",
        owner,
        f"{owner}services/new/",
    ):
        page = visitor.go(f"/{language}/{address}")

        assert page.url.endswith(address)
        folds = page.locator("main details")
        folds.evaluate_all("all => all.forEach(it => it.open = true)")
        assert visitor.findings() == [], address
        assert not visitor.overflows(), address
    assert visitor.complaints == []


@pytest.mark.parametrize("language", ["bg", "ar"])
def test_an_old_phone_adds_a_card_without_a_script(
    old_phone, client, card, clara, language
):
    client.force_login(clara)
    signed_in_as(old_phone, client)
    page = old_phone.go(f"/{language}/cards/")
    old_phone.follow(page.locator("main a[href$='/services/new/']"))
    page.locator("input[name=name]").fill("Шивашко ателие")
    page.locator("[name=phone]").fill("123")
    page.locator("[name=needs][value=employment]").check()
    page.locator("[name=languages][value=bg]").check()
    old_phone.follow(page.locator("main form button[type=submit]"))

    expect(page.locator("#id_description_error")).to_be_visible()
    assert fits(page)
    page.locator("textarea[name=description]").fill("Учим се да шием.")
    page.locator("main summary").first.click()
    page.locator("[name=address_1]").fill("ул. Пиротска 5")
    old_phone.follow(page.locator("main form button[type=submit]"))

    expect(page.locator("tbody tr")).to_have_count(3)
    old_phone.follow(page.locator("tbody a", has_text="Шивашко ателие").first)
    old_phone.follow(page.locator("main .chip").nth(1))
    page.locator("[name^=phones][name$=number]").last.fill("+359 2 987 65 44")
    assert fits(page)
    old_phone.follow(page.locator("main form button[type=submit]"))
    expect(page.locator(".notice.ok")).to_be_visible()


def signed_in_as(visitor, client) -> None:
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    visitor.page.context.add_cookies([{**cookie, "url": visitor.base}])


def fits(page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= 390)
