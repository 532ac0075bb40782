"""The coded corpus holds together: offsets, codes, spread, variety."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "models" / "recovery-coder"


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coded_corpus", FOLDER / "corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_units_are_whole_spans_in_order_with_known_codes(corpus: ModuleType) -> None:
    known = set(corpus.codes())
    ids = set()
    for one in corpus.load():
        assert one["id"] not in ids
        ids.add(one["id"])
        end = 0
        for unit in one["units"]:
            assert end <= unit["start"] < unit["end"] <= len(one["text"])
            span = one["text"][unit["start"] : unit["end"]]
            assert span == span.strip() and not span.startswith("I: ")
            assert set(unit["a"]) | set(unit["b"]) <= known
            end = unit["end"]


def test_large_enough_and_two_thirds_german(corpus: ModuleType) -> None:
    narratives = corpus.load()
    assert len(narratives) >= 250
    assert sum(len(one["units"]) for one in narratives) >= 3500
    assert sum(one["language"] == "de" for one in narratives) / len(narratives) >= 2 / 3
    assert {one["perspective"] for one in narratives} == {
        "experiencer",
        "relative",
        "professional",
        "peer_worker",
    }
    assert len({one["genre"] for one in narratives}) >= 6


def test_every_code_has_units_and_many_units_have_none(corpus: ModuleType) -> None:
    narratives = corpus.load()
    either = corpus.given(narratives, "a") | corpus.given(narratives, "b")
    few = {code: int(n) for code, n in zip(corpus.codes(), either.sum(axis=0), strict=True) if n < 60}
    assert not few
    assert 0.15 < (~either.any(axis=1)).mean() < 0.5


def test_no_template_text(corpus: ModuleType) -> None:
    narratives = corpus.load()
    seen: Counter[tuple[str, ...]] = Counter()
    openings: Counter[tuple[str, ...]] = Counter()
    for one in narratives:
        words = [word.lower() for word in re.findall(r"\w+", one["text"])]
        openings[tuple(words[:6])] += 1
        seen.update({tuple(words[place : place + 8]) for place in range(len(words) - 7)})
    repeated = sum(count for count in seen.values() if count > 1)
    assert repeated / seen.total() < 0.005
    assert len(openings) / len(narratives) > 0.95
    starts = Counter(
        " ".join(one["text"][unit["start"] : unit["end"]].split()[:3]).lower()
        for one in narratives
        for unit in one["units"]
    )
    assert len(starts) / starts.total() > 0.8


def test_placeholders_instead_of_names_of_places(corpus: ModuleType) -> None:
    texts = " ".join(one["text"] for one in corpus.load())
    cities = re.findall(r"\b(?:Berlin|Hamburg|München|Wien|Zürich|London|Dublin|Köln|Leipzig)\b", texts)
    assert len(cities) <= 3


def test_single_passages_name_known_codes_and_do_not_repeat_themselves(corpus: ModuleType) -> None:
    known, passages = set(corpus.codes()), corpus.wordings()
    assert len({one["id"] for one in passages}) == len({one["text"] for one in passages}) == len(passages)
    for one in passages:
        assert {one["code"], *one["b"]} <= known
        assert {code.split("_")[0] for code in one["b"]} <= set(one["books"])
        assert one["holds"] == (one["telling"] != "near")
    assert {one["code"] for one in passages} == known
    seen: Counter[tuple[str, ...]] = Counter()
    for one in passages:
        words = [word.lower() for word in re.findall(r"\w+", one["text"])]
        seen.update({tuple(words[place : place + 8]) for place in range(len(words) - 7)})
    assert sum(count for count in seen.values() if count > 1) / seen.total() < 0.005


def test_nothing_that_is_read_to_learn_stands_in_the_examples(corpus: ModuleType) -> None:
    """What the report of the demo proposes was not learned by heart."""
    examples = " ".join(
        path.read_text(encoding="utf-8", errors="ignore")
        for path in (FOLDER.parents[1] / "examples").rglob("*.txt")
    )
    texts = [one["text"] for one in corpus.wordings()]
    assert not [text for text in texts if text[:60] in examples]
