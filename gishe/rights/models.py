"""Reviews of rules: a coordinator looked at a rule, or a lawyer doubts it.

The lawbook is text under version control; what people of this city think of a rule
is theirs, and lies here. A review is never changed and never deleted: the latest one
of a rule is how the rule stands.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gishe.accounts.models import User
from gishe.foundation.references import Referenced


class RuleReview(Referenced):
    """Somebody marked one rule of one pack of law, and said why."""

    class State(models.TextChoices):
        REVIEWED = "reviewed", _("Reviewed")
        CHALLENGED = "challenged", _("In doubt")

    pack = models.CharField(max_length=32)  # a folder of the lawbook: "bg"
    rule = models.CharField(max_length=160)  # "asylum_seeker_3m.waiting"
    law_version = models.CharField(max_length=32)  # the pack's version that was read
    state = models.CharField(max_length=16, choices=State.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["pack", "rule", "-at"], name="review_by_rule"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reviewed", "challenged"]),
                name="review_has_a_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(pack="") & ~Q(rule=""), name="review_names_a_rule"
            ),
            models.CheckConstraint(
                condition=~Q(state="challenged") | ~Q(reason=""),
                name="review_in_doubt_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}/{self.rule}: {self.state}"
