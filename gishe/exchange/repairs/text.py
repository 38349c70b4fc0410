"""Words, web addresses, e-mail: without markup, and without what cannot be printed."""

import html
import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from gishe.exchange.repairs.errors import Unreadable

MARKUP = re.compile(
    r"<[a-zA-Z!/?][^>]*>?|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
)
BREAKS = re.compile(
    r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>|<\s*(?:li|p|div)\b[^>]*>", re.I
)
# Control characters are no text, and PostgreSQL refuses the first of them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff]")
HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair: no letter
is_url = URLValidator(schemes=["http", "https"])


def line(cell: str) -> tuple[str, str | None]:
    """Text on one line."""
    plain, code = text(cell)
    return " ".join(plain.split()), code


def text(cell: str) -> tuple[str, str | None]:
    """Text of several lines, its paragraphs kept."""
    if cell.isascii() and cell.isprintable() and "<" not in cell and "&" not in cell:
        return cell.strip(), None  # as most cells are
    code = None
    if MARKUP.search(cell):
        cell, code = _without_markup(cell), "markup_removed"
    if CONTROL.search(cell):
        cell, code = CONTROL.sub("", cell), code or "control_removed"
    if HALF.search(cell):
        cell = cell.encode("utf-8", "replace").decode("utf-8")
        code = code or "control_removed"
    cell = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return cell.strip(), code


def _without_markup(cell: str) -> str:
    marked = BREAKS.sub("\n", cell)
    plain = html.unescape(nh3.clean(marked, tags=set()))
    if MARKUP.search(plain):  # markup that was escaped twice
        plain = html.unescape(nh3.clean(plain, tags=set()))
    lines = (" ".join(part.split()) for part in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def url(cell: str) -> tuple[str, str | None]:
    """An address on the net, with its scheme."""
    found = cell.strip()
    mended = re.sub(r"\s+", "", found)
    mended = re.sub(r"^(?:https?:/*)+(?=https?:)", "", mended, flags=re.I)
    mended = re.sub(r"^(h?t{1,3}p{1,2}s?)[:;]?/+", _scheme, mended, flags=re.I)
    if not re.match(r"^https?://", mended, re.I):
        if re.match(r"^[a-z][a-z0-9+.-]*:", mended, re.I) and "." not in mended[:12]:
            raise Unreadable("bad_url")
        mended = f"https://{mended.lstrip('/:')}"
    try:
        is_url(mended)
    except (ValidationError, ValueError) as error:
        raise Unreadable("bad_url") from error
    if len(mended) > 2000:
        raise Unreadable("bad_url")
    return mended, None if mended == found else "url_mended"


def _scheme(match: re.Match[str]) -> str:
    return "https://" if "s" in match[1].lower() else "http://"


def email(cell: str) -> tuple[str, str | None]:
    """One e-mail address; of several the first."""
    found = cell.strip()
    mended = re.sub(r"^mailto:", "", found, flags=re.I)
    mended = re.sub(r"\s*[(\[]at[)\]]\s*|\s+at\s+", "@", mended, flags=re.I)
    first = re.split(r"[;,\s]+", mended.strip(" <>;,."))[0].strip(" <>.")
    try:
        validate_email(first)
    except ValidationError as error:
        raise Unreadable("bad_email") from error
    if len(first) > 254:
        raise Unreadable("bad_email")
    return first, None if first == found else "email_mended"
