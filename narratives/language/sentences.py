"""Where sentences begin and end: rules for German and English, also for lower-case and wrapped texts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # pydantic takes longer to import than this package may
    from narratives.language.knowledge import Knowledge


# A final mark, the quotes and brackets that close after it, then space or the end of the text;
# or a mark to which the next sentence sticks ("krank.Dann"), never inside "z.B." or an address.
_MARK = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"“”»«’‘')\]]*)(?=\s|\Z)"
    r"|(?<=[^\W\d_]{2})(?P<stuck>[.!?]+)(?=[A-ZÄÖÜ][a-zäöüß])"
)
_NEXT = re.compile(r"[\s\"„“”»«‚‘'(\[¿¡–—\-*]*")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(
    r"(?:(?<![^\W_])[^\W\d_]{1,2}\.[ \u00a0\u202f]?)*[^\s\"„“”»«‚‘’'(\[.…!?/]*(?:\.[^\s.]+)*\Z"
)
_EARLIER_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_NUMBER = re.compile(r"\d+(?:\.\d+)*\Z")
_ROMAN = re.compile(r"[IVX]{2,}\Z")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")
_VOWEL = re.compile(r"[aeiouyäöüáéèêóàâ]")
_REACH = 40  # characters before a mark that can matter
_UNWRAPPED = 150  # a longer line is a paragraph, not a line of a wrapped text


def find_sentences(text: str, knowledge: Knowledge) -> list[tuple[int, int]]:
    """Return the sentences of `text` as half-open code point spans.

    Spans are trimmed, ascend, do not overlap and hold every character that is not space.
    """
    borders = _line_borders(text, knowledge)
    fixed = iter([*borders, len(text)])
    next_fixed = next(fixed)
    start = 0
    cuts: list[int] = []
    for match in _MARK.finditer(text):
        while next_fixed <= match.start():
            cuts.append(next_fixed)
            start, next_fixed = next_fixed, next(fixed)
        if _ends_sentence(text, start, match, knowledge):
            cuts.append(match.end())
            start = match.end()
    cuts += [border for border in [next_fixed, *fixed] if border < len(text)]
    return _join_remarks(text, _trimmed(text, cuts))


class _Stop(NamedTuple):
    """A full stop in its text: the sentence began at `start`, the mark stands at `at`."""

    text: str
    start: int
    at: int
    follows: str  # the character after space, quotes and brackets
    next_word: str
    starter: bool  # the next word is one that begins sentences


def _ends_sentence(text: str, start: int, match: re.Match[str], knowledge: Knowledge) -> bool:
    """Say whether the mark found by _MARK ends the sentence that began at `start`."""
    if match["stuck"]:
        before = _BEFORE.search(text, max(start, match.start() - _REACH), match.start())
        return before is None or before[0].lower() not in knowledge.abbreviations.never_end
    following = _NEXT.match(text, match.end())
    at = following.end() if following else match.end()
    if at >= len(text):
        return True
    follows, gap = text[at], text[match.end() : at].strip()
    if follows in ",;:)]" or (match["close"] and not gap and _closes_inside(text, start, match, follows)):
        return False
    found = _WORD.match(text, at)
    word = found[0] if found else ""
    starter = _starts(word, knowledge)
    mark = match["mark"]
    if mark == "…" or ("." in mark and mark.strip(".") == "" and len(mark) > 1):
        return not follows.islower() and (not knowledge.nouns_capitalised or starter or bool(gap))
    if mark != "." or match["close"]:
        return True
    return _full_stop_ends(_Stop(text, start, match.start(), follows, word, starter), knowledge)


def _closes_inside(text: str, start: int, match: re.Match[str], follows: str) -> bool:
    """Say whether a quote or bracket that closes after the mark stands within a sentence that goes on."""
    if follows.islower():
        return True
    opening = {")": "(", "]": "["}.get(match["close"][-1])
    opened = text.rfind(opening, start, match.start()) if opening else -1
    return opened >= 0 and bool(text[start:opened].strip())


def _full_stop_ends(stop: _Stop, knowledge: Knowledge) -> bool:
    """Decide for a single full stop with space after it."""
    found = _BEFORE.search(stop.text, max(stop.start, stop.at - _REACH), stop.at)
    word = found[0] if found else ""
    short = re.sub(r"\s", "", word).lower()
    begins = found is not None and not stop.text[stop.start : found.start()].strip()
    if _NUMBER.match(short):
        # "1. Ich war ..." in a list goes on, as an ordinal does
        return not (begins and len(short) <= 2) and _number_ends(stop, short, knowledge)
    abbreviations = knowledge.abbreviations
    last = short.rpartition(".")[2]
    upper_starter = stop.starter and not stop.follows.islower()
    if (
        short in abbreviations.never_end
        or (len(last) > 1 and last in abbreviations.never_end)
        or (short in abbreviations.before_number and stop.follows.isdigit())
    ):
        ends = False
    elif (
        short in abbreviations.may_end
        or short.endswith(tuple(abbreviations.endings))
        or _ROMAN.match(word)
        or ("." in short and len(last) == 1)
    ):
        ends = upper_starter
    elif len(word) == 1:
        ends = upper_starter and not begins
    elif stop.follows.islower() and 0 < len(word) <= 5 and word.islower() and not _VOWEL.search(word):
        ends = word in abbreviations.no_abbreviation
    else:
        ends = True
    return ends


def _number_ends(stop: _Stop, number: str, knowledge: Knowledge) -> bool:
    """Decide for a full stop after a number: an ordinal or date goes on, "Ich war 17." ends."""
    lower = stop.follows.islower()
    if not knowledge.nouns_capitalised:
        return not lower or stop.starter
    next_word = stop.next_word.lower()
    if next_word in knowledge.months or (lower and next_word in ("und", "bis", "oder")):
        return False
    if "." in number:  # a date such as 24.12.
        return stop.starter and not lower
    if len(number) > 2:
        return True
    before = stop.at - len(number)
    earlier = _EARLIER_WORD.search(stop.text, max(stop.start, before - _REACH), before)
    if earlier is not None and earlier[1].lower() in knowledge.before_ordinal:
        return False
    return stop.starter or (not lower and earlier is not None)


def _starts(word: str, knowledge: Knowledge) -> bool:
    lower = word.lower()
    return lower in knowledge.sentence_starters or lower in knowledge.function_words


def _line_borders(text: str, knowledge: Knowledge) -> list[int]:
    """Return the line ends that end a sentence: blank lines, list items, headings, unwrapped paragraphs."""
    if "\n" not in text:
        return []
    lines = text.split("\n")
    width = max(map(len, lines))
    borders: list[int] = []
    position = 0
    for line, after in pairwise(lines):
        position += len(line) + 1
        if (
            not after.strip()
            or _BULLET.match(after)
            or (line.strip() and _line_ends(line, after, width, knowledge))
        ):
            borders.append(position)
    return borders


def _line_ends(line: str, after: str, width: int, knowledge: Knowledge) -> bool:
    """Say whether the end of `line` was meant: the writer had room left, and no word asks to go on."""
    last = line.rstrip()[-1]
    first = after.lstrip()[0]
    if width > _UNWRAPPED:
        return True
    if first.islower() or last in ",-–":
        return False
    last_word = _EARLIER_WORD.search(line)
    if last_word is not None and last_word[1].lower() in knowledge.function_words:
        return False
    return width > 40 and len(line.strip()) < 0.5 * width


def _trimmed(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """Return the stretches between `cuts` without the space at their edges, empty ones left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(text)]:
        part = text[start:cut]
        left = len(part) - len(part.lstrip())
        right = len(part.rstrip())
        if right > left:
            spans.append((start + left, start + right))
        start = cut
    return spans


def _join_remarks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what holds no letter or digit, such as a lone mark or dash, to the sentence before."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not any(map(str.isalnum, text[start:end])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
