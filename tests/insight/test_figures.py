"""Published figures stay as they were said, with what does not add up."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from gishe.foundation.models import AuditEvent
from gishe.insight import figures, pages, queries
from gishe.insight.models import PublishedFigure
from gishe.insight.periods import Period

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_seeding_twice_changes_nothing():
    first, second = figures.seed(at=NOW), figures.seed(at=NOW)

    assert (first, second) == (len(figures.FIGURES), 0)
    assert AuditEvent.objects.count() == 1


def test_every_figure_has_a_source_and_an_address():
    figures.seed(at=NOW)

    assert all(
        row.source and row.address.startswith("https://")
        for row in queries.published_figures()
    )


def test_the_sums_do_not_reach_the_stated_average():
    figures.seed(at=NOW)

    found = pages.contradictions(list(queries.published_figures()))

    assert [(it.visits, it.months, it.per_month) for it in found] == [
        (1150, 12, 96),
        (1500, 17, 88),
    ]


def test_a_figure_stands_beside_the_months_it_covers():
    figures.seed(at=NOW)

    september = queries.published_figures(Period(2022, 9))

    assert "september-2022" in {row.code for row in september}
    assert "march-2023" not in {row.code for row in september}
    assert "march-2023" in {r.code for r in queries.published_figures(Period(2023))}


def test_numbers_are_written_as_they_were_printed():
    figures.seed(at=NOW)
    said = {row.code: row.number for row in queries.published_figures()}

    assert said["september-2022"] == "~90"
    assert said["first-year"] == "1150"
    assert said["average"] == ">100"
    assert said["satisfaction-service"] == "4.5"


def test_the_database_refuses_a_figure_that_ends_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedFigure.objects.create(
            code="x",
            first_month=date(2022, 2, 1),
            last_month=date(2022, 1, 1),
            counted="visits",
            value=1,
            source="S1",
            address="https://example.org",
            language="en",
        )
