"""Writing and checking the audit trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gishe.foundation.models import AuditEvent, AuditHead


class Actor(Protocol):
    """Whoever acts: a user with a reference and a role."""

    id: UUID
    role: str


@transaction.atomic
def record(
    verb: str,
    *,
    target: str,
    reference: UUID | None,
    by: Actor | None,
    at: datetime,
    purpose: str = "",
    **detail: Any,
) -> AuditEvent:
    """Append one event to the trail, in the transaction of what it tells about.

    ``verb`` is dotted and past tense (``contact.logged``); a read of personal data
    is an event too (``feedback.read``) and gives its ``purpose``. ``detail`` must be
    JSON, and hold no personal data: the trail is kept longer than the case.
    """
    AuditHead.objects.get_or_create(id=1)
    AuditHead.objects.filter(id=1).update(sequence=F("sequence") + 1)
    head = AuditHead.objects.get(id=1)
    event = AuditEvent(
        sequence=head.sequence,
        at=at,
        by=by.id if by else None,
        role=by.role if by else "",
        verb=verb,
        target=target,
        reference=reference,
        purpose=purpose,
        detail=detail,
        previous=head.digest,
    )
    event.digest = event.computed_digest()
    event.save(force_insert=True)
    AuditHead.objects.filter(id=1).update(digest=event.digest)
    return event


@dataclass(frozen=True)
class Fault:
    """Where the trail does not hold: ``changed``, ``missing`` or ``cut``."""

    sequence: int
    kind: str


def faults() -> Iterator[Fault]:
    """Every place where an event was changed or is missing, in order."""
    head = AuditHead.objects.filter(id=1).first() or AuditHead()
    digest, expected = "0" * 64, 1
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=1000):
        while expected < event.sequence:
            yield Fault(expected, "missing")
            expected, digest = expected + 1, event.previous
        if event.previous != digest or event.digest != event.computed_digest():
            yield Fault(event.sequence, "changed")
        digest, expected = event.digest, event.sequence + 1
    if expected <= head.sequence or digest != head.digest:
        yield Fault(expected, "cut")
