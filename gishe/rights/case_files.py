"""A file of cases that somebody uploads: read in memory, decided, kept nowhere.

CSV: the first line names the facts (and ``id``, if there is one); several
nationalities stand as ``SY|IQ``, children's ages as ``3|9``; an empty cell is a fact
that is not known. JSON: a list of cases ``{"id": …, "facts": {…}}``, or of facts.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gishe.core.rules import Pack, Table, read_table

MOST_CASES = 20_000
NAMES = ("id", "name", "case")
IGNORED = ("as_of", "country", "region")
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


class NotReadable(Exception):
    """The whole file cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Cases:
    """Facts by row. ``broken``: what is wrong with rows that could not be read."""

    names: list[str]
    columns: Mapping[str, list[object]]
    broken: dict[int, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)

    def table(self, pack: Pack) -> Table:
        """The same for the engine; facts that this law does not know are left out."""
        known = {n: c for n, c in self.columns.items() if n in pack.facts}
        if not known:
            known = {"status": [None] * len(self)}
        table = read_table(pack, known)
        for row, problems in table.errors.items():
            told = [str(problem) for problem in problems]
            kept = self.broken.setdefault(row, [])
            kept += [text for text in told if text not in kept]
        return table


def read(name: str, content: bytes, packs: Iterable[Pack]) -> Cases:
    """The cases of a file. Raises NotReadable."""
    laws = list(packs)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable(
            _("The file is not UTF-8 text. Save it as CSV UTF-8.")
        ) from None
    is_json = name.casefold().endswith(".json") or text.lstrip()[:1] in ("[", "{")
    rows = list(_from_json(text) if is_json else _from_csv(text))
    if not rows:
        raise NotReadable(_("There is no case in the file."))
    if len(rows) > MOST_CASES:
        raise NotReadable(
            _(
                "The file has more than %(most)s cases. Split it, "
                "or use `gishe law diff`."
            )
            % {"most": MOST_CASES}
        )
    return _cases(rows, laws)


Row = tuple[str, Mapping[str, object], list[str]]


def _from_csv(text: str) -> Iterator[Row]:
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            wrong = []
            if len(cells) != len(head):
                wrong = [
                    _("The line has %(found)s cells, the first line has %(head)s.")
                    % {"found": len(cells), "head": len(head)}
                ]
            facts = {
                n: c.strip() for n, c in zip(head, cells, strict=False) if c.strip()
            }
            label = next((str(facts.pop(n)) for n in NAMES if n in facts), str(number))
            yield label, facts, wrong
    except csv.Error as error:
        raise NotReadable(
            _("This is not CSV: %(problem)s.") % {"problem": error}
        ) from None


def _from_json(text: str) -> Iterator[Row]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotReadable(
            _("This is not JSON: %(problem)s.") % {"problem": error}
        ) from None
    given = given.get("cases", [given]) if isinstance(given, dict) else given
    for number, case in enumerate(given if isinstance(given, list) else [], start=1):
        if not isinstance(case, dict):
            yield str(number), {}, [_("A case is written as {…}.")]
            continue
        facts = case.get("facts", {k: v for k, v in case.items() if k not in NAMES})
        wrong = (
            []
            if isinstance(facts, dict)
            else [_("Facts are written as {name: value}.")]
        )
        label = next((str(case[n]) for n in NAMES if case.get(n)), str(number))
        yield label[:80], facts if isinstance(facts, dict) else {}, wrong


def _cases(rows: list[Row], laws: list[Pack]) -> Cases:
    known = {name: pack.facts[name] for pack in laws for name in pack.facts}
    used = dict.fromkeys(name for _label, facts, _w in rows for name in facts)
    columns: dict[str, list[object]] = {
        n: [None] * len(rows) for n in used if n in known
    }
    broken: dict[int, list[str]] = {}
    for row, (_label, facts, wrong) in enumerate(rows):
        told = list(wrong)
        for name, value in facts.items():
            if name in IGNORED:
                continue
            if name not in known:
                told.append(_("There is no fact called %(name)s.") % {"name": name})
                continue
            typed = _typed(known[name].type, value)
            columns[name][row] = "null" if typed is None else typed
        if told:
            broken[row] = told
    return Cases([label for label, _f, _w in rows], columns, broken)


def _typed(kind: str, value: object) -> object:
    """A cell's text as the fact's type has it; what does not fit is refused later."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    match kind:
        case "bool":
            small = text.casefold()
            return True if small in TRUE else False if small in FALSE else text
        case "integer" | "number":
            return _number(text)
        case "country":
            codes = [code.strip().upper() for code in text.split("|")]
            return codes if len(codes) > 1 else codes[0]
        case "children":
            return [{"age": _number(age)} for age in text.split("|")]
    return text


def _number(text: str) -> object:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(value) if value == int(value) else value
