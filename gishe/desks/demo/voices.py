"""Invented feedback, spread over the last months, and the figures once published."""

from datetime import datetime, timedelta

from gishe.desks.demo.content import read, reference
from gishe.insight import figures
from gishe.insight.actions import give_feedback
from gishe.insight.models import Feedback

EVERY = timedelta(days=2, hours=5)


def write(at: datetime) -> None:
    """Feedback that is not there yet; the published figures with their sources."""
    figures.seed(at=at)
    if Feedback.objects.filter(is_demo=True).exists():
        return
    for number, row in enumerate(read("feedback")):
        give_feedback(
            reference=reference("feedback", number),
            at=at - EVERY * (number + 1),
            language=row["language"],
            service_score=row["service"],
            staff_score=row["staff"],
            words=row["words"],
            is_demo=True,
        )
