"""Conditions that several rooms put on their tables."""

from django.db.models import Q


def both_or_neither(a: str, b: str) -> Q:
    """Fields like ``sent_at`` and ``sent_by`` are set together or not at all."""
    return Q(**{f"{a}__isnull": True, f"{b}__isnull": True}) | Q(
        **{f"{a}__isnull": False, f"{b}__isnull": False}
    )
