"""Roles of the house and what each may do. Roles are code: changing one is a review."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    """What somebody may do, in the words of the work."""

    LOG_CONTACTS = "log_contacts"  # write the contact log
    CORRECT_CONTACTS = "correct_contacts"  # take a contact back later, with a reason
    OPEN_ROWS = "open_rows"  # see the rows behind a number
    READ_FEEDBACK = "read_feedback"  # read the words of feedback
    OFFER_HOURS = "offer_hours"  # offer hours for his own organization
    KEEP_OWN_CARD = "keep_own_card"  # edit the service cards of his organization
    KEEP_DIRECTORY = "keep_directory"  # edit every card, import a directory
    COMPOSE_MONTH = "compose_month"  # compose and publish the programme
    POST_NOTICES = "post_notices"  # say what is different today
    READ_CARDS = "read_cards"  # the answer cards: what the law says, who checked
    REVIEW_LAW = "review_law"  # mark a rule reviewed or in doubt, compare laws
    MANAGE_USERS = "manage_users"  # invite, change a role, close an account


class Role(StrEnum):
    """The doors through which staff come in."""

    ADVISER = "adviser"
    PROVIDER = "provider"
    COORDINATOR = "coordinator"
    RECEPTION = "reception"
    FUNDER = "funder"
    ADMINISTRATOR = "administrator"


# What an administrator may do while a staff session is open: look, not write.
LENT_IN_STAFF_SESSION = frozenset({Right.OPEN_ROWS, Right.READ_FEEDBACK})


@dataclass(frozen=True)
class RoleDescription:
    """A role's name and purpose in the reader's language, and its rights."""

    label: str | Promise
    description: str | Promise
    rights: frozenset[Right]
    sees_personal_data: bool


ROLES: dict[Role, RoleDescription] = {
    Role.ADVISER: RoleDescription(
        label=_("Adviser"),
        description=_("Works at the counter: logs contacts, finds the right service."),
        rights=frozenset(
            {
                Right.LOG_CONTACTS,
                Right.OPEN_ROWS,
                Right.READ_FEEDBACK,
                Right.POST_NOTICES,
                Right.READ_CARDS,
            }
        ),
        sees_personal_data=True,
    ),
    Role.PROVIDER: RoleDescription(
        label=_("Provider"),
        description=_("Speaks for an organization: offers hours, keeps its card true."),
        rights=frozenset({Right.OFFER_HOURS, Right.KEEP_OWN_CARD}),
        sees_personal_data=False,
    ),
    Role.COORDINATOR: RoleDescription(
        label=_("Coordinator"),
        description=_("Composes the month with everybody and publishes the numbers."),
        rights=frozenset(
            {
                Right.LOG_CONTACTS,
                Right.CORRECT_CONTACTS,
                Right.OPEN_ROWS,
                Right.READ_FEEDBACK,
                Right.OFFER_HOURS,
                Right.KEEP_OWN_CARD,
                Right.KEEP_DIRECTORY,
                Right.COMPOSE_MONTH,
                Right.POST_NOTICES,
                Right.READ_CARDS,
                Right.REVIEW_LAW,
            }
        ),
        sees_personal_data=True,
    ),
    Role.RECEPTION: RoleDescription(
        label=_("Reception"),
        description=_("Meets people who arrive, at the station and at the desk."),
        rights=frozenset({Right.LOG_CONTACTS, Right.READ_CARDS}),
        sees_personal_data=True,
    ),
    Role.FUNDER: RoleDescription(
        label=_("Funder"),
        description=_("Reads numbers and their definitions, without the rows."),
        rights=frozenset(),
        sees_personal_data=False,
    ),
    Role.ADMINISTRATOR: RoleDescription(
        label=_("Administrator"),
        description=_("Looks after accounts; sees data only for a stated reason."),
        rights=frozenset({Right.MANAGE_USERS}),
        sees_personal_data=True,
    ),
}
