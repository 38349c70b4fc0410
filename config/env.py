"""Typed readers of environment variables that refuse nonsense.

Every name may also be given as ``NAME_FILE``, the path of a file that holds the
value: secrets then need not stand in the environment.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"true", "on"}, {"false", "off"}


def text(name: str, default: str = "") -> str:
    """The value of ``name``, or of the file that ``name_FILE`` points at."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names a file that cannot be read: {error}. "
                f"Correct the path, or give {name} itself."
            ) from error
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """``true`` or ``on``, ``false`` or ``off``; anything else is refused."""
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}; write true or false.")


def integer(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; write a whole number."
        ) from error


def words(name: str, default: str) -> list[str]:
    """Words separated by commas or spaces."""
    return text(name, default).replace(",", " ").split()


def by_language(name: str, default: str) -> dict[str, str]:
    """``Sofia``, the same in every language, or ``bg=София; en=Sofia; …``."""
    value = text(name, default)
    if "=" not in value:
        return {"": value.strip()}
    pairs = [part.split("=", 1) for part in value.split(";") if part.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise ImproperlyConfigured(f"{name} must read 'bg=София; en=Sofia; …'.")
    return {code.strip(): word.strip() for code, word in pairs}


def database(name: str, sqlite: Path) -> dict[str, object]:
    """Django's settings for one database.

    Without the variable: SQLite in ``sqlite``, with a write-ahead log and
    transactions that take their lock at the start, so that two writers wait
    for one another instead of failing. ``postgresql://user:password@host:port/name``
    names a PostgreSQL database; ``sqlite:///path/from/the/root`` another file.
    """
    url = urlsplit(text(name))
    options = dict(parse_qsl(url.query))
    if url.scheme in {"", "sqlite"}:
        return _sqlite(
            Path("/", unquote(url.path).lstrip("/")) if url.scheme else sqlite
        )
    if url.scheme in {"postgres", "postgresql"}:
        host = options.pop("host", None) or unquote(url.hostname or "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": host,
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(
        f"{name} begins with {url.scheme!r}; write postgresql://… or sqlite:///…"
    )


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Kept open: closing the last connection would fold the log into the file.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-20000;"
            ),
        },
    }
