"""Organizations, locations and service cards of the demo city."""

from datetime import date, timedelta

from gishe.accounts.models import User
from gishe.desks.demo.content import Record, read, reference, text
from gishe.directory.actions import ensure_terms, reindex
from gishe.directory.groups import Group
from gishe.directory.identity import group_term, need_term
from gishe.directory.models import (
    Address,
    Attribute,
    District,
    Language,
    Location,
    Organization,
    Phone,
    Representative,
    RequiredDocument,
    Service,
    ServiceAtLocation,
)
from gishe.directory.needs import Need
from gishe.foundation import languages

ADMISSION = {
    "none": Service.Admission.WALK_IN,
    "phone": Service.Admission.BOOKING,
    "needed": Service.Admission.BOOKING,
    None: "",
}
# What the files say of "for whom", where the closed list has a word for it.
GROUPS = {group.value: group for group in Group} | {
    "deaf_people": Group.DISABILITY,
    "people_with_disabilities": Group.DISABILITY,
}


def put_up(today: date) -> list[Service]:
    """Make the cards that are not there yet, and return all of them."""
    ensure_terms()
    for row in read("organizations"):
        _organization(row)
    for row in read("house")["locations"]:
        _location(row)
    known = {service.id for service in Service.objects.order_by("pk")}
    rows = read("services")
    made = [
        _service(row, number, today)
        for number, row in enumerate(rows)
        if reference("service", row["key"]) not in known
    ]
    _confirm(made, today)
    reindex(made)
    ids = [reference("service", row["key"]) for row in rows]
    return list(Service.objects.filter(id__in=ids).order_by("pk"))


def _organization(row: Record) -> None:
    Organization.objects.get_or_create(
        id=reference("organization", row["key"]),
        defaults={
            "name": text(row["name"]),
            "alternate_name": text(row.get("alternate_name")),
            "description": text(row["description"]),
            "website": row.get("website") or "",
            "is_demo": row["is_demo"],
            "source": row.get("source") or "",
        },
    )


def _location(row: Record) -> None:
    names = read("districts")[row["district"]]
    part, _ = District.objects.get_or_create(
        code=names["en"].lower().replace(" ", "-"),
        defaults={"id": reference("district", names["bg"]), "name": text(names)},
    )
    location, made = Location.objects.get_or_create(
        id=reference("location", row["key"]),
        defaults={
            "name": text(row["name"]),
            "description": text(row.get("note")),
            "transportation": text(row.get("route")),
            "latitude": row.get("latitude"),
            "longitude": row.get("longitude"),
            "is_house": row["is_house"],
            "district": part,
            "is_demo": row["is_demo"],
            "source": row.get("source") or "",
        },
    )
    if made:
        address = row["address"]
        Address.objects.create(
            location=location,
            address_1=text(address["address_1"]),
            city=text(address["city"]),
            postal_code=address.get("postal_code") or "",
            country=address["country"],
        )


def _service(row: Record, number: int, today: date) -> Service:
    service = Service.objects.create(
        id=reference("service", row["key"]),
        organization_id=reference("organization", row["organization"]),
        name=text(row["name"]),
        description=text(row["description"]),
        how_to_come=text(row["how_to_come"]),
        how_to_send=text(row.get("how_to_send")),
        fees_description=text(row.get("cost")),
        is_free=True if row["is_demo"] else None,
        eligibility_description=text(row.get("for_whom")),
        admission=ADMISSION[row["booking"]],
        is_demo=row["is_demo"],
        source=row.get("source") or "",
        keywords=text(row.get("keywords")),
    )
    if row["location"]:
        ServiceAtLocation.objects.create(
            service=service,
            location_id=reference("location", row["location"]),
            position=row.get("order") or 100 + number,
        )
    Language.objects.bulk_create(
        [
            Language(service=service, code=code, name=languages.name(code, "en"))
            for code in row["languages"]
        ]
    )
    RequiredDocument.objects.bulk_create(
        [
            RequiredDocument(service=service, document=text(each))
            for each in row.get("what_to_bring") or []
        ]
    )
    terms = [need_term(Need(code)) for code in row["needs"]]
    groups = {GROUPS[code] for code in row["population_groups"] if code in GROUPS}
    terms += [group_term(group) for group in sorted(groups)]
    Attribute.objects.bulk_create(
        [Attribute(service=service, taxonomy_term_id=term) for term in terms]
    )
    if row.get("phone"):
        Phone.objects.create(service=service, number=row["phone"], type="voice")
    return service


def _confirm(services: list[Service], today: date) -> None:
    """Most invented cards were confirmed lately; every seventh is past its review.

    Cards of real organizations were never confirmed here, and say so.
    """
    for number, service in enumerate(services):
        if not service.is_demo:
            continue
        age = 75 if number % 7 == 3 else 4 + number % 20
        service.assured_date = today - timedelta(days=age)
        service.review_date = service.assured_date + timedelta(days=60)
        service.save(update_fields=["assured_date", "review_date"])


def let_speak(user: User) -> None:
    """The provider of the cast speaks for two of the fictional organizations."""
    invented = [row for row in read("organizations") if row["is_demo"]][:2]
    for row in invented:
        Representative.objects.get_or_create(
            user=user,
            organization_id=reference("organization", row["key"]),
            defaults={"role": "DEMO"},
        )
