"""The short text of a month, as the Bureau posts it: only from published numbers.

The sentences put names of months and needs after a colon, never into a sentence that
would have to bend them: so they are right in every language.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gishe.insight.counts import Code
from gishe.insight.periods import Period
from gishe.insight.published import Number, Statistics, month_name


def change(now: Number, before: Number | None, period: Period) -> str:
    """The difference to the month or year before; nothing where one is hidden."""
    if before is None or now.shown is None or not before.shown:
        return ""
    count = now.shown - before.shown
    return _year_change(count) if period.is_year else _month_change(count)


def _month_change(count: int) -> str:
    if count == 0:
        return _("As many as in the month before.")
    words = (
        ngettext(
            "%(count)s more than in the month before.",
            "%(count)s more than in the month before.",
            count,
        )
        if count > 0
        else ngettext(
            "%(count)s fewer than in the month before.",
            "%(count)s fewer than in the month before.",
            -count,
        )
    )
    return words % {"count": abs(count)}


def _year_change(count: int) -> str:
    if count == 0:
        return _("As many as in the year before.")
    words = (
        ngettext(
            "%(count)s more than in the year before.",
            "%(count)s more than in the year before.",
            count,
        )
        if count > 0
        else ngettext(
            "%(count)s fewer than in the year before.",
            "%(count)s fewer than in the year before.",
            -count,
        )
    )
    return words % {"count": abs(count)}


def contacts_of(statistics: Statistics) -> str:
    """How many contacts there were: "October 2026: 96 contacts at the counter"."""
    count = statistics.contacts.shown
    name = capfirst(month_name(statistics.period))
    if count is None:
        return _("%(month)s: fewer than 5 contacts at the counter.") % {"month": name}
    if not count:
        return _("%(month)s: no contacts at the counter.") % {"month": name}
    words = ngettext(
        "%(month)s: %(count)s contact at the counter.",
        "%(month)s: %(count)s contacts at the counter.",
        count,
    )
    return words % {"month": name, "count": count}


def top(statistics: Statistics, breakdown: str, limit: int = 3) -> list[str]:
    """The largest parts of a breakdown, as far as that may be said, by name."""
    table = statistics.table(breakdown)
    return [number.label for number in table.leaders[:limit]] if table else []


def text(statistics: Statistics, before: Statistics | None) -> str:
    """The post of the month in the language that is active."""
    sentences = [contacts_of(statistics)]
    if statistics.contacts.shown:
        compared = before.contacts if before else None
        sentences.append(change(statistics.contacts, compared, statistics.period))
        sentences += _most(statistics)
        sentences += _totals(statistics)
    if statistics.is_provisional:
        sentences.append(_("These numbers can still change."))
    return " ".join(filter(None, sentences))


def _most(statistics: Statistics) -> list[str]:
    found = []
    if needs := top(statistics, "need"):
        words = _("People asked most about: %(needs)s.")
        found.append(words % {"needs": " · ".join(needs)})
    if spoken := top(statistics, "language"):
        words = _("Languages spoken most: %(languages)s.")
        found.append(words % {"languages": " · ".join(spoken)})
    return found


def _totals(statistics: Statistics) -> list[str]:
    given = statistics.totals[Code.SERVICE_GIVEN].shown
    sent = statistics.totals[Code.REFERRAL_OUT].shown
    found = []
    if given:
        found.append(_("Services given: %(count)s.") % {"count": given})
    if sent:
        found.append(_("Referrals to other places: %(count)s.") % {"count": sent})
    return found
