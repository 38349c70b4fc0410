"""Tables of cases: a row a person, a column a fact. Broken rows are told, not fatal."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import open as open_with_progress

from gishe.core.rules import (
    BadFact,
    InputError,
    Pack,
    Table,
    decide_table,
    read_table,
)
from gishe.rights import packs

CHUNK = 50_000  # rows that are held at once
ABOUT = ("id", "country", "region", "as_of")
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")
Cells = Mapping[str, Any]


class UnreadableTable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """One line of a table: its number (the first is 1) and its cells, or a fault."""

    number: int
    cells: Cells
    fault: str = ""


@dataclass(frozen=True)
class Decided:
    """What the law answers to one row."""

    row: Row
    may_work: str = "error"
    route: str | None = None
    problems: list[BadFact] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        about: dict[str, Any] = {"row": self.row.number}
        if self.row.cells.get("id"):
            about["id"] = self.row.cells["id"]
        if self.problems:
            return about | {"error": [str(problem) for problem in self.problems]}
        return about | {"may_work": self.may_work, "route": self.route}


def read_rows(path: Path, progress: Console | None = None) -> Iterator[Row]:
    """The rows of a .csv or .parquet, one after the other. Raises UnreadableTable."""
    if not path.is_file():
        raise UnreadableTable(f"There is no file {path}.")
    if path.suffix == ".parquet":
        yield from _parquet(path)
        return
    if path.suffix != ".csv":
        raise UnreadableTable(f"{path.name} is neither .csv nor .parquet.")
    with _opened(path, progress) as file:
        yield from _csv(file, path.name)


def _opened(path: Path, progress: Console | None) -> AbstractContextManager[TextIO]:
    if progress is None:
        return path.open(encoding="utf-8-sig", errors="replace", newline="")
    return open_with_progress(
        path,
        "r",
        encoding="utf-8-sig",
        errors="replace",
        newline="",
        console=progress,
        transient=True,
        description="Deciding",
    )


def _csv(file: Iterable[str], name: str) -> Iterator[Row]:
    reader = csv.reader(file)
    header = [cell.strip() for cell in next(reader, [])]
    _check_header(header, name)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, {}, f"This line is not CSV: {error}.")
            continue
        if not cells:  # an empty line is nobody
            number -= 1
            continue
        named = dict(zip(header, cells, strict=False))
        if len(cells) != len(header):
            told = f"The line has {len(cells)} cells, the table {len(header)} columns."
            yield Row(number, named, told)
        else:
            yield Row(number, named)


def _parquet(path: Path) -> Iterator[Row]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        told = "To read .parquet, install pyarrow: pip install 'gishe[parquet]'."
        raise UnreadableTable(told) from error
    try:
        file = parquet.ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise UnreadableTable(f"{path.name} is not Parquet: {error}.") from error
    with file:
        _check_header(file.schema_arrow.names, path.name)
        number = 0
        for batch in file.iter_batches(batch_size=CHUNK):
            for cells in batch.to_pylist():
                number += 1
                yield Row(number, cells)


def _check_header(names: list[str], where: str) -> None:
    """Every column is a fact of some law, or says what the row is about."""
    if not names:
        raise UnreadableTable(f"{where} is empty. The first line names the facts.")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise UnreadableTable(f"Columns stand twice: {', '.join(sorted(twice))}.")
    wrong = [name for name in names if name not in ABOUT and not _is_fact(name)]
    if wrong:
        try:
            read_table(packs.home(), {name: [] for name in wrong})
        except InputError as error:
            raise UnreadableTable(f"{where}: {error}") from error


def _is_fact(name: str) -> bool:
    """Whether some law knows it; other laws are read only if the city's does not."""
    return any(name in pack.facts for pack in packs.all_packs())


def decide_rows(rows: Iterable[Row], today: date) -> Iterator[Decided]:
    """Every row's answer, in the order of the rows; a chunk at a time in memory."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _decide(chunk, today)
            chunk = []
    yield from _decide(chunk, today)


def _decide(chunk: list[Row], today: date) -> Iterator[Decided]:
    found: dict[int, Decided] = {}
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in chunk:
        if row.fault:
            found[row.number] = Decided(row, problems=[BadFact("", row.fault)])
        else:
            about = (_text(row.cells.get(key)) for key in ABOUT[1:])
            country, region, as_of = about
            groups[country, region, as_of].append(row)
    for (country, region, as_of), members in groups.items():
        for decided in _group(country, region, as_of, members, today):
            found[decided.row.number] = decided
    yield from (found[row.number] for row in chunk)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _group(
    country: str, region: str, as_of: str, rows: list[Row], today: date
) -> Iterator[Decided]:
    """Rows under one law on one day."""
    try:
        pack = packs.of_country(country, region)
        day = date.fromisoformat(as_of) if as_of else today
    except packs.NoSuchLaw as error:
        yield from _refused(rows, BadFact("country", str(error)))
        return
    except ValueError:
        told = f"{as_of!r} is not a date. Write it as 2026-06-11."
        yield from _refused(rows, BadFact("as_of", told))
        return
    table = table_of(pack, rows)
    made = decide_table(pack, table, day)
    for index, row in enumerate(rows):
        if problems := made.errors.get(index):
            yield Decided(row, problems=list(problems))
        else:
            yield Decided(row, made.may_work(index), made.route(index))


def _refused(rows: list[Row], problem: BadFact) -> Iterator[Decided]:
    return (Decided(row, problems=[problem]) for row in rows)


def table_of(pack: Pack, rows: list[Row]) -> Table:
    """Rows as a table of the pack's facts; what cannot be read is in its errors."""
    names = dict.fromkeys(n for row in rows for n in row.cells if n not in ABOUT)
    columns, strangers = {}, []
    for name in names:
        fact = pack.facts.get(name)
        if fact is None:
            strangers.append(name)
            continue
        columns[name] = [_value(fact, row.cells.get(name)) for row in rows]
    table = read_table(pack, columns)
    table.size = len(rows)
    for name in strangers:
        for index, row in enumerate(rows):
            if _text(row.cells.get(name)):
                bad = BadFact(name, f"The law of {pack.country} has no such fact.")
                table.errors.setdefault(index, []).append(bad)
    for index, row in enumerate(rows):
        if row.fault:
            table.errors.setdefault(index, []).append(BadFact("", row.fault))
    return table


def _value(fact: Any, cell: object) -> object:
    """A cell as a value; what it cannot be stays text, which the core refuses."""
    if isinstance(cell, datetime):
        return cell.date()
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if not text:
        return None
    match fact.type:
        case "bool":
            word = text.lower()
            return True if word in TRUE else False if word in FALSE else text
        case "integer" | "number":
            return _number(text)
        case "country" if fact.many:
            return text.replace(";", " ").split()
        case "children":
            ages = text.replace(";", " ").split()
            return [{"age": _number(age)} for age in ages]
    return text


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
