"""Words as the learned part of the coder sees them: what is denied or reported looks different."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from narratives.coding.context import Sentence

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"
# Any letters will do that no German or English text has, one for each.
_REPORTED = str.maketrans({letter: chr(0x0531 + place) for place, letter in enumerate(_LETTERS)})


class Word(NamedTuple):
    """A word or mark of a passage (half-open code point offsets): as it is written, and as it is marked.

    `plain` is in lower case; a mark, a number or a placeholder has none.
    """

    start: int
    end: int
    plain: str
    form: str
    reported: bool


def mark(sentence: Sentence) -> list[Word]:
    """Return the words of a sentence in lower case; denied ones in capitals, reported ones in other letters.

    So "keine Hoffnung" shares neither a word nor a sequence of letters with "Hoffnung", and what a doctor
    is said to have said none with what the narrator says. The negation itself stays as it is, and so do
    marks: a question is told by one. Every number is 0, every placeholder [].
    """
    words = []
    for place, token in enumerate(sentence.tokens):
        if not token.is_word:
            form = {"[": "[]"}.get(token.text[0], "0" if token.text[0].isdigit() else token.text)
            words.append(Word(token.start, token.end, "", form, sentence.clauses[place] in sentence.reported))
            continue
        clause = sentence.clauses[place]
        reported = clause in sentence.reported
        plain = form = token.text.lower()
        if reported:
            form = form.translate(_REPORTED)
        elif sentence.is_denied(place):
            form = form.upper()
        words.append(Word(token.start, token.end, plain, form, reported))
    return words


def marked_text(words: Sequence[Word]) -> str:
    """Return the words as one text, for a vectorizer that takes them apart at blanks."""
    return " ".join(word.form for word in words)
