"""Reading what people of this city think of the rules."""

from pathlib import Path

from django.db import connection
from django.db.models import QuerySet

from gishe.rights.models import RuleReview


def are_kept() -> bool:
    """Whether this city has a database with reviews; none is made by asking.

    The console answers by the lawbook also where nobody set up a city. Raises
    DatabaseError where a database is named and does not answer.
    """
    named = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()  # type: ignore[attr-defined]
    if is_file and not Path(named).exists():
        return False
    return RuleReview._meta.db_table in connection.introspection.table_names()


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
