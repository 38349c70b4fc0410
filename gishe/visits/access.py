"""The doors to one contact. Not yours and not there look the same: 404."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.visits import queries
from gishe.visits.models import Contact


def just_logged(user: User, reference: str) -> Contact | None:
    """The contact that this user logged last, as the form shows it; else nothing."""
    try:
        wanted = UUID(reference)
    except ValueError:
        return None
    mine = queries.with_answers().filter(logged_by=user, undone_at=None)
    return mine.filter(id=wanted).first()


def contact_to_undo(user: User, reference: UUID) -> Contact:
    """A contact that counts: one's own, or any for those who correct the log."""
    contacts = queries.with_answers().filter(id=reference, undone_at=None)
    if not user.may(Right.CORRECT_CONTACTS):
        contacts = contacts.filter(logged_by=user)
    contact = contacts.first()
    if contact is None:
        raise Http404
    return contact


def sees_all_rows(user: User) -> bool:
    """Whether the day sheet shows everybody's contacts, or one's own and the totals."""
    return user.may(Right.OPEN_ROWS)


def day_to_read(day: date, now: datetime) -> date:
    """A day that has come."""
    if day > timezone.localdate(now):
        raise Http404
    return day
