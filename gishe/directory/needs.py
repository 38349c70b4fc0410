"""The needs people come with: one closed list, mapped to services, contacts and gaps.

Seventeen domains merged from needs analyses (UNHCR participatory assessments,
multi-sector needs assessments, the Self-Reliance Index). One question is one domain,
so that need, service and gap can be set against one another.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Need(StrEnum):
    """Codes of the domains; they stand in the database, in exports and in addresses."""

    DOCUMENTS = "documents"
    LANGUAGE = "language"
    EMPLOYMENT = "employment"
    QUALIFICATIONS = "qualifications"
    CHILDCARE = "childcare"
    EDUCATION = "education"
    HOUSING = "housing"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    INCOME = "income"
    FOOD = "food"
    LEGAL = "legal"
    SAFETY = "safety"
    INFORMATION = "information"
    SOCIAL_CONTACTS = "social_contacts"
    MOBILITY = "mobility"
    SPECIAL_NEEDS = "special_needs"


@dataclass(frozen=True)
class NeedDescription:
    """A domain in the reader's words, and its icon."""

    label: str | Promise
    icon: str


NEEDS: dict[Need, NeedDescription] = {
    Need.DOCUMENTS: NeedDescription(_("Documents and status"), "id-card"),
    Need.LANGUAGE: NeedDescription(_("Learn the language"), "languages"),
    Need.EMPLOYMENT: NeedDescription(_("Work"), "briefcase"),
    Need.QUALIFICATIONS: NeedDescription(_("Diplomas and skills"), "graduation-cap"),
    Need.CHILDCARE: NeedDescription(_("Childcare"), "baby"),
    Need.EDUCATION: NeedDescription(_("School and kindergarten"), "school"),
    Need.HOUSING: NeedDescription(_("Housing"), "house"),
    Need.HEALTH: NeedDescription(_("Doctor and health"), "stethoscope"),
    Need.MENTAL_HEALTH: NeedDescription(_("Mental health"), "heart-handshake"),
    Need.INCOME: NeedDescription(_("Money and bank"), "wallet"),
    Need.FOOD: NeedDescription(_("Food and things for the home"), "shopping-basket"),
    Need.LEGAL: NeedDescription(_("Legal help and family"), "scale"),
    Need.SAFETY: NeedDescription(_("Safety and discrimination"), "shield"),
    Need.INFORMATION: NeedDescription(_("Information"), "info"),
    Need.SOCIAL_CONTACTS: NeedDescription(_("Meeting people"), "users"),
    Need.MOBILITY: NeedDescription(_("Travelling on"), "train-front"),
    Need.SPECIAL_NEEDS: NeedDescription(
        _("Disability and special needs"), "accessibility"
    ),
}


def label(code: str) -> str:
    """The domain in the reader's language; an unknown code stays as it is."""
    return str(_BY_CODE[code].label) if code in _BY_CODE else code


_BY_CODE: dict[str, NeedDescription] = {need.value: it for need, it in NEEDS.items()}
