"""The answer for an employer: may I hire, who files where, what is due when."""

from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from gishe.core.rules import Answer
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.rights import deadlines, packs, quota, statuses, wording
from gishe.rights.deadlines import Deadline
from gishe.rights.for_employers import ForEmployer
from gishe.rights.telling import Item

STANDS = {"after_permit", "after_registration"}


class Hiring(ForEmployer):
    """The same answer as the newcomer gets, told to whoever wants to hire."""

    @property
    def sentence(self) -> str:
        """The answer to "may I hire?" in one sentence."""
        match wording.end(self.answer):
            case "yes":
                return _yes(self.answer)
            case "conditional" if doubt := wording.doubtful_yes(self.answer):
                return doubt
            case "conditional":
                return _("Yes, you may hire, if you keep to the conditions below.")
            case "after_permit" | "after_registration":
                return _after(self.answer)
            case "not_yet" if self.answer.from_date:
                start = languages.full_date(self.answer.from_date)
                return _("Not yet. This person may work from %(date)s.") % {
                    "date": start
                }
            case "not_yet":
                return _("Not yet, and nobody has verified from which day. Ask first.")
            case "no":
                return _("No, not with this paper and this job.")
        if self.is_for_you_to_answer:
            return _("We cannot tell without one more answer.")
        return _("We cannot tell: nobody has verified this law. Ask before you hire.")

    @property
    def status_name(self) -> str:
        return statuses.name_of(str(self.given.said.get("status", "")))

    @property
    def law_name(self) -> Translated:
        return packs.words(self.pack.name)

    @property
    def print_language(self) -> str:
        return packs.print_language(self.pack)

    @property
    def permit(self) -> str:
        """Whether a permit is needed, in one line."""
        end = wording.end(self.answer)
        if end in ("no", "unknown", "not_yet"):
            return ""
        # A permit for somebody young is no work permit, but it comes first as well.
        if end == "after_permit" or (self.answer.permit_required and end in STANDS):
            return _("A permit is needed before the first day of work.")
        is_on_card = self.answer.limits.get("employer") == "named"
        if not self.answer.permit_required and not is_on_card:
            return _("No work permit is needed.")
        return _("The permit is there already. No new one is needed.")

    @cached_property
    def deadlines(self) -> list[Deadline]:
        return deadlines.of_hire(self.given, self.answer, self.day)

    @property
    def coming(self) -> list[Deadline]:
        """What still lies ahead: there is a calendar file of it."""
        return [it for it in self.deadlines if not it.is_over]

    @cached_property
    def undated(self) -> list[Item]:
        """The employer's duties whose day cannot be counted yet."""
        told = zip(self._duties, self.answer.duties, strict=True)
        return [
            item
            for (who, item), it in told
            if who == "employer" and not isinstance(it.get("due"), date)
        ]

    @cached_property
    def quota_counts(self) -> bool:
        return bool(self.answer.quota.get("applies"))

    @cached_property
    def quota(self) -> quota.Quota | None:
        """The calculator's result, where the quota counts and the numbers are there."""
        facts = self.given.facts
        staff = facts.get("employer_average_headcount_12m")
        foreign = facts.get("employer_tcn_count_12m")
        size = str(facts.get("employer_size") or "")
        if not (self.quota_counts and size):
            return None
        if not isinstance(staff, (int, float)) or not isinstance(foreign, int):
            return None
        return quota.quota(self.pack, size, staff, foreign, self.day)


def _yes(answer: Answer) -> str:
    if until := wording.last_day(answer):
        text = _("Yes, you may hire. The right to work lasts until %(date)s.")
        return text % {"date": languages.full_date(until)}
    return _("Yes, you may hire.")


def _after(answer: Answer) -> str:
    office = wording.office_name(answer.authority)
    by_you = answer.who_applies == "employer"
    if wording.end(answer) == "after_permit":
        if by_you and office:
            text = _("You may hire after a permit. You ask for it: %(office)s.")
        elif office:
            text = _("You may hire after a permit. The person asks: %(office)s.")
        else:
            text = _("You may hire as soon as there is a permit.")
    elif by_you and office:
        text = _("You may hire after a registration. You make it: %(office)s.")
    elif office:
        text = _("You may hire after a registration. The person makes it: %(office)s.")
    else:
        text = _("You may hire as soon as there is a registration.")
    return text % {"office": office} if office else text
