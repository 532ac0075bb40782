"""Narratives cut into passages: one thought each, never across speakers or paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel

from narratives import places, yamlfile
from narratives.corpus.paragraphs import paragraphs
from narratives.corpus.transcript import Conventions, Turn, blank_marks, turns
from narratives.settings import Passages

Span = tuple[int, int]
Sentences = Callable[[str], list[Span]]
_CLAUSE_ENDS = ";,:–—"


class Borders(BaseModel):
    """Words that open a new thought or carry one on, by language."""

    opens: dict[str, frozenset[str]]
    continues: dict[str, frozenset[str]]


def load_borders(study: Path | None = None) -> Borders:
    """Return config/passages.yaml of the study, or the shipped one."""
    return yamlfile.load(places.find("config", "passages.yaml", study), Borders)


def passage_id(text_sha256: str, start: int, end: int) -> str:
    """Return the id of a span of a text: the same text and span always have the same id."""
    return hashlib.sha256(f"{text_sha256}:{start}:{end}".encode()).hexdigest()[:16]


def cut(
    text: str,
    language: str,
    sentences: Sentences,
    settings: Passages,
    conventions: Conventions,
    borders: Borders,
) -> list[tuple[int, int, str]]:
    """Return (start, end, speaker) of every passage of a narrative, in order.

    Offsets are code points, half-open, into `text`. Interviewer turns give no passages: they are context.
    Marks such as time stamps and "(lacht)" are never the edge of a passage.
    """
    plain = blank_marks(text, conventions)
    blocks = paragraphs(text)
    found: list[tuple[int, int, str]] = []
    for turn in turns(text, conventions):
        if turn.role != "narrator":
            continue
        for start, end in _units(plain, turn, blocks, sentences, settings, language, borders):
            if any(character.isalnum() for character in plain[start:end]):
                found.append((start, end, turn.speaker))
    return found


def _units(
    plain: str,
    turn: Turn,
    blocks: Sequence[Span],
    sentences: Sentences,
    settings: Passages,
    language: str,
    borders: Borders,
) -> list[Span]:
    if settings.unit == "turn":
        return _trimmed(plain, [(turn.start, turn.end)])
    parts = [
        (max(start, turn.start), min(end, turn.end))
        for start, end in blocks
        if start < turn.end and end > turn.start
    ]
    parts = _trimmed(plain, parts)
    if settings.unit == "paragraph":
        return parts
    units: list[Span] = []
    for start, end in parts:
        spans = [(start + a, start + b) for a, b in sentences(plain[start:end])]
        if settings.unit == "passage":
            spans = [piece for span in spans for piece in _pieces(plain, span, settings.max_words)]
            spans = _thoughts(plain, spans, settings, language, borders)
        units += spans
    return units


def _trimmed(plain: str, spans: Sequence[Span]) -> list[Span]:
    kept = []
    for start, end in spans:
        piece = plain[start:end]
        if piece.strip():
            kept.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return kept


def _words(plain: str, span: Span) -> int:
    return len(plain[span[0] : span[1]].split())


def _pieces(plain: str, span: Span, max_words: int) -> list[Span]:
    """Cut a sentence longer than a passage may be, at the last clause end that keeps it short enough."""
    pieces = []
    start, end = span
    while _words(plain, (start, end)) > max_words:
        border = _nth_word_end(plain, start, end, max_words)
        half = _nth_word_end(plain, start, end, max(1, max_words // 2))
        clause = max(plain.rfind(mark, half, border) for mark in _CLAUSE_ENDS)
        if clause > half:
            border = clause + 1
        pieces.append((start, border))
        start = border
    return _trimmed(plain, [*pieces, (start, end)])


def _nth_word_end(plain: str, start: int, end: int, number: int) -> int:
    place = start
    for _ in range(number):
        while place < end and plain[place].isspace():
            place += 1
        while place < end and not plain[place].isspace():
            place += 1
    return place


def _thoughts(
    plain: str, spans: Sequence[Span], settings: Passages, language: str, borders: Borders
) -> list[Span]:
    """Group the sentences of one paragraph so that the groups together cost least (dynamic programming)."""
    if not spans:
        return []
    words = [_words(plain, span) for span in spans]
    breaks = [_break_cost(plain, span, language, borders) for span in spans]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(spans) + 1):
        options = []
        for first in range(max(0, stop - settings.max_sentences), stop):
            length = sum(words[first:stop])
            if length > settings.max_words and stop - first > 1:
                continue
            cost = best[first][0] + _length_cost(length, settings) + (breaks[first] if first else 0.0)
            options.append((cost, first))
        best.append(min(options))
    groups: list[Span] = []
    stop = len(spans)
    while stop:
        first = best[stop][1]
        groups.append((spans[first][0], spans[stop - 1][1]))
        stop = first
    return groups[::-1]


def _length_cost(length: int, settings: Passages) -> float:
    # Twice the shortest length is where a thought is complete and still one; too short costs most.
    target = min(2.5 * settings.min_words, (settings.min_words + settings.max_words) / 2)
    if length < settings.min_words:
        return 1.5 + 2.0 * (settings.min_words - length) / settings.min_words
    return 1.0 * abs(length - target) / target


def _break_cost(plain: str, span: Span, language: str, borders: Borders) -> float:
    first = plain[span[0] : span[1]].split(maxsplit=1)[0].strip("„“\"'»«(").lower().rstrip(",;:")
    if first in borders.opens.get(language, ()):
        return -0.35
    if first in borders.continues.get(language, ()):
        return 0.45
    return 0.0
