"""Checking what comes in: of the month, and of the house."""

from gishe.programme.forms.house import ClosedDayForm, HoursForm, RoomForm
from gishe.programme.forms.months import (
    ChoiceForm,
    FeedForm,
    NoticeForm,
    OfferForm,
    PlaceForm,
    RevisionForm,
)

__all__ = [
    "ChoiceForm",
    "ClosedDayForm",
    "FeedForm",
    "HoursForm",
    "NoticeForm",
    "OfferForm",
    "PlaceForm",
    "RevisionForm",
    "RoomForm",
]
