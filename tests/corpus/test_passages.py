"""Passages: one thought each, exact offsets, never across speakers or paragraphs."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narratives.corpus.paragraphs import paragraphs
from narratives.corpus.passages import cut, load_borders, passage_id
from narratives.corpus.transcript import blank_marks, load_conventions, turns
from narratives.language import load_language
from narratives.settings import Passages

CONVENTIONS, BORDERS = load_conventions(), load_borders()

SENTENCES = [
    "Damals war ich siebzehn und hatte keine Worte dafür.",
    "Heute weiß ich, z. B. am 15. März, was mir guttut.",
    "Das hat lange gedauert!",
    "Und dann (lacht) kam Frau Dr. M. in K. zu mir, ganz ruhig.",
    "Ich fragte mich: warum ich?",
    "Der Genesungsbegleiter*in glaubte ich sofort, weil sie dasselbe kannte wie ich.",
    "ging so",
    "Nein.",
]
TURNS = st.lists(
    st.tuples(st.sampled_from(["", "I: ", "B: ", "B1: "]), st.lists(st.sampled_from(SENTENCES), min_size=1)),
    min_size=1,
    max_size=8,
)


def _cut(text: str, **changes: object) -> list[tuple[int, int, str]]:
    chosen = Passages(**changes)  # type: ignore[arg-type]
    return cut(text, "de", load_language("de").sentences, chosen, CONVENTIONS, BORDERS)


def test_long_paragraph_becomes_thoughts() -> None:
    text = " ".join(SENTENCES[:6] * 4)
    lengths = [len(text[start:end].split()) for start, end, _ in _cut(text)]
    assert all(10 <= length <= 80 for length in lengths)


def test_a_sentence_without_end_is_cut_at_clauses() -> None:
    text = ", ".join(["und dann ging ich wieder hinaus in den Hof zu den anderen"] * 30) + "."
    found = _cut(text)
    assert max(len(text[start:end].split()) for start, end, _ in found) <= 80
    assert all(text[start:end].endswith((",", ".")) for start, end, _ in found)


def test_never_across_paragraphs() -> None:
    text = "Ein kurzer Satz.\n\nNoch ein kurzer Satz.\n\nUnd der dritte."
    assert [text[start:end] for start, end, _ in _cut(text)] == text.split("\n\n")


def test_interviewer_is_context_and_speakers_stay_apart() -> None:
    text = "I: Wie war das?\nB1: Schlimm war das.\nB2: Bei mir nicht.\nI: Ach so?\nB1: Doch, sehr."
    found = [(speaker, text[start:end]) for start, end, speaker in _cut(text)]
    assert found == [("B1", "Schlimm war das."), ("B2", "Bei mir nicht."), ("B1", "Doch, sehr.")]


@pytest.mark.parametrize("unit", ["sentence", "passage", "paragraph", "turn"])
def test_units(unit: str) -> None:
    text = "B: Erster Satz hier. Zweiter Satz dort.\n\nNeuer Absatz.\nI: Und?\nB: Ende."
    count = {"sentence": 4, "passage": 3, "paragraph": 3, "turn": 2}[unit]
    assert len(_cut(text, unit=unit)) == count


@settings(max_examples=150, deadline=None)
@given(TURNS, st.sampled_from(["sentence", "passage", "paragraph"]), st.sampled_from(["\n", "\n\n"]))
def test_spans_are_exact_and_complete(told: list[tuple[str, list[str]]], unit: str, between: str) -> None:
    text = between.join(label + " ".join(sentences) for label, sentences in told)
    found = _cut(text, unit=unit)
    blocks, spoken = paragraphs(text), turns(text, CONVENTIONS)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    for start, end, _ in found:
        assert start < end
        assert text[start:end] == text[start:end].strip()
        assert sum(a <= start and end <= b for a, b in blocks) == 1
        assert sum(turn.start <= start and end <= turn.end for turn in spoken) == 1
    plain = blank_marks(text, CONVENTIONS)
    narrated = "".join(plain[turn.start : turn.end] for turn in spoken if turn.role == "narrator")
    covered = "".join(plain[start:end] for start, end, _ in found)
    assert "".join(covered.split()) == "".join(narrated.split())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all(text: str) -> None:
    for start, end, _ in _cut(text):
        assert 0 <= start < end <= len(text)


def test_passage_id_as_the_contract_says() -> None:
    sha = hashlib.sha256(b"x").hexdigest()
    assert passage_id(sha, 3, 9) == hashlib.sha256(f"{sha}:3:9".encode()).hexdigest()[:16]
