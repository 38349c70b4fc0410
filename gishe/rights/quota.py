"""How many workers from outside the EU may an employer still hire?

A pack that has such a limit writes it as two numbers of its law, ``quota_pct`` and
``quota_sme_pct``. The share is counted against the average staff of the last twelve
months, which a new contract does not change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import floor

from gishe.core.rules import Citation, Pack, Verification
from gishe.foundation import languages

SMALL, LARGE = "sme", "large"
LIMITS = {SMALL: "quota_sme_pct", LARGE: "quota_pct"}


@dataclass(frozen=True)
class Limit:
    """The largest share in percent, where it stands, and how well that is verified."""

    percent: float
    citation: tuple[Citation, ...]
    verified: Verification


@dataclass(frozen=True)
class Quota:
    """The limit applied to one employer."""

    limit: Limit
    staff: float  # on average, so seldom a whole number
    foreign: int

    @property
    def share(self) -> float:
        """The share now, in percent with one decimal."""
        return round(100 * self.foreign / self.staff, 1) if self.staff else 0.0

    @property
    def percent(self) -> str:
        return f"{languages.number(self.limit.percent)} %"

    @property
    def share_text(self) -> str:
        return f"{languages.number(self.share)} %"

    @property
    def most(self) -> int:
        """The largest number of workers from outside the EU."""
        return floor(self.staff * self.limit.percent / 100 + 1e-9)

    @property
    def left(self) -> int:
        """How many more may be hired; 0 where the limit is reached or passed."""
        return max(0, self.most - self.foreign)

    @property
    def over(self) -> int:
        """By how many the limit is passed."""
        return max(0, self.foreign - self.most)


def limit_on(pack: Pack, size: str, day: date) -> Limit | None:
    """The limit for a small or large employer; None where nobody verified one."""
    parameter = pack.parameters.get(LIMITS.get(size, ""))
    dated = parameter.on(day) if parameter else None
    if dated is None or dated.value is None:
        return None
    if not dated.head.verified.vouches(day):
        return None
    return Limit(dated.value, dated.head.cites, dated.head.verified)


def quota(pack: Pack, size: str, staff: float, foreign: int, day: date) -> Quota | None:
    """The limit applied to one employer; None where the law has none."""
    limit = limit_on(pack, size, day)
    return Quota(limit, staff, foreign) if limit else None


def warnings(pack: Pack, day: date) -> list[Mapping[str, str]]:
    """What the law warns of about the limit itself, whoever is hired."""
    return [
        warning.head.text
        for warning in pack.warnings
        if warning.head.name.startswith("quota_bill") and warning.head.in_force(day)
    ]
