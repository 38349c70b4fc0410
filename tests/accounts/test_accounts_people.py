"""People who work here: invited, given a role, let out, let in again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from gishe.accounts import access, actions, commands, invitations, queries
from gishe.accounts.commands import app
from gishe.accounts.models import User
from gishe.accounts.roles import ROLES, Role
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from tests.conftest import NOON

PASSWORD = "a long walk to the station"
PEOPLE = "/en/account/people/"


@pytest.fixture
def nadia(ada: User) -> User:
    """Invited, has not come in yet."""
    return actions.invite(
        reference=new_reference(),
        email="nadia@example.org",
        name="Nadia",
        role=Role.ADVISER,
        by=ada,
        at=NOON,
    )


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_every_role_has_a_name_and_says_what_it_is_for():
    assert set(ROLES) == set(Role)
    assert all(str(about.label) and str(about.description) for about in ROLES.values())


def test_the_database_refuses_an_unknown_role(nadia):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=nadia.pk).update(role="king")


def test_an_invitation_sent_twice_makes_one_account(ada):
    reference = new_reference()
    given = {"email": "Nadia@Example.org", "name": "Nadia", "role": Role.ADVISER}

    first = actions.invite(reference=reference, **given, by=ada, at=NOON)
    second = actions.invite(reference=reference, **given, by=ada, at=NOON)

    assert first == second
    assert first.email == "nadia@example.org"
    assert verbs() == ["user.invited"]


def test_an_address_has_one_account(nadia, ada):
    with pytest.raises(actions.EmailTaken):
        actions.invite(
            reference=new_reference(),
            email="NADIA@example.org",
            name="Other",
            role=Role.FUNDER,
            by=ada,
            at=NOON,
        )

    assert verbs() == ["user.invited"]


def test_a_link_lets_in_for_seven_days(nadia):
    token = invitations.token_for(nadia, at=NOON)
    week = timedelta(days=7)

    assert invitations.invited(token, at=NOON + week - timedelta(seconds=1)) == nadia
    assert invitations.invited(token, at=NOON + week) is None


def test_a_link_works_once(nadia):
    token = invitations.token_for(nadia, at=NOON)

    actions.accept_invitation(user=nadia, name="Nadia", password=PASSWORD, at=NOON)

    assert invitations.invited(token, at=NOON) is None


@pytest.mark.parametrize("token", ["", "x", "WyJ4Il0:1:forged"])
def test_a_forged_link_lets_nobody_in(db, token):
    assert invitations.invited(token, at=NOON) is None


def test_closing_an_account_makes_its_link_useless(nadia, ada):
    token = invitations.token_for(nadia, at=NOON)

    actions.close_account(user=nadia, by=ada, at=NOON)

    assert invitations.invited(token, at=NOON) is None


def test_a_new_link_forgets_the_lost_telephone(jonas, ada):
    token = invitations.token_for(jonas, at=NOON)
    invited = access.invited(token, NOON)

    actions.accept_invitation(user=invited, name="Jonas", password=PASSWORD, at=NOON)

    assert not queries.has_second_factor(jonas)


def test_changing_a_role_is_told_in_the_trail(nadia, ada):
    actions.change_role(
        user=nadia, was=Role.ADVISER, role=Role.COORDINATOR, by=ada, at=NOON
    )

    event = AuditEvent.objects.get(verb="user.role_changed")
    assert event.detail == {"was": "adviser", "becomes": "coordinator"}
    assert nadia.role == Role.COORDINATOR


def test_the_second_of_two_changes_is_told_so(nadia, ada):
    change = {"user": nadia, "was": Role.ADVISER, "by": ada, "at": NOON}
    actions.change_role(**change, role=Role.COORDINATOR)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_role(**change, role=Role.FUNDER)

    nadia.refresh_from_db()
    assert nadia.role == Role.COORDINATOR
    assert verbs().count("user.role_changed") == 1


def test_nobody_closes_himself_or_changes_his_own_role(ada):
    with pytest.raises(actions.NotOneself):
        actions.close_account(user=ada, by=ada, at=NOON)
    with pytest.raises(actions.NotOneself):
        actions.change_role(
            user=ada, was=Role.ADMINISTRATOR, role=Role.FUNDER, by=ada, at=NOON
        )


def test_the_last_administrator_cannot_be_removed(ada, ines):
    with pytest.raises(actions.LastAdministrator):
        actions.close_account(user=ada, by=ines, at=NOON)
    with pytest.raises(actions.LastAdministrator):
        actions.change_role(
            user=ada, was=Role.ADMINISTRATOR, role=Role.FUNDER, by=ines, at=NOON
        )

    ada.refresh_from_db()
    assert (ada.is_active, ada.role) == (True, Role.ADMINISTRATOR)
    assert verbs() == []


def test_closing_and_opening_twice_changes_nothing_more(nadia, ada):
    for _ in range(2):
        actions.close_account(user=nadia, by=ada, at=NOON)
    for _ in range(2):
        actions.reopen_account(user=nadia, by=ada, at=NOON)

    assert verbs() == ["user.invited", "user.closed", "user.reopened"]
    assert nadia.is_active


def test_who_may_look_after_accounts(
    client, ada, jonas, clara, ines, otto, mallory, nadia
):
    def sees(user: User) -> bool:
        client.force_login(user)
        return client.get(PEOPLE).status_code == 200

    cast = (ada, jonas, clara, ines, otto, mallory)

    assert [sees(user) for user in cast] == [True] + [False] * 5


PAGES = {
    "people": ("get", 200),
    "invite": ("get", 200),
    "person": ("get", 200),
    "change_role": ("post", 422),
    "close": ("post", 302),
    "reopen": ("post", 302),
    "make_link": ("post", 200),
}


@pytest.mark.parametrize("name", PAGES)
def test_four_questions(client, ada, mallory, nadia, name):
    method, status = PAGES[name]
    args = [] if name in {"people", "invite"} else [nadia.pk]
    url = reverse(f"accounts:{name}", args=args)

    anonymous = getattr(client, method)(url)
    client.force_login(mallory)
    stranger = getattr(client, method)(url)
    client.force_login(ada)
    works = getattr(client, method)(url)
    wrong = client.put(url)

    assert anonymous.status_code == 302
    assert "/account/login/" in anonymous.url
    assert stranger.status_code == 404
    assert works.status_code == status
    assert wrong.status_code == 405


def test_an_unknown_person_is_not_there(client, ada):
    client.force_login(ada)

    assert client.get(f"{PEOPLE}{new_reference()}/").status_code == 404


def test_inviting_by_the_form_shows_the_link(client, ada):
    client.force_login(ada)
    reference = client.get(f"{PEOPLE}invite/").context["form"]["reference"].value()
    given = {
        "reference": reference,
        "name": "Nadia",
        "email": "nadia@example.org",
        "role": "adviser",
    }

    first = client.post(f"{PEOPLE}invite/", given)
    second = client.post(f"{PEOPLE}invite/", given)

    assert "http://testserver/en/account/join/" in first.text
    assert second.status_code == 200
    assert User.objects.filter(email="nadia@example.org").count() == 1
    assert verbs() == ["user.invited"]


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"email": "ada@example.org"}, {"role": "king"}]
)
def test_a_wrong_invitation_is_shown_again(client, ada, wrong):
    client.force_login(ada)
    given = {
        "reference": new_reference(),
        "name": "Nadia",
        "email": "nadia@example.org",
        "role": "adviser",
    }

    answer = client.post(f"{PEOPLE}invite/", given | wrong)

    assert answer.status_code == 422
    assert "Nadia" in answer.text
    assert User.objects.count() == 1


def test_a_role_changed_meanwhile_is_shown_with_both_texts(client, ada, nadia):
    client.force_login(ada)
    url = f"{PEOPLE}{nadia.pk}/role/"
    client.post(url, {"was": "adviser", "role": "coordinator"})

    answer = client.post(url, {"was": "adviser", "role": "reception"})

    assert answer.status_code == 409
    assert "You chose: Reception" in answer.text
    facts = answer.text[answer.text.index("<dl") : answer.text.index("</dl>")]
    assert "Coordinator" in facts


def test_refusals_are_pages_not_errors(client, ada):
    client.force_login(ada)

    closed = client.post(f"{PEOPLE}{ada.pk}/close/")
    changed = client.post(
        f"{PEOPLE}{ada.pk}/role/", {"was": "administrator", "role": "funder"}
    )

    assert closed.status_code == changed.status_code == 409
    assert "own account" in closed.text


def test_an_old_link_is_not_there(client, nadia):
    long_ago = timezone.now() - timedelta(days=8)
    token = invitations.token_for(nadia, at=long_ago)

    answer = client.get(reverse("accounts:join", args=[token]))

    assert answer.status_code == 404


def test_joining_by_the_link(client, nadia):
    now = timezone.now()
    url = reverse("accounts:join", args=[invitations.token_for(nadia, at=now)])
    shown = client.get(url)
    weak = client.post(url, {"name": "Nadia N.", "password": "12345678"})

    joined = client.post(url, {"name": "Nadia N.", "password": PASSWORD})

    nadia.refresh_from_db()
    assert shown.status_code == 200
    assert weak.status_code == 422
    assert joined.url.endswith("/today/")
    assert client.get(joined.url).url.endswith("/2fa/")
    assert nadia.name == "Nadia N."
    assert nadia.check_password(PASSWORD)
    assert client.get(url).status_code == 302  # the second factor comes first
    assert verbs()[-1] == "user.joined"


def test_the_demo_users_have_no_link(db):
    jonas = actions.make_demo_cast(at=NOON)["Jonas"]

    assert invitations.invited(invitations.token_for(jonas, at=NOON), at=NOON) is None
    with pytest.raises(Http404):
        access.demo_user(jonas.pk)


def test_the_command_prints_a_link(db):
    given = ["add", "ada@city.example", "--name", "Ada", "--role", "administrator"]

    answer = CliRunner().invoke(app, given)
    again = CliRunner().invoke(app, given)

    assert answer.exit_code == 0
    assert answer.stdout.startswith("http://127.0.0.1:8000/bg/account/join/")
    assert again.exit_code == 1
    assert User.objects.get(email="ada@city.example").role == Role.ADMINISTRATOR


def test_the_command_says_what_is_missing_where_nobody_can_answer(db):
    answer = CliRunner().invoke(app, ["add", "ada@city.example"])

    assert answer.exit_code == 2
    assert "--name and --role" in " ".join(answer.output.split())
    assert not User.objects.exists()


def test_the_command_asks_in_a_terminal_until_it_has_a_role(db, monkeypatch):
    monkeypatch.setattr(commands, "is_terminal", lambda: True)

    answer = CliRunner().invoke(
        app, ["add", "ada@city.example"], input="Ada\nking\nadministrator\n"
    )

    assert answer.exit_code == 0
    made = User.objects.get()
    assert (made.name, made.role) == ("Ada", Role.ADMINISTRATOR)


def test_the_list_takes_three_queries(
    client, ada, nadia, django_assert_max_num_queries
):
    client.force_login(ada)

    with django_assert_max_num_queries(6):
        client.get(PEOPLE)
