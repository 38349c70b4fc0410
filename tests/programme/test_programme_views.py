"""The pages of the programme: who may open them, what they say, what they refuse."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.programme import actions, composing
from gishe.programme.models import Month, Notice, Offer, Slot
from tests.conftest import NOON
from tests.programme import programme_factories as make
from tests.programme.programme_factories import DECEMBER, NOVEMBER

NOWHERE = UUID("01900000-0000-7000-8000-000000000000")  # nobody's reference

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_wednesday_at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def law(clara):
    return make.service(make.organization("Bridge", clara))


@pytest.fixture
def published(law, clara, ines):
    """November with legal advice on Wednesdays from 11 to 13, and a house."""
    make.house_open()
    make.offer(
        law, first_day=NOVEMBER, by=clara, starts=time(11), ends=time(13), person="Mira"
    )
    return make.publish(ines, NOVEMBER)


def notice(by, text="Only ready documents today.", **changes):
    usual = {
        "reference": new_reference(),
        "kind": "info",
        "first_day": NOON.date(),
        "last_day": NOON.date(),
        "text": Translated.of("en", en=text),
        "by": by,
        "at": NOON,
    }
    return actions.post_notice(**{**usual, **changes})


PUBLIC = [
    "/en/programme/",
    "/en/programme/2026-11/",
    "/en/programme/2026-11.pdf",
    "/en/programme/2026-11.ics",
    "/en/programme/2026-11.json",
    "/en/programme/feed.ics",
]


@pytest.mark.parametrize("page", PUBLIC)
def test_everybody_reads_the_programme_and_nobody_writes_it(client, published, page):
    answer = client.get(page)

    assert answer.status_code == 200
    assert "no-cache" in answer["Cache-Control"]
    assert client.post(page).status_code == 405


@pytest.mark.parametrize("page", ["2022-13/", "2022-00.pdf", "0000-01/", "9999-12/"])
def test_a_month_that_cannot_be_is_not_there(client, db, page):
    assert client.get(f"/en/programme/{page}").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "ics", "json"])
def test_a_month_that_is_not_published_has_no_papers(client, published, kind):
    assert client.get(f"/en/programme/2027-01.{kind}").status_code == 404


def test_a_month_that_is_not_published_says_what_there_is_instead(client, published):
    page = client.get("/en/programme/2027-01/").text

    assert "This month is not published yet." in page
    assert "/en/programme/2026-11/" in page
    assert "Open" in page


def test_a_month_too_far_ahead_is_not_there(client, published):
    assert client.get("/en/programme/2028-11/").status_code == 200
    assert client.get("/en/programme/2028-12/").status_code == 404
    assert client.get("/en/programme/2099-01/").status_code == 404


def test_a_past_month_without_programme_says_so(client, published):
    page = client.get("/en/programme/2021-01/").text

    assert "No programme was published for this month." in page
    assert "not published yet" not in page


def test_my_own_offers_stand_first_and_those_of_others_are_folded(client, clara, law):
    other = make.service(make.organization("Lighthouse"), "German course")
    for service in (other, law):
        make.offer(service, by=clara)
    client.force_login(clara)

    page = client.get("/en/programme/hours/2026-12/").text

    own, others = page[page.index("My offers") :].split("<details>", 1)
    assert "Legal advice" in own
    assert "German course" not in own
    assert "1 offer of others" in others
    assert "German course" in others


def test_today_stands_first_and_says_what_is_on_now(client, published):
    page = client.get("/en/programme/").text

    assert page.index("Today, Wed") < page.index("The days to come")
    assert page.index('class="badge now">Now') < page.index("The days to come")
    assert "Open now, until" in page


def test_workers_names_stay_with_the_staff(client, published):
    for page in PUBLIC:
        assert b"Mira" not in client.get(page).content


def test_a_notice_reaches_every_form_at_once(client, published, ines):
    client.get("/en/programme/")

    notice(ines)

    for page in PUBLIC:
        if not page.endswith(".pdf"):
            body = client.get(page).content.replace(b"\r\n ", b"")
            assert b"Only ready documents today." in body, page


def test_a_withdrawn_notice_is_gone_at_once(client, published, ines):
    actions.withdraw_notice(notice=notice(ines), by=ines, at=NOON)

    assert "Only ready documents" not in client.get("/en/programme/").text


def test_a_reader_chooses_language_need_and_weekday(client, published):
    def shows(query):
        return "Legal advice" in client.get(f"/en/programme/?{query}").text

    found = [
        shows(query)
        for query in (
            "language=ar",
            "language=fa",
            "need=legal",
            "need=health",
            "weekday=2",
            "weekday=3",
            "language=nonsense&weekday=x",
            "service=nonsense",
        )
    ]

    assert found == [True, False, True, False, True, False, True, False]


def test_the_month_by_hour(client, published):
    page = client.get("/en/programme/?view=hour").text

    assert "Every week" in page
    assert "Wednesday" in page


def test_the_names_of_the_json_are_a_promise(client, published, ines):
    notice(ines)

    found = client.get("/en/programme/2026-11.json").json()

    assert list(found) == [
        "format",
        "city",
        "time_zone",
        "language",
        "month",
        "is_published",
        "version",
        "published_at",
        "address",
        "notices",
        "slots",
        "removed",
    ]
    assert found["format"] == "gishe-programme-1"
    assert set(found["slots"][0]) == {
        "id",
        "date",
        "starts",
        "ends",
        "state",
        "service",
        "organization",
        "room",
        "languages",
        "needs",
        "places",
        "needs_booking",
        "notices",
        "is_demo",
        "source",
    }
    states = {slot["date"]: slot["state"] for slot in found["slots"]}
    assert states["2026-11-11"] == "over"
    assert states["2026-11-18"] == "now"
    assert states["2026-11-25"] == "later"


def test_a_dead_font_gives_a_page_and_not_a_trace(client, published, monkeypatch):
    from gishe.foundation import pdf

    def dead(*_args):
        raise pdf.CannotDraw("no font")

    monkeypatch.setattr(pdf, "render", dead)

    answer = client.get("/en/programme/2026-11.pdf")

    assert answer.status_code == 503
    assert "The poster cannot be made just now" in answer.text


STAFF = [
    ("/en/programme/hours/", "post", "clara"),
    ("/en/programme/hours/2026-12/", "post", "clara"),
    ("/en/programme/compose/", "post", "ines"),
    ("/en/programme/compose/2026-11/", "post", "ines"),
    ("/en/programme/compose/2026-11/versions/", "post", "ines"),
    ("/en/programme/notices/", "delete", "jonas"),
]


@pytest.mark.parametrize(("page", "wrong", "who"), STAFF)
def test_four_questions(client, request, published, mallory, page, wrong, who):
    assert "/account/login/" in client.get(page).url
    client.force_login(mallory)
    assert client.get(page).status_code == 404
    client.force_login(request.getfixturevalue(who))
    assert client.get(page).status_code == 200
    assert getattr(client, wrong)(page).status_code == 405


POSTS = [
    "hours/2026-12/offer/",
    "hours/2026-12/copy/",
    "compose/2026-11/propose/",
    "compose/2026-11/agree/",
    "compose/2026-11/publish/",
    "compose/2026-11/place/",
    f"offers/{NOWHERE}/withdraw/",
    f"offers/{NOWHERE}/put-back/",
    f"notices/{NOWHERE}/withdraw/",
]


@pytest.mark.parametrize("page", POSTS)
def test_four_questions_of_what_changes_something(client, published, mallory, page):
    page = f"/en/programme/{page}"

    assert "/account/login/" in client.post(page).url
    client.force_login(mallory)
    assert client.post(page).status_code == 404
    assert client.get(page).status_code in (404, 405)


def test_who_sees_what(client, published, request):
    pages = ["hours/", "compose/", "notices/"]
    seen = {}
    for name in ("jonas", "clara", "ines", "otto", "ada", "mallory"):
        client.force_login(request.getfixturevalue(name))
        answers = [client.get(f"/en/programme/{page}").status_code for page in pages]
        seen[name] = [answer == 200 for answer in answers]

    assert seen == {
        "jonas": [False, False, True],
        "clara": [True, False, False],
        "ines": [True, True, True],
        "otto": [False, False, False],
        "ada": [False, False, False],
        "mallory": [False, False, False],
    }


def said(service, **changes):
    usual = {
        "reference": str(new_reference()),
        "service": str(service.id),
        "weekday": "2",
        "starts": "10:00",
        "ends": "12:00",
        "languages": ["en", "ar"],
    }
    return {**usual, **changes}


OFFER = "/en/programme/hours/2026-12/offer/"


def test_hours_are_offered_once_however_often_the_form_arrives(client, clara, law):
    client.force_login(clara)
    form = said(law)

    client.post(OFFER, form)
    answer = client.post(OFFER, form, follow=True)

    assert Offer.objects.count() == 1
    assert "Your hours are on the table." in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": "12:00", "ends": "10:00"}, "The hours end before they begin."),
        ({"weekday": ""}, "Choose a day of the week, or one date."),
        ({"date": "2026-11-30"}, "This date is not in the month"),
        ({"starts": "soon"}, "Enter a valid time."),
        ({"languages": []}, "This field is required."),
    ],
)
def test_bad_hours_are_shown_again_with_clear_words(client, clara, law, changes, words):
    client.force_login(clara)

    answer = client.post(OFFER, said(law, **changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not Offer.objects.exists()


def test_an_offer_in_the_past_is_refused_with_clear_words(client, clara, law):
    client.force_login(clara)

    page = "/en/programme/hours/2026-11/offer/"
    answer = client.post(page, said(law, date="2026-11-03"))

    assert answer.status_code == 422
    assert "These hours are in the past." in answer.text


def test_a_stranger_cannot_offer_anothers_service(client, clara, law):
    other = make.service(make.organization("Harbour"))
    client.force_login(clara)

    assert client.post(OFFER, said(other)).status_code == 422
    assert not Offer.objects.exists()


def test_looking_first_shows_conflicts_and_saves_nothing(client, clara, law):
    room = make.room()
    rival = make.service(make.organization("Harbour"), "Job advice")
    make.offer(rival, room=room)
    client.force_login(clara)
    form = said(law, room=str(room.id), check="1")

    part = client.post(OFFER, form, headers={"HX-Request": "true"}).text
    page = client.post(OFFER, form).text

    assert "The same room at the same time" in part
    assert "<html" not in part
    assert "The same room at the same time" in page
    assert "<html" in page
    assert Offer.objects.count() == 1


def test_looking_first_says_when_the_house_is_closed(client, clara, law):
    make.house_open()
    client.force_login(clara)

    page = client.post(OFFER, said(law, date="2026-12-25", check="1")).text

    assert "The house is closed on this day." in page


def test_last_months_hours_come_with_one_click(client, clara, law):
    make.offer(law, first_day=NOVEMBER, by=clara)
    client.force_login(clara)

    answer = client.post("/en/programme/hours/2026-12/copy/", follow=True)

    assert "1 offer copied from last month." in answer.text


def test_only_its_own_provider_takes_an_offer_back(client, clara, law):
    theirs = make.offer(make.service(make.organization("Harbour")))
    mine = make.offer(law, by=clara)
    client.force_login(clara)

    answers = [
        client.post(reverse("programme:withdraw", args=[offer.id])).status_code
        for offer in (theirs, mine)
    ]

    assert answers == [404, 302]
    assert Offer.objects.filter(withdrawn_at__isnull=False).get() == mine


def test_the_month_goes_from_proposal_to_the_public_page(client, ines, law, clara):
    make.offer(law, by=clara, at=NOON)
    client.force_login(ines)

    for step in ("propose", "agree", "publish"):
        revision = Month.objects.get().revision
        page = f"/en/programme/compose/2026-12/{step}/"
        answer = client.post(page, {"revision": revision}, follow=True)
        assert 'class="notice ok' in answer.text

    assert "Legal advice" in client.get("/en/programme/2026-12/").text


def test_the_second_coordinator_gets_a_clear_message(client, ines, law, clara):
    make.offer(law, by=clara, at=NOON)
    client.force_login(ines)
    propose = "/en/programme/compose/2026-12/propose/"
    client.post(propose, {"revision": 0})
    make.offer(law, by=clara, at=NOON, weekday=3)

    answer = client.post(propose, {"revision": 0}, follow=True)

    assert "Somebody else changed this month a moment ago." in answer.text


def test_an_hour_is_put_in_and_taken_out_by_hand(client, ines, law, clara):
    offer = make.offer(law, by=clara, at=NOON)
    client.force_login(ines)
    place = "/en/programme/compose/2026-12/place/"
    form = {"offer": offer.id, "date": "2026-12-02", "put": "in", "revision": 0}

    client.post(place, form)
    put_in = Slot.objects.get()
    client.post(place, {**form, "put": "out", "revision": 1})

    assert (put_in.is_in, put_in.is_locked) == (True, True)
    assert (Slot.objects.get().is_in, Slot.objects.get().is_locked) == (False, True)


def test_versions_say_what_changed(client, ines, law, clara, published):
    make.offer(law, first_day=NOVEMBER, by=clara, weekday=4, at=NOON)
    make.publish(ines, NOVEMBER, NOON)
    client.force_login(ines)

    page = client.get("/en/programme/compose/2026-11/versions/").text

    assert "Version" in page
    assert "Friday" in page
    assert "New hours since the version before" in client.get("/en/programme/").text


def test_a_usual_sentence_stands_ready_in_every_language(client, jonas, published):
    client.force_login(jonas)
    form = {
        "reference": str(new_reference()),
        "kind": "info",
        "first_day": "2026-11-18",
        "usual": "ready_documents",
    }

    client.post("/en/programme/notices/", form)

    assert len(Notice.objects.get().text.texts) == 7
    page = client.get("/ar/programme/").text
    assert "اليوم تُسلَّم الوثائق الجاهزة فقط." in page


def test_one_hour_is_cancelled_by_a_notice(client, jonas, published):
    client.force_login(jonas)
    slot = Slot.objects.get(date=NOON.date())
    form = {
        "reference": str(new_reference()),
        "kind": "cancelled",
        "scope": f"slot:{slot.id}",
        "first_day": "2026-11-18",
    }

    answer = client.post("/en/programme/notices/", form)

    found = client.get("/en/programme/2026-11.json").json()
    states = {it["date"]: it["state"] for it in found["slots"]}
    assert answer.status_code == 302
    assert states["2026-11-18"] == "cancelled"
    assert states["2026-11-25"] == "later"


def test_a_notice_that_says_nothing_is_shown_again(client, jonas):
    client.force_login(jonas)
    form = {
        "reference": str(new_reference()),
        "kind": "info",
        "first_day": "2026-11-18",
    }

    answer = client.post("/en/programme/notices/", form)

    assert answer.status_code == 422
    assert "Say what is different, in one sentence." in answer.text


def test_the_public_page_asks_the_database_little(
    client, published, django_assert_max_num_queries
):
    client.get("/en/programme/")

    with django_assert_max_num_queries(12):
        client.get("/en/programme/")


def test_lines_before_the_offer_was_made_are_not_there(law, clara):
    make.offer(law, first_day=NOVEMBER, by=clara, at=NOON + timedelta(days=1))

    assert [line.date for line in composing.lines(NOVEMBER)] == [date(2026, 11, 25)]
    assert composing.lines(DECEMBER) == []


def test_own_words_of_a_notice_stand_in_further_languages(client, jonas, published):
    client.force_login(jonas)
    form = {
        "reference": str(new_reference()),
        "kind": "info",
        "first_day": "2026-11-18",
        "text-source": "bg",
        "text-bg": "Асансьорът не работи.",
        "text-ar": "المصعد معطّل.",
    }

    client.post("/en/programme/notices/", form)

    assert "Асансьорът не работи." in client.get("/bg/programme/").text
    assert "المصعد معطّل." in client.get("/ar/programme/").text
    assert 'lang="bg" dir="ltr" class="fallback"' in client.get("/fa/programme/").text


def test_taking_back_says_which_hours_and_offers_them_again(client, clara, law):
    mine = make.offer(law, by=clara)
    client.force_login(clara)

    page = client.post(f"/en/programme/offers/{mine.id}/withdraw/", follow=True).text
    assert "Taken back: Legal advice, Every week: Wednesday" in page
    assert f"/en/programme/offers/{mine.id}/put-back/" in page

    page = client.post(f"/en/programme/offers/{mine.id}/put-back/", follow=True).text
    assert "Put back: Legal advice" in page
    assert Offer.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_only_its_own_provider_puts_an_offer_back(client, clara, law):
    theirs = make.offer(make.service(make.organization("Harbour")))
    standing = make.offer(law, by=clara)
    client.force_login(clara)

    for offer in (theirs, standing):
        page = f"/en/programme/offers/{offer.id}/put-back/"
        assert client.post(page).status_code == 404


def test_hours_of_a_closed_house_are_taken_and_marked(client, clara, law):
    make.house_open()
    client.force_login(clara)

    page = client.post(OFFER, said(law, weekday="6"), follow=True).text

    assert Offer.objects.count() == 1
    assert "Your hours are on the table." in page
    assert "The house is not open during these hours." in page
    assert "The house is closed then" in page


def test_no_day_of_the_week_is_chosen_beforehand(client, clara, law):
    client.force_login(clara)

    page = client.get("/en/programme/hours/2026-12/").text
    answer = client.post(OFFER, said(law, weekday="", date=""))

    assert '<option value="" selected>Choose a day of the week' in page
    assert answer.status_code == 422
    assert "Choose a day of the week, or one date." in answer.text


def test_the_day_of_publishing_is_the_citys_day(client, ines, law, clara):
    make.offer(law, by=clara)
    make.publish(ines, at=datetime(2026, 10, 20, 22, 30, tzinfo=UTC))
    client.force_login(ines)

    for page in ("", "versions/"):
        assert "21 October" in client.get(f"/en/programme/compose/2026-12/{page}").text
