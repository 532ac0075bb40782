"""A text as words, numbers, placeholders and marks; gender forms and hyphen compounds stay whole."""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """A stretch of a text; start and end are half-open code point offsets, text == source[start:end]."""

    start: int
    end: int
    text: str
    lemma: str
    is_word: bool


# Endings that name more than one gender: Begleiter*in, :innen, _innen, /-in, (in), Betroffene/r.
_FEMININE = r"(?:[*:_·]-?in(?:nen)?|/-?in(?:nen)?|\(in(?:nen)?\)|\(inn\)en|/-?(?:r|n|e|en|s|m))(?![^\W_])"
_LETTERS = r"[^\W_\u00ad](?:[^\W_]|\u00ad)*"
_PLACEHOLDER = r"\[[^\W\d_][\w.\-]*(?: [\w.\-]+){0,2}(?:: ?[^\[\]\n]{1,40})?\]"
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"„“”»«]*[^\s<>\"„“”»«.,;:!?)]|(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+"
_NUMBER = r"\d+(?:[.,:/]\d+)+(?![^\W_])"
_REST = r"\.{2,}|[!?]{2,}|\S"
_GERMAN_WORD = (
    rf"[^\W\d_]{{3,}}{_FEMININE}(?:[-‑]{_LETTERS})*"
    r"|[^\W\d_]*g['’][^\W\d_]{3,}"  # g'sagt
    rf"|{_LETTERS}(?:[-‑]{_LETTERS}(?:{_FEMININE})?)*"
    r"|['’](?:s|ne?|ne[nmr])(?![^\W_])"
)
_ENGLISH_WORD = (
    r"[^\W\d_]+?(?=n['’]t(?![^\W_]))|n['’]t(?![^\W_])|can(?=not(?![^\W_]))"
    rf"|{_LETTERS}(?:[-‑]{_LETTERS})*|['’](?:s|m|re|ve|d|ll)(?![^\W_])"
)
_PATTERNS = {
    code: re.compile(
        rf"(?P<whole>{_ADDRESS}|{_PLACEHOLDER})|(?P<number>{_NUMBER})|(?P<word>{word})|{_REST}", re.IGNORECASE
    )
    for code, word in (("de", _GERMAN_WORD), ("en", _ENGLISH_WORD))
}
_GENDER = re.compile(_FEMININE)
_INNER_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(?:nen)?(?=\Z|-)")


def split(text: str, code: str) -> list[tuple[int, int, str, bool]]:
    """Return (start, end, text, is a word) of every token of `text`, ascending, space left out.

    A number, a placeholder such as [PERSON_1] and an address are no words.
    """
    found = []
    for match in _PATTERNS[code].finditer(text):
        piece = match[0]
        is_word = match.lastgroup == "word" and not piece.isdigit()
        found.append((match.start(), match.end(), piece, is_word))
    return found


def without_gender(form: str) -> str | None:
    """Return a German gender form without its feminine mark, None for every other word.

    "Begleiter*innen" -> "Begleiter", "BegleiterIn" -> "Begleiter", "Betroffene/r" -> "Betroffene".
    """
    plain = _INNER_CAPITAL.sub("", _GENDER.sub("", form))
    return plain if plain != form and plain else None
