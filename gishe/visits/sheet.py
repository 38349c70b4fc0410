"""The day sheet: the contacts of one day in words, and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.directory import needs
from gishe.foundation import languages
from gishe.visits.actions import is_fresh
from gishe.visits.models import Contact
from gishe.visits.vocabulary import AGE_GROUPS, CHANNELS, COUNTRY_GROUPS, label

Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class Line:
    """One contact as a line of the sheet."""

    contact: Contact
    channel: str
    language: str
    needs: list[str]
    services: list[str]
    places: list[str]
    country_group: str
    age_group: str
    may_be_undone: bool = False

    @property
    def about(self) -> str:
        """What it was about and what was given, as the form repeats it."""
        return languages.joined(list(dict.fromkeys([*self.needs, *self.services])))


@dataclass(frozen=True)
class Totals:
    """What counts on this day. A contact with two needs counts under both."""

    contacts: int
    undone: int
    needs: Counts
    languages: Counts
    services: Counts
    channels: Counts


def line(contact: Contact, may_be_undone: bool = False) -> Line:
    """A contact in the reader's words; wants ``queries.with_answers``."""
    return Line(
        contact=contact,
        channel=label(CHANNELS, contact.channel),
        language=languages.name(contact.language),
        needs=[needs.label(row.need) for row in contact.needs.all()],
        services=[str(row.service_name) for row in contact.services.all()],
        places=[str(row.place_name) for row in contact.referrals.all()],
        country_group=label(COUNTRY_GROUPS, contact.country_group),
        age_group=label(AGE_GROUPS, contact.age_group),
        may_be_undone=may_be_undone,
    )


def lines(contacts: Iterable[Contact], reader: User, now: datetime) -> list[Line]:
    """The lines this reader may see, each with whether he may take it back."""
    everybodys = reader.may(Right.OPEN_ROWS)
    corrects = reader.may(Right.CORRECT_CONTACTS)
    return [
        line(it, it.undone_at is None and (corrects or is_fresh(it, reader, now)))
        for it in contacts
        if everybodys or it.logged_by == reader
    ]


def totals(contacts: Sequence[Contact]) -> Totals:
    """The sums of one day, undone contacts left out."""
    counted = [line(contact) for contact in contacts if contact.undone_at is None]
    return Totals(
        contacts=len(counted),
        undone=len(contacts) - len(counted),
        needs=_counts(word for it in counted for word in it.needs),
        languages=_counts(it.language for it in counted),
        services=_counts(word for it in counted for word in it.services),
        channels=_counts(it.channel for it in counted),
    )


def _counts(words: Iterable[str]) -> Counts:
    return sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))
