"""Which of the offered hours make the month, and what is still missing?

Two providers offer the same room at the same hour. One of them covers two languages:

>>> from datetime import date
>>> from gishe.core.planning import Offer, compose, conflicts
>>> wednesday = date(2026, 12, 2)
>>> law = Offer(
...     id="law", provider="A", service="legal advice", needs=frozenset({"legal"}),
...     languages=frozenset({"ar", "fa"}), date=wednesday,
...     starts=600, ends=720, room="1",
... )
>>> work = Offer(
...     id="work", provider="B", service="job advice", needs=frozenset({"work"}),
...     languages=frozenset({"uk"}), date=wednesday,
...     starts=660, ends=780, room="1",
... )
>>> [(c.first, c.second, c.code.value) for c in conflicts([work, law])]
[('law', 'work', 'room_taken')]
>>> month = compose([work, law])
>>> month.chosen
('law',)
>>> [(reason.code.value, reason.offers) for reason in month.left_out["work"]]
[('room_taken', ('law',)), ('others_cover_more', ('law',))]
>>> month.holes.by_need
{'legal': 13, 'work': 15}
"""

from gishe.core.planning._compose import Composition, compose
from gishe.core.planning._conflicts import Conflict, conflicts
from gishe.core.planning._cover import Holes, holes
from gishe.core.planning._offers import Offer, Premises
from gishe.core.planning._reasons import Code, Reason
from gishe.core.planning._score import Score, Weights

__all__ = [
    "Code",
    "Composition",
    "Conflict",
    "Holes",
    "Offer",
    "Premises",
    "Reason",
    "Score",
    "Weights",
    "compose",
    "conflicts",
    "holes",
]
