"""Writing the directory. One function per thing that happens to a card."""

from gishe.directory.actions.adding import (
    add_organization,
    add_service,
    edit_organization,
)
from gishe.directory.actions.cards import (
    ChangedMeanwhile,
    bring_back,
    confirm_card,
    edit_card,
    handle_correction,
    mark_alert,
    report_change,
    take_out_of_view,
)
from gishe.directory.actions.hours import HouseHours, publish_hours
from gishe.directory.actions.index import reindex
from gishe.directory.actions.lines import Line, lines_of
from gishe.directory.actions.lists import Edited
from gishe.directory.actions.places import NewPlace, places_of
from gishe.directory.actions.speakers import appoint_speaker, dismiss_speaker
from gishe.directory.actions.terms import ensure_terms, set_groups, set_needs

__all__ = [
    "ChangedMeanwhile",
    "Edited",
    "HouseHours",
    "Line",
    "NewPlace",
    "add_organization",
    "add_service",
    "appoint_speaker",
    "bring_back",
    "confirm_card",
    "dismiss_speaker",
    "edit_card",
    "edit_organization",
    "ensure_terms",
    "handle_correction",
    "lines_of",
    "mark_alert",
    "places_of",
    "publish_hours",
    "reindex",
    "report_change",
    "set_groups",
    "set_needs",
    "take_out_of_view",
]
