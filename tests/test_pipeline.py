"""The main job from end to end, through the command line, on the invented example reports."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from narratives import Study
from narratives.study import TABLES

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[1] / "examples"
COLUMNS = {
    "narratives": "narrative_id source title language perspective consent text text_sha256 n_words",
    "passages": "passage_id narrative_id start end speaker position text",
    "identifiers": "narrative_id start end kind placeholder",
    "themes": "theme_id label words n_passages n_narratives representative_passage_ids "
    "stability stability_low stability_high named hidden coherence",
    "passage_themes": "passage_id theme_id weight outlier",
    "suggestions": "passage_id codebook_id code_id confidence evidence",
    "findings": "finding group estimate low high n method",
}


def narratives(*arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "narratives", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr + done.stdout
    return done


def hashes(study: Path) -> dict[str, str]:
    """Return the SHA-256 of every table and of the report."""
    files = [*sorted((study / "tables").glob("*.parquet")), study / "report.html"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = tmp_path_factory.mktemp("demo") / "study"
    done = narratives("demo", "--study", study)
    assert "24 narratives" in done.stdout and "invented" in done.stdout
    return study


def test_tables_have_the_columns_of_the_contract(demo: Path) -> None:
    study = Study(demo)
    for name, columns in COLUMNS.items():
        wanted = columns.split()
        assert list(getattr(study, name).columns)[: len(wanted)] == wanted, name
    assert {"age_group", "country", "genre"} <= set(study.narratives.columns)
    scores = study.scores
    assert list(scores["passage_id"]) == list(study.passages["passage_id"])
    assert scores.drop(columns="passage_id").to_numpy().min() >= 0
    assert scores.drop(columns="passage_id").to_numpy().max() <= 1


def test_every_number_leads_to_a_place_in_a_report(demo: Path) -> None:
    study = Study(demo)
    text = study.narratives.set_index("narrative_id")["text"]
    sha = study.narratives.set_index("narrative_id")["text_sha256"]
    passages = study.passages
    for row in passages.itertuples():
        assert text[row.narrative_id][row.start : row.end] == row.text
        key = f"{sha[row.narrative_id]}:{row.start}:{row.end}"
        assert row.passage_id == hashlib.sha256(key.encode()).hexdigest()[:16]
    place = passages.set_index("passage_id")
    assert place.index.is_unique
    suggestions = study.suggestions
    assert len(suggestions) > 50
    for row in suggestions.itertuples():
        passage = place.loc[row.passage_id]
        assert len(row.evidence)
        for words in row.evidence:
            assert passage["start"] <= words["start"] < words["end"] <= passage["end"]
    assert set(study.passage_themes["passage_id"]) <= set(place.index)


def test_interviewers_are_never_coded(demo: Path) -> None:
    passages = Study(demo).passages
    assert set(passages.loc[passages["narrative_id"].str.contains("interview"), "speaker"]) <= {"B", "P"}
    assert {"B1", "B2", "A"} <= set(passages["speaker"])
    assert "M" not in set(passages["speaker"])


def test_manifest_names_everything_that_decides(demo: Path) -> None:
    manifest = Study(demo).manifest
    assert all(len(entry["sha256"]) == 64 and entry["status"] == "read" for entry in manifest["files"])
    assert manifest["seed"] and manifest["packages"]["bertopic"] and manifest["config"]["codebooks/susi.yaml"]
    assert set(manifest["tables"]) == set(TABLES)
    assert manifest["pipeline"]["settings"]["passages"]["max_words"] == 80


def test_second_run_does_nothing_and_says_so(demo: Path) -> None:
    before = hashes(demo)
    times = {path: path.stat().st_mtime_ns for path in demo.rglob("*") if path.is_file()}
    assert "Nothing has changed" in narratives("demo", "--study", demo).stdout
    assert hashes(demo) == before
    assert {path: path.stat().st_mtime_ns for path in demo.rglob("*") if path.is_file()} == times


def test_two_runs_give_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    narratives("demo", "--study", tmp_path / "again")
    assert hashes(tmp_path / "again") == hashes(demo)


def test_killed_at_any_moment_and_repeated_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    study = tmp_path / "killed"
    command = [sys.executable, "-m", "narratives", "demo", "--study", str(study)]
    for seconds in (0.6, 1.5, 2.5, 4.0):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
    narratives("demo", "--study", study)
    assert hashes(study) == hashes(demo)
    assert not list(study.rglob("*.part"))


def test_a_new_report_leaves_themes_as_they_are_and_all_else_as_read_anew(demo: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    shutil.copytree(EXAMPLES / "reports", reports)
    (reports / "17-polizeischule.pdf").rename(tmp_path / "later.pdf")
    arguments = ("run", reports, "--metadata", EXAMPLES / "metadata.csv", "--study")
    narratives(*arguments, tmp_path / "grown", "--quiet")
    before = Study(tmp_path / "grown").passage_themes.set_index("passage_id")["theme_id"]
    (tmp_path / "later.pdf").rename(reports / "17-polizeischule.pdf")
    narratives(*arguments, tmp_path / "grown", "--quiet")
    after = Study(tmp_path / "grown").passage_themes.set_index("passage_id")["theme_id"]
    assert (after[before.index] == before).mean() > 0.9
    # Themes go on from those of the last run; what stands on them differs from a study made at once.
    grown, anew = hashes(tmp_path / "grown"), hashes(demo)
    on_themes = ("theme_groups", "themes", "passage_themes", "theme_tree", "findings")
    for name in (*(f"{table}.parquet" for table in on_themes), "report.html"):
        grown.pop(name), anew.pop(name)
    assert grown == anew


def test_report_in_english_changes_no_table(demo: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(demo, study)
    narratives("demo", "--study", study, "--language", "en")
    before, after = hashes(demo), hashes(study)
    assert before.pop("report.html") != after.pop("report.html")
    assert before == after


def test_what_is_not_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    told = (
        "Ich erzähle von einem Sommer, in dem ich sehr viel Angst hatte, und davon, was mir geholfen hat.\n"
    )
    (reports / "gut.txt").write_text(told, encoding="utf-8")
    (reports / "zweite.txt").write_text(told, encoding="utf-8")
    (reports / "nein.txt").write_text(told * 2, encoding="utf-8")
    (reports / "leer.txt").write_bytes(b"")
    (reports / "bild.jpg").write_bytes(b"\xff\xd8\xff")
    (reports / "kaputt.docx").write_bytes(b"PK\x03\x04 broken")
    (reports / "README.md").write_text("notes", encoding="utf-8")
    metadata = tmp_path / "people.csv"
    metadata.write_text(
        "datei;einwilligung\ngut.txt;analysis\nnein.txt;teaching\nzweite.txt;analysis\nfehlt.txt;\n",
        encoding="utf-8",
    )
    done = narratives("run", reports, "--metadata", metadata, "--study", tmp_path / "s", "--json")
    numbers = json.loads(done.stdout)
    status = {item["source"]: item["status"] for item in numbers["not_read"]}
    assert status == {
        "zweite.txt": "duplicate",
        "nein.txt": "left out",
        "leer.txt": "empty",
        "bild.jpg": "unreadable",
        "kaputt.docx": "unreadable",
        "README.md": "left out",
    }
    assert numbers["metadata_without_report"] == ["fehlt.txt"]
    manifest = Study(tmp_path / "s").manifest
    assert len(manifest["files"]) == 7
    assert all(entry["reason"].count("\n") == 0 for entry in manifest["files"])
    assert list(Study(tmp_path / "s").narratives["narrative_id"]) == ["gut"]


def test_identifiers_with_a_form_reach_no_table_and_no_report(tmp_path: Path) -> None:
    report = tmp_path / "brief.txt"
    report.write_text("Schreib mir an jo.muster@example.org oder ruf an: 040 1234567. " * 3, encoding="utf-8")
    narratives("run", report, "--study", tmp_path / "s", "--quiet")
    study = Study(tmp_path / "s")
    assert set(study.identifiers["kind"]) == {"email", "phone"}
    for path in (tmp_path / "s").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".parquet":
                content = pd.read_parquet(path).to_json().encode()
            assert b"muster@" not in content and b"1234567" not in content, path


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run", "none/", "--study", "s"), 3, "none/"),
        (("run", "--study", "s"), 2, "Missing argument"),
        (("run", EXAMPLES, "--study", "s", "--pipeline", "curiculum"), 3, "curriculum"),
        (("codebook", "show", "nobody"), 3, "nobody"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_wrong_use_is_one_sentence(
    arguments: tuple[object, ...], status: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = narratives(*arguments, status=status)
    assert words in done.stderr and "Traceback" not in done.stderr


def test_own_codebook_works_at_once(tmp_path: Path) -> None:
    books = tmp_path / "s" / "config" / "codebooks"
    books.mkdir(parents=True)
    (books / "mine.yaml").write_text(
        """id: mine
label: {de: Meins, en: Mine}
codes:
  - id: mine_water
    label: {de: Wasser, en: Water}
    definition: {de: Jemand erzählt von Wasser., en: Someone tells of water.}
    indicators: {de: [fluss, meer, schwimmen], en: [river]}
    examples: {de: [Am Fluss wurde ich ruhig.], en: []}
""",
        encoding="utf-8",
    )
    own = tmp_path / "s" / "pipelines"
    own.mkdir()
    (own / "water.yaml").write_text(
        """name: water
title: {de: Wasser, en: Water}
description: {de: Wasser, en: Water}
coding: {codebooks: [mine], warnings: null, show_from: 0.05}
findings: {profile: mine}
""",
        encoding="utf-8",
    )
    report = tmp_path / "a.txt"
    report.write_text(
        "Jeden Abend ging ich an den Fluss und wurde dort ruhig, ganz ohne Worte.", encoding="utf-8"
    )
    narratives("run", report, "--study", tmp_path / "s", "--pipeline", "water", "--quiet")
    study = Study(tmp_path / "s")
    assert list(study.suggestions["code_id"]) == ["mine_water"]
    assert list(study.scores.columns) == ["passage_id", "mine_water"]
