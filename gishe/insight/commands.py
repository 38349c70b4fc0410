"""``gishe stats``: the published numbers and their definitions."""

import json
from typing import Annotated, Any

import typer
from django.utils import timezone, translation
from rich.console import Console
from rich.table import Table

from gishe.foundation import languages
from gishe.insight import counts, export, pages, published, queries
from gishe.insight.periods import NotAPeriod, Period, State

app = typer.Typer(no_args_is_help=True, help="Counts and published statistics.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Language = Annotated[str, typer.Option(help="Language of labels and texts.")]


def _period(text: str) -> Period:
    try:
        found = Period.parse(text)
    except NotAPeriod as error:
        raise typer.BadParameter(f"{text!r} is no month like 2026-10.") from error
    if found.state(timezone.now()) is State.FUTURE:
        raise typer.BadParameter(f"{text} has not begun.")
    return found


def _say_if_before_the_log(period: Period) -> None:
    """On the error stream, so that programs that read the answer are not disturbed."""
    first = counts.first_month()
    if first is None:
        typer.echo("Nothing has been counted yet.", err=True)
    elif max(period.months) < first:
        typer.echo(f"The contact log began in {first}, after {period}.", err=True)


def _known(language: str) -> str:
    if language not in languages.page_languages():
        raise typer.BadParameter(f"There are no pages in {language!r}.")
    return language


def _print(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))


@app.command("month")
def month(
    period: Annotated[str, typer.Argument(help="A month (2026-10) or a year (2026).")],
    as_json: Json = False,
    language: Language = "en",
) -> None:
    """What is published about a month or a year; hidden numbers stay hidden."""
    found, now = _period(period), timezone.now()
    _say_if_before_the_log(found)
    with translation.override(_known(language)):
        shown = published.statistics(found, now)
        if as_json:
            _print(export.as_json(shown, queries.satisfaction(found, now)))
            return
        _draw(shown)


def _draw(shown: published.Statistics) -> None:
    table = Table(title=f"{shown.period} ({shown.state})")
    for head in ("what", "part", "number"):
        table.add_column(head, justify="right" if head == "number" else "left")
    for number in shown.totals.values():
        table.add_row(number.label, "", _cell(number))
    for part in shown.tables:
        for number in [*part.shown, *part.hidden]:
            table.add_row(str(part.breakdown.label), number.label, _cell(number))
    Console().print(table)


def _cell(number: published.Number) -> str:
    return "hidden" if number.shown is None else str(number.shown)


@app.command("definitions")
def definitions(as_json: Json = False, language: Language = "en") -> None:
    """What is counted, who counts once, until when."""
    with translation.override(_known(language)):
        if as_json:
            _print(export.definitions())
            return
        for it in counts.INDICATORS.values():
            typer.echo(f"{it.label} ({it.code})\n  {it.definition}\n  {it.counts_once}")
        typer.echo(str(counts.CUT_OFF))


@app.command("text")
def text(
    period: Annotated[str, typer.Argument(help="A month (2026-10) or a year (2026).")],
    as_json: Json = False,
) -> None:
    """The short text of a month in every language, ready to post."""
    found = _period(period)
    _say_if_before_the_log(found)
    texts = pages.texts(found, timezone.now())
    if as_json:
        _print(dict(texts))
        return
    for language, words in texts:
        typer.echo(f"[{language}] {words}\n")
