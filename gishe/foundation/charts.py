"""Charts as plain geometry, drawn by templates as SVG beside their table.

Bars for parts (``ui/chart_bars.html``: a table whose rows carry a bar) and columns for
a series in time (``ui/chart_columns.html``: an SVG, its table one click away). Both
run from the right where the script does, and print.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 230
TOP, BOTTOM, SIDE = 22, 30, 44


@dataclass(frozen=True)
class Point:
    """One value of a series. ``value`` is None where it is hidden."""

    label: str
    value: float | None
    words: str = ""  # the label in full, for the table and the tooltip
    href: str = ""
    is_now: bool = False
    is_provisional: bool = False


@dataclass(frozen=True)
class Bar:
    """A part with the length of its bar in per cent of the longest."""

    label: str
    value: float
    length: float
    href: str = ""


@dataclass(frozen=True)
class Column:
    """A drawn value: where it stands, how high, and its label below."""

    point: Point
    x: float
    y: float
    width: float
    height: float
    is_minor: bool  # its label may go where there is little room
    is_named: bool  # long names stand below every second column only

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> float:
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class Tick:
    """A line across the chart with its value."""

    value: int
    y: float


@dataclass(frozen=True)
class Columns:
    """A series in time, ready to draw."""

    key: str
    title: str
    description: str
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    is_rtl: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def points(self) -> list[Point]:
        return [column.point for column in self.columns]

    @property
    def has_hidden(self) -> bool:
        return any(point.value is None for point in self.points)

    @property
    def tick_x(self) -> float:
        """Where the values of the axis stand: at the side where reading begins."""
        return WIDTH - SIDE + 8 if self.is_rtl else SIDE - 8

    @property
    def near(self) -> float:
        return 0 if self.is_rtl else SIDE

    @property
    def far(self) -> float:
        return WIDTH - SIDE if self.is_rtl else WIDTH

    @property
    def base(self) -> float:
        return HEIGHT - BOTTOM

    @property
    def words_y(self) -> float:
        return HEIGHT - 10


def nice_step(highest: float, ticks: int = 4) -> int:
    """A round distance between axis lines: 1, 2, 5, 10, 20, 50 …

    >>> nice_step(87), nice_step(3), nice_step(1150)
    (50, 1, 500)
    """
    rough = max(highest / ticks, 1)
    power = 10 ** math.floor(math.log10(rough))
    return int(next(n * power for n in (1, 2, 5, 10) if n * power >= rough))


def bars(items: Sequence[tuple[str, float, str]]) -> list[Bar]:
    """Parts (label, value, address) with their lengths, in the order given."""
    longest = max((value for _, value, _ in items), default=0) or 1
    return [
        Bar(label, value, round(100 * value / longest, 1), href)
        for label, value, href in items
    ]


def columns(
    key: str, title: str, description: str, points: Sequence[Point], *, is_rtl: bool
) -> Columns:
    """A series in time; the earliest stands where reading begins.

    ``key`` names the chart within its page.
    """
    highest = max((p.value for p in points if p.value is not None), default=0)
    step = nice_step(highest)
    top = max(step, math.ceil(highest / step) * step)
    room = HEIGHT - TOP - BOTTOM
    pitch = (WIDTH - SIDE) / max(len(points), 1)
    width = min(pitch * 0.66, 48)
    has_long_names = len(points) > 7 and max(len(p.label) for p in points) > 5
    drawn = []
    for i, point in enumerate(points):
        start = SIDE + pitch * i + (pitch - width) / 2
        height = room * (point.value or 0) / top
        drawn.append(
            Column(
                point=point,
                x=round(WIDTH - start - width if is_rtl else start, 1),
                y=round(HEIGHT - BOTTOM - height, 1),
                width=round(width, 1),
                height=round(height, 1),
                is_named=not has_long_names or (len(points) - 1 - i) % 2 == 0,
                is_minor=len(points) > 7 and (len(points) - 1 - i) % 3 != 0,
            )
        )
    ticks = tuple(
        Tick(value, round(HEIGHT - BOTTOM - room * value / top, 1))
        for value in range(0, top + 1, step)
    )
    return Columns(key, title, description, tuple(drawn), ticks, is_rtl)
