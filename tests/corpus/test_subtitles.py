"""Subtitles become flowing text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from prose import accounts

from narratives.corpus.readers import ReadOptions, read_file
from narratives.errors import UnreadableFile


def read(name: str, text: str) -> str:
    (document,) = read_file(Path(name), text.encode(), ReadOptions())
    return document.text


def cues(account: list[str], mark: str) -> str:
    """Each paragraph in cues of five words, a pause of five seconds between paragraphs."""
    blocks, second = [], 0
    for paragraph in account:
        words = paragraph.split(" ")
        for at in range(0, len(words), 5):
            times = [f"00:{t // 60:02}:{t % 60:02}{mark}000" for t in (second, second + 1)]
            blocks.append(f"{len(blocks) + 1}\n{' --> '.join(times)}\n" + "\n".join(words[at : at + 5]))
            second += 1
        second += 5
    return "\n\n".join(blocks)


@given(accounts)
@settings(deadline=None, max_examples=25)
def test_cues_become_paragraphs(account: list[str]) -> None:
    assert read("a.srt", cues(account, ",")) == "\n\n".join(account)
    assert read("a.vtt", "WEBVTT\n\n" + cues(account, ".")) == "\n\n".join(account)


def test_headers_of_real_files() -> None:
    text = (
        "2 # slide\n00:00:00,000 --> 00:00:01,500\nGut, lassen Sie\nmich sagen.\n\n"
        "00:00:01,500 --> 00:00:02,000\nOhne Nummer,\n\nmit Lücke\n\n"
        "9\n0:00:02,0 --> 0:00:03,0\n{\\an8}<i>und Auszeichnung.</i>\n10\n00:00:03,000 --> 00:00:04,000\nEnde"
    )
    assert read("a.srt", text) == "Gut, lassen Sie mich sagen. Ohne Nummer, mit Lücke und Auszeichnung. Ende"


def test_voices_notes_styles_and_entities() -> None:
    text = (
        "WEBVTT - Titel\n\nSTYLE\n::cue {}\n\nNOTE\nAnmerkung\n\nc1\n00:01.000 --> 00:02.000 align:left\n"
        "<v Anna>Wie <00:01.500><c>war</c> es?</v>\n\n"
        "00:02.000 --> 00:03.000\n<v.loud Bert>Gut &amp; schlecht.\n<v Bert>Ja.\n\nNOTE x\n\n"
        "00:03.000 --> 00:04.000\n<v Anna>Ach."
    )
    assert read("a.vtt", text) == "Anna: Wie war es?\n\nBert: Gut & schlecht. Ja.\n\nAnna: Ach."


def test_dashes_and_labels_are_turns() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\n- Wie geht es?\n- Gut.\n\n00:00:02,000 --> 00:00:03,000\nI: Und\ndann"
    )
    assert read("a.srt", text) == "- Wie geht es?\n\n- Gut.\n\nI: Und dann"


def test_a_dash_within_a_sentence_is_no_turn() -> None:
    first = "00:00:01,000 --> 00:00:02,000\nEr kam\n– viel zu spät –"
    text = f"{first}\n\n00:00:02,000 --> 00:00:03,000\n– und ging."
    assert read("a.srt", text) == "Er kam – viel zu spät – – und ging."


def test_rolling_captions_are_said_once() -> None:
    lines = [f"Zeile {number}" for number in "abcdefgh"]
    blocks = [f"00:0{i}.000 --> 00:0{i}.900\n{a}\n{b}" for i, (a, b) in enumerate(pairwise(lines))]
    assert read("a.vtt", "WEBVTT\n\n" + "\n\n".join(blocks)) == " ".join(lines)


def test_no_time_lines() -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.srt has no time lines.*\.$"):
        read("a.srt", "nur Text")
