"""What every row of the directory carries: where it came from, what changed here."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gishe.foundation.constraints import both_or_neither
from gishe.foundation.references import Referenced


class Row(Referenced):
    """A row that may have come from another directory, and is known there by an id."""

    source_name = models.CharField(max_length=100, blank=True)  # "ilao"
    source_id = models.CharField(max_length=200, blank=True)
    # Digest of the row as it was brought last time: equal means nothing to do.
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source_name", "source_id"],
                condition=~Q(source_id=""),
                name="%(class)s_comes_once_from_its_source",
            )
        ]


class KeptRow(Row):
    """A row that is looked after here; what was edited is not overwritten.

    ``local_fields`` names what was edited here ({"alert": {"at": …, "by": …}}); the
    names of lists count too ("schedules", "languages"). An import leaves them alone.
    """

    is_demo = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)  # where the fact comes from
    local_fields = models.JSONField(default=dict, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Raised by every change; two people who save at once notice each other by it.
    version = models.PositiveIntegerField(default=1)

    class Meta(Row.Meta):
        abstract = True
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=both_or_neither("edited_at", "edited_by"),
                name="%(class)s_edited_at_with_edited_by",
            ),
        ]


def at_least_one(*keys: str) -> Q:
    """A detail hangs on something: one of ``keys`` is set."""
    condition = Q()
    for key in keys:
        condition |= Q(**{f"{key}__isnull": False})
    return condition


def in_order(earlier: str, later: str) -> Q:
    """``later`` does not lie before ``earlier``, where both are known."""
    return (
        Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{later}__gte": models.F(earlier)})
    )
