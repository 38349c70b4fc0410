"""The right-to-work note: one page for the employer, in two languages side by side."""

import logging
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from gishe.foundation import languages, pdf
from gishe.foundation.translated import Translated
from gishe.rights import packs, wording
from gishe.rights.telling import Item, Telling
from gishe.rights.why import Source

log = logging.getLogger(__name__)
TEMPLATE = Path(__file__).parent / "typst" / "note.typ"
LONGEST_NAME = 80
# Letters as large as the page lets them be, in points: what is written grows with the
# square of their size. Measured on the lawbook's longest answers.
LARGEST, SMALLEST, FITS = 10.5, 5.5, 640.0


def note(telling: Telling, url: str, name: str = "") -> bytes:
    """The PDF; raises foundation.pdf.CannotDraw. ``url``: the same rule as a page."""
    return pdf.render(TEMPLATE, data(telling, url, name))


def data(telling: Telling, url: str, name: str) -> dict[str, Any]:
    """What the template shows: a column a language, every text ready."""
    reader, office = languages.active(), packs.office_language(telling.pack)
    columns = [_in(code, telling) for code in dict.fromkeys((reader, office))]
    with translation.override(office):
        qr_words = _("The same rule, with its sources, to look up")
    letters = max(_letters(column) for column in columns) * len(columns)
    return {
        "lang": reader,
        "dir": languages.direction(reader),
        "title": _("Right to work: what the law says"),
        "city": languages.city(),
        "name": name,
        "columns": columns,
        "url": url.split("//", 1)[-1],
        "qr": segno.make(url, error="m").svg_inline(border=0),
        "qr_words": qr_words,
        "size": max(min(FITS / math.sqrt(letters), LARGEST), SMALLEST),
    }


def _in(code: str, telling: Telling) -> dict[str, Any]:
    with translation.override(code):
        # A telling keeps its sentences, so every language has its own.
        return _column(code, Telling(telling.given, telling.answer, telling.day))


def _column(code: str, telling: Telling) -> dict[str, Any]:
    answer = telling.answer
    duties, papers = telling.employer_duties, telling.papers
    return {
        "lang": code,
        "dir": languages.direction(code),
        "title": _("Right to work: what the law says"),
        "name_label": _("Name of the person"),
        "sentence": wording.note_sentence(answer),
        "law": _text(telling.route_text),
        "dates": _dates(telling),
        "limits": wording.limits(answer.limits),
        "conditions_title": _("Conditions"),
        "conditions": [_line(it) for it in telling.conditions],
        "papers_title": _("Papers"),
        "papers": [{**_text(it.name), "printed": it.printed} for it in papers],
        "duties_title": _("What the employer must do"),
        "duties": [_line(it) for it in duties],
        "warnings": [_line(it) for it in telling.warnings],
        "sources_title": _("Where it is written"),
        "sources": [_source(it) for it in telling.sources_for_employer],
        "law_of": _("The law as it stands on %(date)s. Lawbook of %(version)s.")
        % {
            "date": languages.full_date(telling.day),
            "version": telling.version,
        },
        "no_decision": _(
            "This note is information. It is not a decision of an office, and it is "
            "true only if the answers it rests on are: look at the papers."
        ),
    }


def _letters(written: object) -> int:
    """The letters of everything that is written in a column, some a line for breaks."""
    if isinstance(written, str):
        return len(written) + 12
    inner = written.values() if isinstance(written, dict) else written
    return sum(map(_letters, inner)) if isinstance(inner, Iterable) else 0


def _dates(telling: Telling) -> list[str]:
    answer, found = telling.answer, []
    if answer.from_date:
        start = languages.full_date(answer.from_date)
        found.append(_("From: %(date)s") % {"date": start})
    if until := wording.last_day(answer):
        end = languages.full_date(until)
        found.append(_("Until: %(date)s") % {"date": end})
    return found


def _text(text: Translated) -> dict[str, str]:
    """A text with its language and direction, for a fallback reads its own way."""
    shown = text.shown(languages.active())
    code = shown.language or languages.active()
    return {"text": shown.text, "lang": code, "dir": languages.direction(code)}


def _line(item: Item) -> dict[str, Any]:
    office = _text(item.office.name) if item.office else None
    return {**_text(item.text), "when": item.when, "office": office}


def _source(source: Source) -> str:
    return " · ".join(part for part in (source.text, source.verified) if part)
