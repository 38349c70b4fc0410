"""Links by which a provider confirms a card without an account."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from gishe.directory.models import Service

SALT = "directory.confirm"
LASTS = 60 * 24 * 3600  # seconds: 60 days


class DeadLink(Exception):
    """The link is too old, or was never ours."""


def confirm_url(service: Service) -> str:
    """The path of a page where "still true?" is answered by whoever has the link."""
    token = signing.dumps(str(service.pk), salt=SALT)
    return reverse("directory:confirm", args=[token])


def service_named_by(token: str) -> UUID:
    """The id of the service that a link is about; ``DeadLink`` if it is no good."""
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise DeadLink from error
