"""`narratives themes`: what a person decides is applied at once, kept, and respected by later runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import narratives

from narratives import Study

pytestmark = pytest.mark.slow


def test_list_says_how_often_each_is_found_again(study: Path) -> None:
    assert "found again" in narratives("themes", study)
    rows = json.loads(narratives("themes", study, "--json"))
    assert {row["theme_id"] for row in rows} == set(Study(study).themes["theme_id"])
    assert all(row["stability_low"] <= row["stability"] <= row["stability_high"] for row in rows)
    assert not (study / "themes.yaml").exists()


def test_decisions_reach_report_and_findings_and_survive_a_run(study: Path) -> None:
    first, second, third, *_ = Study(study).themes["theme_id"]
    narratives(
        "themes", study, "--name", first, "Eigener Name", "--merge", second, first, "--hide", third, "--quiet"
    )
    for _ in range(2):
        opened = Study(study)
        rows = opened.themes.set_index("theme_id")
        assert rows["label"][first] == "Eigener Name" and second not in rows.index and rows["hidden"][third]
        html = (study / "report.html").read_text(encoding="utf-8")
        assert "Eigener Name" in html and f'id="theme-{third}"' not in html
        assert f"share:theme:{third}" not in set(opened.findings["finding"])
        narratives("demo", "--study", study, "--quiet")
    narratives("themes", study, "--undo", first, "--undo", second, "--show", third, "--quiet")
    assert set(Study(study).themes["theme_id"]) >= {first, second, third}


def test_splitting_adds_a_theme_and_words_can_guide(study: Path, tmp_path: Path) -> None:
    largest = Study(study).themes["theme_id"].iloc[0]
    before = len(Study(study).themes)
    narratives("themes", study, "--split", largest, 2, "--quiet")
    assert len(Study(study).themes) == before + 1
    words = tmp_path / "words.yaml"
    words.write_text(
        "Klinik: [Station, Visite, Ärztin]\nFamilie: [Mutter, Vater, Geschwister]\n", encoding="utf-8"
    )
    narratives("themes", study, "--guide", words, "--quiet")
    assert {"Klinik", "Familie"} <= set(Study(study).themes["label"])
    narratives("themes", study, "--anew", "--guide", "none", "--quiet")
    assert (study / "themes-1.yaml").is_file()
    assert "Klinik" not in set(Study(study).themes["label"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--name", 99, "x"), "There is no theme 99"),
        (("--split", 0, 1), "two or more"),
        (("--guide", "missing.yaml"), "missing.yaml"),
        (("--guide", "nobook"), "nobook"),
        (("--guide", "EMPTY"), "must hold names with lists of words"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    study: Path, tmp_path: Path, arguments: tuple[object, ...], words: str
) -> None:
    before = (study / "report.html").read_bytes()
    empty = tmp_path / "empty.yaml"
    empty.write_text("Garten: []\n", encoding="utf-8")
    given = [empty if value == "EMPTY" else value for value in arguments]
    message = narratives("themes", study, *given, status=3)
    assert words in message and message.startswith("Error: ") and message.count("\n") == 1
    assert (study / "report.html").read_bytes() == before and not (study / "themes.yaml").exists()


def test_a_study_that_is_not_finished_says_so(tmp_path: Path) -> None:
    assert "narratives run" in narratives("themes", tmp_path, status=3)
