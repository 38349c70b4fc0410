"""Saying why: each reason is looked up or computed again, never guessed."""

from collections import defaultdict
from collections.abc import Collection

from gishe.core.planning._cover import cells_of
from gishe.core.planning._improve import SAME, Draft
from gishe.core.planning._offers import Offer, Premises
from gishe.core.planning._reasons import Code, Reason


def rules_broken(offer: Offer, premises: Premises, draft: Draft) -> tuple[Reason, ...]:
    """What forbids the offer beside the programme: calendar, rooms, other offers."""
    reasons = []
    if offer.date in premises.closed:
        reasons.append(Reason(code=Code.CLOSED_DAY, date=offer.date))
    if not premises.is_open(offer.weekday, offer.starts, offer.ends):
        reasons.append(Reason(code=Code.OUTSIDE_OPENING_HOURS, date=offer.date))
    if not premises.has_room(offer.room):
        reasons.append(Reason(code=Code.ROOM_UNKNOWN, room=offer.room))
    by_code: dict[Code, list[str]] = defaultdict(list)
    for code, rival in draft.rivals.get(offer.id, ()):
        if rival in draft.chosen:
            by_code[code].append(rival)
    for code, ids in by_code.items():
        room = offer.room if code is Code.ROOM_TAKEN else None
        reasons.append(Reason(code=code, offers=tuple(ids), room=room, date=offer.date))
    return tuple(reasons)


def why_left_out(offer: Offer, premises: Premises, draft: Draft) -> tuple[Reason, ...]:
    """All that stands against an offer, and why those in its place were preferred.

    A preference is only named where there was a choice: not against the calendar,
    a missing room or a locked offer.
    """
    broken = rules_broken(offer, premises, draft)
    rivals = draft.standing_against(offer)
    if not broken:
        return (_adds_no_cover(offer, draft),)
    had_no_choice = any(rival.locked for rival in rivals) or any(
        not reason.offers for reason in broken
    )
    return broken if had_no_choice else (*broken, _preference(offer, rivals, draft))


def _adds_no_cover(offer: Offer, draft: Draft) -> Reason:
    cells = set(cells_of(offer))
    covering = (
        other.id
        for other in draft.chosen.values()
        if other.date == offer.date and not cells.isdisjoint(cells_of(other))
    )
    return Reason(
        code=Code.ADDS_NO_COVER, offers=tuple(sorted(covering)), date=offer.date
    )


def _preference(offer: Offer, rivals: Collection[Offer], draft: Draft) -> Reason:
    """The first part of the score that would fall if the offer replaced its rivals."""
    now, then = draft.score, draft.tally.after(rivals, [offer])
    if then.total >= now.total - SAME:
        code = Code.EQUALLY_GOOD
    elif then.cover < now.cover - SAME:
        code = Code.OTHERS_COVER_MORE
    elif then.fairness < now.fairness - SAME:
        code = _unfair(offer, rivals, draft)
    else:
        code = Code.KEEPS_RULE_WHOLE
    return Reason(code=code, offers=tuple(sorted(rival.id for rival in rivals)))


def _unfair(offer: Offer, rivals: Collection[Offer], draft: Draft) -> Code:
    """Has its provider more already than a provider of the rivals would keep?"""
    has = draft.tally.share(offer.provider)
    draft.tally.swap(rivals, [offer])
    others = {rival.provider for rival in rivals} - {offer.provider}
    kept = [draft.tally.share(other) for other in others]
    draft.tally.swap([offer], rivals)
    has_more = bool(kept) and has > min(kept) + SAME
    return Code.PROVIDER_ALREADY_HAS_MORE if has_more else Code.LESS_FAIR
