"""Where paragraphs begin and end."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narratives.corpus.paragraphs import paragraphs

LONG = (
    "Damals wohnte ich noch bei meinen Eltern und ging jeden Morgen denselben Weg zur Arbeit, an dem Fluss "
    "entlang, bis zu der Brücke, die man später abgerissen hat. An einem dieser Morgen hörte ich zum ersten "
    "Mal, dass jemand meinen Namen rief, und es war niemand da. Ich drehte mich um und ging weiter, weil ich "
    "nicht zu spät kommen wollte, und am Abend hatte ich es beinahe vergessen."
)


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


def unwrapped(text: str) -> list[str]:
    return [" ".join(part.split()) for part in texts(text)]


@given(st.text(st.sampled_from("abÄ .:-\n\n\t 1") | st.characters()))
@settings(deadline=None)
def test_spans_cover_every_letter_once_and_in_order(text: str) -> None:
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    inside = {at for start, end in spans for at in range(start, end)}
    assert all(at in inside for at, char in enumerate(text) if not char.isspace())


def test_blank_lines_are_borders() -> None:
    assert texts("Eins.\n\nZwei\n \nDrei") == ["Eins.", "Zwei", "Drei"]
    assert paragraphs("") == []


@pytest.mark.parametrize("width", [55, 66, 76, 90])
def test_lines_broken_at_a_margin_are_one_paragraph(width: int) -> None:
    account = [LONG, LONG[120:], LONG[60:]]
    assert unwrapped("\n\n".join(textwrap.fill(part, width) for part in account)) == account


def test_broken_lines_with_first_lines_set_in() -> None:
    account = [LONG, LONG[113:], LONG]
    text = "\n".join(textwrap.fill(part, 70, initial_indent="    ") for part in account).strip()
    assert unwrapped(text) == account


def test_a_short_last_line_ends_a_paragraph_among_broken_lines() -> None:
    text = f"{textwrap.fill(LONG, 70)}\nDann kam\nSchluss."
    assert len(texts(f"{textwrap.fill(LONG, 60)}\n{textwrap.fill(LONG, 60)}")) == 2
    assert texts(text)[-1].endswith("Schluss.")


def test_one_line_a_paragraph() -> None:
    assert texts(f"{LONG}\n{LONG}\nKurz.\n{LONG}") == [LONG, LONG, "Kurz.", LONG]
    assert texts(f"Kapitel eins\n{LONG}") == ["Kapitel eins", LONG]


def test_turns_and_lists() -> None:
    assert texts("I: Wie war das?\nB: Schwer\nund lang.\nI: Danke.") == [
        "I: Wie war das?",
        "B: Schwer\nund lang.",
        "I: Danke.",
    ]
    turns = "Anna: Ja\nBert: Nein\n" * 3
    assert len(texts(turns)) == 6
    assert len(texts("Was hilft:\n- schlafen\n- gehen\n- reden")) == 4


def test_verse_and_letters_stay_together_until_a_sentence_ends() -> None:
    verse = "Die Nacht war lang\nund keiner kam\nund keiner ging\nals nur der Wind."
    assert texts(verse) == [verse]
    assert len(texts(f"{verse}\n{verse}")) == 2
