"""Tables of cases under the law: cells as facts, and what the law answers each row."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from gishe.core.rules import (
    BadFact,
    Pack,
    Table,
    decide_table,
    read_table,
)
from gishe.rights import packs
from gishe.rights.case_files import ABOUT, Block, NotReadable
from gishe.rights.cells import typed
from gishe.rights.doubts import by_route
from gishe.rights.reviews import YES_IN_DOUBT

PLACE = ("country", "region", "as_of")
ERROR = "error"
DoubtsOf: TypeAlias = Callable[[Pack], set[str]]
MOST_CASES = 20_000  # of a file that is held in memory as a whole


@dataclass(frozen=True, slots=True)
class Decided:
    """What the law answers to one row."""

    number: int
    name: str
    may_work: str = ERROR
    route: str | None = None
    problems: Sequence[BadFact] = ()
    in_doubt: Sequence[str] = ()  # rules of its route that lawyers of the city doubt

    def to_json(self) -> dict[str, Any]:
        about: dict[str, Any] = {"row": self.number}
        if self.name:
            about["id"] = self.name
        if self.problems:
            about["error"] = [str(problem) for problem in self.problems]
        else:
            about["may_work"], about["route"] = self.may_work, self.route
        if self.in_doubt:
            about["in_doubt"] = list(self.in_doubt)
        return about


def _no_doubts(pack: Pack) -> set[str]:
    return set()


def decide_blocks(
    blocks: Iterable[Block], today: date, doubts_of: DoubtsOf = _no_doubts
) -> Iterator[Decided]:
    """Every row's answer, in the order of the rows; a block at a time in memory.

    ``doubts_of``: the rules of a law that lawyers of the city doubt.
    """
    for block in blocks:
        yield from _decide(block, today, doubts_of)


def _decide(block: Block, today: date, doubts_of: DoubtsOf) -> Iterator[Decided]:
    names = block.names()
    found: dict[int, Decided] = {}
    groups = _groups(block)
    for place, rows in groups.items():
        decided = _group(place, block, rows, names, today, doubts_of)
        if len(groups) == 1:
            yield from decided
            return
        found |= dict(zip(rows, decided, strict=True))
    yield from (found[index] for index in range(block.size))


def _groups(block: Block) -> dict[tuple[str, ...], list[int]]:
    """The rows under each law and day."""
    told = [block.columns.get(name) or [None] * block.size for name in PLACE]
    if all(len(set(column)) == 1 for column in told):
        return {tuple(_text(column[0]) for column in told): list(range(block.size))}
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, place in enumerate(zip(*told, strict=True)):
        groups.setdefault(tuple(map(_text, place)), []).append(index)
    return groups


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _group(
    place: tuple[str, ...],
    block: Block,
    rows: list[int],
    names: list[str],
    today: date,
    doubts_of: DoubtsOf,
) -> Iterator[Decided]:
    """Rows under one law on one day."""
    country, region, as_of = place
    told = ""
    try:
        pack = packs.of_country(country, region)
        day = date.fromisoformat(as_of) if as_of else today
    except packs.NoSuchLaw as error:
        told, wrong = str(error), "country"
    except ValueError:
        told, wrong = f"{as_of!r} is not a date. Write it as 2026-06-11.", "as_of"
    if told:
        for index in rows:
            faults = [BadFact("", it) for it in block.faults.get(index, ())]
            problems = [*faults, BadFact(wrong, told)]
            yield Decided(block.first + index, names[index], problems=problems)
        return
    table = table_of(pack, block, rows)
    made = decide_table(pack, table, day)
    doubts = by_route(pack, doubts_of(pack))
    for at, index in enumerate(rows):
        number, name = block.first + index, names[index]
        if at in made.errors:
            yield Decided(number, name, problems=made.errors[at])
            continue
        may_work, route = made.may_work(at), made.route(at)
        doubted = doubts.get(route or "", ())
        if doubted and may_work == "yes":
            may_work = YES_IN_DOUBT
        yield Decided(number, name, may_work, route, in_doubt=doubted)


def table_of(pack: Pack, block: Block, rows: list[int] | None = None) -> Table:
    """Rows as a table of the pack's facts; what cannot be read is in its errors.

    A fact that this law does not know makes an error where a row has it.
    """
    rows = list(range(block.size)) if rows is None else rows
    cells = {
        name: column for name, column in block.columns.items() if name not in ABOUT
    }
    if len(rows) != block.size:
        cells = {name: [column[i] for i in rows] for name, column in cells.items()}
    known = {name: column for name, column in cells.items() if name in pack.facts}
    table = read_table(pack, typed(pack, known))
    table.size = len(rows)
    if len(rows) == block.size:
        _elsewhere({pack.country}, block.columns, table)
    for name in cells.keys() - known.keys():
        bad = BadFact(name, f"The law of {pack.country} has no such fact.")
        for at, cell in enumerate(cells[name]):
            if _text(cell):
                table.errors.setdefault(at, []).append(bad)
    if block.faults:
        for at, index in enumerate(rows):
            for told in block.faults.get(index, ()):
                table.errors.setdefault(at, []).insert(0, BadFact("", told))
    return table


def _elsewhere(
    countries: Collection[str],
    columns: Mapping[str, Sequence[object]],
    table: Table,
) -> None:
    """Rows of another country are no cases of this law."""
    for at, cell in enumerate(columns.get("country", ())):
        country = _text(cell).upper()
        if country and country not in countries:
            law = ", ".join(sorted(countries))
            told = f"This is the law of {law}, not of {country}."
            table.errors.setdefault(at, []).append(BadFact("country", told))


@dataclass(frozen=True)
class Cases:
    """All rows of a small file. ``broken``: what is wrong with those not readable."""

    block: Block
    names: list[str]
    broken: dict[int, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.block.size

    def table(self, pack: Pack, countries: Collection[str] = ()) -> Table:
        """The same for the engine; facts that this law does not know are left out.

        ``countries``: those whose people are meant; none named: the pack's own.
        """
        known = {n: c for n, c in self.block.columns.items() if n in pack.facts}
        table = read_table(pack, typed(pack, known))
        table.size = self.block.size
        _elsewhere(countries or {pack.country}, self.block.columns, table)
        for row, problems in table.errors.items():
            told = [str(problem) for problem in problems]
            kept = self.broken.setdefault(row, [])
            kept += [text for text in told if text not in kept]
        return table


def gathered(blocks: Iterable[Block]) -> Cases:
    """The blocks of a small file as one; rows without a name are named by their number.

    Raises NotReadable where there are none, or too many.
    """
    parts: list[Block] = []
    for block in blocks:
        parts.append(block)
        if sum(part.size for part in parts) > MOST_CASES:
            told = _(
                "The file has more than %(most)s cases. Split it, "
                "or use `gishe law diff`."
            )
            raise NotReadable(told % {"most": MOST_CASES})
    if not sum(part.size for part in parts):
        raise NotReadable(_("There is no case in the file."))
    columns = {
        name: [cell for part in parts for cell in part.columns[name]]
        for name in (parts[0].columns if parts else ())
    }
    faults = {part.first - 1 + i: t for part in parts for i, t in part.faults.items()}
    block = Block(1, sum(part.size for part in parts), columns, faults)
    named = enumerate(block.names(), start=1)
    names = [name or str(number) for number, name in named]
    return Cases(block, names, {row: list(wrong) for row, wrong in faults.items()})
