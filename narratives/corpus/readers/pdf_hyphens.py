"""Hyphens at line ends: which ones only part a word, and which ones belong to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

CUT_WORD = re.compile(r"([^\W_][\w’']*(?:-[\w’']+)*)-$")
_FIRST_WORD = re.compile(r"^[\w’']+")
_WORD = re.compile(r"[^\W\d_][\w’']*(?:-[\w’']+)*")
_JOINERS = {"und", "oder", "bzw", "sowie", "beziehungsweise", "and", "or"}
_RARE = 0.02  # of the lines: where fewer end in a hyphen, words are not parted and the hyphens are real
_ENOUGH_LINES = 40


class LineEnds:
    """What the lines of one document say about its hyphens: its words, and whether it parts words at all."""

    def __init__(self, lines: Sequence[str]) -> None:
        # The last word of a line may be cut; all others are whole.
        self.words = Counter(word.casefold() for line in lines for word in _WORD.findall(line)[:-1])
        cuts = sum(bool(CUT_WORD.search(line)) for line in lines)
        self.parts_words = len(lines) < _ENOUGH_LINES or cuts >= _RARE * len(lines)

    def run_on(self, text: str, line: str) -> str:
        """Append a line to a paragraph; a hyphen at the line end goes when it only parted a word."""
        cut, first = CUT_WORD.search(text[-100:]), _FIRST_WORD.match(line)
        if re.search(r"[^\s–—-](?:--|—)$", text[-4:]):  # an unspaced dash
            return f"{text}{line}"
        if cut is None or first is None:
            return f"{text} {line}"
        start, end = cut.group(1), first.group()
        if end.casefold() in _JOINERS and not self.words[f"{start}{end}".casefold()]:
            return f"{text} {line}"  # 'Aus- und Weiterbildung'
        chained = "-" in start and line[first.end() : first.end() + 1] == "-"  # 'Peer-to-/Peer-Arbeit'
        return f"{text}{line}" if chained or self._is_compound(start, end) else f"{text[:-1]}{line}"

    def _is_compound(self, start: str, end: str) -> bool:
        """Whether the hyphen belongs to the word: 'EX-IN-Kurs', 'E-Mail', 'self-help'."""
        whole, parted = self.words[f"{start}{end}".casefold()], self.words[f"{start}-{end}".casefold()]
        if whole != parted:
            return parted > whole
        last = start.rpartition("-")[2]
        if not end[0].islower() or last.isupper() or last == "e":
            return True
        return not self.parts_words or last.casefold() == "self"
