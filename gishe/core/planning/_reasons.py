"""Why is an offer not in the programme? Codes that a page turns into words."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What stands against an offer.

    The first six forbid it. The next five say why those in its place were
    preferred, or that they were not. The last one says that nothing forbids it.
    """

    CLOSED_DAY = "closed_day"
    """There is no programme on this date."""
    OUTSIDE_OPENING_HOURS = "outside_opening_hours"
    """The doors are not open during the whole of these hours."""
    ROOM_UNKNOWN = "room_unknown"
    """The room is not among the rooms."""
    ROOM_TAKEN = "room_taken"
    """These offers of the programme are in the room at the time."""
    PERSON_TWICE = "person_twice"
    """The person works these offers of the programme at the time."""
    SAME_SERVICE_SAME_HOUR = "same_service_same_hour"
    """These offers of the programme give the same service at the time."""

    OTHERS_COVER_MORE = "others_cover_more"
    """In place of these offers it would leave less covered."""
    PROVIDER_ALREADY_HAS_MORE = "provider_already_has_more"
    """Its provider has a larger share of the hours it asked for than a provider of
    these offers would keep; giving way would make the shares less fair."""
    LESS_FAIR = "less_fair"
    """In place of these offers it would make the shares less fair."""
    KEEPS_RULE_WHOLE = "keeps_rule_whole"
    """In place of these offers it would break a weekly rule that is whole."""
    EQUALLY_GOOD = "equally_good"
    """In place of these offers it would do just as well: a tie."""

    ADDS_NO_COVER = "adds_no_cover"
    """It fits, but these offers of the programme cover all that it would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that stands against an offer: a code, and what it is about.

    ``offers`` are ids of offers in the programme; ``room`` and ``date`` are set
    where the code is about a room or a date.
    """

    code: Code
    offers: tuple[str, ...] = ()
    room: str | None = None
    date: datetime.date | None = None
