"""Turns of transcripts, marks that are no speech, and prose that only looks like a transcript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narratives.corpus.transcript import Conventions, blank_marks, load_conventions, turns
from narratives.errors import InputError

CONVENTIONS = load_conventions()
LABELS = ["I:", "B:", "Int.:", "Anna:", "Frau M.:", "[Interviewer]", "M:", "S1:", "Und:"]
MARKS = [
    "#00:03:15-4#",
    "[00:03:15]",
    "(lacht)",
    "(...)",
    "(4)",
    "(unv.)",
    "//mhm//",
    "/",
    "(Axt?)",
    "((",
    "))",
]
TEXTS = st.lists(
    st.sampled_from([*LABELS, *MARKS, "Ja. ", "ich ", "\n", "\n\n", " ", "[Name] ", "(damals 19) "])
).map("".join)


def spoken(text: str, conventions: Conventions = CONVENTIONS) -> list[tuple[str, str, str]]:
    """Return (speaker, role, words) of every turn."""
    return [(turn.speaker, turn.role, text[turn.start : turn.end]) for turn in turns(text, conventions)]


def test_an_interview() -> None:
    text = (
        "Interview 3, Datum 12.3.\n\nI: Wie ging es los? #00:00:10-2#\n\nB: [00:00:12] Langsam. (lacht)\n"
        "Dann schnell. #00:03:15-4#\n\nI: \n\nI: Und heute?\n\nB: Heute geht es mir gut, ich arbeite wieder."
    )
    assert spoken(text) == [
        ("", "interviewer", "Interview 3, Datum 12.3."),
        ("I", "interviewer", "Wie ging es los?"),
        ("B", "narrator", "Langsam. (lacht)\nDann schnell."),
        ("I", "interviewer", "Und heute?"),
        ("B", "narrator", "Heute geht es mir gut, ich arbeite wieder."),
    ]


@pytest.mark.parametrize(
    ("asks", "tells"),
    [
        ("I:", "B:"),
        ("INT:", "B1:"),
        ("Int.:", "P.:"),
        ("[Interviewer]", "[PERSON_1]:"),
        ("Interviewerin:", "Anna:"),
        ("M:", "S1:"),
        ("F:", "A:"),
        ("Moderator:", "E:"),
        ("I1:", "Frau M.:"),
        ("Interviewer:in:", "IP:"),
    ],
)
def test_labels(asks: str, tells: str) -> None:
    text = f"{asks} Wie war es?\n{tells} Schlimm war es.\n{asks} Und dann?\n{tells} Dann wurde es besser."
    assert [role for _, role, _ in spoken(text)] == ["interviewer", "narrator"] * 2
    assert [words for _, _, words in spoken(text)][1] == "Schlimm war es."


@pytest.mark.parametrize(
    "text",
    [
        "Und dann dachte ich: Jetzt ist es aus.\nErgebnis: Ich ging.\nDann war Ruhe.",
        "[Name] war da.\n[Name] ging.\n[Name] kam wieder.",
        "Montag: schlecht\nDienstag: besser\nMontag: gut\nMontag: gut\nMontag: gut",
        "Ich ging heim.\nPS: Danke für alles.",
        "Beispiel: Ich zähle.\nBeispiel: Ich singe.\nBeispiel: Ich male.",
    ],
)
def test_prose_is_one_turn(text: str) -> None:
    assert spoken(f"  {text}\n") == [("", "narrator", text)]


def test_nothing_said_is_no_turn() -> None:
    assert turns(" \n ", CONVENTIONS) == []


def test_names_only_have_no_interviewer() -> None:
    text = "Mutter: Er war drei.\nVater: Nein, vier war er.\nMutter: Doch.\nVater: Na gut."
    assert {role for _, role, _ in spoken(text)} == {"narrator"}


def test_an_unmistakable_interviewer_without_a_label() -> None:
    answer = "Das war eine lange Zeit, in der ich niemandem traute und nachts nicht schlief. "
    text = f"Eva: Und dann?\nAnna: {answer * 2}\n" * 4
    roles = {speaker: role for speaker, role, _ in spoken(text)}
    assert roles == {"Eva": "interviewer", "Anna": "narrator"}


def test_an_account_before_a_few_spoken_lines_is_no_header() -> None:
    text = "Ich war lange krank und erzähle davon. " * 20 + "\nIch: Nein.\nEr: Doch.\nIch: Nein.\nEr: Doch."
    assert spoken(text)[0][1] == "narrator"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ich war/ Ich ging (...) weg (..) so (.) ja (4) da", "Ich war Ich ging weg so ja da"),
        ("(lacht) Ja (seufzt) das (weint leise) war (unv.) so (unv., Handystörung).", "Ja das war so ."),
        ("Gut #00:03:15-4# und [00:03:15] da //mhm// ja", "Gut und da ja"),
        ("Da war eine (Axt?) im Haus", "Da war eine Axt im Haus"),
        ("Ich (damals 19) und [Name] gingen und/oder Betroffene/r", None),
        ("Er kam (wegen der Stimmen) an", None),
        ("Siehe https://x.de/a und 1/2 km/h", None),
    ],
)
def test_marks_become_spaces(text: str, words: str | None) -> None:
    blanked = blank_marks(text, CONVENTIONS)
    assert len(blanked) == len(text)
    assert blanked.split() == (text if words is None else words).split()


def test_labels_become_spaces() -> None:
    text = "I: Ja?\nB: Nein.\nI: Gut?\nB: Ja."
    assert blank_marks(text, CONVENTIONS) == "   Ja?\n   Nein.\n   Gut?\n   Ja."


@given(st.one_of(st.text(), TEXTS))
def test_blanking_keeps_length_and_is_idempotent(text: str) -> None:
    blanked = blank_marks(text, CONVENTIONS)
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for new, old in zip(blanked, text, strict=True))
    assert blank_marks(blanked, CONVENTIONS) == blanked


@given(st.one_of(st.text(), TEXTS))
def test_turns_ascend_and_cover_all_speech(text: str) -> None:
    covered = 0
    left = list(blank_marks(text, CONVENTIONS))
    for turn in turns(text, CONVENTIONS):
        assert covered <= turn.start < turn.end
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        left[turn.start : turn.end] = " " * (turn.end - turn.start)
        covered = turn.end
    assert not "".join(left).strip()


def test_a_wrong_expression_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    shipped = tmp_path / "config" / "transcripts.yaml"
    shipped.parent.mkdir()
    shipped.write_text(
        "interviewer: i\nperhaps_interviewer: m\nnarrator: b\nno_label: ps\nremarks: lacht\n"
        "unintelligible: unv\ntime_stamps: ['(']\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="no regular expression"):
        load_conventions(tmp_path)
