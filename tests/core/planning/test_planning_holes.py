from hypothesis import given

from gishe.core.planning import holes
from tests.core.planning.planning_reference import an_offer, offer_lists

WEEK = range(5)


def test_without_offers_everything_is_a_hole():
    found = holes([], ["legal", "work"], ["ar", "fa", "uk"], WEEK)

    assert len(found.cells) == 2 * 3 * 5
    assert found.by_need == {"legal": 15, "work": 15}
    assert found.by_language == {"ar": 10, "fa": 10, "uk": 10}
    assert found.by_weekday == dict.fromkeys(WEEK, 6)


def test_one_offer_closes_its_cell_on_its_weekday_only():
    found = holes([an_offer("a")], ["legal"], ["ar"], [1, 2])

    assert found.cells == (("legal", "ar", 1),)
    assert found.by_weekday == {1: 1, 2: 0}


def test_what_nobody_asks_for_is_no_hole():
    found = holes([], ["legal", "work"], ["ar"], [0], demand={("work", "ar"): 0})

    assert found.cells == (("legal", "ar", 0),)


@given(offer_lists())
def test_every_cell_is_either_covered_or_a_hole(offers):
    found = holes(offers, "nm", "xy", WEEK)

    covered = {
        (need, language, offer.weekday)
        for offer in offers
        for need in offer.needs
        for language in offer.languages
    }
    assert covered.isdisjoint(found.cells)
    assert len(covered) + len(found.cells) == 2 * 2 * 5
    assert sum(found.by_need.values()) == len(found.cells)
    assert sum(found.by_language.values()) == len(found.cells)
    assert sum(found.by_weekday.values()) == len(found.cells)
