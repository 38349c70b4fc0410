"""Reading: who works here."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from gishe.accounts.models import StaffSession, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def people() -> QuerySet[User]:
    """Everybody with an account, open ones first; says who has a second factor."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return User.objects.annotate(is_protected=Exists(factors)).order_by(
        "-is_active", "name", "email"
    )


def has_second_factor(user: User) -> bool:
    """Whether an app or a passkey was set up; recovery codes alone do not count."""
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
    return bool(factors.exists())


def unclosed_staff_session(user: User) -> StaffSession | None:
    """The session that was opened and not closed; its time may have run out."""
    return (
        StaffSession.objects.filter(user=user, closed_at=None)
        .order_by("-started_at")
        .first()
    )


def demo_cast() -> QuerySet[User]:
    """The invented people whom the demo's sign-in page offers."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")
