"""What the pages need besides their templates, built from installed packages.

Fonts: Noto Sans and Noto Sans Arabic, cut into four files by script, so that a page
loads only what it shows. Catalogues: the rooms' .po files merged, one a language.
Nothing is fetched, nothing built lies in the repository.
"""

import hashlib
import importlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import polib
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.reloader import translation_file_changed
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F"
# Files of packages that no page of ours loads.
UNUSED = ["htmx-2*", "htmax*", "htmx-4.js", "ext", "django-htmx.js"]
FONTS = {
    "latin": (
        fontpkg_noto_sans,
        "NotoSans[wdth,wght].ttf",
        LATIN + ",U+20AC,U+2116,U+2122,U+2190-2193,U+2212",
    ),
    "latin-ext": (
        fontpkg_noto_sans,
        "NotoSans[wdth,wght].ttf",
        "U+0100-02BA,U+1E00-1EFF",
    ),
    "cyrillic": (
        fontpkg_noto_sans,
        "NotoSans[wdth,wght].ttf",
        "U+0300-0304,U+0400-052F",
    ),
    "arabic": (
        fontpkg_noto_sans_arabic,
        "NotoSansArabic[wdth,wght].ttf",
        "U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC",
    ),
}


def _code_points(ranges: str) -> list[int]:
    points: list[int] = []
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def build_font(source: Path, ranges: str, target: Path) -> None:
    """One script of a variable font, in the weights we set, as WOFF2."""
    font = TTFont(source)
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_code_points(ranges))
    cutter.subset(font)
    # A font that was cut must be written and read again before its axes are fixed.
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    fixed = instancer.instantiateVariableFont(
        TTFont(buffer), {"wdth": 100, "wght": (400, 700)}
    )
    fixed.flavor = "woff2"
    fixed.save(target)


def build_fonts(folder: Path) -> None:
    """The four font files and the sheet that names them."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for script, (package, name, ranges) in FONTS.items():
        source = Path(package.ROOT) / "files" / name
        build_font(source, ranges, folder / f"noto-sans-{script}.woff2")
        rules.append(
            '@font-face{font-family:"Noto Sans";font-weight:400 700;font-display:swap;'
            f'src:url("noto-sans-{script}.woff2") format("woff2");'
            f"unicode-range:{ranges}}}"
        )
    (folder / "fonts.css").write_text("\n".join(rules), encoding="ascii")


def catalogues() -> Iterator[Path]:
    """Every room's .po file."""
    for room in apps.get_app_configs():
        if room.name.startswith("gishe."):
            yield from sorted(Path(room.path).glob("locale/*/LC_MESSAGES/django.po"))


def build_catalogues(folder: Path) -> None:
    """One compiled catalogue a language, merged from all rooms."""
    merged: dict[str, polib.POFile] = {}
    for path in catalogues():
        room = polib.pofile(str(path))
        language = merged.setdefault(path.parts[-3], polib.POFile())
        language.metadata.update(room.metadata)
        known = {(e.msgctxt, e.msgid) for e in language}
        language.extend(e for e in room if (e.msgctxt, e.msgid) not in known)
    for code, catalogue in merged.items():
        target = folder / code / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save_as_mofile(str(target))
        # This process may have read an older one, and its workers inherit it.
        translation_file_changed(sender=None, file_path=target)


def _fingerprint(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _static_sources() -> Iterator[Path]:
    for room in apps.get_app_configs():
        if room.name.startswith("gishe."):
            yield from (p for p in Path(room.path).glob("static/**/*") if p.is_file())
    yield Path(__file__)
    for package in ("django", "django_htmx", "allauth"):
        yield Path(importlib.import_module(package).__file__ or "")


def _unless_done(stamp: Path, fingerprint: str, build: Callable[[], None]) -> bool:
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return False
    build()
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def collect_static() -> None:
    """Static files of all apps under hashed names, compressed."""
    call_command(
        "collectstatic",
        interactive=False,
        verbosity=0,
        ignore_patterns=UNUSED,
    )


def ensure() -> list[str]:
    """Build whatever is missing or older than its source; names what was built."""
    home: Path = settings.HOME
    fonts = home / "assets" / "fonts"
    fonts.parent.mkdir(parents=True, exist_ok=True)
    built = {
        "fonts": _unless_done(
            home / "fonts.built",
            _fingerprint(iter([Path(__file__)])),
            lambda: build_fonts(fonts),
        ),
        "catalogues": _unless_done(
            home / "catalogues.built",
            _fingerprint(catalogues()),
            lambda: build_catalogues(home / "locale"),
        ),
        "static": _unless_done(
            home / "static.built",
            _fingerprint(_static_sources()),
            collect_static,
        ),
    }
    return [name for name, done in built.items() if done]
