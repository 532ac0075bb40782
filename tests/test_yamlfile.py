"""Mistakes in YAML files are explained with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from narratives.coding.codebook import Codebook, load_codebook
from narratives.settings import Pipeline, load_pipeline
from narratives.yamlfile import YamlMistake, load

PIPELINE = """name: mine
title: {de: Meine, en: Mine}
description: {de: x, en: y}
"""
CODEBOOK = """id: mine
label: {de: Meins, en: Mine}
codes:
  - id: mine_one
    label: {de: Eins, en: One}
    definition: {de: Erste, en: First}
"""


def _mistakes(path: Path, text: str, model: type) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(YamlMistake) as caught:
        load(path, model)
    return caught.value.mistakes


def test_unknown_setting_names_line_and_likely_word(tmp_path: Path) -> None:
    (mistake,) = _mistakes(tmp_path / "p.yaml", PIPELINE + "themes:\n  nummber: 4\n", Pipeline)
    assert mistake.endswith("`themes.nummber` is not a setting, did you mean `number`?")
    assert "p.yaml:5:" in mistake


def test_wrong_value_names_line_and_value(tmp_path: Path) -> None:
    (mistake,) = _mistakes(tmp_path / "p.yaml", PIPELINE + "passages:\n  min_words: many\n", Pipeline)
    assert "p.yaml:5:" in mistake and "'many'" in mistake


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = PIPELINE + "seed: x\npassages:\n  unit: word\n"
    assert len(_mistakes(tmp_path / "p.yaml", text, Pipeline)) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1\nb: 2\n", ":2"), ("label: Titel: eins\n", ":1"), ("id: a\nid: b\n", ":2"), ("- a\n", ":1")],
)
def test_broken_yaml_names_line(tmp_path: Path, text: str, line: str) -> None:
    assert f"b.yaml{line}:" in _mistakes(tmp_path / "b.yaml", text, Codebook)[0]


def test_files_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"\xff\xfe\x00\x01\x80")
    with pytest.raises(YamlMistake, match="UTF-8"):
        load(path, Codebook)
    with pytest.raises(YamlMistake, match="cannot be read"):
        load(tmp_path / "none.yaml", Codebook)


def test_yaml_never_runs_code(tmp_path: Path) -> None:
    target = tmp_path / "made"
    text = CODEBOOK + f"notes: !!python/object/apply:os.mkdir ['{target}']\n"
    _mistakes(tmp_path / "b.yaml", text, Codebook)
    assert not target.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("parent: nobody", "nobody"),
        ("parent: mine_one", "circle"),
        ("color: red", "color"),
    ],
)
def test_codebook_mistakes(tmp_path: Path, change: str, words: str) -> None:
    (mistake,) = _mistakes(tmp_path / "b.yaml", f"{CODEBOOK}    {change}\n", Codebook)
    assert words in mistake


def test_smallest_codebook_works(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    book = load_codebook(str(path))
    assert [code.id for code in book.leaves()] == ["mine_one"]


@pytest.mark.parametrize("name", ["subjective-meaning", "curriculum", "double-coding"])
def test_shipped_pipelines_say_every_setting(name: str) -> None:
    from narratives import yamlfile
    from narratives.settings import pipeline_path

    data, _ = yamlfile.read(pipeline_path(name))
    full = load_pipeline(name).model_dump()
    assert set(data) == set(full)
    for key, value in full.items():
        if isinstance(value, dict) and key not in ("title", "description"):
            assert set(data[key]) == set(value), key


def test_study_wins_over_shipped(tmp_path: Path) -> None:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines" / "curriculum.yaml").write_text(PIPELINE, encoding="utf-8")
    assert load_pipeline("curriculum", tmp_path).name == "mine"
    assert load_pipeline("curriculum").name == "curriculum"
