"""The first page of each door."""

import pytest

HOME, TODAY = "/en/", "/en/today/"


def test_the_home_page_needs_no_account(client, db):
    assert client.get(HOME).status_code == 200


def test_the_home_page_of_an_empty_house_says_what_to_do(client, db):
    page = client.get(HOME).text

    assert "Find help" in page
    assert "See the other days" in page


@pytest.mark.parametrize("address", [HOME, TODAY])
def test_the_first_pages_are_only_read(client, jonas, address):
    client.force_login(jonas)

    assert client.post(address).status_code == 405


def test_today_sends_strangers_to_the_sign_in(client, db):
    answer = client.get(TODAY)

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]
