"""The audit trail: who did what to which record. Append-only, chained by hashes."""

import hashlib
import json
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models


class AppendOnly(models.QuerySet["AuditEvent"]):
    """Rows may be added and read, never changed or removed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("The audit trail is append-only.")

    def delete(self) -> NoReturn:
        raise PermissionDenied("The audit trail is append-only.")


class AuditEvent(models.Model):
    """One thing done or read. Names its target without a key, and outlives it."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # the user's reference; none for the public
    role = models.CharField(max_length=32, blank=True)
    verb = models.CharField(max_length=64)  # "contact.logged"
    target = models.CharField(max_length=64)  # "visits.Contact"
    reference = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["target", "reference"], name="audit_by_target"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.target} {self.reference}"

    def computed_digest(self) -> str:
        """SHA-256 over the event before it and all that this event says."""
        said = [
            self.previous,
            self.sequence,
            self.at.astimezone(tz=None).timestamp(),
            str(self.by) if self.by else None,
            self.role,
            self.verb,
            self.target,
            str(self.reference) if self.reference else None,
            self.purpose,
            self.detail,
        ]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class AuditHead(models.Model):
    """The end of the chain: how many events there are, and the digest of the last.

    One row. Whoever appends updates it first and so waits for its turn; a trail
    that was cut at its end no longer agrees with it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"
