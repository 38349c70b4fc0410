"""One spelling for words that people write in many ways: case, marks, letters, typos.

>>> normalise("Бежанец, їжа Ёлка")
'бежанец ижа елка'
>>> normalise("أُريدُ أن أتعلّم")
'اريد ان اتعلم'
"""

import re
import unicodedata

# Letters that people use for one another, within one script.
FOLDED = str.maketrans(
    {
        # Arabic and Persian keyboards; hamza seats fall away with the marks
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ٱ": "ا",
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ـ": "",
        # Cyrillic: Ukrainian, Russian and Bulgarian spell the same sound apart
        "і": "и",
        "ы": "и",
        "є": "е",
        "э": "е",
        "ґ": "г",
        "ь": "",
        # Latin
        "ı": "i",
        "œ": "oe",
        "æ": "ae",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        # apostrophes inside words
        "'": "",
        "ʼ": "",
        "’": "",
        "‘": "",
        "`": "",
    }
)
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъюя"
LATIN = "a b v g d e zh z i i k l m n o p r s t u f h ts ch sh sht a yu ya"
ROMAN = dict(zip(CYRILLIC, LATIN.split(), strict=True))
ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
CLITICS = ("و", "ب", "ل", "ف", "ك")
WORD = re.compile(r"\w+")


def normalise(text: str) -> str:
    """The text in small letters, without marks and signs, one blank between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(WORD.findall(letters.translate(FOLDED)))


def words(text: str) -> list[str]:
    """The words of a text in one spelling, in their order."""
    return normalise(text).split()


def bare(word: str) -> str:
    """A normalised word without an Arabic article."""
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    return word


def variants(word: str) -> list[str]:
    """What a normalised word may be: itself, without an Arabic article or clitic."""
    found = [word]
    if bare(word) != word:
        found.append(bare(word))
    elif word.startswith(CLITICS) and len(word) >= 4:
        found.append(word[1:])
    return found


def romanised(word: str) -> str:
    """A Cyrillic word as somebody types it on a Latin keyboard."""
    return "".join(ROMAN.get(letter, letter) for letter in word)


def grams(word_list: list[str]) -> set[str]:
    """Every three letters that follow one another in a word, its two edges included."""
    found: set[str] = set()
    for word in word_list:
        edged = f" {word} "
        found.update(edged[i : i + 3] for i in range(len(edged) - 2))
    return found
