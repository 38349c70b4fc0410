"""Files of cases: a row a person, a column a fact. Broken rows are told, not fatal.

CSV with commas, semicolons or tabs: the first line names the facts (and ``id``,
``country``, ``region``, ``as_of``), each further line is one row. An empty cell is a
fact that is not known. Parquet: the same. JSON: a list of cases ``{"id": …, "facts":
{…}}``, or of facts.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import open as open_with_progress

from gishe.rights import packs
from gishe.rights.json_text import NotJson, read_json

BLOCK = 50_000  # rows that are held at once
DELIMITERS = ",;\t"
NOBODY = " \r\n" + DELIMITERS  # a line of nothing else is no row
NAMES = ("id", "name", "case")
ABOUT = (*NAMES, "country", "region", "as_of")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


class NotReadable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Block:
    """Rows that follow each other, as columns of raw cells.

    ``first``: the number of the first row; rows are counted from 1. ``faults``: what
    is wrong with a whole row, by its place in the block.
    """

    first: int
    size: int
    columns: Mapping[str, Sequence[object]]
    faults: dict[int, list[str]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """What each row is called in the file; nothing where it has no name."""
        found = [""] * self.size
        for column in reversed([self.columns[n] for n in NAMES if n in self.columns]):
            told = (str(cell or "").strip()[:80] for cell in column)
            found = [new or old for new, old in zip(told, found, strict=True)]
        return found


def read_path(path: Path, progress: Console | None = None) -> Iterator[Block]:
    """The rows of a .csv or .parquet, some at a time. Raises NotReadable."""
    if not path.is_file():
        raise NotReadable(f"There is no file {path}.")
    if path.suffix == ".parquet":
        yield from _parquet(path)
    elif path.suffix == ".csv":
        with _opened(path, progress) as file:
            yield from _csv(file)
    else:
        raise NotReadable(f"{path.name} is neither .csv nor .parquet.")


def read_upload(name: str, content: bytes) -> Iterator[Block]:
    """The cases of a CSV or JSON that somebody sent. Raises NotReadable."""
    file = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", errors="replace")
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if name.casefold().endswith(".json") or start in (b"[", b"{"):
        yield _json(file.read())
    else:
        yield from _csv(file)


def _opened(path: Path, progress: Console | None) -> AbstractContextManager[TextIO]:
    if progress is None:
        return path.open(encoding="utf-8-sig", errors="replace")
    return open_with_progress(
        path,
        "r",
        encoding="utf-8-sig",
        errors="replace",
        console=progress,
        transient=True,
        description="Deciding",
    )


def _csv(lines: Iterable[str]) -> Iterator[Block]:
    """A row a line: a quote that nobody closes spoils its own line and no other."""
    filled = (line for line in lines if line.strip(NOBODY))
    first = next(filled, "").rstrip("\n")
    if not first:
        raise NotReadable(_("There is no case in the file."))
    delimiter = max(DELIMITERS, key=first.count)
    header = _header(first, delimiter)
    number = 1
    while rows := list(islice(filled, BLOCK)):
        yield _block(number, rows, header, delimiter)
        number += len(rows)


def _header(line: str, delimiter: str) -> list[str]:
    try:
        names = [cell.strip() for cell in _cells(line, delimiter)]
    except csv.Error as error:
        told = _("This is not CSV: %(problem)s.") % {"problem": error}
        raise NotReadable(told) from None
    if UNREADABLE in line:
        raise NotReadable(_("The file is not UTF-8 text. Save it as CSV UTF-8."))
    _check_names(names)
    return names


def _check_names(names: list[str]) -> None:
    """Every column is a fact of some law, or says what the row is about."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        told = _("Columns stand twice: %(names)s.") % {"names": ", ".join(twice)}
        raise NotReadable(told)
    for name in names:
        if name not in ABOUT and not packs.is_fact(name):
            raise NotReadable(_no_fact(name))


def _no_fact(name: str) -> str:
    told = _("There is no fact called %(name)s.") % {"name": name}
    return f"{told} {packs.nearest_fact(name)}".rstrip()


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line. Raises csv.Error."""
    if '"' not in line:
        return line.split(delimiter)
    return next(csv.reader([line], delimiter=delimiter, strict=True))


def _block(first: int, lines: list[str], header: list[str], delimiter: str) -> Block:
    rows, faults, width = [], dict[int, list[str]](), len(header)
    for index, line in enumerate(lines):
        cells, fault = _row(line.rstrip("\n"), delimiter, width)
        if fault:
            faults[index] = [fault]
        rows.append(cells)
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    return Block(first, len(rows), columns, faults)


def _row(line: str, delimiter: str, width: int) -> tuple[list[str], str]:
    """As many cells as there are columns, and what is wrong with the line."""
    fault = ""
    try:
        cells = _cells(line, delimiter)
    except csv.Error as error:
        return [""] * width, _("This is not CSV: %(problem)s.") % {"problem": error}
    if len(cells) != width:
        told = _("The line has %(found)s cells, the first line has %(head)s.")
        fault = told % {"found": len(cells), "head": width}
        cells = [*cells, *[""] * width][:width]
    if UNREADABLE in line:
        fault = _("The file is not UTF-8 text. Save it as CSV UTF-8.")
    return cells, fault


def _parquet(path: Path) -> Iterator[Block]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        told = "To read .parquet, install pyarrow: pip install 'gishe[parquet]'."
        raise NotReadable(told) from error
    try:
        file = parquet.ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise NotReadable(f"{path.name} is not Parquet: {error}.") from error
    with file:
        _check_names(file.schema_arrow.names)
        number = 1
        for batch in file.iter_batches(batch_size=BLOCK):
            yield Block(number, batch.num_rows, batch.to_pydict())
            number += batch.num_rows


def _json(text: str) -> Block:
    """Cases as they are given; what is no fact spoils its own case."""
    try:
        given = read_json(text)
    except NotJson as error:
        told = _("This is not JSON: %(problem)s.") % {"problem": error}
        raise NotReadable(told) from None
    given = given.get("cases", [given]) if isinstance(given, dict) else given
    rows = given if isinstance(given, list) else []
    columns: dict[str, list[object]] = {}
    faults: dict[int, list[str]] = {}
    for index, case in enumerate(rows):
        wrong, cells = _case(case)
        for name, cell in cells.items():
            columns.setdefault(name, [None] * len(rows))[index] = cell
        if wrong:
            faults[index] = wrong
    return Block(1, len(rows), columns, faults)


def _case(case: object) -> tuple[list[str], dict[str, object]]:
    """What is wrong with a case of a JSON file, and its cells; null is refused."""
    if not isinstance(case, dict):
        return [_("A case is written as {…}.")], {}
    about = {name: case[name] for name in ABOUT if name in case}
    facts = case.get("facts", {k: v for k, v in case.items() if k not in ABOUT})
    if not isinstance(facts, dict):
        return [_("Facts are written as {name: value}.")], about
    wrong = [_no_fact(name) for name in facts if not packs.is_fact(name)]
    known = {name: value for name, value in facts.items() if packs.is_fact(name)}
    nulls = {name: "null" for name, value in known.items() if value is None}
    return wrong, about | known | nulls
