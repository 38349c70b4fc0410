"""The sheet for the desk: "Was it good?" in every language, with a QR code."""

import io
from pathlib import Path

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from gishe.foundation import languages, pdf

TEMPLATE = Path(__file__).parent / "typst" / "feedback.typ"


def pdf_of(address: str) -> bytes:
    """An A4 page. The address has no language: the phone's own one is used."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False)
    lines = []
    for code in languages.page_languages():
        with translation.override(code):
            lines.append(
                {
                    "language": code,
                    "direction": languages.direction(code),
                    "question": _("Was it good?"),
                    "invitation": _("Tell us. No name, one minute."),
                }
            )
    data = {"address": address, "qr": out.getvalue().decode(), "lines": lines}
    return pdf.render(TEMPLATE, data)
