"""The slow reference: everything about a programme by its definition alone."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from hypothesis import strategies as st

from gishe.core.planning import Code, Offer, Premises, Weights

WEDNESDAY = date(2026, 12, 2)
THURSDAY = date(2026, 12, 3)
NEXT_WEDNESDAY = date(2026, 12, 9)


def an_offer(id_, **changes):
    """Amira's association gives legal advice in Arabic, Wednesday from ten to noon."""
    usual = {
        "provider": "association",
        "service": f"service of {id_}",
        "needs": frozenset({"legal"}),
        "languages": frozenset({"ar"}),
        "date": WEDNESDAY,
        "starts": 600,
        "ends": 720,
    }
    return Offer(id=id_, **(usual | changes))


@st.composite
def offer_lists(draw, most=7, locks=True):
    """A few offers crowded into few dates, rooms, persons and services."""
    some = st.fixed_dictionaries(
        {
            "provider": st.sampled_from("ABC"),
            "service": st.sampled_from(["law", "work", "school", "health"]),
            "needs": st.frozensets(st.sampled_from("nm"), max_size=2),
            "languages": st.frozensets(st.sampled_from("xy"), max_size=2),
            "date": st.sampled_from([WEDNESDAY, THURSDAY, NEXT_WEDNESDAY]),
            "starts": st.sampled_from([540, 600, 660]),
            "room": st.sampled_from([None, "1", "2"]),
            "person": st.sampled_from([None, None, "p", "q"]),
            "places": st.sampled_from([None, 1, 5]),
            "locked": st.sampled_from([False] * 5 + [locks]),
            "rule": st.sampled_from([None, None, "r", "s"]),
        }
    )
    lines = draw(st.lists(some, max_size=most))
    return [
        Offer(id=f"o{number}", ends=line["starts"] + draw(lasting), **line)
        for number, line in enumerate(lines)
    ]


lasting = st.sampled_from([60, 90, 120])

premises_kinds = st.builds(
    Premises,
    rooms=st.sampled_from([None, ("1",), ("1", "2")]),
    opening=st.sampled_from(
        [None, {2: [(540, 660), (660, 780)], 3: [(540, 700)]}, {2: [(560, 800)]}]
    ),
    closed=st.sampled_from([(), (THURSDAY,), (NEXT_WEDNESDAY,)]),
)
demands = st.sampled_from([None, {("n", "x"): 3.0}, {("m", "y"): 0.0, ("n", "y"): 0.5}])
weight_kinds = st.sampled_from(
    [Weights(), Weights(fairness=2.0), Weights(regularity=1.0, served=0.0)]
)


def meet(one, other):
    """The codes under which two offers exclude each other."""
    overlap = one.date == other.date and (
        max(one.starts, other.starts) < min(one.ends, other.ends)
    )
    codes = {
        Code.ROOM_TAKEN: one.room is not None and one.room == other.room,
        Code.PERSON_TWICE: one.person is not None and one.person == other.person,
        Code.SAME_SERVICE_SAME_HOUR: one.service == other.service,
    }
    return {code for code, same in codes.items() if overlap and same}


def doors_open(offer, premises):
    if premises.opening is None:
        return True
    open_minutes = {
        minute
        for opens, closes in premises.opening.get(offer.date.weekday(), ())
        for minute in range(opens, closes)
    }
    return open_minutes.issuperset(range(offer.starts, offer.ends))


def calendar_allows(offer, premises):
    return offer.date not in premises.closed and doors_open(offer, premises)


def room_exists(offer, premises):
    return offer.room is None or premises.rooms is None or offer.room in premises.rooms


def parts(chosen, offers, premises, demand, weights):
    """Cover, fairness, regularity and total of a choice, by the book."""
    allowed = [o for o in offers if o.locked or calendar_allows(o, premises)]
    reach = _points(allowed, allowed, premises, demand, weights)
    reached = _points(chosen, allowed, premises, demand, weights)
    cover = reached / reach if reach else 1.0
    fairness = _fairness(chosen, allowed, weights)
    dates = Counter(o.rule for o in allowed if o.rule)
    taken = Counter(o.rule for o in chosen if o.rule)
    real = {rule: count for rule, count in dates.items() if count > 1}
    whole = sum(count for rule, count in real.items() if taken[rule] == count)
    regularity = whole / sum(real.values()) if real else 1.0
    total = (
        weights.cover * cover
        + weights.fairness * fairness
        + weights.regularity * regularity
    )
    return cover, fairness, regularity, total


def _points(chosen, allowed, premises, demand, weights):
    per_date = Counter(
        (need, language, offer.date)
        for offer in chosen
        for need in offer.needs
        for language in offer.languages
    )
    served = {(need, language, day.weekday()) for need, language, day in per_date}
    points = sum(weights.served * _asked(demand, n, la) for n, la, _ in served)
    for (need, language, day), covers in per_date.items():
        steps = sum(weights.steps[:covers]) / _dates_like(day, allowed, premises)
        points += _asked(demand, need, language) * steps
    return points


def _asked(demand, need, language):
    return (demand or {}).get((need, language), 1.0)


def _dates_like(day, allowed, premises):
    first, last = min(o.date for o in allowed), max(o.date for o in allowed)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    alike = [
        d for d in days if d.weekday() == day.weekday() and d not in premises.closed
    ]
    return max(1, len(alike))


def shares(chosen, allowed):
    asked, given = Counter(), Counter()
    for offer in allowed:
        asked[offer.provider] += offer.ends - offer.starts
    for offer in chosen:
        given[offer.provider] += offer.ends - offer.starts
    return {provider: given[provider] / asked[provider] for provider in asked}


def _fairness(chosen, allowed, weights):
    all_shares = list(shares(chosen, allowed).values())
    if not all_shares:
        return 1.0
    on_the_way = sum(min(1, s / weights.fair_share) for s in all_shares)
    return (min(all_shares) + on_the_way / len(all_shares)) / 2


def lawful_choices(offers, premises):
    """Every choice that holds all locked offers and breaks no rule otherwise."""
    locked = [o for o in offers if o.locked]
    free = [
        o
        for o in offers
        if not o.locked
        and calendar_allows(o, premises)
        and room_exists(o, premises)
        and not any(meet(o, other) for other in locked)
    ]
    for size in range(len(free) + 1):
        for some in combinations(free, size):
            if not any(meet(a, b) for a, b in combinations(some, 2)):
                yield [*locked, *some]
