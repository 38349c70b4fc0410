"""May I hire? How many more."""

from datetime import date

import pytest

from gishe.rights import packs, quota
from tests.rights.rights_hires import COUNT, DAY, FROM_ABROAD, HIRE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.mark.parametrize(
    ("size", "staff", "foreign", "left", "over"),
    [
        ("large", 100, 19, 1, 0),
        ("large", 100, 20, 0, 0),
        ("large", 100, 21, 0, 1),
        ("large", 4, 0, 0, 0),
        ("sme", 20, 6, 1, 0),
        ("sme", 20, 7, 0, 0),
        ("sme", 3, 0, 1, 0),
    ],
)
def test_how_many_more_may_be_hired(size, staff, foreign, left, over):
    found = quota.quota(packs.by_id("bg"), size, staff, foreign, DAY)

    assert (found.left, found.over) == (left, over)


def test_no_limit_before_the_law_had_one():
    assert quota.quota(packs.by_id("bg"), "sme", 20, 1, date(1999, 1, 1)) is None


def test_the_quota_page_names_the_limit_and_its_source(client):
    page = client.post(COUNT, {"size": "sme", "staff": 20, "foreign": 6}).text

    assert "35 %" in page
    assert "berglaw" in page


def test_nobody_has_fewer_than_no_workers(client):
    page = client.post(COUNT, {"size": "sme", "staff": 0, "foreign": -1})

    assert page.status_code == 422


@pytest.mark.parametrize(("size", "percent"), [("sme", "35"), ("large", "20")])
def test_the_answer_counts_with_the_size_of_the_company(client, size, percent):
    said = {
        "step": "job",
        "f-status": "single_permit",
        "f-wants": "start_work",
        "f-employer_size": size,
        "f-employer_average_headcount_12m": "20.5",
        "f-employer_tcn_count_12m": "4",
    }

    page = client.post(HIRE, said).text

    assert f"{percent} %" in page
    assert "20.5" in page


def test_without_the_size_nothing_is_counted_and_the_calculator_is_there(client):
    said = {"step": "job", "f-status": "single_permit", "f-wants": "start_work"}
    page = client.post(HIRE, {**said, "f-employer_tcn_count_12m": "4"}).text

    assert "With your numbers it can be counted" in page
    assert f'href="{COUNT}"' in page


def test_an_average_is_seldom_whole_and_written_as_the_reader_writes(client):
    address = COUNT.replace("/en/", "/bg/")
    page = client.post(address, {"size": "sme", "staff": "12.5", "foreign": "2"}).text

    assert "12,5" in page
    assert "16 %" in page


def test_the_answer_counts_the_quota(client):
    page = client.post(
        HIRE,
        {
            "step": "job",
            **FROM_ABROAD,
            "f-employer_size": "sme",
            "f-employer_average_headcount_12m": "20",
            "f-employer_tcn_count_12m": "6",
        },
    ).text

    assert "35 %" in page
    assert "more person from outside the EU may be hired" in page


# --- a doubted rule
