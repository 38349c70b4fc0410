"""Answer cards: finding, reading, what is due, and marking a rule."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from gishe.core.rules import decide
from gishe.foundation.models import AuditEvent
from gishe.rights import actions, cards, packs, queries, reviews, searching, statuses
from gishe.rights.models import RuleReview
from tests.conftest import NOON
from tests.rights.rights_looks import looks

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 18)
RULE = "exempt_international_protection"
CARDS = "/en/law/cards/"
CARD = f"/en/law/cards/bg/{RULE}/"
MARK = f"{CARD}mark/"
DUE = "/en/law/cards/due/"
REFUGEE = {"as_of": DAY, "facts": {"status": "refugee", "age": 30}}


@pytest.fixture
def bg():
    return packs.by_id("bg")


def mark(by, rule=RULE, state="challenged", reason="The article was moved.", **more):
    said = {"reference": uuid4(), "pack": "bg", "law_version": "1", "at": NOON} | more
    return actions.mark_rule(rule=rule, state=state, reason=reason, by=by, **said)


def sent(**more):
    return {
        "reference": str(uuid4()),
        "law_version": "1",
        "state": "challenged",
        "reason": "The article was moved.",
    } | more


# --- marking


def test_a_form_sent_twice_marks_once(ines):
    reference = uuid4()
    first = mark(ines, reference=reference)
    again = mark(ines, reference=reference)

    assert first == again
    assert RuleReview.objects.count() == 1
    assert AuditEvent.objects.filter(verb="rule.challenged").count() == 1


def test_the_same_form_with_other_words_is_refused(ines):
    reference = uuid4()
    mark(ines, reference=reference)

    with pytest.raises(actions.AlreadyMarked):
        mark(ines, reference=reference, reason="Something else.")


def test_a_doubt_needs_a_reason(ines):
    with pytest.raises(actions.NoReason):
        mark(ines, reason="  ")


@pytest.mark.parametrize(
    "wrong",
    [{"state": "perhaps"}, {"reason": ""}, {"rule": ""}, {"pack": ""}],
)
def test_the_database_refuses_half_a_review(ines, wrong):
    said = {
        "pack": "bg",
        "rule": RULE,
        "law_version": "1",
        "state": "challenged",
        "reason": "x",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleReview.objects.create(by=ines, at=NOON, **(said | wrong))


def test_the_latest_review_is_how_a_rule_stands(ines, bg):
    mark(ines)
    assert reviews.challenged(bg) == {RULE}

    mark(ines, state="reviewed", reason="", at=NOON.replace(hour=11))
    assert reviews.challenged(bg) == set()
    assert [it.state for it in queries.history("bg", RULE)] == [
        "reviewed",
        "challenged",
    ]


def test_a_doubt_in_one_law_says_nothing_about_another(ines, bg):
    mark(ines, pack="fi")

    assert reviews.challenged(bg) == set()


# --- what a doubt does to answers


def test_without_doubts_an_answer_stays_as_it_is(bg):
    answer = decide(bg, REFUGEE)

    assert reviews.with_doubts(answer, bg) is answer


def test_a_plain_yes_becomes_one_on_condition(ines, bg):
    mark(ines)

    told = reviews.with_doubts(decide(bg, REFUGEE), bg)

    assert told.may_work == "conditional"
    assert told.warnings[0]["id"] == "rule_in_doubt"
    assert "Ask before you rely on it" in told.conditions[0]["text"]["en"]
    assert set(told.warnings[0]["text"]) == {"bg", "en", "uk", "ru", "ar", "fa", "fr"}
    assert told.to_json()["may_work"] == "conditional"


def test_a_doubt_about_another_rule_changes_nothing(ines, bg):
    mark(ines, rule="student_20h")

    assert reviews.with_doubts(decide(bg, REFUGEE), bg).may_work == "yes"


def test_a_doubted_number_touches_the_rules_that_use_it(ines, bg):
    mark(ines, rule="student_hours")
    facts = {
        "status": "student",
        "age": 20,
        "study_mode": "full_time_higher_education",
        "hours_per_week": 10,
        "nationality": ["TR"],
    }
    answer = decide(bg, {"as_of": DAY, "facts": facts})

    told = reviews.with_doubts(answer, bg)

    assert "student_hours" in [it.get("rule") for it in told.warnings]
    assert told.may_work != "yes"


def test_a_no_that_no_route_made_is_not_doubted_for_every_route(ines, bg):
    mark(ines, rule="eu_blue_card")
    answer = decide(bg, {"as_of": DAY, "facts": {"status": "irregular"}})

    assert reviews.with_doubts(answer, bg).warnings == answer.warnings


# --- finding


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("humanitarian status", "humanitarian_status"),
        ("хуманитарен статут", "humanitarian_status"),
        ("Карта на бежанец", "refugee"),
        ("студент", "student"),
        ("blue card", "eu_blue_card"),
        ("carte bleue", "eu_blue_card"),
        ("تصريح موحد", "single_permit"),
        ("тимчасовий захист", "temporary_protection"),
        ("временная защита", "temporary_protection"),
        ("دانشجو", "student"),
        ("vremenna zakrila", "temporary_protection"),
        ("humanitarain status", "humanitarian_status"),
    ],
)
def test_plain_words_find_the_status(bg, question, status):
    found = searching.search(bg, question, DAY)

    assert status in [code for code, _name in found.statuses]


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("seven days labour inspectorate", "notice_labour_inspectorate"),
        ("инспекция по труда 7 дни", "notice_labour_inspectorate"),
        ("quota", "quota_to_be_checked"),
        ("Moldova", "bilateral_agreement"),
        ("saisonnier", "seasonal_registration_90"),
    ],
)
def test_plain_words_find_the_rule(bg, question, rule):
    found = searching.search(bg, question, DAY)

    assert rule in [card.name for card in found.cards]


def test_what_nobody_wrote_is_not_found(bg):
    assert searching.search(bg, "xyzzy", DAY) == searching.Found((), ())


@pytest.mark.parametrize(
    ("question", "way"), [("blue card", "eu_blue_card"), ("single permit",) * 2]
)
def test_the_way_of_a_card_stands_before_its_families(bg, question, way):
    found = searching.search(bg, question, DAY)

    assert found.cards[0].name == way.replace(" ", "_")


def test_every_status_has_its_name_and_its_card(bg, client, jonas):
    client.force_login(jonas)
    assert set(bg.facts["status"].values) == set(statuses.codes(bg))

    page = client.get(f"{CARDS}?status=temporary_protection").text

    assert "Temporary protection" in page
    assert "/law/cards/bg/exempt_temporary_protection/" in page


def test_every_rule_has_a_card_that_can_be_read(bg, client, ines):
    client.force_login(ines)
    names = sorted({card.name for card in cards.cards(bg)})

    wrong = [
        n for n in names[::9] if client.get(f"/bg/law/cards/bg/{n}/").status_code != 200
    ]

    assert len(names) > 100
    assert wrong == []


def test_a_card_tells_since_when_who_checked_and_when_to_look_again(
    client, jonas, ines
):
    mark(ines)
    client.force_login(jonas)

    page = client.get(CARD).text

    assert "In force since" in page
    assert "Next review" in page
    assert "In doubt. Do not rely on this rule" in page
    assert "The article was moved." in page
    assert "Ines" in page


# --- what is due


def test_unverified_and_doubted_rules_are_due(ines, bg):
    mark(ines)

    due = cards.due(bg, queries.latest("bg"), DAY)

    assert due[0].card.name == RULE
    assert "in doubt" in due[0].reasons[0]
    assert "tp_first_six_months" in [it.card.name for it in due]


def test_a_review_is_due_thirty_days_before(bg):
    def about(day):
        return [it for it in cards.due(bg, {}, day) if it.card.name == name]

    name = "notice_labour_inspectorate"
    [card] = cards.named(bg, name, DAY)
    planned = card.next_review

    assert about(date.fromordinal(planned.toordinal() - 31)) == []
    assert about(date.fromordinal(planned.toordinal() - 30))
    assert about(date.fromordinal(planned.toordinal() + 1))


def test_words_of_a_card_follow_the_language(bg):
    with translation.override("bg"):
        words = cards.named(bg, "notice_labour_inspectorate", DAY)[0].facts

    assert any("Инспекция" in value for _label, value in words)


# --- who sees what


def test_who_reads_and_who_marks(client, jonas, clara, ines, otto, ada, mallory):
    def may(user):
        client.force_login(user)
        reads = [client.get(it).status_code for it in (CARDS, CARD, DUE)]
        return {*reads}, client.post(MARK, sent()).status_code

    seen = {user.name: may(user) for user in (jonas, clara, ines, otto, ada, mallory)}

    assert seen == {
        "Jonas": ({200}, 404),
        "Clara": ({404}, 404),
        "Ines": ({200}, 302),
        "Otto": ({200}, 404),
        "Ada": ({404}, 404),
        "Mallory": ({404}, 404),
    }
    assert RuleReview.objects.count() == 1


@pytest.mark.parametrize("address", [CARDS, CARD, DUE, MARK])
def test_four_questions(client, ines, mallory, address):
    anonymous = (client.post if address == MARK else client.get)(address)
    client.force_login(mallory)
    stranger = (client.post if address == MARK else client.get)(address, sent())
    client.force_login(ines)
    wrong = client.put(address)
    works = (client.post if address == MARK else client.get)(address, sent())

    assert anonymous.status_code == 302
    assert "login" in anonymous["Location"]
    assert stranger.status_code == 404
    assert wrong.status_code == 405
    assert works.status_code == (302 if address == MARK else 200)


@pytest.mark.parametrize(
    "address",
    [
        "/en/law/cards/zz/student_20h/",
        "/en/law/cards/bg/no_such_rule/",
        f"{CARDS}?law=zz",
    ],
)
def test_what_is_not_there_is_404(client, ines, address):
    client.force_login(ines)

    assert client.get(address).status_code == 404


def test_the_form_is_there_for_coordinators_only(client, jonas, ines):
    client.force_login(jonas)
    assert MARK not in client.get(CARD).text

    client.force_login(ines)
    assert MARK in client.get(CARD).text


def test_a_doubled_submit_is_one_review_and_a_doubt_without_reason_is_none(
    client, ines
):
    client.force_login(ines)
    form = sent()

    first, again = client.post(MARK, form), client.post(MARK, form)
    other = client.post(MARK, form | {"reason": "Else."})
    empty = client.post(MARK, sent(reason=""))

    assert (first.status_code, again.status_code) == (302, 302)
    assert (other.status_code, empty.status_code) == (409, 422)
    assert "Say what is in doubt" in empty.text
    assert RuleReview.objects.count() == 1


# --- in the browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["visitor", "old_phone"])
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_cards_on_an_old_phone(request, who, ines, client, language):
    browser = request.getfixturevalue(who)
    client.force_login(ines)
    cookie = client.cookies["sessionid"]
    browser.page.context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": browser.base}]
    )
    for path in (
        "law/cards/",
        "law/cards/?q=quota",
        "law/cards/?status=student",
        f"law/cards/bg/{RULE}/",
        "law/cards/due/",
    ):
        page = browser.go(f"/{language}/{path}")
        assert page.locator("h1").count() == 1
        assert (path, looks(browser, who)) == (path, [])
        assert len(page.content()) < 400_000
    assert browser.complaints == []
