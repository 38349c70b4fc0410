"""Reading the directory."""

from gishe.directory.queries.finding import Answer, Asked, search
from gishe.directory.queries.lists import (
    cards_of,
    counter_services,
    districts,
    groups_of,
    house,
    in_order,
    may_edit,
    needs_of,
    open_corrections,
    organizations_of,
    services_shown,
    stale_cards,
    with_details,
)

__all__ = [
    "Answer",
    "Asked",
    "cards_of",
    "counter_services",
    "districts",
    "groups_of",
    "house",
    "in_order",
    "may_edit",
    "needs_of",
    "open_corrections",
    "organizations_of",
    "search",
    "services_shown",
    "stale_cards",
    "with_details",
]
