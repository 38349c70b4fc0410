"""The right-to-work note: one page for the employer, in two languages side by side."""

import logging
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from gishe.core.rules import Answer
from gishe.foundation import languages, pdf
from gishe.foundation.translated import Translated
from gishe.rights import packs, wording
from gishe.rights.facts import Given
from gishe.rights.for_employers import ForEmployer
from gishe.rights.telling import Item, Paper, Telling
from gishe.rights.why import Source

log = logging.getLogger(__name__)
TEMPLATE = Path(__file__).parent / "typst" / "note.typ"
LONGEST_NAME = 80
LONGEST_WORD = 24  # letters of a name that stand in one line
# Letters as large as the page lets them be, in points: what is written grows with the
# square of their size. Measured on the lawbook's longest answers.
LARGEST, SMALLEST, FITS = 10.5, 5.5, 590.0


class Noted(ForEmployer):
    """What goes on paper: nothing about how sure the law is, no day told twice."""

    def __init__(self, given: Given, answer: Answer, day: date) -> None:
        told = [it for it in answer.warnings if not it.get("remark")]
        self.has_remarks = len(told) < len(answer.warnings)
        ahead = tuple(_without_past(it, day) for it in told)
        super().__init__(given, replace(answer, warnings=ahead), day)

    @property
    def employer_duties(self) -> list[Item]:
        """A time that is no date stands in the duty's own words already."""
        told = zip(self._duties, self.answer.duties, strict=True)
        return [
            item if isinstance(it.get("due"), date) else replace(item, when="")
            for (who, item), it in told
            if who == "employer"
        ]


def _without_past(warning: Mapping[str, Any], day: date) -> Mapping[str, Any]:
    until = warning.get("date")
    is_over = isinstance(until, date) and until < day
    return {**warning, "date": None} if is_over else warning


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
        "name": _breakable(name),
        "columns": columns,
        "url": url.split("//", 1)[-1],
        "qr": segno.make(url, error="m").svg_inline(border=0),
        "qr_words": qr_words,
        "size": max(min(FITS / math.sqrt(letters), LARGEST), SMALLEST),
    }


def _in(code: str, telling: Telling) -> dict[str, Any]:
    with translation.override(code):
        # A telling keeps its sentences, so every language has its own.
        return _column(code, Noted(telling.given, telling.answer, telling.day))


def _column(code: str, telling: Noted) -> dict[str, Any]:
    answer = telling.answer
    duties, papers = telling.employer_duties, telling.papers
    return {
        "lang": code,
        "dir": languages.direction(code),
        "title": _("Right to work: what the law says"),
        "name_label": _("Name of the person"),
        "sentence": wording.note_sentence(answer),
        "law": _text(telling.route_text),
        "dates": list(_dates(telling)),
        "limits": wording.limits(answer.limits),
        "conditions_title": _("Still missing"),
        "conditions": [_line(it) for it in telling.conditions],
        "papers_title": _("Papers"),
        "papers": [_paper(it) for it in papers],
        "print_lang": packs.print_language(telling.pack),
        "duties_title": _("What the employer must do"),
        "duties": [_line(it) for it in duties],
        "warnings": [_line(it) for it in telling.warnings],
        "sources_title": _("Where it is written"),
        "sources": _sources(telling.sources_for_employer),
        "how_sure": _how_sure() if telling.has_remarks else "",
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


def _how_sure() -> str:
    return _(
        "Some points of this law are open or could not be verified. "
        "The page behind the square names them."
    )


def _letters(written: object) -> int:
    """The letters of everything that is written in a column, some a line for breaks."""
    if isinstance(written, str):
        return len(written) + 12
    inner = written.values() if isinstance(written, dict) else written
    return sum(map(_letters, inner)) if isinstance(inner, Iterable) else 0


def _dates(telling: Telling) -> Iterator[str]:
    if until := wording.last_day(telling.answer):
        text = _("The right to work lasts until %(date)s.")
        yield text % {"date": languages.full_date(until)}
    if line := telling.paper_line:
        yield line


def _paper(paper: Paper) -> dict[str, str]:
    """Its name, and the one printed on it where that is another."""
    shown = _text(paper.name)
    printed = paper.printed if paper.printed != shown["text"] else ""
    return {**shown, "printed": printed}


def _sources(found: Iterable[Source]) -> list[dict[str, Any]]:
    """The citations, each once, those verified alike together."""
    by_state: dict[str, list[str]] = {}
    seen: set[str] = set()
    for source in found:
        if source.text not in seen:
            seen.add(source.text)
            by_state.setdefault(source.verified, []).append(source.text)
    return [{"state": state, "texts": texts} for state, texts in by_state.items()]


def _breakable(name: str) -> str:
    """A name whose long words may go on in the next line."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", name)


def _text(text: Translated) -> dict[str, str]:
    """A text with its language and direction, for a fallback reads its own way."""
    shown = text.shown(languages.active())
    code = shown.language or languages.active()
    return {"text": shown.text, "lang": code, "dir": languages.direction(code)}


def _line(item: Item) -> dict[str, Any]:
    office = _text(item.office.name) if item.office else None
    return {**_text(item.text), "when": item.when, "office": office}
