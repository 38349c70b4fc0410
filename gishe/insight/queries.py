"""Reading feedback and published figures."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from gishe.insight import suppression
from gishe.insight.models import Feedback, PublishedFigure
from gishe.insight.periods import Period, State
from gishe.visits.models import Contact

SCORES = (5, 4, 3, 2, 1)


def with_words() -> QuerySet[Feedback]:
    """Feedback that says something in words or asks for an answer, the latest first."""
    told = Q(words__isnull=False) | Q(answer_to__isnull=False)
    return Feedback.objects.filter(told).order_by("-given_at", "-id")


def given_lately(now: datetime) -> int:
    """How many pieces of feedback came in the last minute."""
    minute = now - timedelta(minutes=1)
    return Feedback.objects.filter(given_at__gt=minute, given_at__lte=now).count()


def published_figures(period: Period | None = None) -> QuerySet[PublishedFigure]:
    """Figures published about a period, or all of them, in the order of time."""
    rows = PublishedFigure.objects.order_by("first_month", "last_month", "code")
    if period is None:
        return rows
    return rows.filter(
        first_month__lte=period.last_day, last_month__gte=period.first_day
    )


def with_answers(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Contacts with their needs, services and referrals, the latest first."""
    return rows.prefetch_related("needs", "services", "referrals").order_by(
        "-at", "-id"
    )


@dataclass(frozen=True)
class Satisfaction:
    """The answers to one question in a period, as they may be published."""

    question: str
    counts: tuple[int, ...]  # from 5 down to 1

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.n >= suppression.THRESHOLD

    @property
    def mean(self) -> float:
        """The mean, to one decimal place."""
        points = sum(
            score * count for score, count in zip(SCORES, self.counts, strict=True)
        )
        return round(points / self.n, 1)

    @property
    def distribution(self) -> list[tuple[int, int]] | None:
        """How many gave each score; None as soon as one of them is a small number.

        Beside the mean, hiding single scores would not protect them: the mean is one
        more equation. So the distribution is shown whole or not at all.
        """
        if any(suppression.is_small(count) for count in self.counts):
            return None
        return list(zip(SCORES, self.counts, strict=True))


def satisfaction(period: Period, now: datetime) -> list[Satisfaction]:
    """What is published of the scores: final months with at least five answers.

    A year is the sum of its months that are published, so that it tells nothing
    about the ones that are not.
    """
    found = []
    for question in ("service_score", "staff_score"):
        months = [
            Satisfaction(question, _scores(question, month))
            for month in period.months
            if month.state(now) is State.CLOSED
        ]
        shown = [month.counts for month in months if month.is_shown]
        if shown:
            counts = tuple(map(sum, zip(*shown, strict=True)))
            found.append(Satisfaction(question, counts))
    return found


def _scores(question: str, period: Period) -> tuple[int, ...]:
    rows = Feedback.objects.filter(given_at__gte=period.start, given_at__lt=period.end)
    given = Counter(rows.order_by().values_list(question, flat=True))
    return tuple(given[score] for score in SCORES)
