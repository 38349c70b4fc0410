"""Sources that are hostile, broken or strange: a clear word, and nothing else."""

import io
import json
import zipfile

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gishe.exchange import actions
from gishe.exchange.reading import ReadError, opened
from gishe.exchange.reading.limits import MEGABYTE, Limits
from tests.conftest import NOON

SMALL = Limits(
    members=3,
    total_bytes=4 * MEGABYTE,
    file_bytes=3 * MEGABYTE,
    json_bytes=MEGABYTE,
    rows=100,
    columns=20,
    cell_characters=1000,
)
SERVICES = "id,organization_id,name\n1,1,German\n"


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(path):
    return actions.read(actions.Order(path=path, source_name="door"))


def read_all(path, limits):
    with opened(path, limits) as container:
        for member in container.members:
            with container.open(member) as stream:
                stream.read()


def read_or_told(path):
    """The package, or the sentence that says why there is none."""
    try:
        return read(path)
    except ReadError as error:
        return str(error)


def refused(path, limits=SMALL):
    with pytest.raises(ReadError) as caught:
        read_all(path, limits)
    assert str(caught.value)
    return caught.value.code


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped(tmp_path / "a.zip", **{"services.csv": b"0" * (3 * MEGABYTE)})

    assert refused(bomb) == "zip_bomb"


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path):
    noise = [bytes((i * 7 + n * n) % 251 for i in range(MEGABYTE)) for n in (1, 2, 3)]
    members = {f"{n}.csv": b * 2 for n, b in enumerate(noise)}

    assert refused(zipped(tmp_path / "a.zip", **members)) == "too_big_unpacked"


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_said(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"services.csv": SERVICES * 100})
    content = bytearray(path.read_bytes())
    size = (len(SERVICES) * 100).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))

    assert refused(path) in {"file_broken", "file_grew"}


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "a/../../b.csv"]
)
def test_a_zip_that_points_outside_is_refused(tmp_path, name):
    path = zipped(tmp_path / "a.zip", **{name: SERVICES})

    assert refused(path) == "zip_points_outside"


def test_a_zip_of_too_many_files_is_refused(tmp_path):
    members = {f"{n}.csv": SERVICES for n in range(4)}

    assert refused(zipped(tmp_path / "a.zip", **members)) == "too_many_files"


def test_a_locked_zip_says_so(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"services.csv": SERVICES})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag in the local header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    path.write_bytes(content)

    assert refused(path) == "zip_encrypted"


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("services.csv", 3 * MEGABYTE + 1, "file_too_big"),
        ("services.json", MEGABYTE + 1, "json_too_big"),
    ],
)
def test_a_file_that_is_too_big_is_refused(tmp_path, name, size, code):
    (tmp_path / name).write_bytes(b"0" * size)

    assert refused(tmp_path / name) == code


def test_a_hundred_megabytes_are_read_as_a_stream_or_refused(tmp_path):
    path = tmp_path / "services.csv"
    with path.open("wb") as stream:
        stream.write(b"id,organization_id,name\n")
        for _ in range(100):
            stream.write(b"1,1,Name\n" * (MEGABYTE // 9))

    with pytest.raises(ReadError) as caught:
        read(path)

    assert caught.value.code == "too_many_rows"


def test_links_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text(SERVICES)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "services.csv").symlink_to(tmp_path / "secret.csv")

    assert refused(folder) == "nothing_to_read"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.zip", b"PK\x03\x04 no zip", "file_broken"),
        ("a.json", b"{", "bad_json"),
        ("a.json", b"[" * 100_000, "bad_json"),
        ("a.json", b'[{"x": 1}]', "no_known_table"),
        ("a.json", b"[1, 2]", "bad_json"),
        ("a.json", b"3", "no_known_table"),
        ("other.csv", b"a,b\n1,2\n", "no_known_table"),
        ("services.csv", b"id,name,name\n1,a,b\n", "column_twice"),
        ("services.csv", b"id," * 400, "too_many_columns"),
        ("services.csv", b'id,name\n1,"' + b"x" * 250_000, "bad_csv"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ReadError) as caught:
        read(tmp_path / name)

    assert caught.value.code == code
    assert "%" not in str(caught.value)


def test_what_is_not_there_says_so(tmp_path):
    with override("en"), pytest.raises(ReadError, match="There is no file nothing"):
        read(tmp_path / "nothing.csv")


def test_json_nested_too_deeply_is_refused(tmp_path):
    item = {"id": "x", "name": "deep"}
    for n in range(40):
        item = {
            "id": f"{n}",
            "location_type": "physical",
            "phones": [],
            "services": [item],
        }
    (tmp_path / "a.json").write_text(json.dumps([item]))

    with pytest.raises(ReadError) as caught:
        read(tmp_path / "a.json")

    assert caught.value.code == "too_deep"


@pytest.mark.parametrize(
    "document",
    [
        [{"id": "1", "name": "A", "status": "active"}],
        {"id": "1", "name": "A", "status": "active"},
        {"total_items": 1, "contents": [{"id": "1", "name": "A", "status": "active"}]},
        {"services": [{"id": "1", "name": "A"}]},
        {"services.csv": [{"id": "1", "name": "A"}]},
    ],
)
def test_json_in_every_envelope(tmp_path, document):
    (tmp_path / "a.json").write_text(json.dumps(document))

    package = read(tmp_path / "a.json")

    assert [row.values["name"] for row in package.rows["services"]] == ["A"]


def test_one_object_in_several_places_is_one_row(tmp_path):
    phone = {"id": "p", "number": "1"}
    document = {
        "id": "s",
        "name": "A",
        "status": "active",
        "phones": [phone],
        "organization": {"id": "o", "name": "O", "phones": [phone]},
    }
    (tmp_path / "a.json").write_text(json.dumps(document))

    [row] = read(tmp_path / "a.json").rows["phones"]

    assert (row.values["service_id"], row.values["organization_id"]) == ("s", "o")


def test_ragged_rows_keep_their_row_numbers(tmp_path):
    text = 'id,organization_id,name\n1\n2,1,"two\nlines"\n3,1,C,D\n'
    (tmp_path / "services.csv").write_text(text)

    rows = read(tmp_path / "services.csv").rows["services"]

    assert [row.number for row in rows] == [2, 3, 4]
    assert rows[0].values == {"id": "1"}


def test_version_2_and_daily_names_of_tables_and_columns(tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "Organisation.csv").write_text("ID,Name,URL\n1,A,http://a.org\n")
    (folder / "regular_schedule.csv").write_text("service_id,weekday\n1,Monday\n")
    (folder / "taxonomy.csv").write_text("id,name,parent_id,vocabulary\n1,A,,AIRS\n")
    (folder / "postal_address.csv").write_text("location_id,address_1\n1,A\n")

    rows = read(folder).rows

    assert rows["organizations"][0].values["website"] == "http://a.org"
    assert rows["schedules"][0].values["byday"] == "Monday"
    assert rows["taxonomy_terms"][0].values["taxonomy"] == "AIRS"
    assert rows["addresses"][0].values["address_type"] == "postal"


ANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@ANY
@given(
    content=st.binary(max_size=400)
    | st.text(max_size=200).map(lambda s: s.encode("utf-16"))
    | st.text(alphabet='id,name"\n;01\0', max_size=200).map(str.encode),
    name=st.sampled_from(["services.csv", "services.json", "a.zip", "phones.tsv"]),
)
def test_arbitrary_bytes_are_read_or_refused(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)

    assert read_or_told(path)


@ANY
@given(
    content=st.binary(max_size=200), flip=st.integers(0, 300), by=st.integers(1, 255)
)
def test_a_damaged_zip_is_read_or_refused(tmp_path, content, flip, by):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", SERVICES.encode() + content)
    damaged = bytearray(stream.getvalue())
    damaged[flip % len(damaged)] ^= by
    path = tmp_path / "a.zip"
    path.write_bytes(damaged)

    assert read_or_told(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "phones", "organization", "status", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@ANY
@given(document=JSON)
def test_arbitrary_json_is_read_or_refused(tmp_path, document):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))

    assert read_or_told(path)


ROW = st.lists(
    st.sampled_from(
        ["", "1", "2", "1,2", "A", "<b>x", "9am", "25:00", "Monday", "é\0", "x" * 600]
    ),
    min_size=3,
    max_size=7,
)


@pytest.mark.slow
@pytest.mark.django_db
@settings(parent=ANY, max_examples=40)
@given(rows=st.lists(ROW, max_size=6), other=st.lists(ROW, max_size=6))
def test_arbitrary_rows_add_up(tmp_path, rows, other):
    """Whatever comes: every row has one outcome, and a dry run never fails."""
    folder = tmp_path / "any"
    folder.mkdir(exist_ok=True)

    def table(header, body):
        lines = [",".join(f'"{cell}"' for cell in row) for row in body]
        return "\n".join([header, *lines])

    services = table("id,organization_id,name,status,url,minimum_age", rows)
    hours = table("id,service_id,weekday,opens_at,closes_at,valid_from", other)
    (folder / "services.csv").write_text(services)
    (folder / "schedules.csv").write_text(hours)
    done = actions.look_at(order=actions.Order(folder, "any"), by=None, at=NOON)

    counts = done.report.counts
    assert counts["rows"] == len(rows) + len(other)
    assert counts["rows"] == sum(
        counts[outcome] for outcome in ("taken", "repaired", "refused")
    )
