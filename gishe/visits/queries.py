"""Reading the contact log. A contact that was undone never counts."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory.models import Organization, Service
from gishe.directory.queries import counter_services, needs_of
from gishe.visits.models import Contact, ContactReferral, ContactService

# What was given or named in this time is "usual".
RECENTLY = timedelta(days=60)


def all_contacts() -> QuerySet[Contact]:
    """Every contact that counts, the latest first."""
    return Contact.objects.filter(undone_at=None).order_by("-at", "-id")


def contacts_between(start: datetime, end: datetime) -> QuerySet[Contact]:
    """Contacts that took place from ``start`` until before ``end``, earliest first."""
    counted = Contact.objects.filter(undone_at=None, at__gte=start, at__lt=end)
    return counted.order_by("at", "id")


def with_answers() -> QuerySet[Contact]:
    """Contacts with all that hangs on them, undone ones among them, by time."""
    return (
        Contact.objects.select_related("logged_by")
        .prefetch_related("needs", "services", "referrals")
        .order_by("at", "id")
    )


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """When a day begins and ends at the counter, across changes of the clock too."""
    midnight = datetime.combine(day, time.min)
    after = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight), timezone.make_aware(after)


def on_day(day: date) -> QuerySet[Contact]:
    """All contacts of one day with their answers, undone ones among them."""
    start, end = bounds_of(day)
    return with_answers().filter(at__gte=start, at__lt=end)


def logged_by(user: User) -> QuerySet[Contact]:
    """What this user logged, the latest first."""
    return all_contacts().filter(logged_by=user).order_by("-logged_at", "-id")


def recent_languages(user: User, limit: int = 3) -> list[str]:
    """Languages this user spoke last, the latest first."""
    latest = logged_by(user).values_list("language", flat=True)[:30]
    return list(dict.fromkeys(latest))[:limit]


def services(ids: Collection[UUID]) -> list[Service]:
    """Services by reference, with what the log copies of them."""
    if not ids:
        return []
    return list(Service.objects.filter(id__in=ids).only("id", "name").order_by("id"))


def organizations(ids: Collection[UUID]) -> list[Organization]:
    """Organizations by reference, with what the log copies of them."""
    if not ids:
        return []
    rows = Organization.objects.filter(id__in=ids)
    return list(rows.only("id", "name").order_by("id"))


def usual_services(user: User, now: datetime, limit: int = 10) -> list[Service]:
    """What is offered at the counter; what this user gave lately comes first.

    The order stays the same all day, and with it the keys.
    """
    rows = ContactService.objects.filter(_lately("contact", now))
    often = _how_often(rows, user, "service_id")
    offered = counter_services()
    return sorted(offered, key=lambda it: often[(it.id,)], reverse=True)[:limit]


def usual_places(
    user: User, now: datetime, limit: int = 8
) -> list[Service | Organization]:
    """Where people are sent, the place this user named most often lately first.

    A counter that has sent nobody yet starts with the organizations it knows. The order
    stays the same all day, and with it the keys.
    """
    rows = ContactReferral.objects.filter(_lately("contact", now))
    often = _how_often(rows, user, "service_id", "organization_id")
    ranked = [ids for ids, _ in often.most_common() if any(ids)][:limit]
    cards: dict[UUID | None, Service | Organization] = {}
    cards |= {it.id: it for it in services([s for s, _ in ranked if s])}
    cards |= {it.id: it for it in organizations([o for _, o in ranked if o])}
    found = [cards[service or organization] for service, organization in ranked]
    known = Organization.objects.exclude(id__in=list(cards)).only("id", "name")
    return [*found, *known.order_by("id")[: limit - len(found)]]


def place_names(limit: int = 300) -> list[str]:
    """Names of organizations for whoever begins to write one."""
    known = Organization.objects.only("id", "name").order_by("id")[:limit]
    return sorted(str(organization.name) for organization in known)


def places_by_name(limit: int = 300) -> dict[str, Organization]:
    """Organizations by their names in every language, in small letters."""
    known = Organization.objects.only("id", "name").order_by("id")[:limit]
    return {text.text.casefold(): it for it in known for _, text in it.name}


def own_needs(given: Collection[Service]) -> list[str]:
    """The first need that each of these services covers, each once."""
    rows = Service.objects.filter(id__in=[it.id for it in given]).only("id")
    found = (needs_of(it) for it in rows.prefetch_related("attributes").order_by("id"))
    return list(dict.fromkeys(covered[0] for covered in found if covered))


def _lately(contact: str, now: datetime) -> Q:
    """Contacts of the last weeks as they stood when today began."""
    midnight, _ = bounds_of(timezone.localdate(now))
    is_undone_since = Q(**{f"{contact}__undone_at__gte": midnight})
    return (Q(**{f"{contact}__undone_at": None}) | is_undone_since) & Q(
        **{
            f"{contact}__at__gte": midnight - RECENTLY,
            f"{contact}__logged_at__lt": midnight,
        }
    )


def _how_often(
    rows: QuerySet[Any], user: User, *columns: str
) -> Counter[tuple[UUID | None, ...]]:
    """How often each combination stands in the log; a user's own count tenfold."""
    counted = (
        rows.order_by(*columns)
        .values_list(*columns)
        .annotate(own=Count("id", filter=Q(contact__logged_by=user)), all=Count("id"))
    )
    return Counter({tuple(ids): own * 9 + all_ for *ids, own, all_ in counted})
