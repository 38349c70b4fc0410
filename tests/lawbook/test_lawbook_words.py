"""The lawbook's words: digits, forms of address, typography, all their languages."""

import re

import pytest
import yaml

from gishe.lawbook.loading import LAWBOOK

FILES = sorted(LAWBOOK.rglob("*.yaml"))
SINGULAR = re.compile(
    r"(?<!\w)(لديك|يمكنك|لك|أنت|وأنت|اسأل|فاسأل|اطلب|احصل|اذهب|جدّد|اختر|طلبك|بطاقتك)(?!\w)"
)


def texts(language):
    for path in FILES:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from ((path.name, it) for it in _texts(tree, language))


def _texts(tree, language):
    if isinstance(tree, dict):
        for key, inner in tree.items():
            if key == language and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner, language)
    elif isinstance(tree, list):
        for inner in tree:
            yield from _texts(inner, language)


def test_persian_has_the_digits_of_the_pages():
    wrong = [(file, it) for file, it in texts("fa") if re.search("[۰-۹٠-٩]", it)]

    assert not wrong


def test_arabic_speaks_in_the_polite_plural():
    wrong = [(file, it) for file, it in texts("ar") if SINGULAR.search(it)]

    assert not wrong


def test_french_keeps_its_signs_at_the_word():
    loose = re.compile(r" [:;?!»]|« ")
    wrong = [(file, it) for file, it in texts("fr") if loose.search(it)]

    assert not wrong


@pytest.mark.parametrize("language", ["bg", "en", "uk", "ru", "ar", "fa", "fr"])
def test_texts_are_there_and_have_no_loose_spaces(language):
    found = list(texts(language))

    assert len(found) > 500
    assert not [it for _, it in found if it != it.strip() or "  " in it]
