"""Writing: feedback comes in; whoever reads rows or words leaves a trace."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gishe.accounts.models import User
from gishe.foundation import audit
from gishe.insight import queries
from gishe.insight.models import Feedback

# More than a desk can bring in a minute: above it, somebody is playing.
MOST_A_MINUTE = 30


class TooManyAtOnce(Exception):
    """More feedback came in the last minute than people can write."""


@transaction.atomic
def give_feedback(
    *,
    reference: UUID,
    at: datetime,
    language: str,
    service_score: int | None = None,
    staff_score: int | None = None,
    words: str = "",
    answer_to: str = "",
    is_demo: bool = False,
) -> Feedback:
    """Keep one piece of feedback; the same form sent again changes nothing.

    The limit holds for everybody together: limits by address would keep addresses,
    and everybody at the desk comes from the same one. Raises ``TooManyAtOnce``.
    """
    known = Feedback.objects.filter(id=reference).first()
    if known is not None:
        return known
    if queries.given_lately(at) >= MOST_A_MINUTE:
        raise TooManyAtOnce
    try:
        with transaction.atomic():
            row = Feedback.objects.create(
                id=reference,
                given_at=at,
                language=language,
                service_score=service_score,
                staff_score=staff_score,
                words=words or None,
                answer_to=answer_to or None,
                is_demo=is_demo,
            )
    except IntegrityError:
        return Feedback.objects.get(id=reference)  # the same form, at the same time
    audit.record(
        "feedback.given",
        target="insight.Feedback",
        reference=reference,
        by=None,
        at=at,
    )
    return row


@transaction.atomic
def read_feedback(*, rows: Iterable[Feedback], by: User, at: datetime) -> None:
    """Note that somebody read the words of these rows, one event for each."""
    for row in rows:
        audit.record(
            "feedback.read",
            target="insight.Feedback",
            reference=row.id,
            by=by,
            at=at,
            purpose="Read what people say about the counter",
        )


def open_rows(*, number: dict[str, str], page: int, by: User, at: datetime) -> None:
    """Note that somebody opened the rows behind a number."""
    audit.record(
        "contacts.opened",
        target="visits.Contact",
        reference=None,
        by=by,
        at=at,
        purpose="Check a published number",
        number=number,
        page=page,
    )
