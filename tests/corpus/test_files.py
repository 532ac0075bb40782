"""Files, folders and patterns become one sorted list."""

from __future__ import annotations

from pathlib import Path

import pytest

from narratives.corpus.files import find_files
from narratives.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = [
        "b.txt",
        "a.docx",
        "sub/c.pdf",
        "sub/photo.jpg",
        ".hidden.txt",
        "~$a.docx",
        ".git/d.txt",
        "x [1].txt",
    ]
    for name in [*names, "sub/.~lock.c.pdf#", "__MACOSX/e.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    return tmp_path


def sources(*inputs: str | Path) -> list[str]:
    return [file.source for file in find_files([str(one) for one in inputs])]


def test_a_folder_gives_all_but_hidden_and_lock_files(folder: Path) -> None:
    assert sources(folder) == ["a.docx", "b.txt", "sub/c.pdf", "sub/photo.jpg", "x [1].txt"]


def test_files_and_patterns(folder: Path) -> None:
    assert sources(folder / "b.txt") == ["b.txt"]
    assert sources(folder / "x [1].txt") == ["x [1].txt"]
    assert sources(folder / "*.txt") == ["b.txt", "x [1].txt"]
    assert sources(folder / "**" / "*.pdf") == ["sub/c.pdf"]
    assert sources(folder / "s*") == ["sub/c.pdf", "sub/photo.jpg"]


def test_sources_are_relative_to_the_common_folder_and_count_once(folder: Path) -> None:
    assert sources(folder / "sub", folder / "b.txt") == ["b.txt", "sub/c.pdf", "sub/photo.jpg"]
    assert sources(folder / "b.txt", folder / "*.txt") == ["b.txt", "x [1].txt"]


def test_relative_inputs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert sources("sub") == ["c.pdf", "photo.jpg"]
    assert sources(".")[0] == "a.docx"


def test_names_are_normalised(folder: Path) -> None:
    (folder / "u\u0308ber.txt").write_text("text")
    assert "über.txt" in sources(folder)


@pytest.mark.parametrize("given", ["nothing.txt", "*.odt", "empty"])
def test_an_input_without_a_file_is_an_error(folder: Path, given: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="matches no file"):
        sources(folder / given)
