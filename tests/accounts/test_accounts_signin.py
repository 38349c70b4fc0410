"""Coming in: password, second factor, demo, limits."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from gishe.accounts import actions
from gishe.accounts.models import User
from gishe.accounts.roles import Role
from gishe.foundation.models import AuditEvent
from tests.conftest import NOON

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a long walk to the station"
LOGIN = "/en/account/login/"
FACTORS = "/en/account/2fa/"


def code(secret: str = SECRET, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


def test_a_role_without_personal_data_comes_in_by_password(client, clara):
    answer = sign_in(client, with_password(clara))

    assert answer.url == "/en/today/"
    assert client.get("/en/today/").status_code == 200


def test_signing_in_is_told_in_the_trail(client, clara):
    sign_in(client, with_password(clara))

    event = AuditEvent.objects.get(verb="user.signed_in")
    assert event.by == clara.pk


def test_a_second_factor_is_asked_at_each_sign_in(client, jonas):
    first = sign_in(client, with_password(jonas))
    before = client.get("/en/today/")
    wrong = client.post(f"{FACTORS}authenticate/", {"code": "000000"})
    right = client.post(f"{FACTORS}authenticate/", {"code": code()})

    assert first.url == f"{FACTORS}authenticate/"
    assert before.status_code == 302
    assert wrong.status_code == 200
    assert right.url == "/en/today/"
    assert client.get("/en/today/").status_code == 200


def test_a_code_does_not_work_twice(client, jonas):
    with_password(jonas)
    now = code()
    sign_in(client, jonas)
    client.post(f"{FACTORS}authenticate/", {"code": now})
    other = Client()
    sign_in(other, jonas)

    answer = other.post(f"{FACTORS}authenticate/", {"code": now})

    assert answer.status_code == 200
    assert other.get("/en/today/").status_code == 302


def test_a_recovery_code_lets_in_once(client, jonas):
    with_password(jonas)
    sign_in(client, jonas)
    client.post(f"{FACTORS}authenticate/", {"code": code()})
    client.post(f"{FACTORS}recovery-codes/generate/")
    listed = client.get(f"{FACTORS}recovery-codes/download/").text.split()
    other = Client()
    sign_in(other, jonas)

    answer = other.post(f"{FACTORS}authenticate/", {"code": listed[0]})
    again = Client()
    sign_in(again, jonas)
    refused = again.post(f"{FACTORS}authenticate/", {"code": listed[0]})

    assert answer.url == "/en/today/"
    assert refused.status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADVISER])
def test_who_must_have_a_second_factor(db, client, role):
    user = User.objects.create_user("new@example.org", name="New", role=role)
    client.force_login(user)

    answer = client.get("/en/today/")

    assert (answer.status_code == 302) == (role not in {Role.PROVIDER, Role.FUNDER})


@pytest.mark.parametrize(
    "path", ["/en/today/", "/en/", "/en/account/people/", "/en/account/password/"]
)
def test_without_a_second_factor_only_the_enrolment_is_open(db, client, path):
    user = User.objects.create_user("new@example.org", name="New", role=Role.ADVISER)
    client.force_login(user)

    assert client.get(path).url == FACTORS
    assert client.get(FACTORS).status_code == 200


def test_enrolling_an_authenticator_app_opens_the_house(db, client):
    user = User.objects.create_user("new@example.org", name="New", role=Role.ADVISER)
    sign_in(client, with_password(user))
    page = client.get(f"{FACTORS}totp/activate/")
    secret = page.context["form"].secret

    answer = client.post(f"{FACTORS}totp/activate/", {"code": code(secret)})

    assert "data:image/svg+xml" in page.text
    assert answer.url == f"{FACTORS}recovery-codes/"
    assert "recovery" in client.get(answer.url).text.lower()
    assert client.get("/en/today/").status_code == 200


def test_the_secret_of_the_app_lies_sealed(db, client):
    user = User.objects.create_user("new@example.org", name="New", role=Role.ADVISER)
    sign_in(client, with_password(user))
    secret = client.get(f"{FACTORS}totp/activate/").context["form"].secret

    client.post(f"{FACTORS}totp/activate/", {"code": code(secret)})

    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored


def test_removing_the_last_factor_closes_the_house_again(client, jonas):
    with_password(jonas)
    sign_in(client, jonas)
    client.post(f"{FACTORS}authenticate/", {"code": code()})

    client.post(f"{FACTORS}totp/deactivate/")

    assert client.get("/en/today/").url == FACTORS


def test_signing_out_is_done_by_a_form(client, clara):
    sign_in(client, with_password(clara))
    asked = client.get("/en/account/logout/")
    still = client.get("/en/today/").status_code

    answer = client.post("/en/account/logout/")

    assert asked.status_code == 200
    assert still == 200
    assert answer.url == "/en/"
    assert client.get("/en/today/").status_code == 302


def test_the_session_gets_a_new_key_and_lasts_twelve_hours(client, clara):
    client.get(LOGIN)
    before = client.session.session_key

    sign_in(client, with_password(clara))

    assert client.session.session_key != before
    assert client.cookies["sessionid"]["max-age"] == 12 * 3600
    assert client.cookies["sessionid"]["httponly"]


def test_a_closed_account_is_out_at_once(client, clara, ada):
    client.force_login(clara)

    actions.close_account(user=clara, by=ada, at=NOON)

    assert client.get("/en/today/").status_code == 302


def test_an_unknown_and_a_wrong_answer_look_the_same(client, clara):
    with_password(clara)

    wrong = sign_in(client, clara, "wrong").text
    unknown = client.post(LOGIN, {"login": "no@example.org", "password": "wrong"}).text

    def message(page: str) -> str:
        return page[page.index('role="alert"') :][:200]

    assert message(wrong) == message(unknown)


def test_resetting_tells_nobody_who_works_here(client, clara):
    known = client.post("/en/account/password/reset/", {"email": clara.email})
    unknown = client.post("/en/account/password/reset/", {"email": "no@example.org"})

    assert known.url == unknown.url
    assert [message.to for message in mail.outbox] == [[clara.email]]
    assert client.get(known.url).status_code == 200


def test_a_password_is_reset_by_the_link_in_the_message(client, clara):
    with_password(clara)
    client.post("/en/account/password/reset/", {"email": clara.email})
    link = next(w for w in mail.outbox[0].body.split() if "/reset/key/" in w)
    page = client.get(link, follow=True)
    new = {"password1": "another long walk", "password2": "another long walk"}

    answer = client.post(page.request["PATH_INFO"], new)

    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    assert sign_in(client, clara, "another long walk").url == "/en/today/"


def test_five_wrong_passwords_and_one_must_wait(client, clara):
    with_password(clara)
    for _ in range(5):
        sign_in(client, clara, "wrong")

    answer = client.post(LOGIN, {"login": clara.email, "password": "x"})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert "5 minutes" in answer.text


def test_the_long_limit_closes_the_door_for_a_quarter_of_an_hour(
    client, clara, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "99/m/ip", "login": "99/m/ip"}
    with_password(clara)
    for _ in range(8):
        sign_in(client, clara, "wrong")

    answer = sign_in(client, clara)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "15 minutes" in answer.text


def test_one_name_locked_out_leaves_the_others_alone(client, clara, mallory, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "99/m/ip", "login": "99/m/ip"}
    with_password(clara)
    for _ in range(9):
        sign_in(client, mallory, "wrong")

    assert sign_in(client, clara).url == "/en/today/"


def test_guessing_second_factors_has_a_limit(client, jonas):
    sign_in(client, with_password(jonas))
    for _ in range(5):
        client.post(f"{FACTORS}authenticate/", {"code": "000000"})

    answer = client.post(f"{FACTORS}authenticate/", {"code": code()})

    assert answer.status_code == 429


@pytest.mark.parametrize("path", ["signup/", "email/", "3rdparty/", "password/set/"])
def test_pages_of_allauth_that_we_do_not_use_are_not_there(client, clara, path):
    client.force_login(clara)

    assert client.get(f"/en/account/{path}").status_code == 404


def test_behind_a_proxy_the_callers_address_counts(client, clara, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip", "login": "99/m/ip"}
    with_password(clara)
    wrong = {"login": "no@example.org", "password": "wrong"}
    for _ in range(3):
        client.post(LOGIN, wrong, headers={"X-Forwarded-For": "203.0.113.7"})

    answer = client.post(
        LOGIN,
        {"login": clara.email, "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.8"},
    )

    assert answer.status_code == 302


def test_the_demo_offers_one_click_per_role(client, db, settings):
    settings.DEMO = True
    cast = actions.make_demo_cast(at=NOON)
    page = client.get(LOGIN).text

    answer = client.post(f"/en/account/demo/{cast['Ines'].pk}/")

    assert all(name in page for name in cast)
    assert answer.url == "/en/today/"
    assert client.get("/en/today/").status_code == 200


def test_demo_users_put_no_lock_on_a_shared_account(client, db, settings):
    settings.DEMO = True
    client.force_login(actions.make_demo_cast(at=NOON)["Jonas"])

    assert client.get(FACTORS).status_code == 404
    assert client.get("/en/account/password/").status_code == 404


def test_outside_the_demo_nobody_enters_as_a_demo_user(client, db, settings):
    settings.DEMO = True
    ines = actions.make_demo_cast(at=NOON)["Ines"]
    client.force_login(ines)
    settings.DEMO = False

    stayed = client.get("/en/today/")
    entered = client.post(f"/en/account/demo/{ines.pk}/")
    by_password = sign_in(client, with_password(ines))

    assert stayed.status_code == 302
    assert entered.status_code == 404
    assert by_password.url == "/en/account/inactive/"


def test_entering_the_demo_takes_a_form_and_a_demo_user(client, clara, settings):
    settings.DEMO = True
    ines = actions.make_demo_cast(at=NOON)["Ines"]

    assert client.get(f"/en/account/demo/{ines.pk}/").status_code == 405
    assert client.post(f"/en/account/demo/{clara.pk}/").status_code == 404


def test_the_demo_cast_is_made_once_and_put_right(db):
    first = actions.make_demo_cast(at=NOON)
    User.objects.filter(pk=first["Jonas"].pk).update(is_active=False, role="funder")

    second = actions.make_demo_cast(at=NOON)

    assert {n: u.pk for n, u in first.items()} == {n: u.pk for n, u in second.items()}
    assert {n: Role(u.role) for n, u in second.items()} == actions.CAST
    assert second["Jonas"].is_active
