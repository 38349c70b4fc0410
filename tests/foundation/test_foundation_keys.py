"""Sealed values: open in their place with their key, and nowhere else."""

import json
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from gishe.foundation import keys, rotation
from gishe.foundation.fields import BlindIndexField, EncryptedField, TranslatedField
from gishe.foundation.keys import CannotOpen, Keyring
from gishe.foundation.references import Referenced
from gishe.foundation.translated import Translated

OLD, NEW = keys.new_key(), keys.new_key()
PLACE = "people.person.name:1"


def ring(*pairs: tuple[str, str]) -> str:
    return json.dumps(dict(pairs))


@pytest.fixture
def one_key(settings) -> None:
    settings.FIELD_KEYS = ring(("1", OLD))


def lower(text: str) -> str:
    return text.strip().lower()


@given(st.text())
def test_what_was_sealed_opens(text):
    keyring = Keyring({"1": b"k" * 32})

    assert keyring.open(keyring.seal(text, PLACE), PLACE) == text


def test_equal_texts_look_different(one_key):
    assert keys.keyring().seal("Амира", PLACE) != keys.keyring().seal("Амира", PLACE)


@pytest.mark.parametrize("place", ["people.person.name:2", "people.person.phone:1"])
def test_in_another_row_or_field_it_does_not_open(one_key, place):
    sealed = keys.keyring().seal("Амира", PLACE)

    with pytest.raises(CannotOpen, match="not sealed for"):
        keys.keyring().open(sealed, place)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x07\x011xxxxxxxxxxxx", b"plain"])
def test_what_was_never_sealed_is_refused(one_key, sealed):
    with pytest.raises(CannotOpen):
        keys.keyring().open(sealed, PLACE)


def test_one_changed_byte_is_noticed(one_key):
    sealed = bytearray(keys.keyring().seal("Амира", PLACE))
    sealed[-1] ^= 1

    with pytest.raises(CannotOpen):
        keys.keyring().open(bytes(sealed), PLACE)


def test_a_newer_key_seals_and_the_older_still_opens(settings):
    settings.FIELD_KEYS = ring(("1", OLD))
    sealed = keys.keyring().seal("Амира", PLACE)
    settings.FIELD_KEYS = ring(("1", OLD), ("2", NEW))

    fresh = keys.keyring().seal("Амира", PLACE)

    assert keys.keyring().open(sealed, PLACE) == "Амира"
    assert (keys.key_id(sealed), keys.key_id(fresh)) == ("1", "2")


def test_a_lost_key_is_named(settings):
    settings.FIELD_KEYS = ring(("1", OLD))
    sealed = keys.keyring().seal("Амира", PLACE)
    settings.FIELD_KEYS = ring(("2", NEW))

    with pytest.raises(CannotOpen, match="'1' is not in the keyring"):
        keys.keyring().open(sealed, PLACE)


@pytest.mark.parametrize(
    "nonsense", ["x", "[]", "{}", '{"1": "short"}', '{"1": 5}', '{"1": "%%%"}']
)
def test_nonsense_keys_are_refused_with_a_sentence(settings, nonsense):
    settings.FIELD_KEYS = nonsense

    with pytest.raises(ImproperlyConfigured, match="GISHE_FIELD_KEYS"):
        keys.keyring()


def test_without_a_setting_a_key_is_made_once(settings, tmp_path):
    settings.FIELD_KEYS, settings.HOME = "", tmp_path

    assert keys.keyring() == keys.keyring()
    assert (tmp_path / "field-keys.json").stat().st_mode & 0o077 == 0


def test_blind_indexes_are_equal_for_equal_texts_of_one_field(one_key):
    index = keys.keyring().blind_index

    assert index("amira", "a.name") == index("amira", "a.name")
    assert index("amira", "a.name") != index("amira", "a.phone")
    assert index("amira", "a.name") != index("samira", "a.name")


@pytest.fixture
def person(transactional_db, one_key) -> Iterator[type[models.Model]]:
    """A table that only these tests have."""
    with isolate_apps("gishe.foundation"):

        class Person(Referenced):
            name = EncryptedField(null=True)
            name_index = BlindIndexField(of="name", normalise=lower)
            story = TranslatedField()

            class Meta:
                app_label = "foundation"

    with connection.schema_editor() as editor:
        editor.create_model(Person)
    yield Person
    with connection.schema_editor() as editor:
        editor.delete_model(Person)


def stored(row: models.Model) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM foundation_person")
        return bytes(cursor.fetchone()[0])


def test_a_saved_name_lies_sealed_and_reads_open(person):
    row = person(name="Амира Хасан")
    row.save()

    found = person.objects.get(pk=row.pk)

    assert found.name == row.name == "Амира Хасан"
    assert "Амира".encode() not in stored(row)


def test_nothing_stays_nothing(person):
    row = person.objects.create(name=None)

    found = person.objects.get(pk=row.pk)
    assert (found.name, found.name_index) == (None, None)


def test_saving_again_keeps_the_name(person):
    row = person.objects.create(name="Амира")

    found = person.objects.get(pk=row.pk)
    found.save()

    assert person.objects.get(pk=row.pk).name == "Амира"


def test_a_value_copied_into_another_row_does_not_open(person):
    amira = person.objects.create(name="Амира")
    other = person.objects.create(name="Мария")
    with connection.cursor() as cursor:
        sealed = person.objects.get(pk=amira.pk).__dict__["name"]
        person.objects.filter(pk=other.pk).update(name=sealed)
        cursor.close()

    with pytest.raises(CannotOpen):
        _ = person.objects.get(pk=other.pk).name


def test_open_text_never_reaches_the_table(person):
    person.objects.create(name="Амира")

    with pytest.raises(TypeError, match="encrypted"):
        person.objects.update(name="Мария")
    with pytest.raises(TypeError, match="encrypted"):
        person.objects.filter(name="Амира").exists()


def test_the_blind_index_finds_equal_names(person):
    row = person.objects.create(name=" АМИРА ")
    person.objects.create(name="Мария")
    index = person._meta.get_field("name_index").index_of("амира")

    assert list(person.objects.filter(name_index=index)) == [row]


def test_a_translated_text_goes_round(person):
    story = Translated.of("bg", bg="Кратка", ar="قصيرة")
    row = person.objects.create(story=story)

    assert person.objects.get(pk=row.pk).story == story
    assert person.objects.create().story == Translated.empty()


def test_rotation_seals_anew_and_may_be_repeated(person, settings, monkeypatch):
    rows = [person.objects.create(name=name) for name in ("Амира", "Мария", None)]
    before = dict(person.objects.values_list("pk", "name_index"))
    settings.FIELD_KEYS = ring(("1", OLD), ("2", NEW))
    monkeypatch.setattr(rotation.apps, "get_models", lambda: [person])

    counts = [rotation.rotate(), rotation.rotate()]

    found = {row.pk: row for row in person.objects.order_by("pk")}
    assert counts == [2, 0]
    assert [found[row.pk].name for row in rows] == ["Амира", "Мария", None]
    assert keys.key_id(found[rows[0].pk].__dict__["name"]) == "2"
    assert dict(person.objects.values_list("pk", "name_index")) == before
