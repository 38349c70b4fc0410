"""PDF by typst: a template of ours, data as JSON, the fonts of the pages.

Documents conform to PDF/UA-1, which typst enforces: a title, headings in order.
"""

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import typst

TEMPLATES = Path(__file__).parent / "typst"
_one_at_a_time = Lock()


class CannotDraw(Exception):
    """The document could not be made; the message says why, for the log."""


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = [
        str(p.ROOT / "files") for p in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)
    ]
    return typst.Compiler(
        root=str(Path(__file__).parent.parent),
        font_paths=fonts,
        ignore_system_fonts=True,
    )


def render(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF of ``template`` with ``data``, which it reads as JSON.

    Data travel as values, never as markup: a name with a hash sign stays a name.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        with _one_at_a_time:
            made = _compiler().compile(
                input=str(template), sys_inputs=inputs, pdf_standards=["ua-1"]
            )
    except (typst.TypstError, RuntimeError, OSError) as error:
        raise CannotDraw(str(error)) from error
    return cast(bytes, made)
