"""German, English or neither: told by the share of function words, which every text of a language has."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LOOK_AT = 40_000  # characters; more adds time and no certainty
_ENOUGH = 30  # words needed to say that a text is neither German nor English
_NEITHER = 0.12  # a higher share of function words is German or English
_SURE = 0.35  # from this share on the share itself is no reason for doubt


class _Words(NamedTuple):
    german: frozenset[str]
    english: frozenset[str]
    shared: frozenset[str]


@cache
def _known_words() -> _Words:
    """Return what German and English are known by, German in all usual spellings."""
    from narratives.language.knowledge import load_knowledge

    german, english = load_knowledge("de"), load_knowledge("en")
    words = german.function_words | german.negators | german.known_by
    spelled = {_typed(word) for word in words} | {word.replace("ß", "ss") for word in words}
    return _Words(
        words | spelled,
        english.function_words | english.negators | english.known_by,
        german.shared_words | english.shared_words,
    )


def _typed(word: str) -> str:
    return word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")


def detect_language(text: str, default: str = "de") -> tuple[str, float]:
    """Return ("de" | "en" | "und", confidence 0..1).

    "und" is said only of 30 words and more that are confidently neither German nor English. A short or
    mixed text gets the better guess with a low confidence, a text without words `default` and 0.
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text[:_LOOK_AT])]
    if not words:
        return default, 0.0
    known = _known_words()
    german = english = plain = 0.0
    for word in words:
        is_german, is_english = word in known.german, word in known.english
        shared = word in known.shared
        plain += (is_german or is_english) and not shared
        if is_german and not is_english:
            german += 0.5 if shared else 1.0
        elif is_english and not is_german:
            english += 0.5 if shared else 1.0
    share = max(german, english) / len(words)
    amount = min(1.0, len(words) / _ENOUGH)
    if len(words) >= _ENOUGH and plain / len(words) < _NEITHER:
        return "und", round(1 - plain / len(words) / _NEITHER * 0.5, 3)
    if german == english:
        return default, 0.0
    clear = abs(german - english) / (german + english)
    confidence = clear * amount * min(1.0, share / _SURE)
    return ("de" if german > english else "en"), round(confidence, 3)
