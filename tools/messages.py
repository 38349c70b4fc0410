"""Catalogues of the rooms: collect the words of pages, fill translations in, check.

    python tools/messages.py extract [ROOM …]   collect the words (wants gettext)
    python tools/messages.py missing [ROOM …]   what is not translated, as JSON
    python tools/messages.py fill FILE.json     put translations in
    python tools/messages.py check              fail where a word is missing or wrong

FILE.json is {"room": {"English words": {"bg": "…", "uk": "…", …}}}; words with plural
forms take a list, in the order of the language's forms; words with a context are
written "context|words".
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PLURALS = {
    "bg": "nplurals=2; plural=(n != 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 "
    "? 3 : n%100>=11 ? 4 : 5);",
    "fa": "nplurals=2; plural=(n > 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def rooms(names: list[str]) -> list[Path]:
    found = sorted(p.parent for p in (ROOT / "gishe").glob("*/apps.py"))
    return [room for room in found if not names or room.name in names]


def files(names: list[str] | None = None) -> Iterator[tuple[Path, str, polib.POFile]]:
    for room in rooms(names or []):
        for path in sorted(room.glob("locale/*/LC_MESSAGES/django.po")):
            yield path, path.parts[-3], polib.pofile(str(path), wrapwidth=0)


def key(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid


def is_missing(entry: polib.POEntry, language: str) -> bool:
    if not entry.msgid_plural:
        return not entry.msgstr
    forms = int(PLURALS[language].split("=")[1].split(";")[0])
    return len(entry.msgstr_plural) != forms or not all(entry.msgstr_plural.values())


def extract(names: list[str]) -> None:
    for room in rooms(names):
        (room / "locale").mkdir(exist_ok=True)
        os.chdir(room)
        call_command(
            "makemessages",
            locale=list(PLURALS),
            no_location=True,
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )
    for path, language, catalogue in files(names):
        catalogue.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "Plural-Forms": PLURALS[language],
        }
        catalogue.header = ""
        catalogue.metadata_is_fuzzy = False
        for entry in catalogue:
            if entry.fuzzy:
                entry.flags.remove("fuzzy")
                entry.msgstr, entry.msgstr_plural = (
                    "",
                    dict.fromkeys(entry.msgstr_plural, ""),
                )
            entry.previous_msgid = entry.previous_msgid_plural = None
            entry.comment = ""
        catalogue.sort(key=lambda e: (e.msgid, e.msgctxt or ""))
        catalogue.save(str(path))


def missing(names: list[str]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for path, language, catalogue in files(names):
        for entry in catalogue:
            if is_missing(entry, language):
                room = found.setdefault(path.parts[-5], {})
                room.setdefault(key(entry), []).append(language)
    return found


def fill(source: Path) -> None:
    given = json.loads(source.read_text(encoding="utf-8"))
    unknown = {(room, words) for room in given for words in given[room]}
    for path, language, catalogue in files(list(given)):
        words = given[path.parts[-5]]
        for entry in catalogue:
            unknown.discard((path.parts[-5], key(entry)))
            text = words.get(key(entry), {}).get(language)
            if isinstance(text, list):
                entry.msgstr_plural = dict(enumerate(text))
            elif text:
                entry.msgstr = text
        catalogue.save(str(path))
    for room, words in sorted(unknown):
        print(f"{room}: no such words: {words!r}")  # noqa: T201


def faults() -> Iterator[str]:
    """Words that are missing, that lost a placeholder, or that rooms say differently.

    The catalogues are merged, so the same English words must be the same everywhere;
    where they mean different things, the English must differ too.
    """
    said: dict[tuple[str, str], tuple[str, object]] = {}
    for path, language, catalogue in files():
        where = f"{path.parts[-5]}/{language}"
        for entry in catalogue:
            text = entry.msgstr or tuple(entry.msgstr_plural.values())
            first = said.setdefault((language, key(entry)), (where, text))
            if first[1] != text:
                yield f"{where}: not as in {first[0]}: {entry.msgid!r}"
            if is_missing(entry, language):
                yield f"{where}: missing: {entry.msgid!r}"
                continue
            texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
            wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
            # The form for one, two or none may say the number in words.
            strict = texts[-1:] if entry.msgid_plural else texts
            for text in strict:
                if set(PLACEHOLDER.findall(text)) != wanted:
                    yield f"{where}: placeholders differ: {entry.msgid!r}"


def main(argv: list[str]) -> int:
    command, names = argv[0] if argv else "check", argv[1:]
    if command == "extract":
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.setdefault("GISHE_HOME", str(ROOT / "var"))
        django.setup()
        extract(names)
    elif command == "missing":
        print(json.dumps(missing(names), ensure_ascii=False, indent=1))  # noqa: T201
    elif command == "fill":
        fill(Path(names[0]))
    elif command == "check":
        found = list(faults())
        print("\n".join(found) or "Every word is there.")  # noqa: T201
        return 1 if found else 0
    else:
        print(__doc__)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
