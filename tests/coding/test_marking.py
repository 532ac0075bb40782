"""Words keep apart what is said, what is denied, and what others are said to have said."""

from __future__ import annotations

import pytest

from narratives.coding.context import load_context_words, read_sentence
from narratives.coding.marking import mark
from narratives.language import load_language


def _forms(text: str, code: str = "de") -> dict[str, str]:
    language = load_language(code)
    words = mark(read_sentence(language.tokens(text), language, load_context_words()))
    assert all(text[word.start : word.end].lower() == word.plain for word in words if word.plain)
    return {word.plain or word.form: word.form for word in words}


def test_what_is_said_stays_as_it_is() -> None:
    assert _forms("Ich hatte Hoffnung.") == {"ich": "ich", "hatte": "hatte", "hoffnung": "hoffnung", ".": "."}


@pytest.mark.parametrize(
    ("text", "word"),
    [("Ich hatte keine Hoffnung mehr.", "hoffnung"), ("Hoffnung hatte ich da nicht.", "hoffnung")],
)
def test_what_is_denied_shares_no_letter_with_what_is_said(text: str, word: str) -> None:
    form = _forms(text)[word]
    assert form == word.upper() and not set(form) & set(word)


def test_the_negation_itself_stays() -> None:
    assert _forms("Ich hatte keine Hoffnung mehr.")["keine"] == "keine"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Ärzte sagten, das sei unheilbar.", "de"),
        ("Das ist angeblich unheilbar.", "de"),
        ("The doctors said it was incurable.", "en"),
    ],
)
def test_what_others_said_shares_no_letter_with_it(text: str, code: str) -> None:
    word = "unheilbar" if code == "de" else "incurable"
    form = _forms(text, code)[word]
    assert len(form) == len(word) and not set(form) & (set(word) | set(word.upper()))
