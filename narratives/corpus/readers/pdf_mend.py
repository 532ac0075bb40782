"""Lines of PDF columns become flowing paragraphs: their borders are found again from the layout."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from narratives.corpus.readers.pdf_columns import Line
from narratives.corpus.readers.pdf_hyphens import CUT_WORD, LineEnds

_SENTENCE_END = re.compile(r"[.!?…:][\"»«“”’')\]]*$")
_LABEL = re.compile(r"^(?:[A-ZÄÖÜ]{1,3}\d{0,2}|Int\.):(?:\s|$)")
_BULLET = re.compile(r"^[•▪◦●○■–—*-]\s+\S")
_SPACED_WORD = re.compile(r"(?<![\w])(?:[^\W\d_] ){3,}[^\W\d_](?![\w])")
_FEW = 6  # lines: a column of fewer does not tell where its lines begin and end


@dataclass(frozen=True)
class _Frame:
    """Where the lines of a column begin and end, and how far they are apart."""

    left: float
    right: float
    spacing: float


@dataclass(frozen=True)
class _Place:
    """A line in its column."""

    line: Line
    frame: _Frame
    column: int

    @property
    def shift(self) -> float:
        """How far to the right of the column's edge the line begins."""
        return self.line.x0 - self.frame.left


def mended(columns: list[list[Line]]) -> str:
    """Return the text of the columns, one after the other, as paragraphs between blank lines."""
    columns = [column for column in columns if column]
    line_ends = LineEnds([line.text for column in columns for line in column])
    paragraphs: list[str] = []
    seen: list[_Place] = []
    for number, (column, frame) in enumerate(zip(columns, _frames(columns), strict=True)):
        for line in column:
            here = _Place(line, frame, number)
            if not seen or _begins_paragraph(here, seen):
                paragraphs.append(line.text)
            else:
                paragraphs[-1] = line_ends.run_on(paragraphs[-1], line.text)
            seen.append(here)
    return "\n\n".join(_SPACED_WORD.sub(lambda m: m.group().replace(" ", ""), text) for text in paragraphs)


def _frames(columns: list[list[Line]]) -> list[_Frame]:
    common = _spacing([step for column in columns for step in _steps(column)], columns)
    large = [_frame(column, common) for column in columns if len(column) >= _FEW]
    frames = []
    for column in columns:
        frame = _frame(column, common)
        if len(column) < _FEW:  # the column of another page at the same place knows
            beside = [
                one for one in large if abs(one.left - frame.left) < 20 and one.right > frame.right - 20
            ]
            frame = min(beside, key=lambda other: abs(other.left - frame.left), default=frame)
        frames.append(frame)
    return frames


def _frame(column: list[Line], common: float) -> _Frame:
    starts = Counter(round(line.x0 / 2) for line in column)
    most = max(starts.values())
    left = 2.0 * min(start for start, times in starts.items() if times == most)
    ends = sorted(line.x1 for line in column)
    right = ends[min(len(ends) - 1, int(0.95 * len(ends)))]
    return _Frame(left, right, _spacing(_steps(column), [column]) if len(column) >= _FEW else common)


def _steps(column: list[Line]) -> list[float]:
    return [below.y - above.y for above, below in pairwise(column)]


def _spacing(steps: list[float], columns: list[list[Line]]) -> float:
    """The usual distance of lines; where most lines are paragraphs, no more than double spacing."""
    widest = 2.1 * median([line.height for column in columns for line in column] or [12.0])
    return min(median(steps), widest) if steps else widest


def _begins_paragraph(here: _Place, seen: list[_Place]) -> bool:
    line, before = here.line, seen[-1].line
    if _LABEL.match(line.text) or _BULLET.match(line.text):
        return True
    finished = bool(_SENTENCE_END.search(before.text))
    step = line.y - before.y if here.column == seen[-1].column else 0.0
    if not finished and (line.text[0].islower() or CUT_WORD.search(before.text)):
        return step > 3 * here.frame.spacing  # a sentence goes on, whatever the layout
    if step > 1.3 * here.frame.spacing or abs(line.height - before.height) > 0.2 * before.height:
        return True
    return _is_indented(here, seen) or _is_short(seen[-1], line, finished)


def _is_indented(here: _Place, seen: list[_Place]) -> bool:
    """The line begins elsewhere than its column and than the line before; or an indented block ends."""
    before, height = seen[-1], here.line.height
    if abs(here.shift) > 0.7 * height:
        return abs(here.shift - before.shift) > 0.5 * height
    earlier = seen[-2] if len(seen) > 1 and seen[-2].column == here.column else None
    in_block = earlier is not None and abs(earlier.line.x0 - before.line.x0) < 0.3 * height
    return in_block and before.shift > 0.7 * height and abs(here.shift) < 0.3 * height


def _is_short(before: _Place, line: Line, finished: bool) -> bool:
    """The line before ended though the next word had room: a last line."""
    frame = before.frame
    room = frame.right - before.line.x1
    letter = (line.x1 - line.x0) / max(len(line.text), 1)
    word = letter * (len(line.text.split(" ", 1)[0]) + 1)
    if room < word + 0.3 * before.line.height:
        return False
    return finished or room > 0.4 * (frame.right - frame.left)
