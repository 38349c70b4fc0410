"""The published numbers as open data: CSV and JSON from the same object as the page.

A hidden number has no value: null and ``"suppressed": true`` in JSON, an empty value
with the flag ``c`` (confidential) in CSV; never 0. CSV is UTF-8 with a byte order
mark, because spreadsheets otherwise misread Cyrillic and Arabic; its column names and
codes are English and stay as they are, labels are in the language of the address.
"""

import csv
import io
from typing import Any

from gishe.foundation import languages
from gishe.insight import counts, suppression
from gishe.insight.published import Number, Statistics, Table
from gishe.insight.queries import Satisfaction

LICENCE = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = [
    "period",
    "indicator",
    "breakdown",
    "code",
    "label",
    "value",
    "flag",
    "state",
    "as_of",
]
CONFIDENTIAL, PROVISIONAL = "c", "p"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _number(number: Number) -> dict[str, Any]:
    return {
        "code": number.code,
        "label": number.label,
        "value": number.shown,
        "suppressed": number.shown is None,
    }


def _table(table: Table) -> dict[str, Any]:
    parts = [*table.shown, *table.hidden, *table.nobody]
    return {
        "code": table.breakdown.code,
        "label": str(table.breakdown.label),
        "indicator": table.breakdown.indicator,
        "adds_up": table.breakdown.is_partition,
        "suppressed": table.is_whole_hidden,
        "without": [str(month) for month in table.without],
        "parts": None if table.is_whole_hidden else [_number(part) for part in parts],
    }


def definitions() -> list[dict[str, Any]]:
    """What is counted, how often, until when, and where it comes from."""
    return [
        {
            "code": it.code,
            "label": str(it.label),
            "definition": str(it.definition),
            "counts_once": str(it.counts_once),
            "unit": str(it.unit),
            "cut_off": str(counts.CUT_OFF),
            "source": it.source,
            "is_counted": it.rows is not None,
            "breakdowns": [
                {
                    "code": b.code,
                    "label": str(b.label),
                    "adds_up": b.is_partition,
                }
                for b in counts.BREAKDOWNS.values()
                if b.indicator is it.code
            ],
        }
        for it in counts.INDICATORS.values()
    ]


def as_json(statistics: Statistics, satisfaction: list[Satisfaction]) -> dict[str, Any]:
    """All that the page says, with definitions, licence and date."""
    return {
        "period": str(statistics.period),
        "state": statistics.state,
        "provisional": statistics.is_provisional,
        "as_of": statistics.as_of.isoformat(),
        "contains_demo": statistics.has_demo,
        "city": languages.city(),
        "language": languages.active(),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "suppression": {"below": suppression.THRESHOLD, "value": None},
        "totals": [_number(number) for number in statistics.totals.values()],
        "breakdowns": [_table(table) for table in statistics.tables],
        "satisfaction": [
            {
                "question": it.question,
                "answers": it.n,
                "mean": it.mean,
                "scores": it.distribution and dict(it.distribution),
                "suppressed": it.distribution is None,
            }
            for it in satisfaction
        ],
        "left_out": [str(month) for month in statistics.left_out],
        "definitions": definitions(),
    }


def as_csv(statistics: Statistics) -> bytes:
    """One line for each number; labels that begin like a formula are quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for code, number in statistics.totals.items():
        writer.writerow(_line(statistics, code, "", number))
    for table in statistics.tables:
        breakdown = table.breakdown
        if table.is_whole_hidden:
            whole = Number("", str(breakdown.label), 0, suppression.Mark.WHOLE)
            writer.writerow(
                _line(statistics, breakdown.indicator, breakdown.code, whole)
            )
            continue
        for number in [*table.shown, *table.hidden, *table.nobody]:
            writer.writerow(
                _line(statistics, breakdown.indicator, breakdown.code, number)
            )
    return out.getvalue().encode("utf-8-sig")


def _line(
    statistics: Statistics, indicator: str, breakdown: str, number: Number
) -> list[Any]:
    flag = PROVISIONAL if statistics.is_provisional else ""
    return [
        str(statistics.period),
        str(indicator),
        breakdown,
        _plain(number.code),
        _plain(number.label),
        "" if number.shown is None else number.shown,
        CONFIDENTIAL if number.shown is None else flag,
        str(statistics.state),
        statistics.as_of.isoformat(),
    ]


def _plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA) else str(words)
