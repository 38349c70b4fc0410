"""Words from closed lists: states, kinds, rhythms, languages."""

from functools import lru_cache

from babel import Locale

from gishe.exchange.repairs.errors import Unreadable
from gishe.foundation import languages

STATUS = {
    "active": "active",
    "inactive": "inactive",
    "defunct": "defunct",
    "temporarily closed": "temporarily closed",
    "open": "active",
    "yes": "active",
    "published": "active",
    "активна": "active",
    "действаща": "active",
    "temporarily_closed": "temporarily closed",
    "temporarily-closed": "temporarily closed",
    "suspended": "temporarily closed",
    "closed": "inactive",
    "not active": "inactive",
    "неактивна": "inactive",
    "discontinued": "defunct",
    "закрита": "defunct",
}
KINDS = {
    "physical": "physical",
    "postal": "postal",
    "virtual": "virtual",
    "mailing": "postal",
    "mail": "postal",
    "post": "postal",
    "online": "virtual",
    "remote": "virtual",
    "street": "physical",
    "visit": "physical",
}
RHYTHMS = {
    "WEEKLY": "WEEKLY",
    "MONTHLY": "MONTHLY",
    "WEEK": "WEEKLY",
    "MONTH": "MONTHLY",
    "EVERY WEEK": "WEEKLY",
    "EVERY MONTH": "MONTHLY",
}


def _of(known: dict[str, str], word: str, code: str) -> tuple[str, str | None]:
    plain = " ".join(word.split())
    if plain not in known:
        raise Unreadable(code)
    found = known[plain]
    return found, None if found == plain else "word_read"


def status(cell: str) -> tuple[str, str | None]:
    """Whether a service is given: one of the standard's four words."""
    return _of(STATUS, cell.strip().lower(), "bad_status")


def location_type(cell: str) -> tuple[str, str | None]:
    """physical, postal or virtual."""
    return _of(KINDS, cell.strip().lower(), "bad_location_type")


def freq(cell: str) -> tuple[str, str | None]:
    """WEEKLY or MONTHLY."""
    return _of(RHYTHMS, cell.strip().upper(), "bad_freq")


@lru_cache(maxsize=1)
def _languages_by_name() -> dict[str, str]:
    """Names of languages in the languages of the pages → ISO 639 code."""
    names: dict[str, str] = {}
    for reader in ("bg", "uk", "ru", "ar", "fa", "fr", "en"):
        for code, name in Locale.parse(reader).languages.items():
            if "_" not in code:
                names[str(name).casefold()] = code
    return names


def language(cell: str) -> tuple[str, str | None]:
    """An ISO 639 code, from a code or from a name of the language."""
    plain = cell.strip().replace("_", "-")
    low = plain.casefold()
    main = low.split("-")[0]
    if languages.is_known(main):
        return low if "-" not in plain else f"{main}-{plain.split('-')[1]}"[:16], None
    if low in _languages_by_name():
        return _languages_by_name()[low], "language_read"
    raise Unreadable("bad_language")
