"""What a version of the month keeps: written once, read back, compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from gishe.directory import queries as directory
from gishe.foundation.translated import Translated
from gishe.programme.models import Slot
from gishe.programme.timetable import Named, PublishedSlot

Json = dict[str, Any]
COMPARED = ("date", "starts", "ends", "room", "languages", "places", "needs_booking")


@dataclass(frozen=True)
class Content:
    """A snapshot read back: the slots, and those of versions before that went."""

    slots: tuple[PublishedSlot, ...]
    removed: tuple[PublishedSlot, ...]


def taken(slots: Iterable[Slot], before: Mapping[str, Any] | None) -> Json:
    """The snapshot of these slots; ``before`` is the snapshot of the last version.

    Slots that were published once and are no longer in stay under ``removed``, so
    that calendars which took them over learn that they are gone.
    """
    made: Json = {"services": {}, "organizations": {}, "rooms": {}, "slots": []}
    ordered = sorted(slots, key=lambda s: (s.date, s.offer.starts, s.offer.ends, s.id))
    for slot in ordered:
        offer, room = slot.offer, slot.room
        service, organization = str(offer.service_id), str(offer.organization_id)
        if service not in made["services"]:
            needs = directory.needs_of(offer.service)
            name = offer.service.name.to_json()
            made["services"][service] = {"name": name, "needs": sorted(needs)}
        made["organizations"][organization] = {
            "name": offer.organization.name.to_json()
        }
        if room is not None:
            made["rooms"][str(room.id)] = {"name": room.name.to_json()}
        made["slots"].append(_line(slot))
    here = {line["id"] for line in made["slots"]}
    earlier = [*before["slots"], *before["removed"]] if before else []
    made["removed"] = [line for line in earlier if line["id"] not in here]
    for kind in ("services", "organizations", "rooms") if before else ():
        made[kind] = {**before[kind], **made[kind]} if before else made[kind]
    return made


def _line(slot: Slot) -> Json:
    offer = slot.offer
    return {
        "id": str(slot.id),
        "date": slot.date.isoformat(),
        "starts": f"{offer.starts:%H:%M}",
        "ends": f"{offer.ends:%H:%M}",
        "service": str(offer.service_id),
        "organization": str(offer.organization_id),
        "room": str(slot.room_id) if slot.room_id else None,
        "languages": sorted(offer.languages),
        "places": offer.places,
        "needs_booking": offer.needs_booking,
        "is_demo": offer.is_demo,
        "source": offer.source,
    }


def changes(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Json:
    """What is different: references of slots added, removed, and changed in what."""
    old = {line["id"]: line for line in before["slots"]} if before else {}
    new = {line["id"]: line for line in now["slots"]}
    differ = [
        {"id": id_, "fields": fields, "before": {f: old[id_][f] for f in fields}}
        for id_, line in new.items()
        if id_ in old and (fields := [f for f in COMPARED if old[id_][f] != line[f]])
    ]
    return {
        "added": [id_ for id_ in new if id_ not in old],
        "removed": [id_ for id_ in old if id_ not in new],
        "changed": differ,
    }


def is_change(found: Mapping[str, Any]) -> bool:
    return any(found.get(kind) for kind in ("added", "removed", "changed"))


def read(snapshot: Mapping[str, Any]) -> Content:
    """The slots of a snapshot as values."""
    names = {
        kind: {
            id_: Named(UUID(id_), Translated.from_json(it["name"]))
            for id_, it in snapshot[kind].items()
        }
        for kind in ("services", "organizations", "rooms")
    }
    services = snapshot["services"]

    def line(it: Mapping[str, Any]) -> PublishedSlot:
        return PublishedSlot(
            id=UUID(it["id"]),
            date=date.fromisoformat(it["date"]),
            starts=time.fromisoformat(it["starts"]),
            ends=time.fromisoformat(it["ends"]),
            service=names["services"][it["service"]],
            organization=names["organizations"][it["organization"]],
            room=names["rooms"][it["room"]] if it["room"] else None,
            languages=tuple(it["languages"]),
            needs=tuple(services[it["service"]]["needs"]),
            places=it["places"],
            needs_booking=it["needs_booking"],
            is_demo=it["is_demo"],
            source=it["source"],
        )

    return Content(
        slots=tuple(line(it) for it in snapshot["slots"]),
        removed=tuple(line(it) for it in snapshot["removed"]),
    )
