"""Writing: who comes to work here, in which role, and until when."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from gishe.accounts.models import StaffSession, User
from gishe.accounts.roles import LENT_IN_STAFF_SESSION, Role
from gishe.foundation import audit

STAFF_SESSION = timedelta(minutes=30)
# The invented people of tests, documents and the demo city.
CAST = {
    "Jonas": Role.ADVISER,
    "Clara": Role.PROVIDER,
    "Ines": Role.COORDINATOR,
    "Otto": Role.RECEPTION,
    "Sofie": Role.FUNDER,
    "Ada": Role.ADMINISTRATOR,
}


class EmailTaken(Exception):
    """Somebody with this e-mail address has an account already."""


class LastAdministrator(Exception):
    """Without this person nobody could look after accounts."""


class NotOneself(Exception):
    """Nobody closes his own account or changes his own role."""


class ChangedMeanwhile(Exception):
    """Somebody else was quicker; the account stands differently now."""


def _tell(verb: str, user: User, *, by: User | None, at: datetime, **more: Any) -> None:
    audit.record(verb, target="accounts.User", reference=user.pk, by=by, at=at, **more)


@transaction.atomic
def invite(
    *, reference: UUID, email: str, name: str, role: Role, by: User | None, at: datetime
) -> User:
    """Make an account; the link to it is then made by ``invitations.token_for``.

    The same ``reference`` again returns the same account. Raises :class:`EmailTaken`.
    """
    email = email.strip().lower()
    found = User.objects.filter(pk=reference, email=email).first()
    if found:
        return found
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, id=reference, name=name, role=role)
    except IntegrityError as error:
        raise EmailTaken(email) from error
    _tell("user.invited", user, by=by, at=at, given_role=role.value)
    return user


def record_link(*, user: User, by: User, at: datetime) -> None:
    """Somebody asked for a link that lets this person in anew."""
    _tell("user.link_made", user, by=by, at=at)


@transaction.atomic
def accept_invitation(*, user: User, name: str, password: str, at: datetime) -> User:
    """The invited person chooses a name and a password.

    Second factors of before are forgotten: a link is also given to those who lost
    their telephone.
    """
    user.name, user.joined_at = name, at
    user.set_password(password)
    user.save(update_fields=["name", "joined_at", "password"])
    Authenticator.objects.filter(user_id=user.pk).delete()
    _tell("user.joined", user, by=user, at=at)
    return user


def record_sign_in(*, user: User, at: datetime) -> None:
    """Somebody came in."""
    _tell("user.signed_in", user, by=user, at=at)


def _is_last_administrator(user: User) -> bool:
    administrators = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return not administrators.exclude(pk=user.pk).exists()


@transaction.atomic
def change_role(*, user: User, was: Role, role: Role, by: User, at: datetime) -> User:
    """Give somebody another role, if it is still ``was``.

    The event is written first: its lock lets one change through at a time, so that
    two administrators cannot take the last place from one another.
    """
    if user.pk == by.pk:
        raise NotOneself
    if was == role:
        return user
    _tell("user.role_changed", user, by=by, at=at, was=was.value, becomes=role.value)
    if was == Role.ADMINISTRATOR and _is_last_administrator(user):
        raise LastAdministrator
    if not User.objects.filter(pk=user.pk, role=was).update(role=role):
        raise ChangedMeanwhile
    user.refresh_from_db()
    return user


@transaction.atomic
def close_account(*, user: User, by: User, at: datetime) -> User:
    """Let somebody in no more, from this moment on. Closing twice changes nothing."""
    if user.pk == by.pk:
        raise NotOneself
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        return user
    _tell("user.closed", user, by=by, at=at)
    if user.role == Role.ADMINISTRATOR and _is_last_administrator(user):
        raise LastAdministrator
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    return user


@transaction.atomic
def reopen_account(*, user: User, by: User, at: datetime) -> User:
    """Let somebody in again."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        _tell("user.reopened", user, by=by, at=at)
    user.refresh_from_db()
    return user


def _tell_session(verb: str, session: StaffSession, at: datetime) -> None:
    audit.record(
        verb,
        target="accounts.StaffSession",
        reference=session.pk,
        by=session.user,
        at=at,
        purpose=session.reason[:200],
        until=session.ends_at.isoformat(),
    )


@transaction.atomic
def open_staff_session(
    *, reference: UUID, user: User, reason: str, at: datetime
) -> StaffSession:
    """Open the data to an administrator for half an hour, for a stated reason.

    While one is open, opening another returns the open one.
    """
    for old in StaffSession.objects.filter(user=user, closed_at=None, ends_at__lte=at):
        expire_staff_session(session=old, at=at)
    session, is_new = StaffSession.objects.get_or_create(
        user=user,
        closed_at=None,
        defaults={
            "id": reference,
            "reason": reason,
            "started_at": at,
            "ends_at": at + STAFF_SESSION,
        },
    )
    if is_new:
        _tell_session("staff_session.opened", session, at)
    return session


def _close(session: StaffSession, closed_at: datetime) -> bool:
    rows = StaffSession.objects.filter(pk=session.pk, closed_at=None)
    return bool(rows.update(closed_at=closed_at))


@transaction.atomic
def end_staff_session(*, session: StaffSession, at: datetime) -> None:
    """End it by hand, before its time."""
    if _close(session, at):
        _tell_session("staff_session.ended", session, at)


@transaction.atomic
def expire_staff_session(*, session: StaffSession, at: datetime) -> None:
    """Its time has run out; the trail learns it when somebody next looks."""
    if _close(session, session.ends_at):
        _tell_session("staff_session.expired", session, at)


def lend_rights(*, user: User, session: StaffSession | None, at: datetime) -> bool:
    """Let an open session lend its rights to this request's user; whether it does."""
    if session is None:
        return False
    if not session.is_open(at):
        expire_staff_session(session=session, at=at)
        return False
    user.lent = LENT_IN_STAFF_SESSION
    return True


@transaction.atomic
def make_demo_cast(*, at: datetime) -> dict[str, User]:
    """The six invented people of the demo city, by name; puts them right if changed."""
    cast = {}
    for name, role in CAST.items():
        cast[name], _ = User.objects.update_or_create(
            email=f"{name.lower()}@demo.example",
            defaults={"name": name, "role": role, "is_demo": True, "is_active": True},
            create_defaults={
                "name": name,
                "role": role,
                "is_demo": True,
                "joined_at": at,
                "password": "!",  # nobody can sign in with a password
            },
        )
    return cast
