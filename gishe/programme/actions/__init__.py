"""Writing: the house, offers, composing the month, publishing it, what differs."""

from gishe.programme.actions.house import (
    RoomFacts,
    add_room,
    change_hours,
    check_opening,
    close_day,
    open_day,
    remove_room,
    save_room,
)
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
    put_back,
    withdraw_offer,
)
from gishe.programme.actions.refusals import (
    ConflictsLeft,
    HouseMoved,
    HouseRefused,
    MonthMoved,
    NotAgreed,
    NoticeRefused,
    OfferRefused,
    Refused,
)

__all__ = [
    "ConflictsLeft",
    "Hours",
    "HouseMoved",
    "HouseRefused",
    "MonthMoved",
    "NotAgreed",
    "NoticeRefused",
    "OfferRefused",
    "Refused",
    "RoomFacts",
    "add_room",
    "agree_month",
    "change_hours",
    "check_hours",
    "check_opening",
    "close_day",
    "compose_month",
    "copy_hours",
    "make_offer",
    "open_day",
    "place",
    "post_notice",
    "publish_month",
    "put_back",
    "remove_room",
    "save_room",
    "withdraw_notice",
    "withdraw_offer",
]
