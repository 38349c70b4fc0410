"""How long does composing a month take, and what does it gain over first come?

Prints one JSON line. The peer is greedy: it reads the offers by date and hour and
takes each that still fits. Both are scored with the same measure.

    python -m benchmarks.composing [--weekly 60] [--rooms 3] [--weeks 4] [--runs 5]
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from gishe.core.planning import Offer, Premises, Weights, compose, conflicts
from gishe.core.planning._score import Tally, Yardstick

NEEDS = ("legal", "work", "health", "school", "housing", "language", "money", "papers")
LANGUAGES = ("bg", "en", "fr", "uk", "ru", "ar", "fa")
FIRST_MONDAY = date(2026, 11, 30)


def month(weekly: int, rooms: int, weeks: int, seed: int = 0) -> list[Offer]:
    """Weekly offers of 15 invented providers, written out for each week."""
    draw = random.Random(seed)
    offers = []
    for number in range(weekly):
        provider = f"provider {draw.randrange(15)}"
        weekday, starts = draw.randrange(5), 540 + 30 * draw.randrange(14)
        line = {
            "provider": provider,
            "service": f"service {draw.randrange(25)}",
            "needs": frozenset(draw.sample(NEEDS, draw.choice((1, 1, 2)))),
            "languages": frozenset(draw.sample(LANGUAGES, draw.choice((1, 2, 3)))),
            "starts": starts,
            "ends": starts + draw.choice((60, 90, 120, 180)),
            "room": f"room {draw.randrange(rooms)}" if draw.random() < 0.9 else None,
            "person": f"{provider}, person {draw.randrange(2)}",
            "rule": f"rule {number}",
        }
        for week in range(weeks):
            day = FIRST_MONDAY + timedelta(days=weekday, weeks=week)
            if draw.random() < 0.95:
                offers.append(Offer(id=f"{number}/{week}", date=day, **line))
    return offers


def first_come(offers: Sequence[Offer]) -> list[Offer]:
    """The peer: by date and hour, whatever still fits."""
    against: dict[str, set[str]] = {offer.id: set() for offer in offers}
    for pair in conflicts(offers):
        against[pair.first].add(pair.second)
        against[pair.second].add(pair.first)
    taken: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda o: (o.date, o.starts, o.id)):
        if against[offer.id].isdisjoint(taken):
            taken[offer.id] = offer
    return list(taken.values())


def timed(run: Callable[[], object], runs: int) -> float:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("weekly", 60), ("rooms", 3), ("weeks", 4), ("runs", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    offers = month(asked.weekly, asked.rooms, asked.weeks)
    yardstick = Yardstick(offers, Premises(), None, Weights())
    composed, greedy = compose(offers), first_come(offers)
    peer = Tally(yardstick, greedy).score()
    line = {
        "offers": len(offers),
        "rooms": asked.rooms,
        "runs": asked.runs,
        "compose": {
            "seconds": round(timed(lambda: compose(offers), asked.runs), 3),
            "chosen": len(composed.chosen),
            "score": round(composed.score.total, 4),
            "cover": round(composed.score.cover, 4),
            "fairness": round(composed.score.fairness, 4),
            "regularity": round(composed.score.regularity, 4),
            "gap": round(composed.gap, 5),
        },
        "first_come": {
            "seconds": round(timed(lambda: first_come(offers), asked.runs), 3),
            "chosen": len(greedy),
            "score": round(peer.total, 4),
            "cover": round(peer.cover, 4),
            "fairness": round(peer.fairness, 4),
            "regularity": round(peer.regularity, 4),
        },
    }
    print(json.dumps(line))  # noqa: T201


if __name__ == "__main__":
    main()
