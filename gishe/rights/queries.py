"""Reading what people of this city think of the rules."""

from django.db.models import QuerySet

from gishe.rights.models import RuleReview


def reviews_of(pack: str) -> QuerySet[RuleReview]:
    """Every review in one law, the latest first."""
    found = RuleReview.objects.filter(pack=pack).select_related("by")
    return found.order_by("-at", "-id")


def history(pack: str, rule: str) -> list[RuleReview]:
    """The reviews of one rule, the latest first."""
    return list(reviews_of(pack).filter(rule=rule))


def latest(pack: str) -> dict[str, RuleReview]:
    """How every reviewed rule of a law stands: its latest review."""
    found: dict[str, RuleReview] = {}
    for review in reviews_of(pack):
        found.setdefault(review.rule, review)
    return found
