"""``gishe directory``: import, export, column mappings."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import translation
from rich.console import Console
from rich.table import Table

from gishe.exchange import actions, exporting, queries
from gishe.exchange.reading import ReadError, mapped
from gishe.exchange.report import Report

app = typer.Typer(no_args_is_help=True, help="The directory: HSDS in and out.")
mapping_app = typer.Typer(no_args_is_help=True, help="How columns of a table are read.")
app.add_typer(mapping_app, name="mapping")
say = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
SHOWN_ROWS = 30


def _now() -> datetime:
    return datetime.now(tz=UTC)


def _stop(message: str, as_json: bool) -> typer.Exit:
    if as_json:
        typer.echo(json.dumps({"error": message}, ensure_ascii=False))
    else:
        say.print(message, style="red", markup=False)
    return typer.Exit(2)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A .json, a .csv, a folder or a .zip.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, row by row.")
    ] = False,
    as_json: Json = False,
    mapping: Annotated[
        str, typer.Option(help="The saved column mapping to read a table with.")
    ] = "",
    source: Annotated[
        str, typer.Option(help="The name of the source; the same every time.")
    ] = "",
    language: Annotated[str, typer.Option(help="The language of its texts.")] = "en",
    country: Annotated[
        str, typer.Option(help="The country of telephones without +, as BG.")
    ] = "",
    retire: Annotated[
        bool, typer.Option(help="Make services inactive that the source dropped.")
    ] = False,
) -> None:
    """Import a directory. Exit code 1: some rows were refused; 2: unreadable."""
    saved = queries.mapping_named(mapping) if mapping else None
    if mapping and saved is None:
        raise _stop(f"There is no mapping {mapping!r}. See: mapping list", as_json)
    order = actions.Order(
        path=path,
        source_name=source or _source_name(path),
        language=language,
        country=country.upper(),
        mapping=saved,
        retires=retire,
    )
    do = actions.look_at if dry_run else actions.take_in
    with translation.override("en"):  # the terminal speaks English throughout
        try:
            with say.status(f"Reading {path} …"):
                done = do(order=order, by=None, at=_now())
        except ReadError as error:
            raise _stop(f"{error} Nothing was changed.", as_json) from error
        if as_json:
            about = {
                "run": str(done.run.pk),
                "source": order.source_name,
                "dry_run": dry_run,
                **done.report.for_programs(),
            }
            typer.echo(json.dumps(about, ensure_ascii=False))
        else:
            _show(done.report, dry_run)
    raise typer.Exit(1 if done.report.counts["refused"] else 0)


def _source_name(path: Path) -> str:
    return re.sub(r"[^\w-]+", "-", path.resolve().stem.lower()).strip("-")[:100]


def _show(report: Report, dry_run: bool) -> None:
    about = report.for_programs()
    table = Table("File", "Encoding", "Rows", "Taken", "Repaired", "Refused")
    for file in about["files"]:
        names = ("file", "encoding", "rows", "taken", "repaired", "refused")
        table.add_row(*(str(file[name]) for name in names))
    say.print(table)
    for note in about["notes"]:
        say.print(f"{note['file']}: {note['text']}", markup=False)
    refused = [row for row in about["rows"] if row["outcome"] == "refused"]
    for row in refused[:SHOWN_ROWS]:
        for change in row["changes"]:
            where = f"{row['file']}, row {row['row']}, {change['column']}"
            say.print(f"{where}: {change['before']!r}: {change['text']}", markup=False)
    if len(refused) > SHOWN_ROWS:
        say.print(f"… and {len(refused) - SHOWN_ROWS} more refused rows.")
    counts = report.counts
    verb = "would be" if dry_run else "were"
    typer.echo(
        f"{counts['rows']} rows: {counts['taken']} taken, {counts['repaired']} "
        f"repaired, {counts['refused']} refused. {counts['created']} {verb} created, "
        f"{counts['updated']} updated, {counts['removed']} removed; "
        f"{counts['unchanged']} unchanged, {counts['kept_local']} kept as edited here, "
        f"{counts['vanished']} no longer in the source."
    )
    for path in report.refused_files:
        typer.echo(f"Refused rows, to mend and bring again: {path}")


@app.command("export")
def export(
    path: Annotated[Path, typer.Argument(help="Where to write: .json or .zip.")],
    form: Annotated[
        str, typer.Option("--format", help="json or tabular; else by the ending.")
    ] = "",
    language: Annotated[str, typer.Option(help="The language of the texts.")] = "bg",
    as_json: Json = False,
) -> None:
    """Export the directory as HSDS 3.1."""
    form = form or ("json" if path.suffix.lower() == ".json" else "tabular")
    if form not in {"json", "tabular"}:
        raise _stop("The format is json or tabular.", as_json)
    write = exporting.write_json if form == "json" else exporting.write_tabular
    try:
        with say.status(f"Writing {path} …"):
            counts = write(path, language)
    except OSError as error:
        raise _stop(f"{path} cannot be written: {error}.", as_json) from error
    if as_json:
        typer.echo(json.dumps({"path": str(path), "format": form, "rows": counts}))
    else:
        typer.echo(f"{sum(counts.values())} rows in {path}.")


@mapping_app.command("list")
def mapping_list(as_json: Json = False) -> None:
    """The saved mappings."""
    found: list[dict[str, Any]] = [
        {"name": m.name, "columns": m.columns, "constants": m.constants}
        for m in queries.mappings()
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        typer.echo(each["name"])
        for header, target in each["columns"].items():
            typer.echo(f"  {header} → {target}")


@mapping_app.command("columns")
def mapping_columns() -> None:
    """What a column may become."""
    for target in mapped.targets():
        typer.echo(target)


@mapping_app.command("save")
def mapping_save(
    name: Annotated[str, typer.Argument(help="The name of the mapping.")],
    columns: Annotated[
        list[str],
        typer.Argument(help="'Header of the table=services.name' …"),
    ],
    constant: Annotated[
        list[str] | None,
        typer.Option(help="'organizations.name=The city': the same in every row."),
    ] = None,
) -> None:
    """Save how the columns of a table are read."""
    pairs = dict(_pair(each) for each in columns)
    constants = dict(_pair(each) for each in constant or [])
    if not re.fullmatch(r"[-\w]{1,60}", name):
        raise _stop("A name is made of letters, digits, - and _.", False)
    try:
        actions.save_mapping(
            name=name, columns=pairs, constants=constants, by=None, at=_now()
        )
    except actions.MappingFaulty as error:
        wrong = ", ".join(error.columns)
        raise _stop(
            f"Not known, or needed and not named: {wrong}. See: mapping columns", False
        ) from error
    typer.echo(f"Saved: {name}.")


def _pair(text: str) -> tuple[str, str]:
    left, mark, right = text.rpartition("=")
    if not mark or not left.strip() or not right.strip():
        raise _stop(f"{text!r} is not 'Header=table.column'.", False)
    return left.strip(), right.strip()
