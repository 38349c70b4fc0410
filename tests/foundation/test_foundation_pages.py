"""The frame of every page: errors in every language, policy, health, static files."""

import re
import socket
from pathlib import Path

import lucide
import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.template import Context, Template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import Client, RequestFactory
from django.utils import translation
from typer.testing import CliRunner

from gishe.desks.console import app
from gishe.foundation import assets, commands, errors, health, pdf
from gishe.foundation.templatetags import ui

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def title(page: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", page)[1]


def has_frame(page: str, language: str) -> bool:
    direction = "rtl" if language in {"ar", "fa"} else "ltr"
    head = page[: page.index("<head>")]
    return f'lang="{language}"' in head and f'dir="{direction}"' in head


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_says_so_in_its_language(db, client, language):
    answer = client.get(f"/{language}/nothing/here/")

    assert answer.status_code == 404
    assert has_frame(answer.text, language)
    assert (title(answer.text) == "There is no such page") == (language == "en")


def test_an_unknown_language_gets_a_page_that_offers_all(db, client):
    answer = client.get("/xx/programme/", headers={"Accept-Language": "fa"})

    assert answer.status_code == 404
    assert has_frame(answer.text, "fa")
    for code in LANGUAGES:
        assert f'href="/{code}/"' in answer.text


def test_the_language_menu_leads_to_the_same_page(db, client):
    page = client.get("/bg/account/login/?next=/bg/today/").text

    assert 'href="/ar/account/login/?next=/bg/today/"' in page


def test_without_a_language_the_browsers_is_taken(db, client):
    assert client.get("/", headers={"Accept-Language": "uk,en;q=0.5"}).url == "/uk/"
    assert client.get("/", headers={"Accept-Language": "de"}).url == "/bg/"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_form_without_its_token_gets_a_page(db, language):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(f"/{language}/account/login/", {"login": "x"})

    assert answer.status_code == 403
    assert has_frame(answer.text, language)
    assert title(answer.text) != "This form is too old"


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_unreadable_request_gets_a_page(db, client, language):
    answer = client.get(f"/{language}/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_too_many_fields_get_a_page(db, client):
    fields = {f"f{number}": "x" for number in range(600)}

    answer = client.post("/bg/account/login/", fields)

    assert answer.status_code == 400
    assert has_frame(answer.text, "bg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_a_broken_house_needs_no_database(language):
    request = RequestFactory().get(f"/{language}/")
    request.COOKIES["sessionid"] = "somebody"

    with translation.override(language):
        answer = errors.server_error(request)  # a query would fail: no database here

    assert answer.status_code == 500
    assert has_frame(answer.text, language)
    assert f'href="/{language}/"' in answer.text


def test_a_broken_view_gets_that_page(db, client, monkeypatch):
    client.raise_request_exception = False

    def broken(*args: object) -> None:
        raise ValueError("secret detail")

    monkeypatch.setattr("gishe.accounts.views.queries.demo_cast", broken)
    monkeypatch.setattr(settings, "DEMO", True)
    answer = client.get("/bg/account/login/")

    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert has_frame(answer.text, "bg")


def test_health(db, client, monkeypatch):
    good = client.get("/health")

    class Dead:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr(health, "connection", Dead())
    bad = client.get("/health")

    assert (good.status_code, good.json()) == (200, {"status": "ok"})
    assert bad.status_code == 503
    assert client.post("/health").status_code == 405
    assert "no-store" in good["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/bg/", "/ar/account/login/", "/xx/", "/bg/nothing/", "/health"]
)
def test_the_policy_is_strict_on_every_page(db, client, path):
    policy = client.get(path)["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule)

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "*" not in policy


def test_no_template_brings_its_own_script_or_style():
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "gishe").glob("*/templates/**/*.html")
        if re.search(
            r"<script(?![^>]*\b(src=|type=\"application/json\"))|<style|\sstyle=|\son\w+=\"",
            path.read_text(encoding="utf-8"),
        )
    ]

    assert wrong == []


def test_static_files_may_be_kept_for_ever(db, client):
    answer = client.get(static("gishe/gishe.css"))
    answer.close()

    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]


def test_pages_travel_only_with_what_protects_them(db, client):
    answer = client.get("/bg/")

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_assets_are_built_once():
    assert assets.ensure() == []


def test_fonts_cover_the_letters_of_all_seven_languages():
    from fontTools.ttLib import TTFont

    folder = settings.HOME / "assets" / "fonts"
    points = set()
    for path in folder.glob("*.woff2"):
        points |= set(TTFont(path).getBestCmap())
    letters = "Ѝжъщ ґєїі ёыэ Œéàçœ ءأإآةىئؤ پچژگکی ‌ 0123456789 ۰۱۲ ٠١٢ – « » № €"

    assert [letter for letter in letters if ord(letter) not in points] == []


def test_every_setting_is_explained():
    code = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    told = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", code))
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", told, flags=re.MULTILINE))

    assert read == explained


@pytest.fixture
def template():
    """A template inside the root that typst may read, taken away after."""
    path = ROOT / "gishe/foundation" / "broken-on-purpose.typ"
    yield path
    path.unlink(missing_ok=True)


def test_a_broken_template_says_what_is_wrong(template):
    template.write_text("#nonsense(", encoding="utf-8")

    with pytest.raises(pdf.CannotDraw, match="unclosed"):
        pdf.render(template, {})


def test_a_missing_template_says_so(template):
    with pytest.raises(pdf.CannotDraw):
        pdf.render(template, {})


def test_data_travel_as_values_not_as_markup(template):
    template.write_text(
        '#set document(title: "x")\n#json(bytes(sys.inputs.data)).name',
        encoding="utf-8",
    )

    assert pdf.render(template, {"name": "#panic() *x*"}).startswith(b"%PDF")


@pytest.mark.parametrize("content", [None, b"no font at all"])
def test_dead_fonts_are_refused_and_named(tmp_path, monkeypatch, template, content):
    class Package:
        ROOT = tmp_path

    (tmp_path / "files").mkdir()
    if content:
        (tmp_path / "files" / "NotoSans.ttf").write_bytes(content)
    monkeypatch.setattr(pdf, "fontpkg_noto_sans", Package)
    pdf._compiler.cache_clear()
    template.write_text("x", encoding="utf-8")

    with pytest.raises(pdf.CannotDraw, match=str(tmp_path)):
        pdf.render(template, {})
    pdf._compiler.cache_clear()


def test_the_frame_draws_without_a_request(settings):
    with translation.override("fr"):
        page = render_to_string("error.html", {"title": "Titre"})

    assert "<h1>Titre</h1>" in page
    assert not connection.in_atomic_block


@pytest.mark.browser
@pytest.mark.parametrize("language", ["bg", "ar"])
@pytest.mark.parametrize("width", [1200, 390])
def test_the_frame_reads_well(visitor, transactional_db, language, width):
    visitor.page.set_viewport_size({"width": width, "height": 844})
    page = visitor.go(f"/{language}/nothing/")
    html = page.locator("html")

    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert visitor.findings() == []
    assert not visitor.overflows()


@pytest.mark.browser
def test_keyboard_skips_to_the_content_and_chooses_a_language(
    visitor, transactional_db
):
    page = visitor.go("/bg/account/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.locator("details.menu > summary").first.focus()
    page.keyboard.press("Enter")
    for _ in range(LANGUAGES.index("ar") + 1):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/account/login/")

    assert visitor.complaints == []


@pytest.mark.browser
def test_old_phones_change_the_language_without_javascript(old_phone, transactional_db):
    page = old_phone.go("/bg/account/login/")
    page.click("details.menu > summary >> nth=0")
    old_phone.follow('a[hreflang="fa"]')

    assert page.url.endswith("/fa/account/login/")
    assert not old_phone.overflows()


@pytest.mark.parametrize(
    ("asked", "real"),
    [
        ("/EN/", "/en/"),
        ("/Bg/programme/?view=hour", "/bg/programme/?view=hour"),
        ("/AR//evil.example/", "/ar//evil.example/"),
    ],
)
def test_a_language_in_large_letters_leads_to_the_page(client, db, asked, real):
    answer = client.get(asked)

    assert answer.status_code == 302
    assert answer.url == real


def test_an_icon_that_is_not_there_is_left_out_of_the_page(settings, caplog):
    page = Template('{% icon "no-such-icon" %} Help').render(Context())

    assert page.strip() == "Help"
    assert "no-such-icon" in caplog.text
    settings.DEBUG = True
    with pytest.raises(lucide.IconDoesNotExist):
        ui.icon("no-such-icon")


def test_browsers_find_the_icon_and_search_engines_the_rules(client, db):
    icon, rules = client.get("/favicon.ico"), client.get("/robots.txt")

    assert icon.url == static("gishe/icon.svg")
    assert rules["Content-Type"].startswith("text/plain")
    assert "Disallow: /bg/account/" in rules.text
    assert "Disallow: /bg/services" not in rules.text


def test_a_port_in_use_is_told_and_nothing_is_started(free_port, monkeypatch):
    monkeypatch.setattr(commands, "prepare", lambda: pytest.fail("was started"))
    with socket.socket() as other:
        # As the server itself does, which would share the port.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", free_port))
        other.listen()

        answer = CliRunner().invoke(app, ["serve", "--port", str(free_port)])
        demo = CliRunner().invoke(app, ["demo", "--port", str(free_port)])

    assert answer.exit_code == demo.exit_code == 1
    assert f"Port {free_port} is in use" in " ".join(answer.output.split())
    assert "choose --port" in " ".join(demo.output.split())


def test_a_free_port_is_no_reason_to_stop(free_port):
    commands.refuse_taken_port("127.0.0.1", free_port)
