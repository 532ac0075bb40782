"""The shipped coder: the same for a passage in any company, evidence in its words, honest about voice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from narratives.coding.codebook import Codebook, load_codebook
from narratives.coding.coder import FILE, Coder
from narratives.coding.context import load_context_words
from narratives.coding.machine import Machine
from narratives.coding.suggest import suggest
from narratives.errors import InputError
from narratives.language import load_language
from narratives.progress import Progress

BOOKS = ("susi", "chime", "cw")
TEXTS = [
    "Meine Psychose hängt mit der Trennung meiner Eltern zusammen. Heute regnet es. Nachher kaufe ich Brot.",
    "Ich habe die Hoffnung nie aufgegeben, dass es wieder besser wird.",
    "Ich hatte keine Hoffnung mehr, dass es wieder besser wird.",
    "Wir haben Kartoffeln gekocht und danach die Küche geputzt.",
    "Sie haben mich fixiert und eingesperrt, ich durfte nicht telefonieren.",
]


@pytest.fixture(scope="module")
def machine() -> Machine:
    languages = {code: load_language(code) for code in ("de", "en")}
    books = [load_codebook(name) for name in BOOKS]
    return Machine(Coder.load("recovery-coder"), books, languages, load_context_words())


def proposed(machine: Machine, text: str, least: float = 0.1) -> dict[str, list[str]]:
    """Return for each proposed code the words shown as evidence."""
    _, found = machine.propose([text], "de", np.full(len(machine.code_ids), least))
    return {
        machine.code_ids[code]: [text[item.start : item.end] for item in items]
        for (_, code), items in found.items()
    }


def test_a_passage_is_judged_the_same_in_any_company(machine: Machine) -> None:
    together = machine.judge(TEXTS, "de").log_odds
    alone = np.concatenate([machine.judge([text], "de").log_odds for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-9


def test_what_is_plainly_said_is_proposed_and_everyday_life_is_not(machine: Machine) -> None:
    assert "susi_past_life_event" in proposed(machine, TEXTS[0])
    assert "cw_coercion" in proposed(machine, TEXTS[4], 0.5)
    assert not proposed(machine, TEXTS[3], 0.2)


def test_evidence_is_the_sentence_that_carries(machine: Machine) -> None:
    words = proposed(machine, TEXTS[0])["susi_past_life_event"]
    assert any("Trennung meiner Eltern" in some for some in words)
    assert not any("Brot" in some for some in words)


def test_denied_hope_is_not_hope(machine: Machine) -> None:
    hope = [n for n, code in enumerate(machine.code_ids) if code.startswith("chime_hope_")]
    odds = machine.judge(TEXTS[1:3], "de").log_odds[:, hope].max(axis=1)
    assert odds[0] > odds[1]
    assert not [code for code in proposed(machine, TEXTS[2], 0.2) if code.startswith("chime_hope_")]


def test_a_sentence_that_others_say_carries_no_code(machine: Machine) -> None:
    for words in proposed(machine, "Die Ärzte sagten, das sei unheilbar.", 0.02).items():
        assert words[0].startswith("cw_")


def test_evidence_lies_within_the_passage_and_every_suggestion_has_some(machine: Machine) -> None:
    passages = pd.DataFrame(
        {
            "passage_id": [str(number) for number in range(len(TEXTS))],
            "start": [100 * number for number in range(len(TEXTS))],
            "text": TEXTS,
            "language": "de",
        }
    )
    books = [load_codebook(name) for name in BOOKS]
    least = dict.fromkeys(machine.code_ids, 0.05)
    scores, suggestions = suggest(passages, machine, books, least, Progress(quiet=True))
    assert len(scores) == len(TEXTS) and len(suggestions)
    for row in suggestions.itertuples():
        begin = 100 * int(row.passage_id)
        assert row.evidence
        for item in row.evidence:
            assert begin <= item["start"] < item["end"] <= begin + len(TEXTS[int(row.passage_id)])
    assert (scores["chime_hope"] == scores.filter(regex="^chime_hope_").max(axis=1)).all()


def test_a_codebook_nobody_learned_works_at_once() -> None:
    text = {"de": "Garten", "en": "Garden"}
    garden = {
        "id": "own_garden",
        "label": text,
        "definition": {"de": "Arbeit im Garten, mit Pflanzen und Erde", "en": "Work in the garden"},
        "examples": {"de": ["Im Garten habe ich Tomaten gepflanzt.", "Das Beet war mein Halt."], "en": []},
        "indicators": {"de": ["beet", "garten"]},
    }
    other = {
        "id": "own_music",
        "label": {"de": "Musik", "en": "Music"},
        "definition": {"de": "Musik machen und hören, singen", "en": "Music"},
        "examples": {"de": ["Im Chor habe ich wieder gesungen."], "en": []},
        "indicators": {"de": ["chor", "singen"]},
    }
    book = Codebook.model_validate({"id": "own", "label": text, "codes": [garden, other]})
    machine = Machine(Coder.load("recovery-coder"), [book], {"de": load_language("de")}, load_context_words())
    odds = machine.judge(["Morgens gehe ich in den Garten und gieße die Beete."], "de").log_odds[0]
    assert odds[0] > odds[1] + 1
    assert proposed(machine, "Morgens gehe ich in den Garten und gieße die Beete.", 0.05).keys() == {
        "own_garden"
    }


def test_saved_and_loaded_it_says_the_same(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "mine"
    machine.coder.save(folder / FILE)
    again = Coder.load("mine", tmp_path)
    languages = {"de": load_language("de")}
    books = [load_codebook(name) for name in BOOKS]
    other = Machine(again, books, languages, load_context_words())
    assert np.abs(other.judge(TEXTS, "de").log_odds - machine.judge(TEXTS, "de").log_odds).max() < 1e-3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"\x80\x04\x95 pickle"])
def test_a_file_that_is_no_coder_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "models" / "mine" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a coder"):
        Coder.load("mine", tmp_path)


def test_a_file_with_objects_that_could_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "models" / "mine" / FILE
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        np.savez(file, values=np.array([{"x": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="not a coder"):
        Coder.load("mine", tmp_path)


def test_what_never_was_right_often_enough_stays_silent() -> None:
    coder = Coder.load("recovery-coder")
    for code in ("susi_past_life_event", "a code nobody learned"):
        levels = [coder.threshold(code, precision) for precision in (0.0, 0.2, 0.5, 0.9)]
        assert levels == sorted(levels)
    assert any(coder.threshold(code, 0.9) > 1 for code in coder.learned.codes)
