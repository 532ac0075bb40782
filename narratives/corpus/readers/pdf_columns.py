"""Pieces of a PDF page in the order in which people read them: column by column, line by line."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import median

from narratives.corpus.readers.pdf_glyphs import Piece

_MIN_PIECES = 8
_MIN_ROWS = 4  # a column has at least so many lines
_CROSSING = 0.12  # share of pieces (titles, numbers in the gutter) that may cross a gutter
_NARROW = 0.15  # of the width of the page: what is narrower is a row of labels, no column


@dataclass(frozen=True)
class Line:
    """A line of a column, as text with its place."""

    text: str
    x0: float
    x1: float
    y: float
    height: float


def reading_order(pieces: list[Piece]) -> list[list[Line]]:
    """Return the columns of a page, each as lines from the top down.

    What crosses the gutter (a title, a table) ends the columns above it and begins new ones below.
    """
    gutter = _gutter(pieces)
    if gutter is None:
        return [_lines(pieces)] if pieces else []
    columns: list[list[Line]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    across: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if piece.x0 < gutter - piece.height and piece.x1 > gutter + piece.height:
            columns += _flushed(left, right)
            across.append(piece)
            continue
        columns += _flushed(across)
        (left if (piece.x0 + piece.x1) / 2 < gutter else right).append(piece)
    return columns + _flushed(across) + _flushed(left, right)


def _flushed(*groups: list[Piece]) -> list[list[Line]]:
    """The columns of each group, which may have columns of its own; empties the groups."""
    columns = [column for group in groups for column in reading_order(list(group))]
    for group in groups:
        group.clear()
    return columns


def _gutter(pieces: list[Piece]) -> float | None:
    """The x in the middle of the widest empty strip between two columns, None for a single column."""
    if len(pieces) < _MIN_PIECES:
        return None
    start, end = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width, height = end - start, median(p.height for p in pieces)
    allowed = _CROSSING * len(pieces)
    free: list[list[int]] = []  # strips of neighbouring x that hardly any piece covers
    for x in range(int(start + 0.2 * width), int(end - 0.2 * width)):  # one point is fine enough
        if sum(p.x0 + 1 < x < p.x1 - 1 for p in pieces) <= allowed:
            if free and free[-1][-1] == x - 1:
                free[-1].append(x)
            else:
                free.append([x])
    for strip in sorted(free, key=len, reverse=True):
        middle = (strip[0] + strip[-1]) / 2
        left = [p for p in pieces if p.x1 <= middle + height]
        right = [p for p in pieces if p.x0 >= middle - height]
        columns = len(strip) >= 0.5 * height and _is_column(left, width) and _is_column(right, width)
        if columns and _side_by_side(left, right):
            return middle
    return None


def _is_column(pieces: list[Piece], width: float) -> bool:
    """Enough lines, and wide ones; a widely justified line may lie there in many pieces."""
    spans = [max(p.x1 for p in row) - row[0].x0 for row in rows_of(pieces)]
    return len(spans) >= _MIN_ROWS and median(spans) >= _NARROW * width


def _side_by_side(left: list[Piece], right: list[Piece]) -> bool:
    """Whether the two groups stand beside each other rather than one below the other."""
    top = max(min(p.y for p in left), min(p.y for p in right))
    bottom = min(max(p.y for p in left), max(p.y for p in right))
    shorter = min(max(p.y for p in group) - min(p.y for p in group) for group in (left, right))
    return bottom - top >= 0.5 * shorter


def rows_of(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces on one baseline, from left to right; rows from the top down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        if rows and piece.y - rows[-1][0].y <= 0.35 * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _lines(pieces: list[Piece]) -> list[Line]:
    """Pieces on one baseline become one line, such as a speaker's label and the words behind the tab."""
    return [_line(row) for row in rows_of(pieces)]


def _line(row: list[Piece]) -> Line:
    text = row[0].text
    for before, piece in itertools.pairwise(row):
        text += piece.text if piece.x0 - before.x1 < 0.1 * piece.height else f" {piece.text}"
    largest = max(row, key=lambda piece: len(piece.text))
    return Line(text, row[0].x0, max(piece.x1 for piece in row), largest.y, largest.height)
