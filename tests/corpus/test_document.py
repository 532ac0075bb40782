"""The rules that every stored text follows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narratives.corpus.document import clean

anything = st.text(st.characters() | st.sampled_from("\r\n\t \u00a0\u00ad\u200b\u0308ﬁﬄ\x85\u2028\x00\ufeff"))


@given(anything)
@settings(deadline=None)
def test_clean_keeps_its_rules_and_changes_nothing_twice(text: str) -> None:
    stored = clean(text)
    assert clean(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert stored == stored.strip()
    assert "\n\n\n" not in stored
    assert not any(line != line.rstrip() for line in stored.split("\n"))
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in stored if char not in "\n\t")
    assert not set(stored) & set("\ufeff\u00ad\u200b\u200d\u00a0\u202f\u2028\u2029ﬁﬂﬀﬃﬄ")


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("Iden\u00adti\ufb01\u00adka\u00adtion", "Identifikation"),
        ("scha\ufb00en", "schaffen"),
        ("5\u00a0€ und\u202f10\u2009%", "5 € und 10 %"),
        ("fu\u0308r", "für"),
        ("\ufeffa\u200bb", "ab"),
        ("a  \n\n \t\n\n\nb\t", "a\n\nb"),
        ("I:\tJa", "I:\tJa"),
        ("EX\u2011IN", "EX-IN"),
    ],
)
def test_clean_by_example(given_text: str, stored: str) -> None:
    assert clean(given_text) == stored
