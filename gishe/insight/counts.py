"""Counts, defined once: what is counted, how often, until when, and by what.

The page, CSV, JSON, the command line and the tests all count through this module.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.directory.needs import NEEDS
from gishe.directory.needs import label as need_label
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.insight.periods import Period
from gishe.visits import vocabulary
from gishe.visits.models import Contact, ContactNeed, ContactReferral, ContactService

NOT_TOLD = "not_told"
BY_NAME = "name:"  # begins the code of a service whose card is gone
Words = str | Promise


def counts_in(month: Period, path: str = "") -> Q:
    """Whether a contact counts in a month; ``path`` leads to it from another table.

    A contact that was taken back does not count, unless that happened after the
    month was closed: what has been published stays as it is.
    """
    within = Q(**{f"{path}at__gte": month.start, f"{path}at__lt": month.end})
    stays = Q(**{f"{path}undone_at": None})
    return within & (stays | Q(**{f"{path}undone_at__gte": month.closes_at}))


def contacts(period: Period) -> QuerySet[Contact]:
    """The contacts that count in a period, the earliest first."""
    counted = reduce(or_, (counts_in(month) for month in period.months))
    rows = Contact.objects.filter(at__gte=period.start, at__lt=period.end)
    return rows.filter(counted).order_by("at", "id")


def needs_named(period: Period) -> QuerySet[ContactNeed]:
    """What the contacts of a period were about."""
    rows = ContactNeed.objects.filter(contact__in=contacts(period).order_by())
    return rows.order_by("pk")


def services_given(period: Period) -> QuerySet[ContactService]:
    """The services given in the contacts of a period."""
    rows = ContactService.objects.filter(contact__in=contacts(period).order_by())
    return rows.order_by("pk")


def referrals_out(period: Period) -> QuerySet[ContactReferral]:
    """Where people were sent in the contacts of a period."""
    rows = ContactReferral.objects.filter(contact__in=contacts(period).order_by())
    return rows.order_by("pk")


class Code(StrEnum):
    """Codes of the indicators: stable, they stand in addresses and files."""

    CONTACT = "contact"
    SERVICE_GIVEN = "service_given"
    REFERRAL_OUT = "referral_out"
    PERSON = "person"


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted. ``rows`` is None while nothing is there to count."""

    code: Code
    label: Words
    definition: Words
    counts_once: Words
    unit: Words
    source: str
    rows: Callable[[Period], QuerySet[Any]] | None
    model: type | None = None

    def count(self, period: Period) -> int | None:
        """How many there are in a period; None where this is not counted yet."""
        return self.rows(period).count() if self.rows else None


CUT_OFF = _(
    "By the day it took place, in the counter's local time. A month is final 14 days "
    "after its end; until then contacts may still be entered late."
)
INDICATORS: dict[Code, Indicator] = {
    it.code: it
    for it in [
        Indicator(
            code=Code.CONTACT,
            label=_("Contacts"),
            definition=_(
                "A visit, a call, a message or a meeting outside, about one or more "
                "matters. Somebody who comes twice is two contacts."
            ),
            counts_once=_(
                "One talk is one contact, also when several people come together."
            ),
            unit=_("talks"),
            source="visits.Contact",
            rows=contacts,
            model=Contact,
        ),
        Indicator(
            code=Code.SERVICE_GIVEN,
            label=_("Services given"),
            definition=_(
                "A service that was given in a contact, such as legal advice or help "
                "with a form. One contact may have several, or none."
            ),
            counts_once=_("Each service counts once in a contact."),
            unit=_("services"),
            source="visits.ContactService",
            rows=services_given,
            model=ContactService,
        ),
        Indicator(
            code=Code.REFERRAL_OUT,
            label=_("Referrals"),
            definition=_(
                "Somebody was sent to another place. It is not counted here whether "
                "they arrived."
            ),
            counts_once=_("Each place counts once in a contact."),
            unit=_("referrals"),
            source="visits.ContactReferral",
            rows=referrals_out,
            model=ContactReferral,
        ),
        Indicator(
            code=Code.PERSON,
            label=_("People"),
            definition=_(
                "Not counted yet: the log keeps no names, so nobody can say how many "
                "different people came."
            ),
            counts_once=_("Contacts are not people, and are never shown as people."),
            unit=_("people"),
            source="",
            rows=None,
        ),
    ]
}


@dataclass(frozen=True)
class Breakdown:
    """One way to look into an indicator.

    ``is_partition``: every row falls into exactly one part, so the parts add up.
    Otherwise a contact may give several answers, and they do not.
    """

    code: str
    label: Words
    indicator: Code
    is_partition: bool
    word: Callable[[str], str]
    order: tuple[str, ...] = ()  # a closed list in its usual order
    has_own_order: bool = False  # shown in that order, not by size


def _listed(words: Mapping[Any, Words]) -> Callable[[str], str]:
    def word(code: str) -> str:
        return str(_("Not told")) if code == NOT_TOLD else vocabulary.label(words, code)

    return word


def _hour(code: str) -> str:
    return f"{code}:00–{(int(code) + 1) % 24:02}:00"


BREAKDOWNS: dict[str, Breakdown] = {
    it.code: it
    for it in [
        Breakdown(
            "need",
            _("What it was about"),
            Code.CONTACT,
            is_partition=False,
            word=need_label,
            order=tuple(need.value for need in NEEDS),
        ),
        Breakdown(
            "service",
            _("Services given"),
            Code.SERVICE_GIVEN,
            is_partition=True,
            word=str,
        ),
        Breakdown(
            "language",
            _("Language spoken"),
            Code.CONTACT,
            is_partition=True,
            word=languages.name,
        ),
        Breakdown(
            "channel",
            _("How they came"),
            Code.CONTACT,
            is_partition=True,
            word=_listed(vocabulary.CHANNELS),
            order=tuple(c.value for c in vocabulary.CHANNELS),
        ),
        Breakdown(
            "country_group",
            _("Where they come from"),
            Code.CONTACT,
            is_partition=True,
            word=_listed(vocabulary.COUNTRY_GROUPS),
            order=(*(c.value for c in vocabulary.COUNTRY_GROUPS), NOT_TOLD),
        ),
        Breakdown(
            "age_group",
            _("Age"),
            Code.CONTACT,
            is_partition=True,
            word=_listed(vocabulary.AGE_GROUPS),
            has_own_order=True,
            order=(*(a.value for a in vocabulary.AGE_GROUPS), NOT_TOLD),
        ),
        Breakdown(
            "weekday",
            _("Day of the week"),
            Code.CONTACT,
            is_partition=True,
            word=lambda code: languages.weekday(int(code) - 1),
            has_own_order=True,
            order=tuple(str(n) for n in range(1, 8)),
        ),
        Breakdown(
            "hour",
            _("Hour of the day"),
            Code.CONTACT,
            is_partition=True,
            word=_hour,
            has_own_order=True,
            order=tuple(f"{n:02}" for n in range(24)),
        ),
    ]
}


@dataclass(frozen=True)
class Tally:
    """All counts of one month: totals by indicator, parts by breakdown."""

    totals: dict[Code, int]
    parts: dict[str, Counter[str]]
    names: dict[str, Translated] = field(default_factory=dict)  # services by code
    demo: int = 0  # how many of the contacts are invented


def tally(period: Period) -> Tally:
    """Count one period: in four queries."""
    parts: dict[str, Counter[str]] = {code: Counter() for code in BREAKDOWNS}
    rows = contacts(period).values_list(
        "at", "is_demo", "channel", "language", "country_group", "age_group"
    )
    total = demo = 0
    for at, is_demo, *values in rows.iterator(chunk_size=2000):
        total += 1
        demo += is_demo
        for code, value in zip(
            ("channel", "language", "country_group", "age_group"), values, strict=True
        ):
            parts[code][value or NOT_TOLD] += 1
        local = timezone.localtime(at)
        parts["weekday"][str(local.isoweekday())] += 1
        parts["hour"][f"{local.hour:02}"] += 1
    named = needs_named(period).order_by("need").values_list("need")
    parts["need"].update(dict(named.annotate(count=Count("id"))))
    names: dict[str, Translated] = {}
    given = services_given(period).values_list("service_id", "service_name")
    for service_id, name in given:
        code = service_code(service_id, name)
        names[code] = name
        parts["service"][code] += 1
    totals = {
        Code.CONTACT: total,
        Code.SERVICE_GIVEN: parts["service"].total(),
        Code.REFERRAL_OUT: referrals_out(period).count(),
    }
    return Tally(totals, parts, names, demo)


def service_code(service_id: object, name: Translated) -> str:
    """A service's reference; its name where the card is gone."""
    return str(service_id) if service_id else f"{BY_NAME}{name.shown('bg').text}"


def rows_behind(
    period: Period, indicator: Code, breakdown: str = "", code: str = ""
) -> QuerySet[Contact]:
    """The contacts behind one number; a contact with two services is one row here."""
    found = contacts(period)
    if indicator is Code.SERVICE_GIVEN:
        found = found.filter(id__in=services_given(period).values("contact"))
    elif indicator is Code.REFERRAL_OUT:
        found = found.filter(id__in=referrals_out(period).values("contact"))
    return _with_value(found, period, breakdown, code) if breakdown else found


def _with_value(
    found: QuerySet[Contact], period: Period, breakdown: str, code: str
) -> QuerySet[Contact]:
    if breakdown == "need":
        named = needs_named(period).filter(need=code)
        return found.filter(id__in=named.values("contact"))
    if breakdown == "service":
        return found.filter(id__in=_given(period, code).values("contact"))
    if breakdown == "weekday":
        return found.annotate(local=ExtractIsoWeekDay("at")).filter(local=int(code))
    if breakdown == "hour":
        return found.annotate(local=ExtractHour("at")).filter(local=int(code))
    return found.filter(**{breakdown: "" if code == NOT_TOLD else code})


def _given(period: Period, code: str) -> QuerySet[ContactService]:
    rows = services_given(period)
    if not code.startswith(BY_NAME):
        return rows.filter(service_id=code)
    gone = rows.filter(service_id__isnull=True)
    return gone.filter(
        pk__in=[row.pk for row in gone if service_code(None, row.service_name) == code]
    )


def by_month(indicator: Code, months: Iterable[Period]) -> dict[Period, int]:
    """The number of each month, in one query a year."""
    model = INDICATORS[indicator].model
    if model is None:
        return {}
    path = "" if model is Contact else "contact__"
    found: dict[Period, int] = {}
    for year, its_months in groupby(sorted(months), key=lambda month: month.year):
        whole = Period(year)
        rows = model._default_manager.filter(  # type: ignore[attr-defined]
            **{f"{path}at__gte": whole.start, f"{path}at__lt": whole.end}
        )
        columns = {f"month_{m.month}": m for m in its_months}
        counted = rows.aggregate(
            **{
                name: Count("pk", filter=counts_in(month, path))
                for name, month in columns.items()
            }
        )
        found |= {month: counted[name] for name, month in columns.items()}
    return found


def first_month() -> Period | None:
    """The month of the first contact that counts."""
    first = Contact.objects.filter(undone_at=None).aggregate(first=Min("at"))["first"]
    return Period.month_of(first) if first else None
