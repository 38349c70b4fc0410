"""Numbers, coordinates and dates as people write them."""

import math
import re
import unicodedata
from datetime import UTC, date, datetime

from gishe.exchange.repairs.errors import Unreadable

NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,2})?")


def western(cell: str) -> str:
    """The same text with digits 0-9, whatever script they stand in."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in unicodedata.normalize("NFKC", cell)
    )


def number(cell: str) -> tuple[float, str | None]:
    """A number; a decimal comma is read."""
    found = western(cell).strip()
    plain = found.replace("\u00a0", "").replace(" ", "").replace("'", "")
    code = None
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain) or "," not in plain:
        plain = plain.replace(",", "")
    elif plain.count(",") == 1:
        plain, code = plain.replace(",", "."), "decimal_comma"
    if not NUMBER.fullmatch(plain):
        raise Unreadable("bad_number")
    value = float(plain)
    if not math.isfinite(value) or abs(value) > 1e15:
        raise Unreadable("bad_number")
    return value, code


def integer(cell: str) -> tuple[int, str | None]:
    """A whole number from zero up, as large as a table takes it."""
    value, code = number(cell)
    if value != int(value) or not 0 <= value <= 2_147_483_647:
        raise Unreadable("bad_number")
    return int(value), code


def _coordinate(cell: str, most: float) -> tuple[float, str | None]:
    value, code = number(cell.strip().rstrip("°"))
    if abs(value) > most:
        raise Unreadable("off_the_earth")
    return value, code


def latitude(cell: str) -> tuple[float, str | None]:
    """Degrees north."""
    return _coordinate(cell, 90)


def longitude(cell: str) -> tuple[float, str | None]:
    """Degrees east."""
    return _coordinate(cell, 180)


# Day before month, as the cities write it that this house stands in.
PATTERNS = [
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?"), (3, 2, 1)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), (1, 2, 3)),
]
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def day(cell: str) -> tuple[date, str | None]:
    """A date. 03/04/2026 may be March or April, so it is not read."""
    found = western(cell).strip()
    plain = re.sub(r"[T ]\d{1,2}:\d{2}.*$", "", found)
    for pattern, order in PATTERNS:
        if match := pattern.fullmatch(plain):
            year, month, number_of_day = (int(match[i]) for i in order)
            return _date(year, month, number_of_day, found)
    if match := SLASHED.fullmatch(plain):
        first, second, year = (int(part) for part in match.groups())
        if first > 12:
            return _date(year, second, first, found)
        if second > 12 or first == second:
            return _date(year, first, second, found)
        raise Unreadable("date_unclear")
    raise Unreadable("bad_date")


def _date(year: int, month: int, number: int, found: str) -> tuple[date, str | None]:
    try:
        value = date(year, month, number)
    except ValueError as error:
        raise Unreadable("bad_date") from error
    return value, None if value.isoformat() == found else "date_read"


def moment(cell: str) -> tuple[datetime, str | None]:
    """A date with its time; without a zone it is UTC."""
    found = western(cell).strip()
    try:
        value = datetime.fromisoformat(found)
    except ValueError:
        only_date, _ = day(found)
        value = datetime(only_date.year, only_date.month, only_date.day, tzinfo=UTC)
        return value, "date_read"
    try:
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC), None
        return value.astimezone(UTC), None
    except OverflowError as error:
        raise Unreadable("bad_date") from error
