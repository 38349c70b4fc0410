"""The order of names in a reader's language: Åland is under A, Єгипет after Е."""

import unicodedata

# Letters in the order of each alphabet, where Unicode has another one.
ALPHABETS = {
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
}
# Letters that count as another one, or as several.
ALIKE = {
    "ar": str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}),
    "fa": str.maketrans(
        {"ك": "ک", "ي": "ی", "أ": "ا", "\N{ZERO WIDTH NON-JOINER}": ""}
    ),
    "ru": str.maketrans({"ё": "е"}),
    "fr": str.maketrans({"œ": "oe", "æ": "ae"}),
}


def key(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """What to sort a name by among names of one language; case does not count.

    Words are compared letter by letter, a space before any letter, so that shorter
    words come first. Signs between letters do not count.
    """
    plain = text.casefold().translate(ALIKE.get(language, {}))
    alphabet = ALPHABETS.get(language, "")
    return tuple((alphabet.find(letter), ord(letter)) for letter in _letters(plain))


def _letters(text: str) -> str:
    """Letters and spaces, Latin ones without their accents."""
    found = []
    for letter in text:
        base = unicodedata.normalize("NFKD", letter)[0]
        found.append(base if base.isascii() else letter)
    return "".join(it for it in found if it.isalnum() or it.isspace())
