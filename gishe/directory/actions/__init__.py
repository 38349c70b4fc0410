"""Writing the directory. One function per thing that happens to a card."""

from gishe.directory.actions.cards import (
    ChangedMeanwhile,
    confirm_card,
    edit_card,
    handle_correction,
    mark_alert,
    report_change,
)
from gishe.directory.actions.hours import HouseHours, publish_hours
from gishe.directory.actions.index import reindex
from gishe.directory.actions.lists import Edited
from gishe.directory.actions.terms import ensure_terms, set_groups, set_needs

__all__ = [
    "ChangedMeanwhile",
    "Edited",
    "HouseHours",
    "confirm_card",
    "edit_card",
    "ensure_terms",
    "handle_correction",
    "mark_alert",
    "publish_hours",
    "reindex",
    "report_change",
    "set_groups",
    "set_needs",
]
