"""Every page in every language: the catalogues are complete."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_every_word_is_translated_with_its_placeholders():
    answer = subprocess.run(
        [sys.executable, ROOT / "tools" / "messages.py", "check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout


def texts(language: str) -> Iterator[str]:
    """All interface words of a language, and the demo city's words."""
    for path in ROOT.glob(f"gishe/*/locale/{language}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            yield from (entry.msgstr, *entry.msgstr_plural.values())
    for path in ROOT.glob("gishe/desks/demo/*.json"):
        yield from said_in(json.loads(path.read_text(encoding="utf-8")), language)


def said_in(value: object, language: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == language and isinstance(part, str):
                yield part
            else:
                yield from said_in(part, language)
    elif isinstance(value, list):
        for part in value:
            yield from said_in(part, language)


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_digits_are_those_of_the_numbers_on_the_pages(language):
    assert [text for text in texts(language) if re.search("[۰-۹٠-٩]", text)] == []


# One person addressed as one; the house says the plural to everybody.
SINGULAR = re.compile(
    r"(?<!\w)(?:و|ثم )?(?:اكتب|اختر|أرسل|انظر|اضغط|حاول|احفظ|اذكر|اعرض|ابحث|انتظر"
    r"|أنشئ|صحّح|حدّد|اطلب|ادخل|تعال|اسأل|قل|أخبرنا|احجز|أنت|يمكنك|اتصلي|هاتفك)(?!\w)"
)


def test_arabic_says_the_polite_plural_to_everybody():
    assert [text for text in texts("ar") if SINGULAR.search(text)] == []


@pytest.mark.parametrize("language", ["bg", "uk", "ru"])
def test_a_year_brings_its_own_full_stop(language):
    """Dates end in "г." or "р." there: "до 1 юни 2027 г.." has one dot too many."""
    wrong = [
        text
        for text in texts(language)
        if re.search(r"%\((date|first|last|version|month)\)s\.", text)
    ]

    assert wrong == []
