"""The documents hold: links resolve, commands and rooms are told of."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from typer.main import get_command

from gishe.desks.console import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_link_between_documents_resolves():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(
            r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")
        )
        if not target.startswith(("http://", "https://", "mailto:"))
        and not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_page_of_docs_is_linked_from_somewhere():
    said = "\n".join(p.read_text(encoding="utf-8") for p in PAGES)
    lonely = [
        str(page.relative_to(ROOT))
        for page in (ROOT / "docs").rglob("*.md")
        if page.name not in said and page.parent.name != "adr"
    ]

    assert lonely == []


def test_the_readme_tells_of_every_subcommand():
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = get_command(app).commands

    assert [name for name in commands if f"gishe {name}" not in said] == []


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_documents_speak_of_the_project_alone(name):
    text = (ROOT / name).read_text(encoding="utf-8").lower()

    assert not re.search(r"\b(claude|session \d|issue #?\d|helper agent)\b", text)


def test_the_tour_tells_of_every_room():
    tour = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [room.removeprefix("gishe.") for room in settings.ROOMS]

    assert [room for room in rooms if f"| `{room}` |" not in tour] == []


def test_every_decision_says_its_date_status_and_consequences():
    wrong = [
        page.name
        for page in (ROOT / "docs" / "adr").glob("*.md")
        if not all(
            word in page.read_text(encoding="utf-8")
            for word in ("Date:", "Status:", "## Context", "## Decision")
        )
    ]

    assert wrong == []
