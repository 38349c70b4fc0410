"""An administrator sees data for a reason, for half an hour, and the trail tells."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils import timezone

from gishe.accounts import actions, queries
from gishe.accounts.access import needs
from gishe.accounts.models import StaffSession, User
from gishe.accounts.roles import Right
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from tests.conftest import NOON

PAGE = "/en/account/reason/"
REASON = "A provider reports that a number is wrong."
HALF_AN_HOUR = timedelta(minutes=30)


def opened(user: User, at=NOON) -> StaffSession:
    return actions.open_staff_session(
        reference=new_reference(), user=user, reason=REASON, at=at
    )


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_an_administrator_has_no_right_to_data(ada):
    assert not any(ada.may(right) for right in Right if right != Right.MANAGE_USERS)


def test_an_open_session_lends_reading_and_nothing_else(ada):
    session = opened(ada)

    actions.lend_rights(user=ada, session=session, at=NOON)

    assert {r for r in Right if ada.may(r)} == {
        Right.MANAGE_USERS,
        Right.OPEN_ROWS,
        Right.READ_FEEDBACK,
    }


def test_rights_are_lent_to_one_request_only(ada):
    actions.lend_rights(user=ada, session=opened(ada), at=NOON)

    assert not User.objects.get(pk=ada.pk).may(Right.OPEN_ROWS)


def test_after_half_an_hour_nothing_is_lent_and_the_trail_says_so(ada):
    session = opened(ada)

    lent = actions.lend_rights(user=ada, session=session, at=NOON + HALF_AN_HOUR)

    session.refresh_from_db()
    assert not lent
    assert session.closed_at == NOON + HALF_AN_HOUR
    assert verbs() == ["staff_session.opened", "staff_session.expired"]


def test_the_trail_keeps_the_reason(ada):
    opened(ada)

    assert AuditEvent.objects.get().purpose == REASON


def test_opening_twice_keeps_the_first(ada):
    assert opened(ada) == opened(ada, at=NOON + timedelta(minutes=5))
    assert verbs() == ["staff_session.opened"]


def test_opening_after_the_end_tells_of_the_end_first(ada):
    first = opened(ada)

    second = opened(ada, at=NOON + HALF_AN_HOUR)

    assert first != second
    assert verbs() == [
        "staff_session.opened",
        "staff_session.expired",
        "staff_session.opened",
    ]


def test_ending_twice_is_told_once(ada):
    session = opened(ada)

    for _ in range(2):
        actions.end_staff_session(session=session, at=NOON)

    assert verbs() == ["staff_session.opened", "staff_session.ended"]
    assert queries.unclosed_staff_session(ada) is None


def test_the_database_refuses_two_open_sessions(ada):
    opened(ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        StaffSession.objects.create(
            user=ada, reason=REASON, started_at=NOON, ends_at=NOON + HALF_AN_HOUR
        )


def test_the_database_refuses_a_session_that_ends_before_it_starts(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffSession.objects.create(
            user=ada, reason=REASON, started_at=NOON, ends_at=NOON
        )


def test_a_guarded_view_opens_while_rights_are_lent(ada):
    view = needs(Right.OPEN_ROWS)(lambda request: "open")
    request = RequestFactory().get("/")
    request.user = ada
    actions.lend_rights(user=ada, session=opened(ada), at=NOON)

    assert view(request) == "open"


def test_every_page_shows_the_bar_while_it_is_open(client, ada):
    client.force_login(ada)
    before = client.get("/en/").text

    answer = client.post(PAGE, {"reference": new_reference(), "reason": REASON})
    during = client.get("/en/").text
    client.post(f"{PAGE}end/")
    after = client.get("/en/").text

    assert answer.url == "/en/today/"
    assert [REASON in page for page in (before, during, after)] == [False, True, False]
    assert "minutes more" in during
    assert verbs() == ["staff_session.opened", "staff_session.ended"]


def test_a_session_that_ran_out_is_closed_by_the_next_page(client, ada):
    client.force_login(ada)
    opened(ada, at=timezone.now() - timedelta(minutes=31))

    page = client.get("/en/").text

    assert REASON not in page
    assert verbs() == ["staff_session.opened", "staff_session.expired"]


@pytest.mark.parametrize("reason", ["", "because", " " * 30, "x" * 201])
def test_a_reason_is_a_reason(client, ada, reason):
    client.force_login(ada)

    answer = client.post(PAGE, {"reference": new_reference(), "reason": reason})

    assert answer.status_code == 422
    assert not StaffSession.objects.exists()


def test_only_administrators_borrow_rights(client, ada, jonas, ines, mallory):
    def sees(user: User) -> bool:
        client.force_login(user)
        return client.get(PAGE).status_code == 200

    assert [sees(u) for u in (ada, jonas, ines, mallory)] == [True] + [False] * 3


def test_four_questions(client, ada, mallory):
    anonymous = client.post(f"{PAGE}end/")
    client.force_login(mallory)
    stranger = client.post(f"{PAGE}end/")
    client.force_login(ada)
    works = client.post(f"{PAGE}end/")

    assert (anonymous.status_code, stranger.status_code) == (302, 404)
    assert works.status_code == 302
    assert client.get(f"{PAGE}end/").status_code == 405
    assert client.put(PAGE).status_code == 405
