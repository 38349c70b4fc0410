"""Writing: offering hours, composing the month, publishing it, saying what differs."""

from gishe.programme.actions.months import (
    agree_month,
    compose_month,
    place,
    publish_month,
)
from gishe.programme.actions.notices import post_notice, withdraw_notice
from gishe.programme.actions.offers import (
    Hours,
    check_hours,
    copy_hours,
    make_offer,
    withdraw_offer,
)
from gishe.programme.actions.refusals import (
    ConflictsLeft,
    MonthMoved,
    NotAgreed,
    NoticeRefused,
    OfferRefused,
    Refused,
)

__all__ = [
    "ConflictsLeft",
    "Hours",
    "MonthMoved",
    "NotAgreed",
    "NoticeRefused",
    "OfferRefused",
    "Refused",
    "agree_month",
    "check_hours",
    "compose_month",
    "copy_hours",
    "make_offer",
    "place",
    "post_notice",
    "publish_month",
    "withdraw_notice",
    "withdraw_offer",
]
