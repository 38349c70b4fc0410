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
from fontTools.ttLib import TTFont, TTLibError

TEMPLATES = Path(__file__).parent / "typst"
_one_at_a_time = Lock()


class CannotDraw(Exception):
    """The document could not be made; the message says why, for the log."""


def _check_fonts(folders: list[Path]) -> None:
    """typst draws without a font that is dead, and leaves letters out; we refuse."""
    for folder in folders:
        fonts = sorted(folder.glob("*.ttf"))
        if not fonts:
            raise CannotDraw(f"There are no fonts in {folder}. Install Gishe again.")
        for font in fonts:
            try:
                with font.open("rb") as opened:
                    TTFont(opened, lazy=True).getBestCmap()
            except (TTLibError, OSError) as error:
                raise CannotDraw(f"The font {font} cannot be read: {error}") from error


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    packages = (fontpkg_noto_sans, fontpkg_noto_sans_arabic)
    folders = [Path(package.ROOT) / "files" for package in packages]
    _check_fonts(folders)
    return typst.Compiler(
        root=str(Path(__file__).parent.parent),
        font_paths=[str(folder) for folder in folders],
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
