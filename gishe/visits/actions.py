"""Writing the contact log."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.directory.models import Organization, Service
from gishe.foundation import audit
from gishe.foundation.translated import Translated
from gishe.visits import queries
from gishe.visits.models import Contact, ContactNeed, ContactReferral, ContactService

# How long whoever logged a contact may take it back, without a reason.
UNDO_FOR = timedelta(minutes=10)
# How far back a contact may lie that was written on paper first.
LATE_ENTRY_FOR = timedelta(days=14)


class AlreadyLogged(Exception):
    """This form made a contact before, and now says something else."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(f"{contact} was already logged with other answers.")
        self.contact = contact


class NotThen(Exception):
    """A contact lies in the future, or further back than may be entered late."""


class CannotUndo(Exception):
    """The contact was undone before, or it is too late and no reason was given."""


@dataclass(frozen=True)
class Place:
    """Where somebody is sent: a service, an organization, or a place only named."""

    name: Translated
    service: Service | None = None
    organization: Organization | None = None


@dataclass(frozen=True)
class Entry:
    """One contact as it is going to be written."""

    reference: UUID
    at: datetime
    channel: str
    language: str
    needs: Collection[str]
    by: User
    services: Sequence[Service] = ()
    referrals: Sequence[Place] = ()
    country_group: str = ""
    age_group: str = ""
    with_interpreter: bool = False
    is_demo: bool = False


def is_future(at: datetime, now: datetime) -> bool:
    """Whether ``at`` has not come yet."""
    return at > now


def is_too_late(at: datetime, now: datetime) -> bool:
    """Whether ``at`` lies further back than contacts may be entered."""
    return at < now - LATE_ENTRY_FOR


def is_fresh(contact: Contact, user: User, now: datetime) -> bool:
    """Whether ``user`` logged this contact in the last ten minutes."""
    return contact.logged_by_id == user.id and contact.logged_at > now - UNDO_FOR


def log_contact(
    *,
    reference: UUID,
    at: datetime,
    channel: str,
    language: str,
    needs: Collection[str],
    by: User,
    now: datetime,
    services: Sequence[Service] = (),
    referrals: Sequence[Place] = (),
    country_group: str = "",
    age_group: str = "",
    with_interpreter: bool = False,
) -> Contact:
    """Log one contact, once: the same form sent again returns the same contact.

    Raises ``NotThen`` for a time outside the last 14 days, ``AlreadyLogged`` when the
    reference belongs to a contact with other answers, ``ValueError`` without a need.
    """
    if is_future(at, now) or is_too_late(at, now):
        raise NotThen(f"{at} is not within the {LATE_ENTRY_FOR.days} days to {now}.")
    if not needs:
        raise ValueError("A contact is about at least one need.")
    entry = Entry(
        reference=reference,
        at=at,
        channel=channel,
        language=language,
        needs=needs,
        by=by,
        services=services,
        referrals=referrals,
        country_group=country_group,
        age_group=age_group,
        with_interpreter=with_interpreter,
    )
    try:
        return _log(entry, now)
    except IntegrityError:
        # Nearly every form arrives once, so the row is looked for only afterwards.
        logged = queries.with_answers().filter(id=reference).first()
        if logged is None:
            raise
    if logged.logged_by_id != by.id or _answers(logged) != _said(entry):
        raise AlreadyLogged(logged)
    return logged


@transaction.atomic
def _log(entry: Entry, now: datetime) -> Contact:
    [contact] = _write([entry], now)
    audit.record(
        "contact.logged",
        target="visits.Contact",
        reference=contact.id,
        by=entry.by,
        at=now,
        needs=sorted(entry.needs),
        services=len(entry.services),
        referrals=len(entry.referrals),
    )
    return contact


@transaction.atomic
def log_many(
    *, entries: Iterable[Entry], by: User | None, at: datetime
) -> list[Contact]:
    """Write many contacts at once, with one event in the audit trail for all of them.

    For demo cities and imports: each counts as logged when it took place, and the
    limit for late entries does not hold.
    """
    written = _write(list(entries), None)
    audit.record(
        "contacts.logged",
        target="visits.Contact",
        reference=None,
        by=by,
        at=at,
        contacts=len(written),
    )
    return written


def _write(entries: list[Entry], now: datetime | None) -> list[Contact]:
    contacts = [
        Contact(
            id=entry.reference,
            at=entry.at,
            channel=entry.channel,
            language=entry.language,
            with_interpreter=entry.with_interpreter,
            country_group=entry.country_group,
            age_group=entry.age_group,
            is_demo=entry.is_demo,
            logged_by=entry.by,
            logged_at=now or entry.at,
        )
        for entry in entries
    ]
    both = list(zip(entries, contacts, strict=True))
    Contact.objects.bulk_create(contacts, batch_size=500)
    ContactNeed.objects.bulk_create(
        [
            ContactNeed(contact=contact, need=need)
            for entry, contact in both
            for need in dict.fromkeys(entry.needs)
        ],
        batch_size=500,
    )
    ContactService.objects.bulk_create(
        [
            ContactService(contact=contact, service=it, service_name=it.name)
            for entry, contact in both
            for it in entry.services
        ],
        batch_size=500,
    )
    ContactReferral.objects.bulk_create(
        [
            ContactReferral(
                contact=contact,
                service=place.service,
                organization=place.organization,
                place_name=place.name,
            )
            for entry, contact in both
            for place in entry.referrals
        ],
        batch_size=500,
    )
    return contacts


def _answers(contact: Contact) -> tuple[object, ...]:
    return (
        contact.channel,
        contact.language,
        contact.country_group,
        contact.age_group,
        contact.with_interpreter,
        {row.need for row in contact.needs.all()},
        {row.service_id for row in contact.services.all()},
        {
            row.service_id or row.organization_id or str(row.place_name)
            for row in contact.referrals.all()
        },
    )


def _said(entry: Entry) -> tuple[object, ...]:
    places = [place.service or place.organization for place in entry.referrals]
    return (
        entry.channel,
        entry.language,
        entry.country_group,
        entry.age_group,
        entry.with_interpreter,
        set(entry.needs),
        {service.id for service in entry.services},
        {
            card.id if card else str(place.name)
            for card, place in zip(places, entry.referrals, strict=True)
        },
    )


@transaction.atomic
def undo_contact(
    *, contact: Contact, by: User, at: datetime, reason: str = ""
) -> Contact:
    """Take a contact back; from now on it does not count. The row stays.

    Whoever logged it may do so for ten minutes. Afterwards it takes the right to
    correct the log, and a reason, which stands in the audit trail. Raises
    ``CannotUndo`` otherwise, and when somebody was quicker.
    """
    rows = Contact.objects.filter(id=contact.id, undone_at=None)
    if not by.may(Right.CORRECT_CONTACTS) or not reason:
        rows = rows.filter(logged_by=by, logged_at__gt=at - UNDO_FOR)
    if not rows.update(undone_at=at, undone_by=by):
        raise CannotUndo(f"{contact} cannot be undone by {by} now.")
    audit.record(
        "contact.undone",
        target="visits.Contact",
        reference=contact.id,
        by=by,
        at=at,
        reason=reason,
    )
    contact.refresh_from_db()
    return contact
