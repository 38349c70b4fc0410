"""Hours and weekdays in the many ways in which people write them."""

import re
from datetime import time

from gishe.exchange.repairs.errors import Unreadable
from gishe.exchange.repairs.numbers import western

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
LAST_MINUTE = time(23, 59)

PLAIN = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")
ZONED = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?:z|[+-]\d{2}:?\d{2})")
HALF_DAY = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*([ap])\.?\s?m\.?")
OTHER = re.compile(r"(\d{1,2})(?:[.,:h](\d{2})|h)?\s*(?:h|ч\.?|часа?|год\.?|uhr)?")
FOUR_DIGITS = re.compile(r"(\d{2})(\d{2})")
NOON = {"noon", "midday", "12 noon", "12noon", "обяд", "по обяд", "на обяд", "midi"}
MIDNIGHT = {"midnight", "12 midnight", "полунощ", "северно", "північ", "minuit"}


def clock(cell: str) -> tuple[int, int, str | None]:
    """Hour 0-24, minute, and the code of the repair."""
    plain = " ".join(western(cell).lower().split())
    if plain in NOON:
        return 12, 0, "time_read"
    if plain in MIDNIGHT:
        return 24, 0, "time_read"
    if match := PLAIN.fullmatch(plain):
        return _checked(int(match[1]), int(match[2]), None)
    if match := ZONED.fullmatch(plain):
        hour, minute, _ = clock(match[1])
        return hour, minute, "time_zone_dropped"
    if match := HALF_DAY.fullmatch(plain):
        return _half_day(int(match[1]), int(match[2] or 0), match[3])
    if match := FOUR_DIGITS.fullmatch(plain) or OTHER.fullmatch(plain):
        return _checked(int(match[1]), int(match[2] or 0), "time_read")
    raise Unreadable("bad_time")


def _half_day(hour: int, minute: int, half: str) -> tuple[int, int, str | None]:
    if hour > 12:  # "17:00 pm" says the hour already
        if half == "a":
            raise Unreadable("bad_time")
        return _checked(hour, minute, "time_read")
    if hour == 0 and half == "p":
        raise Unreadable("bad_time")
    return _checked(hour % 12 + (12 if half == "p" else 0), minute, "time_read")


def _checked(hour: int, minute: int, code: str | None) -> tuple[int, int, str | None]:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Unreadable("bad_time")
    return hour, minute, code


def opening(cell: str) -> tuple[time, str | None]:
    """When something begins; 24:00 is midnight."""
    hour, minute, code = clock(cell)
    return time(hour % 24, minute), "time_read" if hour == 24 else code


def closing(cell: str) -> tuple[time, str | None]:
    """When something ends; midnight is the last minute of the day."""
    hour, minute, code = clock(cell)
    if hour == 24:
        return LAST_MINUTE, "midnight_is_last_minute"
    return time(hour, minute), code


def hours(opens: time, closes: time) -> tuple[time, time, str | None]:
    """Hours that begin before they end.

    ``10:00-4:00`` was written on a twelve-hour clock: nobody closes at four in the
    morning what opens at ten. What cannot be told so surely is refused.
    """
    if opens < closes:
        return opens, closes, None
    if closes == time(0, 0):
        return opens, LAST_MINUTE, "midnight_is_last_minute"
    if opens.hour < 12 and time(1) <= closes < time(12):
        return opens, closes.replace(hour=closes.hour + 12), "afternoon_meant"
    raise Unreadable("ends_before_it_begins")


# The beginnings of the weekdays' names: en fr de es it bg ru uk. Longest first.
NAMES: dict[str, int] = {}
for _day, _names in enumerate(
    (
        "mo lun mon пн пон понед monday lundi montag lunes lunedì понеделник "
        "понедельник понеділок",
        "tu tue tues mar di mardi tuesday dienstag martes вт вто вторник вівторок",
        "we wed mer mi mercredi wednesday mittwoch miércoles mié ср сря сре сряда "
        "среда середа",
        "th thu thur thurs jeu do jeudi thursday donnerstag jueves jue чт чет "
        "четвъртък четвер четверг",
        "fr fri ven vendredi friday freitag viernes vie пт пет петък пятница п'ятниця "
        "п’ятниця",
        "sa sat sam samedi saturday samstag sábado sáb сб съб съб. събота суббота "
        "субота",
        "su sun dim so dimanche sunday sonntag domingo dom нд нед неделя неділя "
        "воскресенье вс",
    )
):
    NAMES.update(dict.fromkeys(_names.split(), _day))
EVERY_DAY = {"daily", "every day", "everyday", "всеки ден", "ежедневно", "щодня"}
WORKDAYS = {"weekdays", "workdays", "working days", "делнични дни", "работни дни"}
CODE = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bthrough\b|\bдо\b)\s*")


def byday(cell: str) -> tuple[str, str | None]:
    """Weekdays as RFC 5545 writes them: ``MO,WE`` or ``1TU``."""
    plain = cell.strip()
    codes = [code.strip().upper() for code in plain.split(",") if code.strip()]
    if codes and all(CODE.fullmatch(code) for code in codes):
        return ",".join(codes), None if ",".join(codes) == plain else "weekday_read"
    low = " ".join(plain.lower().split())
    if low in EVERY_DAY:
        return ",".join(DAYS), "weekday_read"
    if low in WORKDAYS:
        return ",".join(DAYS[:5]), "weekday_read"
    numbers: list[int] = []
    for part in re.split(r"[,;/&+]|\band\b|\bи\b|\bта\b|\bet\b", low):
        if part.strip():
            numbers += _days(part.strip(" ."))
    if not numbers:
        raise Unreadable("bad_weekday")
    found = ",".join(DAYS[number] for number in sorted(set(numbers)))
    # A plain name of a day is no fault: version 2 of the standard wants it so.
    return found, None if low in NAMES else "weekday_read"


def _days(part: str) -> list[int]:
    ends = [end.strip(" .") for end in RANGE.split(part)]
    if len(ends) > 2 or any(end not in NAMES for end in ends):
        raise Unreadable("bad_weekday")
    first, last = NAMES[ends[0]], NAMES[ends[-1]]
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
