"""Sentence borders on a list of hard cases, and what holds for every text."""

from __future__ import annotations

import hard_sentences
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narratives.language import load_language

CASES = [("de", *case) for case in hard_sentences.cases(hard_sentences.GERMAN)]
CASES += [("en", *case) for case in hard_sentences.cases(hard_sentences.ENGLISH)]
PIECES = st.sampled_from(
    [
        "Ich ",
        "war ",
        "z. B. ",
        "Dr. ",
        "3. ",
        "... ",
        "… ",
        "! ",
        "?",
        ".",
        "“",
        "„",
        "(",
        ")",
        "\n",
        "\n\n",
        "M. ",
        "usw. ",
    ]
)


@pytest.mark.parametrize(("code", "text", "expected"), CASES)
def test_hard_borders(code: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in load_language(code).sentences(text)] == expected


@pytest.mark.parametrize("code", ["de", "en"])
@given(text=st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_spans_cover_and_never_overlap(code: str, text: str) -> None:
    covered = 0
    for start, end in load_language(code).sentences(text):
        assert covered <= start < end
        assert not text[covered:start].strip()
        assert text[start:end] == text[start:end].strip()
        covered = end
    assert not text[covered:].strip()


def test_wrapped_lines_stay_together() -> None:
    text = (
        "Als ich damals in die Klinik kam, war ich neunzehn und ich hatte große\n"
        "Angst vor allem, was kommen würde. Niemand sagte mir, wie lange\n"
        "das alles dauern sollte."
    )
    assert [text[a:b][:12] for a, b in load_language("de").sentences(text)] == [
        "Als ich dama",
        "Niemand sagt",
    ]


def test_lists_and_headings_are_their_own_sentences() -> None:
    text = "Was half\nIch nenne nur die Dinge, die mir in dieser langen Zeit halfen:\n- Ruhe\n- Musik"
    assert len(load_language("de").sentences(text)) == 4
