"""Every page of sign-in: in every language, under the strict policy, for everybody."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from gishe.accounts import actions, invitations
from gishe.accounts.models import User
from gishe.accounts.roles import Role
from tests.conftest import Visitor

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a long walk to the station"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
ANONYMOUS = [
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
SIGNED_IN = [
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "accounts:people",
    "accounts:invite",
    "accounts:staff_session",
]
# English words that stand in allauth's templates and forms of the pages we show.
ENGLISH = re.compile(
    r"\b(the|your|you|password|code|please|account|sign|key|security|recovery|"
    r"authenticator|confirm|cancel|change|email|name|again|unused|required)\b",
    re.IGNORECASE,
)
ALIKE = {"fr": {"code", "passwords"}}


def words_of(page: str) -> str:
    """What a reader sees: no scripts, no attributes, no names of languages."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<(script|option)\b.*?</\1>", " ", main, flags=re.DOTALL)
    main = re.sub(
        r'<(bdi|textarea)\b.*?</\1>|value="[^"]*"', " ", main, flags=re.DOTALL
    )
    return re.sub(r"<[^>]*>|\S+@\S+|DEMO", " ", main)


def english_in(page: str, language: str) -> list[str]:
    found = {word.lower() for word in ENGLISH.findall(words_of(page))}
    return sorted(found - ALIKE.get(language, set()))


@pytest.fixture
def signed_in(client, ada):
    """Ada, by password and second factor, with a passkey beside."""
    Authenticator.objects.create(
        user=ada, type="webauthn", data={"name": "Mein", "credential": {}}
    )
    ada.set_password(PASSWORD)
    ada.save()
    client.post("/en/account/login/", {"login": ada.email, "password": PASSWORD})
    now = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    client.post("/en/account/2fa/authenticate/", {"code": now})
    client.post("/en/account/2fa/recovery-codes/generate/")
    client.get("/en/account/2fa/")  # reads the messages
    return client


def url(name: str, language: str, *args: object) -> str:
    with translation.override(language):
        return reverse(name, args=args)


@pytest.mark.parametrize("language", LANGUAGES[:1] + LANGUAGES[2:])
def test_no_english_on_pages_before_sign_in(db, client, language):
    found = {
        name: english_in(client.get(url(name, language)).text, language)
        for name in ANONYMOUS
    }

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES[:1] + LANGUAGES[2:])
def test_no_english_on_pages_after_sign_in(signed_in, ada, language, monkeypatch):
    key = Authenticator.objects.get(user=ada, type="webauthn")
    monkeypatch.setattr(
        "allauth.mfa.webauthn.views.auth.begin_authentication", lambda user: {}
    )
    monkeypatch.setattr(
        "allauth.mfa.webauthn.views.auth.begin_registration", lambda user, alone: {}
    )
    pages = [url(name, language) for name in SIGNED_IN]
    pages += [
        url(name, language, key.pk)
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ]

    answers = {page: signed_in.get(page) for page in pages}

    assert {a.status_code for a in answers.values()} == {200}
    found = {page: english_in(a.text, language) for page, a in answers.items()}
    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES[:1] + LANGUAGES[2:])
def test_no_english_in_what_forms_answer(db, client, clara, language):
    clara.set_password(PASSWORD)
    clara.save()
    login = url("account_login", language)
    wrong = client.post(login, {"login": clara.email, "password": "wrong"})
    client.post(login, {"login": clara.email, "password": PASSWORD})
    change = client.post(
        url("account_change_password", language),
        {"oldpassword": "wrong", "password1": "12345678", "password2": "87654321"},
    )
    activate = client.post(url("mfa_activate_totp", language), {"code": "123"})
    pages = [wrong.text, change.text, activate.text]

    assert [english_in(page, language) for page in pages] == [[], [], []]
    assert all('class="errors"' in page for page in pages)


@pytest.mark.parametrize("language", LANGUAGES[:1] + LANGUAGES[2:])
def test_no_english_when_a_code_is_asked(db, client, jonas, language):
    jonas.set_password(PASSWORD)
    jonas.save()
    asked = client.post(
        url("account_login", language),
        {"login": jonas.email, "password": PASSWORD},
        follow=True,
    )
    wrong = client.post(url("mfa_authenticate", language), {"code": "1"})

    assert english_in(asked.text, language) == []
    assert english_in(wrong.text, language) == []


def test_a_used_reset_link_says_what_to_do(db, client):
    page = client.get(url("account_reset_password_from_key", "bg", "1", "x-y"))

    assert page.status_code == 200
    assert english_in(page.text, "bg") == []


def new_person(role: Role) -> User:
    user = User.objects.create_user(
        "new@example.org", PASSWORD, name="New", role=role, joined_at=timezone.now()
    )
    return user


def enter(visitor: Visitor, language: str) -> None:
    page = visitor.go(f"/{language}/account/login/")
    page.fill("[name=login]", "new@example.org")
    page.fill("[name=password]", PASSWORD)
    visitor.follow("main button.button:not(.quiet)")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["bg", "ar"])
@pytest.mark.parametrize("width", [1200, 390])
def test_the_way_in_reads_well(visitor, transactional_db, language, width, settings):
    settings.DEMO = True
    actions.make_demo_cast(at=timezone.now())
    new_person(Role.ADVISER)
    visitor.page.set_viewport_size({"width": width, "height": 844})
    found, wide = [], []

    def look() -> None:
        found.extend(f"{visitor.page.url} {f}" for f in visitor.findings())
        if visitor.overflows():
            wide.append(visitor.page.url)

    visitor.go(f"/{language}/account/login/")
    look()
    enter(visitor, language)
    look()
    for path in ("totp/activate/", "webauthn/add/", "webauthn/"):
        visitor.go(f"/{language}/account/2fa/{path}")
        look()
    for path in ("again/", "logout/", "password/reset/"):
        visitor.go(f"/{language}/account/{path}")
        look()

    assert found == []
    assert wide == []
    assert visitor.complaints == []


@pytest.mark.browser
def test_an_app_is_set_up_without_javascript_on_an_old_phone(
    old_phone, transactional_db
):
    new_person(Role.ADVISER)
    enter(old_phone, "en")
    page = old_phone.page
    old_phone.follow("text=Set up the app")
    page.click("summary:has-text('No camera')")
    secret = page.locator("details[open] bdi").inner_text()
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, now())))
    old_phone.follow("text=Check the code")

    assert page.locator("ul.codes li").count() == 10
    old_phone.follow("text=I have kept them")
    assert page.url.endswith("/en/today/")
    assert not old_phone.overflows()


def now() -> int:
    return int(time.time()) // 30


@pytest.mark.browser
def test_a_passkey_is_added_and_opens_the_door(visitor, transactional_db):
    new_person(Role.ADVISER)
    page = visitor.page
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    visitor.base = visitor.base.replace("127.0.0.1", "localhost")
    enter(visitor, "en")
    visitor.follow("text=Add a key")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.click("details.menu >> nth=1")
    visitor.follow("text=Sign out")
    visitor.go("/en/account/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/en/today/")

    assert visitor.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_people_and_staff_session_read_well(visitor, transactional_db, language):
    ada = new_person(Role.ADMINISTRATOR)
    TOTP.activate(ada, SECRET)
    enter(visitor, language)
    page = visitor.page
    page.fill("[name=code]", format_hotp_value(hotp_value(SECRET, now())))
    visitor.follow("main form button.button >> nth=0")
    nadia = actions.make_demo_cast(at=timezone.now())["Jonas"]
    User.objects.filter(pk=nadia.pk).update(is_demo=False, joined_at=None)
    found = []
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("reason/", "people/", "people/invite/", f"people/{nadia.pk}/"):
        visitor.go(f"/{language}/account/{path}")
        found += visitor.findings()
        assert not visitor.overflows()
    nadia.refresh_from_db()
    token = invitations.token_for(nadia, at=timezone.now())
    visitor.go(f"/{language}/account/join/{token}/")
    found += visitor.findings()

    assert found == []
    assert visitor.complaints == []
