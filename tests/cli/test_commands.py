"""Commands that report: what they print, as text and as JSON, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from narratives.cli import cli, main

EXAMPLES = Path(__file__).parents[2] / "examples"
MISTAKE = "id: x\nlabel: {de: X, en: X}\ncodes:\n  - id: x_1\n    labels: {de: A, en: A}\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error of the command line."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def _commands(group: click.Group, names: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found += _commands(command, (*names, name)) if isinstance(command, click.Group) else [(*names, name)]
    return found


@pytest.mark.parametrize("names", _commands(cli), ids=" ".join)
def test_every_command_has_help_with_an_example(
    names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, *names, "--help")
    assert status == 0
    assert "Example" in out and f"narratives {' '.join(names)}" in out


def test_codebook_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "codebook", "list", "--json")
    books = {book["id"]: book for book in json.loads(out)}
    assert set(books) == {"susi", "chime", "exin", "peer", "cw"}
    assert books["cw"]["kind"] == "flags"
    _, out, _ = run(capsys, "codebook", "show", "susi", "--code", "susi_search_open")
    assert "Sinnsuche" in out and "susi_past" not in out.split("[susi_search_open]")[0]
    _, out, _ = run(capsys, "codebook", "show", "susi", "--language", "en")
    assert "Search for meaning" in out


def test_codebook_check_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(MISTAKE, encoding="utf-8")
    status, out, _ = run(capsys, "codebook", "check", path)
    assert status == 1
    assert "mine.yaml:5: `codes.0.labels` is not a setting, did you mean `label`?" in out
    assert run(capsys, "codebook", "check", "chime")[0] == 0


def test_pipeline_check_knows_what_the_machine_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\ntitle: {de: x, en: x}\ndescription: {de: x, en: x}\n"
        "encoder: word2vec\ncoding:\n  codebooks: [susy]\n  coder: nobody\nlanguage: {spacy_de: de_dream}\n",
        encoding="utf-8",
    )
    status, out, _ = run(capsys, "pipeline", "check", path, "--json")
    mistakes = json.loads(out)["mistakes"]
    assert status == 1 and len(mistakes) == 4
    assert [f":{line}:" in " ".join(mistakes) for line in (4, 6, 7, 8)] == [True] * 4
    for name in ("subjective-meaning", "curriculum", "double-coding"):
        assert run(capsys, "pipeline", "check", name)[0] == 0


def test_pipeline_show_is_a_file_to_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "pipeline", "show", "curriculum")
    copy = tmp_path / "copy.yaml"
    copy.write_text(out, encoding="utf-8")
    assert run(capsys, "pipeline", "check", copy)[0] == 0


def test_check_changes_nothing_and_says_what_needs_a_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Ich wohne seit dem Sommer wieder allein und es geht.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Write to me at jo@example.org, I am at home and well.", encoding="utf-8")
    (tmp_path / "c.xyz").write_bytes(b"x")
    (tmp_path / "metadaten.csv").write_text("Datei;Einwilligung\na.txt;Analyse\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    status, out, _ = run(capsys, "check", tmp_path, "--json")
    assert status == 1 and sorted(tmp_path.iterdir()) == before
    found = {item["narrative_id"]: item for item in json.loads(out)["narratives"]}
    assert (found["a"]["language"], found["b"]["language"]) == ("de", "en")
    assert found["a"]["consent"] == ["analysis"] and found["b"]["identifiers"] == 1
    assert "jo@example.org" not in out
    status, out, _ = run(capsys, "check", tmp_path)
    assert "c.xyz" in out and "2 of 3 files can be read" in out


def test_check_is_content_with_the_examples(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(
        capsys, "check", EXAMPLES / "reports", "--metadata", EXAMPLES / "metadata.csv", "--quiet"
    )
    assert status == 0 and "22 of 22 files can be read" in out


def test_errors_are_one_sentence_and_debug_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "check", "nowhere/")
    assert status == 3 and err.count("\n") == 1 and "nowhere/" in err
    assert "Traceback" in run(capsys, "check", "nowhere/", "--debug")[2]


def test_an_unexpected_error_never_shows_words_of_a_narrative(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("words of a narrative")

    monkeypatch.setattr("narratives.corpus.files.find_reports", broken)
    status, out, err = run(capsys, "check", EXAMPLES)
    assert status == 70 and "words of" not in out + err and "RuntimeError" in err
