"""The statuses of the vocabulary, as somebody speaks of another person's paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gishe.core.rules import Pack

NAMES = {
    "refugee": _("Refugee status"),
    "humanitarian_status": _("Humanitarian status (subsidiary protection)"),
    "presidential_asylum": _("Asylum from the President"),
    "temporary_protection": _("Temporary protection"),
    "temporary_protection_applicant": _("Wants temporary protection, no card yet"),
    "asylum_seeker": _("Asked for protection, waits for the decision"),
    "single_permit": _("Single permit for residence and work"),
    "eu_blue_card": _("EU Blue Card"),
    "seasonal_worker": _("Permit or registration for seasonal work"),
    "intra_corporate_transferee": _("Transferred within a group of companies"),
    "posted_worker": _("Posted here by a foreign company"),
    "freelance": _("Permit to work freelance"),
    "student": _("Residence as a student"),
    "researcher": _("Residence as a researcher"),
    "prolonged_residence": _("Prolonged residence for family or other reasons"),
    "permanent_residence": _("Permanent residence"),
    "long_term_eu": _("Long-term resident of the EU"),
    "family_member_of_eu_citizen": _("Card of a family member of an EU citizen"),
    "family_permit_applicant": _("Asked for a family card, waits for it"),
    "eu_citizen": _("Citizen of the EU, the EEA or Switzerland"),
    "uk_withdrawal_agreement_beneficiary": _("Card under the Brexit agreement"),
    "none_abroad": _("Still abroad, no residence paper"),
    "none": _("Here as a visitor or with a visa, no residence paper"),
    "tolerated": _("Has no title, but cannot be sent back"),
    "irregular": _("Has no paper that allows the stay"),
}


@dataclass(frozen=True)
class Status:
    """One status: its code, what it is called, what is printed on its paper."""

    code: str
    name: str
    printed: str


def of(pack: Pack) -> list[Status]:
    """The statuses of a law, those with a paper of their own first."""
    found = sorted(_of(pack), key=lambda status: not status.printed)
    return found


def _of(pack: Pack) -> Iterator[Status]:
    fact = pack.facts.get("status")
    options = (
        {o.value: o for o in fact.question.options} if fact and fact.question else {}
    )
    for code in NAMES:
        if fact and code in fact.values:
            option = options.get(code)
            yield Status(code, str(NAMES[code]), option.printed if option else "")


def codes(pack: Pack) -> list[str]:
    """The statuses that a law knows, in the order of the house."""
    fact = pack.facts.get("status")
    return [code for code in NAMES if fact and code in fact.values]


def name_of(code: str) -> str:
    """A status in words; its code where nobody named it."""
    return str(NAMES.get(code, code))
