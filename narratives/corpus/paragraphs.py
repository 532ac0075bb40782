"""Where the paragraphs of a stored text begin and end.

A blank line is a border. Lines inside a block are another matter: some programs break lines at the right
margin, some write a paragraph on one line, letters and verse have short lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SENTENCE_END = re.compile(r"[.!?…][\"»«“”’')\]*_]*$")
_ABBREVIATION = re.compile(r"\b(?:[A-ZÄÖÜ]|Mr|Mrs|Ms|Dr|Prof|Hon|St|Hr|Fr|Nr|bzw|ca|z)\.$")
_CLAUSE_END = re.compile(r"[.!?…:;,][\"»«“”’')\]*_]*$")
_BULLET = re.compile(r"^\s*(?:[•▪◦*–—-]|\d{1,2}[.)]|[a-z]\))\s+\S")
_SHORT_LABEL = re.compile(r"^\s*(?:[A-ZÄÖÜ]{1,3}\d{0,2}|Int\.)\s?:(?:\s|$)")
_LABEL = re.compile(r"^\s*([A-ZÄÖÜ][\w.\-]{0,24}(?: [A-ZÄÖÜ][\w.\-]{0,24})?)\s?:(?:\s|$)")
_LONG = 110  # characters: no margin breaks lines so late, so a line of this length is a paragraph
_NARROW = 30  # characters: no margin breaks lines so early
_SHARE = 0.7  # of the line breaks that must look like those of a margin
_RECURRING = 3  # times a name must begin lines to be a speaker


@dataclass(frozen=True)
class _Line:
    start: int
    text: str

    @property
    def length(self) -> int:
        return len(self.text.rstrip())

    @property
    def ends_sentence(self) -> bool:
        text = self.text.rstrip()
        return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs of `text` as half-open spans, in order, without white space around them.

    Together they cover every character that is not white space.
    """
    blocks = list(_blocks(text))
    width = _width([pair for block in blocks for pair in pairwise(block)])
    speakers = _speakers(blocks)
    spans = []
    for block in blocks:
        first = 0
        for at in [*_borders(block, width, speakers), len(block)]:
            last = block[at - 1]
            spans.append((_begin(block[first]), last.start + last.length))
            first = at
    return spans


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank one between them."""
    block: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            block.append(_Line(start, line))
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


def _begin(line: _Line) -> int:
    return line.start + len(line.text) - len(line.text.lstrip())


def _width(pairs: list[tuple[_Line, _Line]]) -> int:
    """The margin at which the lines of the text were broken, 0 when they were not."""
    if not pairs:
        return 0
    lengths = sorted(line.length for line, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    return width if _is_wrapped(pairs, width) else 0


def _is_wrapped(pairs: list[tuple[_Line, _Line]], width: int) -> bool:
    """Whether lines end where the next word had no room, rather than where a sentence ends."""
    full = sum(_had_no_room(line, after, width) for line, after in pairs)
    ended = sum(line.ends_sentence for line, _ in pairs)
    return _NARROW <= width <= _LONG and full >= _SHARE * len(pairs) and ended < 0.5 * len(pairs)


def _had_no_room(line: _Line, after: _Line, width: int) -> bool:
    word = after.text.split(maxsplit=1)[0]
    return line.length + 1 + len(word) > width - 4


def _speakers(blocks: list[list[_Line]]) -> set[str]:
    names = Counter(
        found.group(1) for block in blocks for line in block if (found := _LABEL.match(line.text))
    )
    return {name for name, times in names.items() if times >= _RECURRING}


def _borders(block: list[_Line], width: int, speakers: set[str]) -> list[int]:
    """The numbers of the lines that begin a further paragraph of the block."""
    pairs = list(pairwise(block))
    own = max((line.length for line in block[:-1]), default=0)
    if own < width and len(pairs) >= 3 and _is_wrapped(pairs, own):
        width = own  # a quotation set in from the margin
    wrapped = width > 0 and (len(pairs) < 3 or _is_wrapped(pairs, width))
    lines_are_paragraphs = not wrapped and _lines_are_paragraphs(block)
    borders = []
    for at, (line, after) in enumerate(pairs, start=1):
        if _is_turn(after, speakers) or (lines_are_paragraphs and not _goes_on(line, after)):
            borders.append(at)
        elif wrapped:
            if _ends_early(line, after, width) or _is_set_in(block, at):
                borders.append(at)
        elif _is_border(line, after):
            borders.append(at)
    return borders


def _is_turn(line: _Line, speakers: set[str]) -> bool:
    label = _LABEL.match(line.text)
    return bool(_SHORT_LABEL.match(line.text)) or (label is not None and label.group(1) in speakers)


def _lines_are_paragraphs(block: list[_Line]) -> bool:
    if median(line.length for line in block) > _LONG:
        return True
    ended = sum(line.ends_sentence for line in block[:-1])
    return ended >= 0.6 * (len(block) - 1)


def _goes_on(line: _Line, after: _Line) -> bool:
    """A short line whose sentence goes on in the next one."""
    return line.length <= _LONG and not line.ends_sentence and after.text.lstrip()[0].islower()


def _ends_early(line: _Line, after: _Line, width: int) -> bool:
    """A broken line whose next word had room: the last one of a paragraph, or the one before a list."""
    if _had_no_room(line, after, int(0.85 * width)):
        return bool(_BULLET.match(after.text)) and bool(_CLAUSE_END.search(line.text.rstrip()))
    return bool(_BULLET.match(after.text)) or line.ends_sentence


def _is_set_in(block: list[_Line], at: int) -> bool:
    """The first line of a paragraph, set in while most lines of the block begin at the margin."""
    margins = [_begin(line) - line.start for line in block]
    return margins[at] >= median(margins) + 2 and margins[at - 1] < margins[at]


def _is_border(line: _Line, after: _Line) -> bool:
    """Between short lines: a letter, verse, a list. A line too long for a margin stands alone."""
    if max(line.length, after.length) > _LONG or _BULLET.match(after.text):
        return True
    return line.ends_sentence
