"""One finished study of the examples, and a copy of it for every test that changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commandline import narratives


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = tmp_path_factory.mktemp("made") / "study"
    narratives("demo", "--study", study, "--quiet")
    return study


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))
