"""What pages repeat around the text: running heads, feet, page numbers, footnotes."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from statistics import median

from narratives.corpus.readers.pdf_columns import rows_of
from narratives.corpus.readers.pdf_glyphs import Piece

Row = list[Piece]

_DEPTH = 3  # rows from the edge that may be head or foot
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:Seite|Page|S\.|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|von|of)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^(?:\d{1,3}|[*†‡])[\s.)]?\s*\S")
_SMALL = 0.88  # of the common height of letters: the size of footnotes


def without_margins(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Return the pages without heads, feet and footnotes; the order of the pieces stays."""
    rows = [rows_of(page) for page in pages]
    heights = [piece.height for page in pages for piece in page for _ in piece.text]
    common = median(heights) if heights else 0.0
    gone: set[int] = set()
    for side in (1, -1):
        gone |= _repeated(rows, side) | _in_step(rows, side) | _lone_numbers(rows, side)
    for page in rows:
        gone |= _footnotes([row for row in page if id(row[0]) not in gone], common)
    dropped = {id(piece) for page in rows for row in page if id(row[0]) in gone for piece in row}
    return [[piece for piece in page if id(piece) not in dropped] for page in pages]


def _text(row: Row) -> str:
    return " ".join(piece.text for piece in row)


def _edge(page: list[Row], side: int, depth: int = _DEPTH) -> list[Row]:
    return page[:depth] if side > 0 else page[-depth:][::-1]


def _repeated(pages: list[list[Row]], side: int) -> set[int]:
    """Rows that say the same at the same height on several pages, whatever their numbers."""
    places: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for page in pages:
        for row in _edge(page, side):
            key = re.sub(r"[\W\d_]+", "", _text(row)).casefold()  # '14 Heft 2' and 'Heft 2 15' are one head
            places[key].append((row[0].y, id(row[0])))
    needed = 2 if len(pages) <= 4 else 3
    gone: set[int] = set()
    for found in places.values():
        for y, key_id in found:
            if sum(abs(y - other) <= 8 for other, _ in found) >= needed:
                gone.add(key_id)
    return gone


def _in_step(pages: list[list[Row]], side: int) -> set[int]:
    """Rows at the edge that begin or end with a number growing with the pages: 'Chapter title 45'."""
    offsets: dict[int, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for row in _edge(page, side, 1):
            text = _text(row)
            if len(text) < 90:
                for found in re.findall(r"^\d{1,4}(?=\D)|(?<=\D)\d{1,4}$", text):
                    offsets[int(found) - number].append(id(row[0]))
    needed = max(3, 0.3 * len(pages))
    return {key for keys in offsets.values() if len(set(keys)) >= needed for key in keys}


def _lone_numbers(pages: list[list[Row]], side: int) -> set[int]:
    """A page number alone at the edge, set apart from the text."""
    gone = set()
    for page in pages:
        if len(page) >= 4:
            edge, inner = _edge(page, side, 2)
            steps = [below[0].y - above[0].y for above, below in itertools.pairwise(page)]
            apart = abs(edge[0].y - inner[0].y) > 1.5 * median(steps)
            if apart and _PAGE_NUMBER.match(_text(edge)):
                gone.add(id(edge[0]))
    return gone


def _footnotes(page: list[Row], common: float) -> set[int]:
    """The rows in small print at the bottom, when they begin with the mark of a note."""
    start = len(page)
    while start and max(piece.height for piece in page[start - 1]) < _SMALL * common:
        start -= 1
    small = page[start:]
    first = next((i for i, row in enumerate(small) if _NOTE.match(_text(row))), None)
    return {id(row[0]) for row in small[first:]} if start and first is not None else set()
