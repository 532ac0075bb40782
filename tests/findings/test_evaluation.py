"""Machine beside gold: measures as in scikit-learn, spans meet passages by half, mistakes are told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, f1_score

from narratives.errors import InputError
from narratives.findings.evaluation import MEASURES, evaluate, given_codes, read_gold

PASSAGES = pd.DataFrame(
    {
        "passage_id": [f"p{number}" for number in range(12)],
        "narrative_id": [f"n{number // 3}" for number in range(12)],
        "start": [10 * (number % 3) for number in range(12)],
        "end": [10 * (number % 3) + 10 for number in range(12)],
    }
)


def gold(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["narrative", "start", "end", "code"])


def measured(coded: list[bool], scores: list[float], shown: list[bool]) -> pd.Series:
    spans = [
        (row.narrative_id, row.start, row.end, "a")
        for row, has in zip(PASSAGES.itertuples(), coded, strict=True)
        if has
    ]
    read = [(name, 0, 0, "") for name in PASSAGES["narrative_id"].unique()]
    table = pd.DataFrame({"passage_id": PASSAGES["passage_id"], "a": scores})
    suggestions = PASSAGES[shown][["passage_id"]].assign(code_id="a")
    found = evaluate(gold(*spans, *read), PASSAGES, table, suggestions, 60, 0.95, 1)  # type: ignore[arg-type]
    assert (found.passages, found.narratives) == (12, 4)
    return found.codes.iloc[0]


@settings(max_examples=40)
@given(
    st.lists(st.booleans(), min_size=12, max_size=12).filter(any),
    st.lists(st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.9]), min_size=12, max_size=12),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_measures_are_those_of_the_field(coded: list[bool], scores: list[float], shown: list[bool]) -> None:
    row = measured(coded, scores, shown)
    assert row["average_precision"] == pytest.approx(average_precision_score(coded, scores))
    assert row["f1"] == pytest.approx(f1_score(coded, shown))
    assert row["n"] == sum(coded) and row["suggestions"] == sum(shown)
    for name in MEASURES:
        if np.isfinite(row[name]):
            assert 0 <= row[f"{name}_low"] <= row[f"{name}_high"] <= 1


def test_a_perfect_machine_is_perfect() -> None:
    coded = [True, False, False] * 4
    row = measured(coded, [float(has) for has in coded], coded)
    assert [row[name] for name in MEASURES] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("span", "passages"),
    [((0, 10), ["p0"]), ((0, 14), ["p0"]), ((0, 15), ["p0", "p1"]), ((12, 14), ["p1"]), ((8, 22), ["p1"])],
)
def test_half_of_a_passage_or_of_a_span_is_enough(span: tuple[int, int], passages: list[str]) -> None:
    inside, _, has = given_codes(gold(("n0", *span, "a")), PASSAGES, ["a"])
    assert list(inside["passage_id"][has[:, 0]]) == passages and len(inside) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("narrative,start,end\nx,0,1\n", "column 'code' is missing"),
        ("narrative;start;end;code\nx;5;5;a\n", "row 2: `start` must be"),
        ("narrative,start,end,code\nx,one,5,a\n", "row 2"),
    ],
)
def test_a_wrong_table_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_gold(path)


def test_tables_of_excel_and_with_other_separators_are_read(tmp_path: Path) -> None:
    table = gold(("n0", 0, 10, "a"))
    table.to_excel(tmp_path / "gold.xlsx", index=False)
    table.rename(columns={"narrative": "narrative_id"}).to_csv(tmp_path / "gold.csv", sep=";", index=False)
    for name in ("gold.xlsx", "gold.csv"):
        assert read_gold(tmp_path / name).to_dict("list") == table.to_dict("list")


def test_unknown_codes_and_narratives_are_told() -> None:
    with pytest.raises(InputError, match="no scores for the code 'b'"):
        given_codes(gold(("n0", 0, 10, "b")), PASSAGES, ["a"])
    with pytest.raises(InputError, match="No narrative"):
        given_codes(gold(("x", 0, 10, "a")), PASSAGES, ["a"])
