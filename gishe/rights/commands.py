"""``gishe law``: cases, tables, questions, the lawbook's check, two laws compared.

JSON goes to standard output; words for people to standard error.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import DatabaseError
from django.utils import timezone, translation
from rich.console import Console

from gishe.core.rules import (
    Difference,
    InputError,
    Pack,
    PackError,
    Problem,
    check_pack,
    compare_laws,
)
from gishe.lawbook import loading
from gishe.rights import case_files, deciding, packs, queries, reviews, tables
from gishe.rights.json_text import NotJson, read_json

app = typer.Typer(no_args_is_help=True, help="What the law says, and since when.")
say = Console(stderr=True, soft_wrap=True)
as_json = json.JSONEncoder(ensure_ascii=False).encode

CaseFile = Annotated[
    Path, typer.Argument(help="A case as JSON; - reads standard input.")
]


def _put(document: Any) -> None:
    indent = 2 if sys.stdout.isatty() else None
    typer.echo(json.dumps(document, ensure_ascii=False, indent=indent))


def _put_row(document: Any) -> None:
    """One of many lines; typer.echo would flush each."""
    sys.stdout.write(as_json(document) + "\n")


def _stop(*messages: object, code: int = 2) -> typer.Exit:
    for message in messages:
        say.print(str(message), style="red", markup=False, highlight=False)
    return typer.Exit(code)


def _read_case(path: Path) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_bytes()
        given = read_json(text)
    except OSError as error:
        raise _stop(f"{path} cannot be read: {error.strerror}.") from error
    except NotJson as error:
        raise _stop(f"{path} is not JSON: {error}.") from error
    if not isinstance(given, dict):
        raise _stop('A case is written as {"country": "BG", "facts": {…}}.')
    return given


def _doubts_of(pack: Pack) -> set[str]:
    """What lawyers of the city doubt; nothing where there is no city's database."""
    try:
        return reviews.challenged(pack) if queries.are_kept() else set()
    except DatabaseError as error:
        told = f"The doubts of the city's lawyers cannot be read: {error}"
        say.print(told.strip(), style="yellow", markup=False, highlight=False)
        return set()


@app.command("decide")
def decide(case: CaseFile) -> None:
    """May this person work? Exit code 2: the case cannot be decided as written."""
    try:
        pack, found = deciding.decided(_read_case(case), timezone.localdate())
        answer = reviews.with_doubts(found, pack, _doubts_of(pack))
    except InputError as error:
        raise _stop(*error.problems) from error
    except packs.NoSuchLaw as error:
        raise _stop(error) from error
    _put(answer.to_json())


@app.command("question")
def question(case: CaseFile) -> None:
    """The next best question of a case; null when none is worth asking."""
    try:
        may_work, found = deciding.question_of(_read_case(case), timezone.localdate())
    except InputError as error:
        raise _stop(*error.problems) from error
    except packs.NoSuchLaw as error:
        raise _stop(error) from error
    told = deciding.question_json(found) if found else None
    _put({"may_work": may_work, "question": told})


@app.command("facts")
def facts(
    law: Annotated[str, typer.Argument(help="The pack; the city's own if none.")] = "",
) -> None:
    """The facts a case may give: name, type, values, the question in English."""
    try:
        pack = packs.by_id(law) if law else packs.home()
    except packs.NoSuchLaw as error:
        raise _stop(error) from error
    _put({"law": pack.id, "facts": deciding.vocabulary(pack)})


@app.command("decide-many")
def decide_many(
    table: Annotated[Path, typer.Argument(help="A .csv or .parquet, a row a person.")],
) -> None:
    """Decide every row; a line of JSON each. Exit code 1: some rows are broken.

    Columns are facts, and country, region, as_of, id. An empty cell is not known;
    several nationalities stand with spaces or | between. No as_of means today.
    """
    counts: Counter[str] = Counter()
    try:
        with translation.override("en"):
            blocks = case_files.read_path(table, say if say.is_terminal else None)
            doubts_of = cache(_doubts_of)  # read once a law, not once a block
            day = timezone.localdate()
            for decided in tables.decide_blocks(blocks, day, doubts_of):
                _put_row(decided.to_json())
                counts[decided.may_work] += 1
                if decided.problems:
                    told = " ".join(str(problem) for problem in decided.problems)
                    say.print(f"row {decided.number}: {told}", markup=False)
    except case_files.NotReadable as error:
        raise _stop(error) from error
    told = ", ".join(f"{word} {number}" for word, number in counts.most_common())
    say.print(f"{counts.total()} rows: {told or 'none'}.", markup=False)
    if counts["error"]:
        raise typer.Exit(1)


@app.command("check")
def check(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of packs; without any the whole lawbook."),
    ] = None,
) -> None:
    """Prove what can be proved about the packs. Exit code 1: something is wrong."""
    found = {str(f): _problems(f) for f in folders or _lawbook()}
    document = {
        Path(folder).name: [_problem_json(it) for it in problems]
        for folder, problems in found.items()
    }
    _put({"ok": not any(document.values()), "problems": document})
    for folder, problems in found.items():
        for problem in problems:
            say.print(str(problem), style="red", markup=False, highlight=False)
        word = f"{len(problems)} problems" if problems else "nothing wrong"
        say.print(f"{Path(folder).name}: {word}.", markup=False)
    if any(found.values()):
        raise typer.Exit(1)


def _lawbook() -> list[Path]:
    return sorted(path.parent for path in loading.LAWBOOK.glob("*/pack.yaml"))


def _problems(folder: Path) -> list[Problem]:
    try:
        return check_pack(loading.load_pack(folder))
    except PackError as error:
        return list(error.problems)


def _problem_json(problem: Problem) -> dict[str, object]:
    told = {
        "file": problem.file,
        "line": problem.line,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }
    return {key: value for key, value in told.items() if value}


@app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="A day, or the folder of a pack.")],
    new: Annotated[str, typer.Argument(help="A day, or the folder of a pack.")],
    cases: Annotated[Path, typer.Option(help="The people: a .csv or .parquet.")],
    law: Annotated[str, typer.Option(help="The pack, where days are given.")] = "",
    as_of: Annotated[
        str, typer.Option(help="The day, where folders are given; else today.")
    ] = "",
) -> None:
    """Whom does a change of the law affect, and how?"""
    before, day = _law_of(old, law, as_of)
    after, then = _law_of(new, law, as_of)
    size, changes = 0, Counter[tuple[str, str]]()
    affected: list[dict[str, Any]] = []
    broken: list[dict[str, Any]] = []
    try:
        with translation.override("en"):
            for part in case_files.read_path(cases):
                table, size = tables.table_of(before, part), size + part.size
                found = compare_laws(before, after, table, day, then=then)
                changes.update(found.counts())
                affected += _affected(part, found)
                broken += [
                    {"row": part.first + row, "error": [str(it) for it in problems]}
                    for row, problems in sorted(table.errors.items())
                ]
    except case_files.NotReadable as error:
        raise _stop(error) from error
    _put(
        {
            "old": {"law": before.id, "version": before.version, "as_of": str(day)},
            "new": {"law": after.id, "version": after.version, "as_of": str(then)},
            "rows": size,
            "affected": len(affected),
            "changes": [
                {"from": a, "to": b, "count": n} for (a, b), n in changes.most_common()
            ],
            "cases": affected,
            "broken": broken,
        }
    )
    say.print(f"{len(affected)} of {size} rows are affected.", markup=False)


def _law_of(named: str, law: str, as_of: str) -> tuple[Pack, date]:
    """The pack and the day that an argument of ``diff`` means."""
    try:
        if Path(named).is_dir():
            day = date.fromisoformat(as_of) if as_of else timezone.localdate()
            return loading.load_pack(Path(named)), day
        pack = packs.by_id(law) if law else packs.home()
        return pack, date.fromisoformat(named)
    except PackError as error:
        raise _stop(*error.problems) from error
    except packs.NoSuchLaw as error:
        raise _stop(error) from error
    except ValueError as error:
        told = f"{named} is neither a folder nor a day such as 2026-06-11."
        raise _stop(told) from error


def _affected(part: case_files.Block, found: Difference) -> Iterator[dict[str, Any]]:
    names = part.names()
    for row in map(int, found.rows):
        before, after = found.changed(row)
        about = {"row": part.first + row, "from": before, "to": after}
        yield about | ({"id": names[row]} if names[row] else {})
