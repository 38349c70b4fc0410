"""The cells of a table as values of the law's facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isfinite
from typing import Any

from gishe.core.rules import Pack

TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


def typed(
    pack: Pack, columns: Mapping[str, Sequence[object]]
) -> dict[str, list[object]]:
    """Cells as values of the facts; what a cell cannot be, the core refuses."""
    found: dict[str, list[object]] = {}
    for name, column in columns.items():
        read = _Read(pack.facts[name])
        found[name] = [
            read[cell] if isinstance(cell, str) else _plain(cell) for cell in column
        ]
    return found


def _plain(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime) else cell


class _Read(dict[str, object]):
    """The values of texts, each read once."""

    def __init__(self, fact: Any) -> None:
        super().__init__()
        self.fact = fact

    def __missing__(self, cell: str) -> object:
        value = self[cell] = _value(self.fact, cell.strip())
        return value


def _value(fact: Any, text: str) -> object:
    if not text:
        return None
    match fact.type:
        case "bool":
            word = text.casefold()
            return True if word in TRUE else False if word in FALSE else text
        case "integer" | "number":
            return _number(text)
        case "country":
            codes = [code.upper() for code in _parts(text)]
            return codes if fact.many or len(codes) > 1 else text.upper()
        case "children":
            return [{"age": _number(age)} for age in _parts(text)]
    return text


def _parts(text: str) -> list[str]:
    """What stands with blanks, semicolons or bars between."""
    return text.replace(";", " ").replace("|", " ").split()


def _number(text: str) -> int | float | str:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    if not isfinite(value):
        return text
    return int(value) if value.is_integer() else value
