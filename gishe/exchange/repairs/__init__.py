"""Reading cells: what is certain is mended and told, what is not is refused.

Every reader takes a cell that is not empty and gives the value with the code of the
repair, or None where the cell was as it should be. It raises :class:`Unreadable`
where the meaning is not certain. The codes are those of :mod:`gishe.exchange.reasons`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from gishe.exchange.repairs import numbers, text, times, words
from gishe.exchange.repairs.errors import Unreadable

Reader = Callable[[str], tuple[Any, str | None]]

READERS: Mapping[str, Reader] = {
    "line": text.line,
    "text": text.text,
    "url": text.url,
    "email": text.email,
    "integer": numbers.integer,
    "number": numbers.number,
    "latitude": numbers.latitude,
    "longitude": numbers.longitude,
    "date": numbers.day,
    "moment": numbers.moment,
    "time": times.opening,
    "closing": times.closing,
    "byday": times.byday,
    "freq": words.freq,
    "status": words.status,
    "location_type": words.location_type,
    "language": words.language,
    "phone": text.line,
    "link": text.line,
}
# Where a wrong cell makes the whole row misleading, the row is refused.
FATAL = frozenset({"time", "closing", "byday", "freq", "status"})

__all__ = ["FATAL", "READERS", "Reader", "Unreadable"]
