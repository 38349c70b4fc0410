"""Subcommands of this room."""

import json
from datetime import date
from typing import Annotated, Any

import typer
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from gishe.core.planning import Composition
from gishe.foundation import languages
from gishe.programme import composing, wording
from gishe.programme.composing import Line
from gishe.programme.models import month_of

app = typer.Typer(
    no_args_is_help=True,
    help="The month, composed together: offers, draft, agreed, published.",
)


@app.callback()
def programme() -> None:
    """The month, composed together."""


@app.command("compose")
def compose(
    month: Annotated[str, typer.Argument(help="The month, as 2026-12.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    language: Annotated[str, typer.Option(help="Language of names and words.")] = "en",
) -> None:
    """Show the composition that would be proposed. Saves and publishes nothing."""
    try:
        first_day = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise typer.BadParameter("Write the month as 2026-12.") from error
    if language not in languages.page_languages():
        raise typer.BadParameter(f"There are no pages in {language!r}.")
    lines = composing.lines(first_day)
    _say_what_is_odd(first_day, lines)
    found = composing.propose(first_day, lines)
    with translation.override(language):
        if as_json:
            made = _json(first_day, lines, found)
            typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
        else:
            _print(lines, found)


def _say_what_is_odd(first_day: date, lines: list[Line]) -> None:
    """On the error stream, so that programs that read the answer are not disturbed."""
    if first_day < month_of(timezone.localdate()):
        typer.echo(f"{first_day:%Y-%m} is over: nothing can be published.", err=True)
    if not lines:
        typer.echo(f"Nobody has offered hours for {first_day:%Y-%m}.", err=True)


def _json(first_day: date, lines: list[Line], found: Composition) -> dict[str, Any]:
    by_key = {line.key: line for line in lines}
    return {
        "month": f"{first_day:%Y-%m}",
        "offered": len(lines),
        "chosen": [_line(by_key[key]) for key in found.chosen],
        "left_out": [
            _line(by_key[key]) | {"reasons": composing.reasons_json(reasons)}
            for key, reasons in found.left_out.items()
        ],
        "score": {
            "cover": found.score.cover,
            "fairness": found.score.fairness,
            "regularity": found.score.regularity,
            "total": found.score.total,
            "bound": found.bound,
        },
        "holes": {
            "by_need": dict(found.holes.by_need),
            "by_language": dict(found.holes.by_language),
            "by_weekday": {str(k): n for k, n in found.holes.by_weekday.items()},
        },
    }


def _line(line: Line) -> dict[str, Any]:
    offer = line.offer
    return {
        "offer": str(offer.id),
        "date": line.date.isoformat(),
        "starts": f"{offer.starts:%H:%M}",
        "ends": f"{offer.ends:%H:%M}",
        "service": str(offer.service),
        "organization": str(offer.organization),
        "languages": offer.languages,
        "room": str(line.room) if line.room else None,
    }


def _print(lines: list[Line], found: Composition) -> None:
    by_key, chosen = {line.key: line for line in lines}, set(found.chosen)
    heads = _("Date"), _("Hours"), _("Service"), _("Organization"), _("Why not")
    table = Table("", *heads)
    for line in lines:
        why = composing.reasons_json(found.left_out.get(line.key, ()))
        table.add_row(
            _("In") if line.key in chosen else _("Out"),
            languages.day(line.date),
            languages.hours(line.offer.starts, line.offer.ends),
            str(line.offer.service),
            str(line.offer.organization),
            "\n".join(wording.reason(it, by_key) for it in why),
        )
    out = Console()
    out.print(table)
    said = _("%(chosen)d of %(all)d hours. Nothing was saved or published.")
    out.print(said % {"chosen": len(chosen), "all": len(lines)})
