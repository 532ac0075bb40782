"""Small multiples: how often a code or theme occurs from the first to the last fifth of a narrative."""

from __future__ import annotations

from dataclasses import dataclass

from narratives.outputs.report.estimates import Estimate, Estimates

WIDTH, HEIGHT = 220, 110
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 212, 8, 88
FIFTHS = tuple(f"{number}/5" for number in range(1, 6))


@dataclass(frozen=True)
class Course:
    """A line with its band, in the coordinates of the drawing, and the numbers it stands for."""

    href: str
    label: str
    color: str
    points: list[tuple[float, float]]
    band: str
    line: str
    rows: list[tuple[str, Estimate]]


def courses(estimates: Estimates, source: str, wanted: list[tuple[str, str, str, str]]) -> list[Course]:
    """Return the courses of (finding, href, label, color); those that never occur are left out.

    All share one scale (see `ceiling`), so that two small pictures can be compared by eye.
    """
    top = ceiling(estimates, source, [finding for finding, *_ in wanted])
    found = []
    for finding, href, label, color in wanted:
        groups = estimates.groups(source, finding)
        rows = [(fifth, groups[fifth]) for fifth in FIFTHS if fifth in groups]
        if len(rows) < 2 or not any(row.value > 0 for _, row in rows):
            continue
        across = [_x(FIFTHS.index(fifth)) for fifth, _ in rows]
        values = [row for _, row in rows]
        upper = [(x, _y(min(row.high, top), top)) for x, row in zip(across, values, strict=True)]
        lower = [(x, _y(row.low, top)) for x, row in zip(across, values, strict=True)]
        points = [(x, _y(row.value, top)) for x, row in zip(across, values, strict=True)]
        found.append(
            Course(href, label, color, points, _path([*upper, *reversed(lower)]), _path(points), rows)
        )
    return found


def ceiling(estimates: Estimates, source: str, findings: list[str]) -> float:
    """Return the top of the common scale: the highest value with some air, a multiple of 10 %, at most 1.

    The bands of rare codes are wide; taking them as the scale would press all lines to the floor.
    """
    groups = [estimates.groups(source, finding) for finding in findings]
    highest = max((rows[f].value for rows in groups for f in FIFTHS if f in rows), default=0.0)
    return min(1.0, max(0.1, -(-highest * 13 // 1) / 10))


def _x(number: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * number / 4, 1)


def _y(value: float, top: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / top, 1)


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
