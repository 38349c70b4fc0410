"""The lawbook's words: digits, forms of address, typography, all their languages."""

import re
from functools import cache

import pytest
import yaml

from gishe.lawbook.loading import LAWBOOK, LOADER

FILES = sorted(LAWBOOK.rglob("*.yaml"))
# Words that end as "your" would, said to one person; anything else does say that.
NO_SUFFIX = {
    *("بنك", "البنك", "الشباك", "المالك", "المشترك", "مشترك", "شريك", "الأسماك"),
    *("السيرك", "والسيرك", "ذلك", "بذلك", "لذلك", "كذلك", "هناك", "وهناك", "وشك"),
}
TO_ONE = {"أنت", "وأنت", "اسأل", "فاسأل", "اطلب", "احصل", "اذهب", "جدّد", "اختر", "ابحث"}


@cache
def trees():
    read = ((path.name, path.read_text(encoding="utf-8")) for path in FILES)
    return [(name, yaml.load(text, Loader=LOADER)) for name, text in read]


def texts(language):
    for name, tree in trees():
        yield from ((name, it) for it in _texts(tree, language))


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
    words = {
        word for _, it in texts("ar") for word in re.findall(r"[\u0621-\u0652]+", it)
    }
    to_one = {it for it in words if it.endswith("ك") and it not in NO_SUFFIX} | TO_ONE

    assert not words & to_one


def test_french_keeps_its_signs_at_the_word():
    loose = re.compile(r" [:;?!»]|« ")
    wrong = [(file, it) for file, it in texts("fr") if loose.search(it)]

    assert not wrong


@pytest.mark.parametrize("language", ["bg", "en", "uk", "ru", "ar", "fa", "fr"])
def test_texts_are_there_and_have_no_loose_spaces(language):
    found = list(texts(language))

    assert len(found) > 500
    assert not [it for _, it in found if it != it.strip() or "  " in it]
