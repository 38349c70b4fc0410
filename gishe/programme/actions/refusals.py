"""What refusals have in common, and how this room writes to the audit trail."""

from datetime import datetime
from typing import Any

from gishe.accounts.models import User
from gishe.foundation import audit
from gishe.programme.models import ClosedDay, HouseRoom, Month, Notice, Offer, Slot


class Refused(Exception):
    """Not done, and nothing changed; the message says why, in the reader's words."""


class OfferRefused(Refused):
    """The hours cannot be offered as they are."""


class MonthMoved(Refused):
    """Somebody else changed the month meanwhile."""


class NotAgreed(Refused):
    """Only an agreed month is published."""


class ConflictsLeft(Refused):
    """A room or a person is in two places at once."""


class NoticeRefused(Refused):
    """The notice says nothing, or its days are in the wrong order."""


class HouseRefused(Refused):
    """The hours, the day or the room cannot be as they were given."""


class HouseMoved(Refused):
    """Somebody else changed the same thing meanwhile."""


def record(
    verb: str,
    row: Offer | Slot | Month | Notice | ClosedDay | HouseRoom,
    by: User | None,
    at: datetime,
    **detail: Any,
) -> None:
    target = row._meta.label
    audit.record(verb, target=target, reference=row.id, by=by, at=at, **detail)
