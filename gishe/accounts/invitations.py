"""Links that let somebody in for the first time, or anew: signed, for seven days.

A link names the account and a fingerprint of what the account looks like now. Using
it changes the account, so it works once; a newer link does not make an older one
longer-lived. Nothing is stored, and nothing can be guessed.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from gishe.accounts.models import User

SALT = "gishe.accounts.invitation"
LIFETIME = timedelta(days=7)


def _fingerprint(user: User) -> str:
    said = f"{user.pk}|{user.email}|{user.password}|{user.is_active}|{user.joined_at}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def token_for(user: User, *, at: datetime) -> str:
    """The last part of the link to hand over."""
    until = int((at + LIFETIME).timestamp())
    return signing.dumps([str(user.pk), until, _fingerprint(user)], salt=SALT)


def invited(token: str, *, at: datetime) -> User | None:
    """The account that a link lets in, unless the link is used up, old or forged."""
    try:
        reference, until, fingerprint = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=UUID(reference), is_active=True).first()
    if user is None or user.is_demo or at.timestamp() >= until:
        return None
    return user if fingerprint == _fingerprint(user) else None
