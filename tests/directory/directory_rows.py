"""Rows of the directory for tests: a small city with one house."""

from datetime import date, time
from typing import Any

from gishe.directory import actions
from gishe.directory.models import (
    Address,
    District,
    Language,
    Location,
    Organization,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
)
from gishe.foundation.translated import Translated

TODAY = date(2026, 11, 18)


def organization(name: str = "Мост") -> Organization:
    return Organization.objects.create(name=Translated.of("bg", bg=name))


def service(
    owner: Organization,
    *,
    needs: list[str] | None = None,
    groups: list[str] | None = None,
    languages: list[str] | None = None,
    texts: dict[str, str] | None = None,
    description: str = "",
    **fields: Any,
) -> Service:
    """A service in the index; ``texts`` are its name by language."""
    texts = texts or {"bg": "Помощ"}
    made = Service.objects.create(
        organization=owner,
        name=Translated.of(next(iter(texts)), **texts),
        description=Translated.of("bg", bg=description),
        **fields,
    )
    if needs:
        actions.set_needs(service=made, needs=needs)
    if groups:
        actions.set_groups(service=made, groups=groups)
    for code in languages or []:
        Language.objects.create(service=made, code=code)
    actions.reindex([made])
    return made


def house(code: str = "center") -> Location:
    district, _ = District.objects.get_or_create(
        code=code, defaults={"name": Translated.of("bg", bg="Център", en="Centre")}
    )
    place = Location.objects.create(
        name=Translated.of("bg", bg="Гишето"),
        is_house=True,
        district=district,
        latitude=42.7,
        longitude=23.3,
        transportation=Translated.of("bg", bg="Метро до Сердика"),
    )
    Address.objects.create(
        location=place,
        address_1=Translated.of("bg", bg="бул. Мария Луиза 1"),
        city=Translated.of("bg", bg="София"),
        postal_code="1000",
        country="BG",
    )
    return place


def at(made: Service, place: Location, byday: str = "", position: int = 0) -> None:
    link = ServiceAtLocation.objects.create(
        service=made, location=place, position=position
    )
    if byday:
        Schedule.objects.create(
            service_at_location=link,
            byday=byday,
            opens_at=time(10),
            closes_at=time(12, 30),
        )


def full(owner: Organization) -> Service:
    """A service with everything a card can say."""
    made = service(
        owner,
        texts={"bg": "Правна консултация", "en": "Legal consultation"},
        description="Юрист отговаря на въпроси.\nБезплатно.",
        needs=["legal"],
        groups=["refugees"],
        languages=["bg", "eng", "ar"],
        is_demo=True,
        source="S1",
        is_free=True,
        admission="walk_in",
        url="https://example.org/law",
        email="law@example.org",
        assured_date=date(2026, 1, 5),
        confirmed_by_name="Clara",
        review_date=date(2026, 7, 1),
        minimum_age=18,
        how_to_come=Translated.of("bg", bg="Елате в сряда."),
        how_to_send=Translated.of("bg", bg="Обадете се на Ани."),
        alert=Translated.of("bg", bg="Тази седмица в стая 2"),
    )
    at(made, house(), byday="WE,TH")
    Phone.objects.create(service=made, number="+359 2 987 65 43")
    RequiredDocument.objects.create(
        service=made, document=Translated.of("bg", bg="Лична карта")
    )
    return made
