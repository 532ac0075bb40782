"""Words, numbers and quotes of the report in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from narratives import places, yamlfile
from narratives.outputs.report.anchors import Anchors, slug
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.published import published
from narratives.outputs.report.quotes import mark
from narratives.outputs.report.reading import merge_small
from narratives.outputs.report.records import Evidence, Passage
from narratives.outputs.report.texts import load_texts
from narratives.outputs.report.volume import taking_turns
from narratives.settings import Pipeline, Text


def flat(entries: Any, start: str = "") -> dict[str, set[str]]:
    """Return {dotted key: its placeholders}."""
    if isinstance(entries, dict):
        found = {}
        for key, value in entries.items():
            found.update(flat(value, f"{start}{key}."))
        return found
    return {start: set(re.findall(r"{(\w+)}", str(entries)))}


def texts(language: str) -> dict[str, Any]:
    data, _ = yamlfile.read(places.shipped("config") / f"report/{language}.yaml")
    return data


def test_both_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    assert flat(texts("de")) == flat(texts("en"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_setting_is_explained(language: str) -> None:
    words = Text(de="", en="")
    names = []
    for name, value in Pipeline(name="x", title=words, description=words).model_dump().items():
        if name not in ("title", "description"):
            names += [f"{name}.{inner}" for inner in value] if isinstance(value, dict) else [name]
    assert sorted(texts(language)["settings"]) == sorted(names)


def test_a_study_can_change_single_words(tmp_path: Path) -> None:
    own = tmp_path / "config/report/de.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("titles:\n  brief: Auf einen Blick\n", encoding="utf-8")
    words = load_texts("de", tmp_path, Formats("de"))
    assert words("titles.brief") == "Auf einen Blick"
    assert words("titles.limits") == "Grenzen"


def test_values_in_texts_are_escaped() -> None:
    words = load_texts("de", None, Formats("de"))
    assert "<b>" not in words("warnings.note", flags="<b>")


def test_numbers() -> None:
    german, english = Formats("de"), Formats("en")
    assert german.number(1234567.25, 1) == "1.234.567,2"
    assert english.number(1234) == "1,234"
    assert german.percent(0.454) == "45\u00a0%"
    assert english.percent(0.454) == "45%"
    assert german.percent(0.001) == "<\u00a01\u00a0%"
    assert german.percent(float("nan")) == "–"
    assert german.interval(0.3, 0.61) == "30–61\u00a0%"
    assert [german.points(value) for value in (0.12, -0.05, 0.001, -0.001)] == ["+12", "−5", "0", "0"]


def test_evidence_is_cut_at_the_passage_and_layers_are_counted() -> None:
    passage = Passage("p", "n", 10, 20, 0.0, "", "abcdefghij")
    parts = mark(passage, [Evidence(5, 14, "one"), Evidence(12, 16, "two"), Evidence(40, 50, "far")])
    assert [(part.text, part.depth) for part in parts] == [("ab", 1), ("cd", 2), ("ef", 1), ("ghij", 0)]
    assert parts[1].reason == "one; two"
    assert "".join(part.text for part in parts) == passage.text


def test_everyone_gets_a_turn_before_anyone_gets_two() -> None:
    assert taking_turns(["a1", "a2", "a3", "b1", "c1"], list("aaabc")) == ["a1", "b1", "c1", "a2", "a3"]


def test_small_groups_are_put_together_so_that_none_can_be_told_by_subtraction() -> None:
    assert merge_small([("a", 9), ("b", 6)], 5) == ([("a", 9), ("b", 6)], False)
    assert merge_small([("a", 9), ("b", 6), ("c", 1)], 5) == ([("a", 9), ("b / c", 7)], True)
    assert merge_small([("a", 9), ("b", 3), ("c", 3)], 5) == ([("a", 9), ("b / c", 6)], True)


def test_ids_are_plain_and_unique() -> None:
    anchors = Anchors(["A/1", "a-1", "ä 1"], [("x", "c"), ("y", "c")], [0])
    ids = [anchors.narrative(name) for name in ("A/1", "a-1", "ä 1")]
    assert len(set(ids)) == 3 and all(re.fullmatch(r"[a-z0-9_-]+", name) for name in ids)
    assert anchors.code("x", "c") != anchors.code("y", "c")
    assert slug("…") == "x"


def test_published_figures_name_their_sample_and_source() -> None:
    figures = published("susi", None)
    assert figures is not None
    assert [study.sample for study in figures.studies] == [90, 400]
    assert all(study.source and study.figures for study in figures.studies)
    assert published("unknown", None) is None
