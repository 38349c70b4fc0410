"""What changes? Two laws side by side, and whom a step affects."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gishe.rights import case_files, comparing, effects, packs, tables
from gishe.rights.comparing import Side
from tests.rights.rights_looks import looks

pytestmark = pytest.mark.django_db

PAGE = "/en/law/changes/"
BEFORE, AFTER = date(2026, 6, 11), date(2026, 6, 12)
SIDES = {"old_law": "bg", "old_day": BEFORE, "new_law": "bg", "new_day": AFTER}
CSV = """id,status,age,application_lodged,procedure_pending,nationality
a,asylum_seeker,30,2026-01-10,yes,SY
b,refugee,40,,,AF
c,asylum_seeker,25,2026-02-01,true,IQ|SY
d,wizard,20,,,SY
e,refugee,forty,,,SY
"""


@pytest.fixture
def bg():
    return packs.by_id("bg")


def cases(text, name="cases.csv"):
    return tables.gathered(case_files.read_upload(name, text.encode()))


def upload(text, name="cases.csv"):
    return SIDES | {"cases": SimpleUploadedFile(name, text.encode())}


# --- side by side


def test_a_law_on_one_day_differs_in_nothing_from_itself(bg):
    assert comparing.compare(Side(bg, AFTER), Side(bg, AFTER)) == []


def test_the_pact_ends_the_old_rule_for_asylum_seekers(bg):
    found = comparing.compare(Side(bg, BEFORE), Side(bg, AFTER))

    kinds = {it.rule.name: it.kind for it in found}
    assert kinds["asylum_seeker_3m"] in (comparing.ENDED, comparing.DOUBTED)
    assert kinds["asylum_seeker_pact"] == comparing.NEW
    assert kinds["asylum_waiting_months"] == comparing.CHANGED


def test_a_changed_number_is_told_with_both_values(bg):
    old = Side(bg, date(2023, 1, 28))
    new = Side(bg, date(2023, 1, 29))

    [change] = [
        it
        for it in comparing.compare(old, new)
        if it.rule.name == "blue_card_contract_months"
    ]

    assert "12" in change.old.facts[0][1]
    assert "6" in change.new.facts[0][1]


# --- cases


def test_who_is_affected_and_how(bg):
    found = effects.effect(Side(bg, BEFORE), Side(bg, AFTER), cases(CSV))

    assert found.decided == 3
    assert [it.name for it in found.cases] == ["a", "c"]
    [transition] = found.transitions
    assert transition.count == 2
    assert [name for name, _told in found.broken] == ["d", "e"]


def test_broken_rows_say_what_is_wrong_and_the_rest_is_decided(bg):
    found = effects.effect(Side(bg, BEFORE), Side(bg, AFTER), cases(CSV))

    told = dict(found.broken)
    assert "wizard" in told["d"][0]
    assert "status" in told["d"][0]
    assert "forty" in told["e"][0]


def test_a_case_of_another_country_is_not_decided_by_this_law(bg):
    found = effects.effect(
        Side(bg, BEFORE),
        Side(bg, AFTER),
        cases("id,country,status\na,DE,refugee\nb,bg,refugee\nc,,refugee\n"),
    )

    assert found.decided == 2
    [(name, told)] = found.broken
    assert (name, told) == ("a", ("country: This is the law of BG, not of DE.",))


def test_json_says_the_same_as_csv(bg):
    listed = [
        {
            "id": "a",
            "facts": {
                "status": "asylum_seeker",
                "age": 30,
                "application_lodged": "2026-01-10",
                "procedure_pending": True,
                "nationality": "SY",
            },
        },
        {"id": "n", "facts": {"status": None}},
        "nothing",
        {"status": "refugee", "moon": 1},
    ]

    found = effects.effect(
        Side(bg, BEFORE), Side(bg, AFTER), cases(json.dumps(listed), "x.json")
    )

    assert [it.name for it in found.cases] == ["a"]
    assert [name for name, _told in found.broken] == ["n", "3", "4"]
    assert "moon" in dict(found.broken)["4"][0]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.csv", "", "no case"),
        ("x.csv", "status\n", "no case"),
        ("x.json", "{", "not JSON"),
        ("x.json", "[" * 5000, "not JSON"),
        ("x.csv", 'a,"b\nc', "not CSV"),
        ("x.csv", "status\n" + "refugee\n" * 20_001, "more than 20000"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, text, told):
    with pytest.raises(case_files.NotReadable, match=told):
        cases(text, name)


def test_a_file_that_is_not_text_is_refused():
    with pytest.raises(case_files.NotReadable, match="UTF-8"):
        list(case_files.read_upload("x.csv", b"\xff\xfe\x00"))


def test_semicolons_and_a_short_line_are_understood(bg):
    read = cases("status;age\nrefugee;30\nrefugee\n")

    assert read.block.columns["age"] == ["30", ""]
    assert "1 cells" in read.broken[1][0]


def test_an_empty_cell_is_a_fact_nobody_knows(bg):
    read = cases("status,age\nrefugee,\n")

    assert read.table(bg).columns["age"].missing.all()
    assert read.broken == {}


# --- the page


def test_the_page_lays_two_days_side_by_side(client, ines):
    client.force_login(ines)

    page = client.get(PAGE, SIDES)

    assert page.status_code == 200
    assert "asylum_seeker_pact" in page.text


def test_without_a_choice_the_last_change_is_shown(client, ines):
    client.force_login(ines)

    assert client.get(PAGE).status_code == 200


def test_an_uploaded_file_is_decided(client, ines):
    client.force_login(ines)

    page = client.post(PAGE, upload(CSV))

    assert page.status_code == 200
    assert "affected, of" in page.text
    assert "these lines have a mistake" in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"old_law": "zz"},
        {"old_day": "2026-02-30"},
        {"cases": SimpleUploadedFile("x.csv", b"")},
        {"cases": SimpleUploadedFile("x.json", b"{")},
        {"cases": SimpleUploadedFile("x.csv", b"a" * 2_000_001)},
    ],
)
def test_bad_input_is_told_and_nothing_breaks(client, ines, wrong):
    client.force_login(ines)

    page = client.post(PAGE, upload(CSV) | wrong)

    assert page.status_code == 422
    assert "Something is not right yet" in page.text


def test_only_those_who_review_the_law_compare(
    client, jonas, clara, ines, otto, ada, mallory
):
    def sees(user):
        client.force_login(user)
        return client.get(PAGE).status_code, client.post(PAGE, upload(CSV)).status_code

    seen = {u.name: sees(u) for u in (jonas, clara, ines, otto, ada, mallory)}

    assert seen.pop("Ines") == (200, 200)
    assert set(seen.values()) == {(404, 404)}


def test_four_questions(client, ines):
    anonymous = client.get(PAGE)
    client.force_login(ines)

    assert anonymous.status_code == 302
    assert "login" in anonymous["Location"]
    assert client.put(PAGE).status_code == 405


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["visitor", "old_phone"])
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_changes_on_an_old_phone(request, who, ines, client, language):
    browser = request.getfixturevalue(who)
    client.force_login(ines)
    cookie = client.cookies["sessionid"]
    browser.page.context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": browser.base}]
    )
    page = browser.go(
        f"/{language}/law/changes/?old_law=bg&old_day=2026-06-11&new_law=bg&new_day=2026-06-12"
    )
    assert looks(browser, who) == []

    page.set_input_files(
        "input[type=file]",
        {"name": "c.csv", "mimeType": "text/csv", "buffer": CSV.encode()},
    )
    browser.follow("form[method=post][enctype] button[type=submit]")

    assert page.locator("#effect").count() == 1
    assert looks(browser, who) == []
    assert browser.complaints == []
