"""References: UUID version 7 (RFC 9562), which sort in the order they were made.

A reference is the primary key of its row and the name of that row in addresses:
it exists before the row does, so a form that is sent twice makes one row.
"""

from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat
from django.db import models


def new_reference() -> UUID:
    """A new reference, later than every one made before it in this process."""
    return uuid_utils.compat.uuid7()


def made_at(reference: UUID) -> datetime:
    """When a version 7 reference was made, to the millisecond."""
    return datetime.fromtimestamp((reference.int >> 80) / 1000, tz=UTC)


class Referenced(models.Model):
    """A row whose primary key is its reference."""

    id = models.UUIDField(primary_key=True, default=new_reference, editable=False)

    class Meta:
        abstract = True
