"""Statistics against numbers worked out by hand or published elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from narratives.coding.codebook import Codebook
from narratives.findings import COLUMNS, make_findings
from narratives.findings.intervals import Resamples, newcombe, wilson
from narratives.settings import Findings

TEXT = {"de": "x", "en": "x"}
BOOK = Codebook.model_validate(
    {
        "id": "susi",
        "label": TEXT,
        "codes": [
            {"id": "susi_a", "label": TEXT, "definition": TEXT},
            {"id": "susi_b", "label": TEXT, "definition": TEXT},
            {"id": "top", "label": TEXT, "definition": TEXT},
            {"id": "low", "parent": "top", "label": TEXT, "definition": TEXT},
        ],
    }
)


def test_wilson_as_published() -> None:
    # Newcombe 1998, Stat Med 17:857-872, table I: 81 of 263 and 0 of 20.
    assert wilson(81, 263, 0.95) == pytest.approx((0.3080, 0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20, 0.95) == pytest.approx((0.0, 0.0, 0.1611), abs=5e-5)


def test_newcombe_as_published() -> None:
    # Newcombe 1998, Stat Med 17:873-890, table II, method 10: 56/70 - 48/80 and 9/10 - 3/10.
    assert newcombe(56, 70, 48, 80, 0.95) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert newcombe(9, 10, 3, 10, 0.95) == pytest.approx((0.6, 0.1705, 0.8090), abs=5e-5)


def test_bootstrap_resamples_whole_narratives() -> None:
    counts = np.array([[10.0], [0.0], [0.0], [0.0]])
    totals = np.full((4, 1), 10.0)
    estimate, low, high = Resamples(4, 2000, 0.95, seed=1).ratio(counts, totals)
    assert estimate[0] == 0.25
    # Forty passages taken as independent would give about .12 to .38; four people say much less.
    assert low[0] == 0.0 and high[0] >= 0.5


def _study() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    narratives = pd.DataFrame(
        {"narrative_id": [f"n{i}" for i in range(10)], "perspective": ["experiencer"] * 6 + ["relative"] * 4}
    )
    passages = pd.DataFrame(
        [
            {"passage_id": f"n{i}p{j}", "narrative_id": f"n{i}", "position": j / 5}
            for i in range(10)
            for j in range(5)
        ]
    )
    given = [(f"n{i}p0", "susi_a") for i in range(5)] + [(f"n{i}p0", "susi_b") for i in range(4)]
    given += [("n9p4", "susi_b"), ("n0p1", "low"), ("n0p2", "low")]
    coded = pd.DataFrame(given, columns=["passage_id", "code_id"])
    themes = pd.DataFrame(
        {
            "theme_id": [0, 1],
            "words": [["a", "b"], ["b", "c"]],
            "n_passages": [20, 30],
            "stability": [0.5, 1.0],
            "coherence": [0.2, float("nan")],
            "hidden": [False, False],
        }
    )
    members = pd.DataFrame(
        {
            "passage_id": passages["passage_id"],
            "theme_id": [0, 0, 1, 1, 1] * 10,
            "outlier": [True] + [False] * 49,
        }
    )
    return coded, passages, narratives, themes, members


def _findings() -> pd.DataFrame:
    coded, *rest = _study()
    settings = Findings(by=("perspective",), min_group=5)
    return make_findings("suggestions", coded, *rest, [BOOK], settings, seed=1)


def _one(table: pd.DataFrame, finding: str, group: str = "all") -> pd.Series:
    (place,) = table.index[(table["finding"] == finding) & (table["group"] == group)]
    return table.loc[place]


def test_shares_and_groups() -> None:
    table = _findings()
    assert list(table.columns) == COLUMNS
    assert _one(table, "share:susi_a")["estimate"] == 0.5
    assert _one(table, "share:susi_a", "perspective=experiencer")["estimate"] == pytest.approx(5 / 6)
    assert "perspective=relative" not in set(table["group"])  # four people: fewer than min_group
    assert _one(table, "share:top")["estimate"] == 0.1


def test_links_course_together_and_themes() -> None:
    table = _findings()
    # Of the five with a four have b; of the five without a one has b.
    assert _one(table, "link:susi_a:susi_b")["estimate"] == pytest.approx(0.8 - 0.2)
    assert _one(table, "course:susi_a", "1/5")["estimate"] == 0.5
    assert _one(table, "course:susi_b", "5/5")["estimate"] == 0.1
    assert _one(table, "together:susi_a:susi_b")["estimate"] == pytest.approx(4 / 6, abs=1e-6)
    assert _one(table, "theme_code:0:susi_a")["estimate"] == 0.25
    assert _one(table, "share:theme:1")["estimate"] == 1.0


def test_every_row_says_what_it_counts_and_intervals_hold_the_estimate() -> None:
    table = _findings()
    assert table["method"].str.startswith(("suggestions:", "themes:")).all()
    table = table[~table["finding"].str.startswith("themes:")]  # they have none
    assert ((table["low"] <= table["estimate"] + 1e-6) & (table["estimate"] <= table["high"] + 1e-6)).all()
    assert not table[["finding", "group"]].duplicated().any()


def test_same_input_same_table() -> None:
    pd.testing.assert_frame_equal(_findings(), _findings())


def test_nothing_coded() -> None:
    coded, passages, narratives, themes, members = _study()
    table = make_findings(
        "codings",
        coded.iloc[:0],
        passages,
        narratives,
        themes.iloc[:0],
        members.iloc[:0],
        [BOOK],
        Findings(),
        seed=1,
    )
    assert (table.loc[table["finding"].str.startswith("share:"), "estimate"] == 0).all()


def test_quality_of_themes() -> None:
    table = _findings()
    assert _one(table, "themes:coverage")["estimate"] == 1.0
    assert _one(table, "themes:reassigned")["estimate"] == pytest.approx(0.02)
    assert _one(table, "themes:coherence")["estimate"] == 0.2  # the theme without a figure is left out
    assert _one(table, "themes:diversity")["estimate"] == 0.75
    assert _one(table, "themes:stability")["estimate"] == pytest.approx(0.8)


def test_hidden_themes_are_not_counted_and_ids_may_have_gaps() -> None:
    coded, passages, narratives, themes, members = _study()
    themes, members = (
        themes.assign(theme_id=[0, 7], hidden=[True, False]),
        members.replace({"theme_id": {1: 7}}),
    )
    settings = Findings(by=(), min_group=5)
    table = make_findings(
        "suggestions", coded, passages, narratives, themes, members, [BOOK], settings, seed=1
    )
    named = {name for name in table["finding"] if name.startswith("share:theme:")}
    assert named == {"share:theme:7"}
