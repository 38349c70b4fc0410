"""Figures of the Sofia Bureau published from 2021 to 2023, each with its source.

They do not agree with one another, and stay as they were said: 1,150 visits in the
first year are 96 a month and about 1,500 visits until February 2023 are 88 a month,
while "more than 100 people a month" was stated as the average.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gishe.accounts.models import User
from gishe.foundation import audit
from gishe.insight.models import PublishedFigure

EVALUATION = (
    "https://www.sofia-da.eu/en/news/2888-the-bureau-for-information-and-services-for-"
    "third-country-nationals-will-continue-to-expand-and-develop-in-2023.html"
)
MONTHLY_POST = "https://infobureau.bcrm-bg.org/2022/10/03/"
CALENDAR = "https://sofia-da.eu/en/news.html?start=72"
INTERVIEW = (
    "https://parliament140.bnr.bg/en/post/101587062/"
    "experts-and-volunteers-help-foreigners-adapt-in-bulgaria"
)


@dataclass(frozen=True)
class Figure:
    """One published figure, ready to become a row."""

    code: str
    first_month: date
    last_month: date
    counted: str
    value: Decimal
    source: str
    address: str
    qualifier: str = ""
    is_monthly: bool = False
    language: str = "en"


FIGURES = [
    Figure(
        "first-three-months",
        date(2021, 10, 1),
        date(2021, 12, 1),
        "people",
        Decimal(200),
        "S6",
        INTERVIEW,
        qualifier=">",
    ),
    Figure(
        "first-year",
        date(2021, 10, 1),
        date(2022, 9, 1),
        "visits",
        Decimal(1150),
        "S4",
        EVALUATION,
    ),
    Figure(
        "first-seventeen-months",
        date(2021, 10, 1),
        date(2023, 2, 1),
        "visits",
        Decimal(1500),
        "S4",
        EVALUATION,
        qualifier="~",
    ),
    Figure(
        "average",
        date(2021, 10, 1),
        date(2023, 2, 1),
        "people",
        Decimal(100),
        "S4",
        EVALUATION,
        qualifier=">",
        is_monthly=True,
    ),
    Figure(
        "september-2022",
        date(2022, 9, 1),
        date(2022, 9, 1),
        "users",
        Decimal(90),
        "S1",
        MONTHLY_POST,
        qualifier="~",
        language="bg",
    ),
    Figure(
        "march-2023",
        date(2023, 3, 1),
        date(2023, 3, 1),
        "users",
        Decimal(100),
        "S9b",
        CALENDAR,
        qualifier=">",
    ),
    Figure(
        "satisfaction-service",
        date(2021, 10, 1),
        date(2023, 2, 1),
        "service_score",
        Decimal("4.5"),
        "S4",
        EVALUATION,
    ),
    Figure(
        "satisfaction-staff",
        date(2021, 10, 1),
        date(2023, 2, 1),
        "staff_score",
        Decimal("4.7"),
        "S4",
        EVALUATION,
    ),
]


@transaction.atomic
def seed(*, at: datetime, by: User | None = None) -> int:
    """Write the figures that are not there yet; how many that were."""
    made = 0
    for figure in FIGURES:
        values = asdict(figure)
        _, is_new = PublishedFigure.objects.get_or_create(
            code=values.pop("code"), defaults=values
        )
        made += is_new
    if made:
        audit.record(
            "published_figures.seeded",
            target="insight.PublishedFigure",
            reference=None,
            by=by,
            at=at,
            figures=made,
        )
    return made
