"""Reading the directory: lists, in an order that is said."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from gishe.accounts.models import User
from gishe.accounts.roles import Right, Role
from gishe.directory.identity import GROUP_BY_TERM, NEED_BY_TERM
from gishe.directory.models import (
    Attribute,
    Correction,
    District,
    Location,
    Organization,
    Representative,
    Service,
    ServiceAtLocation,
)
from gishe.directory.spelling import normalise

SHOWN = [Service.Status.ACTIVE, Service.Status.TEMPORARILY_CLOSED]


def organizations_of(user: User) -> QuerySet[Organization]:
    """The organizations that ``user`` speaks for; a coordinator speaks for all."""
    rows = Organization.objects.order_by("pk")
    if user.may(Right.KEEP_DIRECTORY):
        return rows
    if user.may(Right.KEEP_OWN_CARD) or user.may(Right.OFFER_HOURS):
        return rows.filter(representatives__user=user)
    return rows.none()


def services_shown() -> QuerySet[Service]:
    """What the public may read: services that are given, or closed only for a time."""
    return Service.objects.filter(status__in=SHOWN).order_by("pk")


def with_details(services: QuerySet[Service]) -> QuerySet[Service]:
    """The same services with what a card shows, in a fixed number of queries."""
    places = ServiceAtLocation.objects.order_by("position", "pk").select_related(
        "location__district"
    )
    return services.select_related("organization").prefetch_related(
        "languages",
        "schedules",
        "phones",
        "organization__phones",
        "required_documents",
        "cost_options",
        Prefetch("attributes", Attribute.objects.order_by("pk")),
        Prefetch("service_at_locations", places),
        "service_at_locations__schedules",
        "service_at_locations__location__addresses",
        "service_at_locations__location__schedules",
        "service_at_locations__location__phones",
        "service_at_locations__location__accessibility",
    )


def needs_of(service: Service) -> list[str]:
    """Codes of the needs that a service covers, in the order of the closed list.

    Reads ``service.attributes``: prefetch them for a list of services.
    """
    terms = {attribute.taxonomy_term_id for attribute in service.attributes.all()}
    return [need.value for term, need in NEED_BY_TERM.items() if term in terms]


def groups_of(service: Service) -> list[str]:
    """Codes of the groups that a service is meant for; none means everybody."""
    terms = {attribute.taxonomy_term_id for attribute in service.attributes.all()}
    return [group.value for term, group in GROUP_BY_TERM.items() if term in terms]


def counter_services() -> list[Service]:
    """Services that are given at the house itself, in their usual order, each once."""
    places = (
        ServiceAtLocation.objects.filter(
            location__is_house=True, service__status__in=SHOWN
        )
        .select_related("service__organization")
        .prefetch_related("service__attributes")
        .order_by("position", "pk")
    )
    return list({place.service_id: place.service for place in places}.values())


def all_districts() -> QuerySet[District]:
    """The parts of the city, by code."""
    return District.objects.order_by("code")


def districts() -> QuerySet[District]:
    """The parts of the city that have a location."""
    return District.objects.filter(locations__isnull=False).distinct().order_by("code")


def organizations_called(user: User, words: str) -> list[Organization]:
    """Those of ``user``'s organizations whose name holds ``words``, with ``cards``.

    Names stand in many languages and scripts, so they are compared here and not in
    the database. ``cards`` counts their services.
    """
    rows = organizations_of(user).annotate(cards=Count("services", distinct=True))
    named = [(normalise(_names(row)), row) for row in rows]
    wanted = normalise(words.strip())
    return [row for name, row in sorted(named, key=_by_name) if wanted in name]


def speakers_of(organization: Organization) -> QuerySet[Representative]:
    """Who speaks for an organization."""
    rows = Representative.objects.filter(organization=organization)
    return rows.select_related("user").order_by("user__name", "pk")


def could_speak_for(organization: Organization) -> QuerySet[User]:
    """Providers with an open account that do not speak for it yet."""
    return (
        User.objects.filter(role=Role.PROVIDER, is_active=True)
        .exclude(represents__organization=organization)
        .order_by("name", "email")
    )


def _names(row: Organization) -> str:
    texts = (*row.name.texts.values(), *row.alternate_name.texts.values())
    return " · ".join(text.text for text in texts)


def _by_name(named: tuple[str, Organization]) -> str:
    return str(named[1]).casefold()


def namesake(name: str, besides: UUID) -> Organization | None:
    """Another organization that bears this name in one of its languages."""
    wanted = normalise(name.strip())
    for row in Organization.objects.exclude(pk=besides).order_by("pk"):
        if wanted in [normalise(text.text) for text in row.name.texts.values()]:
            return row
    return None


def places_for(organization: Organization) -> QuerySet[Location]:
    """Where its services may be given: the counter, its own places, those in use."""
    ours = Q(organization=organization) | Q(
        service_at_locations__service__organization=organization
    )
    return (
        Location.objects.filter(Q(is_house=True) | ours)
        .prefetch_related("addresses")
        .distinct()
        .order_by("-is_house", "pk")
    )


def cards_of(user: User) -> QuerySet[Service]:
    """The service cards that ``user`` looks after, those not reviewed longest first."""
    return (
        Service.objects.filter(organization__in=organizations_of(user))
        .select_related("organization")
        .order_by("review_date", "pk")
    )


def cards_in_view(user: User) -> QuerySet[Service]:
    """The user's cards that people can find."""
    return cards_of(user).filter(status__in=SHOWN)


def cards_out_of_view(user: User) -> QuerySet[Service]:
    """The user's cards of what is not offered now, or given up."""
    return cards_of(user).exclude(status__in=SHOWN)


def may_edit(user: User, service: Service) -> bool:
    """Whether ``user`` keeps this card."""
    return cards_of(user).filter(pk=service.pk).exists()


def in_order(found: list[UUID]) -> list[Service]:
    """The services of a page of search results, with their details, in that order."""
    rows = with_details(services_shown().filter(pk__in=found))
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in found if pk in by_id]


def stale_cards(today: date) -> QuerySet[Service]:
    """Shown services whose day to be looked at has passed, or was never set."""
    overdue = Q(review_date__lt=today) | Q(review_date__isnull=True)
    return (
        services_shown()
        .filter(overdue)
        .select_related("organization")
        .order_by("review_date", "pk")
    )


def open_corrections() -> QuerySet[Correction]:
    """What people said is no longer true, and nobody has handled yet."""
    return (
        Correction.objects.filter(handled_at__isnull=True)
        .select_related("service__organization")
        .order_by("received_at", "pk")
    )


def house() -> Location | None:
    """The one-stop shop itself, where the programme takes place."""
    houses = Location.objects.filter(is_house=True).prefetch_related("addresses")
    return houses.order_by("pk").first()


def country() -> str:
    """Where the house stands (ISO 3166 alpha-2); tells what numbers without + mean."""
    here = house()
    address = next(iter(here.addresses.all()), None) if here else None
    return address.country if address else ""
