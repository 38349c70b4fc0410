"""Subcommands of this room."""

import json
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from gishe.core.planning import Composition
from gishe.foundation import languages
from gishe.programme import composing, wording
from gishe.programme.composing import Line

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
) -> None:
    """Show the composition that would be proposed. Saves and publishes nothing."""
    try:
        first_day = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise typer.BadParameter("Write the month as 2026-12.") from error
    lines = composing.lines(first_day)
    found = composing.propose(first_day, lines)
    if as_json:
        made = _json(first_day, lines, found)
        typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
    else:
        _print(lines, found)


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
    table = Table("", "Date", "Hours", "Service", "Organization", "Why not")
    for line in lines:
        why = composing.reasons_json(found.left_out.get(line.key, ()))
        table.add_row(
            "in" if line.key in chosen else "out",
            f"{line.date:%a %d %b}",
            languages.hours(line.offer.starts, line.offer.ends),
            str(line.offer.service),
            str(line.offer.organization),
            "\n".join(wording.reason(it, by_key) for it in why),
        )
    out = Console()
    out.print(table)
    out.print(f"{len(chosen)} of {len(lines)} hours. Nothing was saved or published.")
