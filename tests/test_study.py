"""The study folder: whole tables or none, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from narratives import Study
from narratives.errors import InputError
from narratives.study import atomic

TABLE = pd.DataFrame({"passage_id": ["a"], "theme_id": [1], "weight": [0.5], "outlier": [False]})


def test_table_round_trip_and_key(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.write("passage_themes", TABLE, "k1")
    pd.testing.assert_frame_equal(study.passage_themes, TABLE, check_dtype=False)
    assert study.key("passage_themes") == "k1"
    assert study.key("themes") is None


def test_same_table_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Study(tmp_path / name).write("passage_themes", TABLE, "k")
    assert len({(tmp_path / name / "tables/passage_themes.parquet").read_bytes() for name in ("a", "b")}) == 1


def test_empty_table_keeps_its_columns_and_types(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.write("passage_themes", TABLE.iloc[:0], "k")
    study.write("passage_themes", TABLE.iloc[:0].astype(object), "k")
    assert list(study.passage_themes.dtypes.astype(str))[1:] == ["int64", "float64", "bool"]


def test_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), atomic(path) as partial:
        partial.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_table_counts_as_missing(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.write("themes", pd.DataFrame({"theme_id": [0]}), "k")
    study.path("themes").write_bytes(b"PAR1 broken")
    assert study.key("themes") is None


def test_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="narratives run"):
        _ = Study(tmp_path).themes
    with pytest.raises(InputError, match=r"manifest\.json"):
        _ = Study(tmp_path).manifest


def test_only_the_owner_can_read(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.write_text("report.html", "x")
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0
