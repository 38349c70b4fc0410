"""Telephone numbers: several in one cell, extensions, words beside them."""

import re
from dataclasses import dataclass

import phonenumbers

# What people write where there is no telephone.
NONE = {"no phone", "none", "n/a", "na", "-", "--", "няма", "no", "нет", "немає", "x"}
EXTENSION = re.compile(
    r"[\s,;]*\(?(?:ext(?:ension|\.)?|вътр\.?|доб\.?|x)\s*\.?\s*(\d{1,8})\)?\s*$", re.I
)
NOTE = re.compile(r"\s*\(([^()\d]{2,60})\)\s*$")
WRITTEN = re.compile(r"[+*#]?[\d\s()/.\-–]+")
BETWEEN = re.compile(
    r"\s*(?:;|\||\n|\bor\b|\bили\b|\bабо\b|(?<=\d)\s*[/,](?=\s*[+(\d]))\s*"
)


@dataclass(frozen=True)
class Number:
    """One telephone number, and what stood beside it."""

    number: str
    extension: int | None = None
    note: str = ""
    code: str | None = None  # of the repair


def none_meant(cell: str) -> bool:
    """Whether the cell says that there is no telephone."""
    return cell.strip(" .").lower() in NONE


def numbers(cell: str, country: str = "") -> list[Number]:
    """The numbers of a cell. One that cannot be read stays as it was written.

    ``country`` (ISO 3166 alpha-2) tells what a number without +… means; without it
    such a number is kept as it is.
    """
    plain = " ".join(cell.strip().strip("\"'").split())
    parts = [part for part in BETWEEN.split(cell.strip().strip("\"'")) if part.strip()]
    if len(parts) > 1 and all(_looks_like_one(part) for part in parts):
        found = [_number(" ".join(part.split()), country) for part in parts]
        return [Number(n.number, n.extension, n.note, "phones_split") for n in found]
    return [_number(plain, country)]


def _looks_like_one(part: str) -> bool:
    return 5 <= sum(char.isdigit() for char in part) <= 15


def _number(plain: str, country: str) -> Number:
    number, extension, note, code = plain, None, "", None
    if match := EXTENSION.search(number):
        number, extension = number[: match.start()].rstrip(" ,;("), int(match[1])
        code = "extension_split"
    if match := NOTE.search(number):
        number, note, code = number[: match.start()].strip(), match[1], "note_split"
    if not any(char.isdigit() for char in number):
        return Number(plain)
    try:
        parsed = phonenumbers.parse(number, country.upper() or None)
    except phonenumbers.NumberParseException:
        return Number(number[:100], extension, note, code)
    if not phonenumbers.is_valid_number(parsed):
        return Number(number[:100], extension, note, code)
    written = phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    if _digits(written) == _digits(number) and number.startswith("+"):
        return Number(number[:100], extension, note, code)
    return Number(written, extension, note, code or "phone_written")


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())


def can_be_dialled(number: str, country: str = "") -> bool:
    """Whether this looks like a number that somebody could dial.

    Short numbers (112, 116 111) can; long ones are as long as their country has them.
    """
    digits = _digits(number)
    if not WRITTEN.fullmatch(number) or not 3 <= len(digits) <= 15:
        return False
    if len(digits) < 7:
        return not number.startswith("+")
    try:
        parsed = phonenumbers.parse(number, country.upper() or None)
    except phonenumbers.NumberParseException:
        return not number.startswith("+")
    return phonenumbers.is_possible_number(parsed)
