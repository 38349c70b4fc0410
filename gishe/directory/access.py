"""The only doors to one row. Not yours and not there look the same: 404."""

from uuid import UUID

from django.http import Http404

from gishe.accounts.models import User
from gishe.directory import queries
from gishe.directory.links import DeadLink, service_named_by
from gishe.directory.models import Correction, Organization, Service


def service_shown(reference: UUID) -> Service:
    """A service that everybody may read, with its details."""
    shown = queries.with_details(queries.services_shown())
    service = shown.filter(pk=reference).first()
    if service is None:
        raise Http404
    return service


def card_for(user: User, reference: UUID) -> Service:
    """A card of ``user``'s organization; for a coordinator, any card."""
    cards = queries.with_details(queries.cards_of(user))
    service = cards.filter(pk=reference).first()
    if service is None:
        raise Http404
    return service


def organization_for(user: User, reference: UUID) -> Organization:
    """An organization that ``user`` speaks for; for a coordinator, any."""
    found = queries.organizations_of(user).filter(pk=reference)
    organization = found.prefetch_related("phones").first()
    if organization is None:
        raise Http404
    return organization


def speaker_of(organization: Organization, reference: UUID) -> User:
    """Somebody who speaks for the organization."""
    speaker = queries.speakers_of(organization).filter(user=reference).first()
    if speaker is None:
        raise Http404
    return speaker.user


def service_by_link(token: str) -> Service:
    """The service that a confirmation link is about; ``DeadLink`` if there is none."""
    shown = queries.with_details(queries.services_shown())
    service = shown.filter(pk=service_named_by(token)).first()
    if service is None:
        raise DeadLink
    return service


def correction_to_handle(reference: UUID) -> Correction:
    """What somebody said is no longer true, while nobody has handled it."""
    correction = queries.open_corrections().filter(pk=reference).first()
    if correction is None:
        raise Http404
    return correction
