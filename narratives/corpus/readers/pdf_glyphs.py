"""The glyphs of a PDF page become pieces of lines: runs without a wide gap, with their places."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

# How wide a gap must be, in heights of a line, to count as a space between two words:
_WRITTEN = 0.06  # where the file has a space; the ligature artefact 'Identifi  kation' has two without width
_GUESSED = 0.15  # where pdfium guesses one
_ABSENT = 0.22  # where nobody speaks of one
_TAB = 1.0  # so wide a gap is a tab stop or the gutter between two columns

_HYPHENS = (0x02, 0xFFFE)  # pdfium's marks of a hyphen at a line end


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character; y is the baseline and grows upwards as in the PDF."""

    char: str
    x0: float
    x1: float
    y: float
    height: float
    space: float  # the gap before it that counts as a space, in heights
    broken: bool  # whether the file has a line end before it


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of glyphs on one line; y is the baseline and grows downwards as one reads."""

    text: str
    x0: float
    x1: float
    y: float
    height: float


def page_pieces(page: Any) -> list[Piece]:
    """Return the pieces of a page in the order of the file; rotated pages are turned upright."""
    runs: list[list[Glyph]] = []
    for glyph in _upright(page):
        if not runs or _begins_piece(glyph, runs[-1][-1]):
            runs.append([glyph])
        elif _is_note_mark(glyph, runs[-1][-1]):
            runs[-1][-1] = replace(runs[-1][-1], x1=glyph.x1)  # dropped, and no gap stays behind
        else:
            runs[-1].append(glyph)
    return [_piece(run) for run in runs]


def _upright(page: Any) -> list[Glyph]:
    """The glyphs in the main direction of the page, turned so that this direction is to the right."""
    glyphs = list(_raw(page))
    turns = Counter(turn for turn, _ in glyphs)
    main = turns.most_common(1)[0][0] if turns else 0
    return [glyph for turn, glyph in glyphs if turn == main]  # watermarks along the edge run otherwise


def _raw(page: Any) -> Iterator[tuple[int, Glyph]]:
    """Every visible glyph with its direction in quarter turns, turned so that it runs to the right."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    left, bottom, right, top = page.get_cropbox()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    space, broken = _ABSENT, False
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, i)
        char = "-" if code in _HYPHENS else chr(code)
        if char in "\r\n":
            broken = True
        elif char.isspace() or char == "\0":
            space = min(space, _GUESSED if pdfium.FPDFText_IsGenerated(text.raw, i) == 1 else _WRITTEN)
        elif char.isprintable() or char in "\xad\ufffd" or char >= "\ue000":
            pdfium.FPDFText_GetCharOrigin(text.raw, i, x, y)
            if not (left <= x.value <= right and bottom <= y.value <= top):
                continue  # outside the page nobody can read it
            pdfium.FPDFText_GetLooseCharBox(text.raw, i, box)
            turn = round(pdfium.FPDFText_GetCharAngle(text.raw, i) / (math.pi / 2)) % 4
            (x0, y0), (x1, y1) = _turned(box.left, box.bottom, turn), _turned(box.right, box.top, turn)
            height = max(abs(y1 - y0), 1.0)
            base = _turned(x.value, y.value, turn)[1]
            yield turn, Glyph(char, min(x0, x1), max(x0, x1), base, height, space, broken)
            space, broken = _ABSENT, False


def _turned(x: float, y: float, quarter_turns: int) -> tuple[float, float]:
    """Turn a place back; pdfium counts the turns clockwise."""
    return [(x, y), (-y, x), (-x, -y), (y, -x)][quarter_turns]


def _begins_piece(glyph: Glyph, last: Glyph) -> bool:
    height = max(last.height, glyph.height)
    gap = glyph.x0 - last.x1
    if abs(glyph.y - last.y) > 0.4 * height or gap > _TAB * height or gap < -1.5 * height:
        return True
    return glyph.broken and gap > _ABSENT * height


def _is_note_mark(glyph: Glyph, last: Glyph) -> bool:
    """A small raised digit: the mark of a footnote, which would read as part of the word."""
    raised = glyph.y - last.y > 0.15 * last.height
    return glyph.char.isdigit() and raised and glyph.height < 0.8 * last.height


def _piece(run: list[Glyph]) -> Piece:
    # The hyphens that pdfium marks have flat boxes.
    height = median([glyph.height for glyph in run if glyph.char != "-"] or [run[0].height])
    text = _words(run, height)
    return Piece(text, run[0].x0, max(glyph.x1 for glyph in run), -median(g.y for g in run), height)


def _words(run: list[Glyph], height: float) -> str:
    gaps = [glyph.x0 - before.x1 for before, glyph in pairwise(run)]
    text = _joined(run, [gap > glyph.space * height for gap, glyph in zip(gaps, run[1:], strict=True)])
    if _is_spaced_out(text):  # 'W i r   h a b e n': only a clearly wider gap parts words
        wide = 1.5 * median(gaps)
        text = _joined(run, [gap > wide for gap in gaps])
    return text


def _joined(run: list[Glyph], spaces: list[bool]) -> str:
    """The text of a run; a soft hyphen is shown only at the line end."""
    parts = [run[0].char]
    for glyph, space in zip(run[1:], spaces, strict=True):
        parts.append(f" {glyph.char}" if space else glyph.char)
    text = "".join(parts)
    return text[:-1].replace("\xad", "") + text[-1].replace("\xad", "-")


def _is_spaced_out(text: str) -> bool:
    words = [len(list(group)) for is_letter, group in groupby(text, str.isalpha) if is_letter]
    return len(words) >= 6 and sum(length == 1 for length in words) >= 0.8 * len(words)
