"""Pages of imports: look, take, mend."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gishe.directory.models import Service
from gishe.exchange import actions
from gishe.exchange.models import ColumnMapping, ImportRun
from gishe.foundation.references import new_reference
from tests.exchange.conftest import TABLES

IMPORTS = "/en/directory/imports/"


def zipped(**tables: str) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in {**TABLES, **tables}.items():
            archive.writestr(name, text)
    return SimpleUploadedFile("door.zip", stream.getvalue())


@pytest.fixture
def send(client, ines):
    """Ines sends a file from the page."""
    client.force_login(ines)

    def post(file, **data):
        return client.post(
            IMPORTS,
            {
                "reference": str(new_reference()),
                "source_name": "door",
                "language": "en",
                "file": file,
                **data,
            },
        )

    return post


@pytest.fixture
def run(folder, look):
    services = TABLES["services.csv"] + "12,1,,,\n"
    return look(folder(services=services)).run


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("imports/", "get"),
        ("imports/{run}/", "get"),
        ("imports/{run}/refused/", "get"),
        ("mappings/", "get"),
        ("imports/{run}/take/", "post"),
    ],
)
def test_four_questions_of_every_page(client, ines, mallory, run, name, method):
    url = f"/en/directory/{name}".format(run=run.pk)
    ask = getattr(client, method)

    assert ask(url).status_code == 302
    assert "/account/" in ask(url)["Location"]
    client.force_login(mallory)
    assert ask(url).status_code == 404
    client.force_login(ines)
    answer = ask(url)
    assert answer.status_code in {200, 302}
    assert client.delete(url).status_code == 405


def test_who_may_open_imports(client, run, ines, jonas, clara, otto, ada, mallory):
    def sees(user):
        client.force_login(user)
        return client.get(f"{IMPORTS}{run.pk}/").status_code == 200

    people = (ines, jonas, clara, otto, ada, mallory)
    assert [sees(user) for user in people] == [True] + [False] * 5


def test_a_run_that_is_not_there_is_404(client, ines):
    client.force_login(ines)

    assert client.get(f"{IMPORTS}{new_reference()}/").status_code == 404


def test_looking_and_then_taking(client, send):
    answer = send(zipped())

    page = client.get(answer["Location"])
    assert "Nothing has been changed yet" in page.text
    assert Service.objects.count() == 0
    client.post(f"{answer['Location']}take/")
    assert Service.objects.count() == 2
    page = client.get(answer["Location"])
    assert "Brought in" in page.text
    assert "Nothing has been changed yet" not in page.text


def test_taking_twice_takes_once(client, send):
    url = send(zipped())["Location"]
    client.post(f"{url}take/")
    counts = ImportRun.objects.get().counts

    answer = client.post(f"{url}take/", follow=True)

    assert "brought in before" in answer.text
    assert ImportRun.objects.get().counts == counts


def test_sending_twice_looks_once(send):
    reference = str(new_reference())

    first = send(zipped(), reference=reference)
    second = send(zipped(), reference=reference)

    assert first["Location"] == second["Location"]
    assert ImportRun.objects.count() == 1


def test_the_report_shows_rows_by_what_became_of_them(client, ines, run):
    client.force_login(ines)
    url = f"{IMPORTS}{run.pk}/"

    assert "This cell must not be empty" in client.get(url).text
    assert "https://www.example.org" in client.get(f"{url}?outcome=repaired").text
    assert "languages.csv" in client.get(f"{url}?outcome=taken").text
    assert "This cell must not be empty" in client.get(f"{url}?outcome=odd").text


def test_refused_rows_can_be_fetched(client, ines, run):
    client.force_login(ines)

    answer = client.get(f"{IMPORTS}{run.pk}/refused/")

    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="services.csv"'
    assert text.splitlines()[0] == "id,organization_id,name,description,status,reason"


def test_what_cannot_be_read_is_told_at_the_field(send):
    answer = send(SimpleUploadedFile("door.zip", b"PK but no zip"))

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("name", ["door.exe", "door", "door.csv.sh"])
def test_other_kinds_of_files_are_refused(send, name):
    assert send(SimpleUploadedFile(name, b"x")).status_code == 422


def test_a_file_that_is_too_large_is_refused(send, monkeypatch):
    monkeypatch.setattr("gishe.exchange.forms.MOST", 10)

    assert send(zipped()).status_code == 422


def test_an_old_source_is_cleared_away(client, send):
    answer = send(zipped())
    run = ImportRun.objects.get()
    actions.clear_old_sources(at=run.started_at.replace(year=2100))

    page = client.get(answer["Location"])

    assert 'class="notice stack"' not in page.text
    taken = client.post(f"{answer['Location']}take/", follow=True)
    assert "There is no file" in taken.text
    assert Service.objects.count() == 0


def test_a_mapping_is_made_from_a_sample_and_used(client, send):
    table = "Организация,Услуга,Телефон,Език\nВрата,Немски,+359 2 987 6543,немски\n"
    sample = SimpleUploadedFile("list.csv", table.encode())

    page = client.post("/en/directory/mappings/", {"name": "list", "file": sample})
    assert "What do the columns mean?" in page.text
    client.post(
        "/en/directory/mappings/",
        {
            "name": "list",
            "header_0": "Организация",
            "column_0": "organizations.name",
            "header_1": "Услуга",
            "column_1": "services.name",
            "header_2": "Телефон",
            "column_2": "phones.number",
            "header_3": "Език",
            "column_3": "languages.name",
        },
    )

    assert ColumnMapping.objects.get().columns["Услуга"] == "services.name"
    file = SimpleUploadedFile("list.csv", table.encode())
    url = send(file, mapping="list", language="bg")["Location"]
    client.post(f"{url}take/")
    service = Service.objects.get()
    assert service.name.shown("bg").text == "Немски"
    assert service.languages.get().code == "de"


def test_a_mapping_without_names_is_refused(client, ines):
    client.force_login(ines)

    answer = client.post(
        "/en/directory/mappings/",
        {"name": "list", "header_0": "A", "column_0": "phones.number"},
    )

    assert answer.status_code == 422
    assert "which the organization" in answer.text
    assert ColumnMapping.objects.count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_pages_of_imports_are_sound(client, visitor, ines, run, language):
    client.force_login(ines)
    cookie = client.cookies["sessionid"].value
    visitor.page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": visitor.base}]
    )
    for width in (390, 1200):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        for path in ("imports/", f"imports/{run.pk}/", "mappings/"):
            visitor.go(f"/{language}/directory/{path}")

            assert visitor.findings() == []
            assert not visitor.overflows()
    assert visitor.complaints == []
