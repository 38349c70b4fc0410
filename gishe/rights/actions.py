"""Marking rules of the law as reviewed or in doubt."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gishe.accounts.models import User
from gishe.foundation import audit
from gishe.rights.models import RuleReview

State = RuleReview.State


class AlreadyMarked(Exception):
    """This form marked a rule before, and now says something else."""

    def __init__(self, review: RuleReview) -> None:
        super().__init__(f"{review} was already said, with other words.")
        self.review = review


class NoReason(Exception):
    """Who doubts a rule says why."""


def mark_rule(
    *,
    reference: UUID,
    pack: str,
    rule: str,
    law_version: str,
    state: str,
    reason: str,
    by: User,
    at: datetime,
) -> RuleReview:
    """Mark a rule, once: the same form sent again returns the same review.

    Raises NoReason for a doubt without one, AlreadyMarked when the reference belongs
    to a review that says something else.
    """
    if state == State.CHALLENGED and not reason.strip():
        raise NoReason(rule)
    said = {
        "pack": pack,
        "rule": rule,
        "law_version": law_version,
        "state": state,
        "reason": reason.strip(),
        "by": by,
    }
    try:
        return _mark(reference, said, by, at)
    except IntegrityError:
        # Two of the same form at one moment: the other one was quicker.
        return _same(RuleReview.objects.get(id=reference), said)


@transaction.atomic
def _mark(
    reference: UUID, said: dict[str, object], by: User, at: datetime
) -> RuleReview:
    before = RuleReview.objects.filter(id=reference).first()
    if before is not None:
        return _same(before, said)
    review = RuleReview(id=reference, at=at, **said)
    review.save(force_insert=True)
    audit.record(
        f"rule.{review.state}",
        target="rights.RuleReview",
        reference=review.id,
        by=by,
        at=at,
        pack=review.pack,
        rule=review.rule,
        law_version=review.law_version,
    )
    return review


def _same(review: RuleReview, said: dict[str, object]) -> RuleReview:
    if any(getattr(review, name) != value for name, value in said.items()):
        raise AlreadyMarked(review)
    return review
