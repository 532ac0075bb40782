"""Decisions are appended, survive, and can be taken back without being lost."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from narratives.decisions import FILE, Decision, Decisions
from narratives.errors import InputError


def made(code: str = "a", verdict: str = "accept", coder: str = "anna", start: int = 0) -> Decision:
    return Decision(coder, "ab" * 32, start, start + 5, code, verdict)  # type: ignore[arg-type]


def test_nothing_decided_is_an_empty_table(tmp_path: Path) -> None:
    assert len(Decisions(tmp_path).current()) == 0 and not (tmp_path / FILE).exists()


def test_the_last_word_of_each_coder_holds(tmp_path: Path) -> None:
    decisions = Decisions(tmp_path)
    decisions.append([made(), made("b"), made("a", "reject"), made("a", coder="ben")])
    now = decisions.current()
    assert {(row.coder, row.code_id, row.verdict) for row in now.itertuples()} == {
        ("anna", "b", "accept"),
        ("anna", "a", "reject"),
        ("ben", "a", "accept"),
    }


def test_undo_is_an_event_and_nothing_is_rewritten(tmp_path: Path) -> None:
    decisions = Decisions(tmp_path)
    decisions.append([made()])
    decisions.append([made(verdict="undo")])
    assert len(decisions.current()) == 0
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert connection.execute("select verdict from events order by id").fetchall() == [
            ("accept",),
            ("undo",),
        ]


def test_two_coders_at_once_lose_nothing(tmp_path: Path) -> None:
    def work(coder: str) -> None:
        for start in range(40):
            Decisions(tmp_path).append([made(coder=coder, start=start)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, ["anna", "ben"]))
    assert Decisions(tmp_path).current().groupby("coder").size().to_dict() == {"anna": 40, "ben": 40}


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database, " * 100)
    with pytest.raises(InputError, match=FILE):
        Decisions(tmp_path).current()
