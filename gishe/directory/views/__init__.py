"""Pages of the directory: reading for everybody, cards for who keeps them."""

from gishe.directory.views.adding import (
    organization_edit,
    organization_new,
    organizations,
    service_new,
    speaker_add,
    speaker_remove,
)
from gishe.directory.views.cards import (
    card_bring_back,
    card_confirm,
    card_edit,
    card_practical,
    card_take_out,
    correction_handled,
    my_cards,
    stale,
)
from gishe.directory.views.reading import confirm, correct, service, services

__all__ = [
    "card_bring_back",
    "card_confirm",
    "card_edit",
    "card_practical",
    "card_take_out",
    "confirm",
    "correct",
    "correction_handled",
    "my_cards",
    "organization_edit",
    "organization_new",
    "organizations",
    "service",
    "service_new",
    "services",
    "speaker_add",
    "speaker_remove",
    "stale",
]
