"""A language model is asked over real HTTP, never trusted, and never elsewhere than allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chat_server import ChatServer, serving
from hypothesis import given
from hypothesis import strategies as st

from narratives.coding.chat import Chat, is_loopback
from narratives.coding.codebook import load_codebook
from narratives.coding.language_model import LanguageModelProposer, read_answer
from narratives.coding.proposers import check_address
from narratives.errors import InputError
from narratives.language import load_language
from narratives.settings import Coding

TEXT = "Als mein Vater starb, fing es an.  Ich hörte\nStimmen."


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as state:
        yield state


def propose(
    server: ChatServer, text: str = TEXT, seconds: float = 10, study: Path | None = None
) -> dict[str, list[str]]:
    """Return the evidence of every proposed code, as it stands in the text."""
    languages = {"de": load_language("de")}
    machine = LanguageModelProposer(
        Chat(server.address, "some-model", seconds), [load_codebook("susi")], languages, study
    )
    _, found = machine.propose([text], "de", np.full(len(machine.code_ids), 0.2))
    return {
        machine.code_ids[code]: [text[item.start : item.end] for item in items]
        for (_, code), items in found.items()
    }


def answer(*codes: tuple[str, str, float]) -> str:
    return json.dumps(
        {"codes": [dict(zip(("code", "evidence", "confidence"), c, strict=True)) for c in codes]}
    )


def test_a_code_with_words_of_the_passage_is_proposed(server: ChatServer) -> None:
    server.answers = [
        "Gern:\n```json\n" + answer(("susi_past_life_event", "Als mein Vater starb", 0.8)) + "\n```"
    ]
    assert propose(server) == {"susi_past_life_event": ["Als mein Vater starb"]}
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions" and asked["model"] == "some-model"
    assert asked["temperature"] == 0 and "susi_past_life_event" in asked["messages"][0]["content"]


def test_space_in_the_evidence_may_differ(server: ChatServer) -> None:
    server.answers = [answer(("susi_past_life_event", "fing es an. Ich hörte Stimmen", 0.8))]
    assert propose(server) == {"susi_past_life_event": ["fing es an.  Ich hörte\nStimmen"]}


@pytest.mark.parametrize(
    "wrong",
    [
        answer(("susi_past_life_event", "Als meine Mutter starb", 0.9)),
        answer(("no_such_code", "Stimmen", 0.9)),
        "Das kann ich nicht beurteilen.",
        '{"codes": "susi_past_life_event"}',
        '{"codes": [7, null, {"code": ["x"]}]}',
        "{" * 5000,
    ],
)
def test_a_wrong_answer_is_asked_for_once_more_and_then_discarded(server: ChatServer, wrong: str) -> None:
    server.answers = [wrong]
    assert propose(server) == {}
    assert len(server.asked) == 2 and "Answer again" in server.asked[1]["messages"][-1]["content"]


def test_the_second_answer_counts(server: ChatServer) -> None:
    server.answers = ["hm", answer(("susi_past_life_event", "Vater starb", 0.7))]
    assert propose(server) == {"susi_past_life_event": ["Vater starb"]}


def test_what_was_answered_is_not_asked_again_and_no_words_are_kept(
    server: ChatServer, tmp_path: Path
) -> None:
    server.answers = [answer(("susi_past_life_event", "Vater starb", 0.7))]
    first = propose(server, study=tmp_path)
    kept = tmp_path / "tables" / "answers.jsonl"
    assert "Vater" not in kept.read_text(encoding="utf-8")
    kept.write_text(kept.read_text(encoding="utf-8") + '["cut o', encoding="utf-8")
    assert propose(server, study=tmp_path) == first and len(server.asked) == 1
    assert propose(server, TEXT + " Mehr.", study=tmp_path) and len(server.asked) == 2


def test_what_is_right_beside_something_wrong_stays(server: ChatServer) -> None:
    server.answers = [answer(("susi_past_life_event", "Vater starb", 0.7), ("x", "Vater", 1)), "nichts"]
    assert propose(server) == {"susi_past_life_event": ["Vater starb"]}


def test_a_slow_server_is_not_waited_for(server: ChatServer) -> None:
    server.delay = 0.3
    with pytest.raises(InputError, match=r"longer than 1 seconds|within 1 seconds"):
        propose(server, seconds=1)


@pytest.mark.parametrize(
    ("status", "raw", "words"),
    [
        (500, b"{}", "error 500"),
        (200, b"<html>", "cannot be used"),
        (200, b"[1, 2]", "expected protocol"),
        (200, b'{"choices": []}', "expected protocol"),
        (200, b'{"choices": [{"message": {"content": "' + b"x" * 2_000_000 + b'"}}]}', "cannot be used"),
        (200, b"[" * 100_000, "expected protocol|cannot be used"),
    ],
)
def test_a_hostile_server_is_one_sentence_without_the_text(
    server: ChatServer, status: int, raw: bytes, words: str
) -> None:
    server.status, server.raw = status, raw
    with pytest.raises(InputError, match=words) as error:
        propose(server)
    assert "Vater" not in str(error.value) and "\n" not in str(error.value)


def test_no_redirect_is_followed(server: ChatServer) -> None:
    with serving() as elsewhere:
        server.status, server.location = 307, elsewhere.address + "/chat/completions"
        with pytest.raises(InputError, match="error 307"):
            propose(server)
        assert not elsewhere.asked


def test_nobody_there() -> None:
    with serving() as gone:
        address = gone.address
    with pytest.raises(InputError, match="cannot be used"):
        Chat(address, "m").ask([])


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("http://127.0.0.1:11434/v1", True),
        ("http://localhost:8080/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://localhost@example.org/v1", False),
        ("http://192.168.1.7/v1", False),
        ("https://example.org/v1", False),
        ("http://0.0.0.0:1/v1", False),
    ],
)
def test_what_is_this_machine(address: str, loopback: bool) -> None:
    assert is_loopback(address) is loopback


@pytest.mark.parametrize("address", ["", "127.0.0.1:80", "file:///etc/passwd", "ftp://127.0.0.1/"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(InputError, match="no address"):
        Chat(address, "m")


def test_elsewhere_needs_leave_and_everyones_consent() -> None:
    away = Coding(coder="language-model:m", address="https://example.org/v1")
    allowed = [["analysis", "external_processing"]]
    with pytest.raises(InputError, match="external: true"):
        check_address(away, allowed)
    away = away.model_copy(update={"external": True})
    with pytest.raises(InputError, match="1 of 2 narratives"):
        check_address(away, [*allowed, ["analysis"]])
    check_address(away, allowed)
    check_address(Coding(coder="language-model:m"), [[]])


@given(st.text(), st.text(max_size=60))
def test_whatever_is_answered_only_words_of_the_passage_come_back(text: str, said: str) -> None:
    found, _ = read_answer(answer(("a", said, 0.4)), text, {"a": 0})
    assert all(text[start:end].split() == said.split() for _, start, end, _ in found)


@given(st.text())
def test_no_answer_breaks_the_reader(said: str) -> None:
    read_answer(said, "Text", {"a": 0})
