"""The walk as a newcomer walks it: an old phone, no JavaScript, two directions."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIGHT = 150_000


def answer(visitor, values: dict[str, str]) -> list[str]:
    """Walk to the answer; what was asked on the way."""
    page, asked = visitor.page, []
    while page.locator("input[name=asking]").count():
        fact = page.locator("input[name=asking]").get_attribute("value")
        asked.append(fact)
        assert len(asked) < 12, asked
        value = values.get(fact)
        if value is None:
            visitor.follow(page.locator("button[name=skip]"))
            continue
        choice = page.locator(f"input[type=radio][name='f-{fact}'][value='{value}']")
        if choice.count():
            if not choice.is_visible():
                page.locator("fieldset details summary").click()
            choice.check()
        elif page.locator(f"select[name='f-{fact}']").count():
            page.locator(f"select[name='f-{fact}']").first.select_option(value)
        else:
            page.locator(f"input[name='f-{fact}']:not([type=hidden])").fill(value)
        visitor.follow(page.locator(".save-line button").first)
    return asked


@pytest.mark.parametrize("code", ["bg", "ar"])
def test_an_expired_humanitarian_card_on_an_old_phone(old_phone, code):
    expired = (timezone.localdate() - timedelta(days=31)).isoformat()
    page = old_phone.go(f"/{code}/may-i-work/")
    assert not old_phone.overflows()
    assert len(page.content().encode()) < LIGHT

    asked = answer(
        old_phone,
        {
            "status": "humanitarian_status",
            "age": "30",
            "document_valid_until": expired,
        },
    )

    assert len(asked) <= 6
    assert page.locator(".verdict.ok").count() == 1
    assert page.locator(".notice.now").count() == 1
    assert not old_phone.overflows()
    assert old_phone.complaints == []
    assert len(page.content().encode()) < LIGHT


@pytest.mark.parametrize(
    ("code", "said", "verdict"),
    [
        ("bg", {"status": "irregular", "nationality": "AF", "age": "30"}, "stop"),
        ("ar", {"status": "none", "nationality": "MD", "job_offer": "yes"}, "now"),
        ("en", {"status": "asylum_seeker", "nationality": "SY"}, ""),
    ],
)
def test_other_answers_read_well_too(old_phone, code, said, verdict):
    page = old_phone.go(f"/{code}/may-i-work/")

    answer(old_phone, said)

    shown = page.locator(".verdict")
    assert verdict in (shown.get_attribute("class") or "")
    assert not old_phone.overflows()


def test_back_change_and_the_other_language(old_phone):
    page = old_phone.go("/bg/may-i-work/")
    answer(old_phone, {"status": "refugee", "age": "30"})

    old_phone.follow(page.locator("button[formaction='/ar/may-i-work/']"))
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator(".verdict.ok").count() == 1

    page.locator(".said summary").last.click()
    old_phone.follow(page.locator(".said button[name=change][value=status]"))
    assert page.locator("input[type=radio][value=refugee]").is_checked()


def test_a_low_screen_shows_the_first_choice(old_phone):
    old_phone.page.set_viewport_size({"width": 320, "height": 600})
    page = old_phone.go("/fa/may-i-work/")

    choice = page.locator("input[type=radio]").first.bounding_box()

    assert choice["y"] + choice["height"] < 600


def test_a_choice_reached_by_key_is_not_beneath_the_buttons(visitor):
    visitor.page.set_viewport_size({"width": 390, "height": 700})
    page = visitor.go("/en/may-i-work/")
    line = page.locator(".save-line").bounding_box()["y"]
    page.locator("input[type=radio]").first.focus()

    for _ in range(6):
        page.keyboard.press("ArrowDown")
        chosen = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert chosen <= line


def test_the_phones_own_back_leads_to_the_question_before(old_phone):
    page = old_phone.go("/ar/may-i-work/")
    first = page.locator("h1").inner_text()
    old_phone.follow(page.locator("button[name=skip]"))
    second = page.locator("h1").inner_text()
    old_phone.follow(page.locator("button[name=skip]"))

    page.go_back()

    assert page.locator("h1").inner_text() == second
    page.go_back()
    assert page.locator("h1").inner_text() == first


@pytest.mark.parametrize("code", ["bg", "ar"])
@pytest.mark.parametrize("path", ["law/bg/", "law/bg/asylum_seeker_3m/"])
def test_the_rules_can_be_read_by_everybody(old_phone, code, path):
    old_phone.go(f"/{code}/{path}")

    assert not old_phone.overflows()
    assert old_phone.complaints == []


@pytest.mark.parametrize("code", ["bg", "ar"])
def test_question_and_answer_are_accessible_on_a_narrow_screen(visitor, code):
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.go(f"/{code}/may-i-work/")
    findings = visitor.findings()

    answer(visitor, {"status": "refugee", "age": "30"})

    assert findings + visitor.findings() == []
    visitor.go(f"/{code}/law/bg/asylum_seeker_3m/")
    assert visitor.findings() == []
    assert visitor.complaints == []


def test_the_first_page_leads_here(visitor):
    page = visitor.go("/bg/")

    visitor.follow(page.locator("a.door[href='/bg/may-i-work/']"))

    assert page.locator("input[name=asking]").count() == 1
