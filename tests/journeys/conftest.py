"""The demo city, opened for whole journeys."""

import pytest
from django.utils import timezone

from gishe.desks.demo import open_city


@pytest.fixture
def demo_city(transactional_db, settings) -> None:
    """The city as ``gishe demo`` opens it, today."""
    settings.DEMO = True
    open_city(timezone.now())


@pytest.fixture
def enter(demo_city, visitor):
    """Come in as one of the cast, by the demo's one click."""

    def come_in(name: str):
        page = visitor.go("/en/account/login/")
        page.get_by_role("button", name=name).click()
        page.wait_for_url("**/today/")
        return page

    return come_in
