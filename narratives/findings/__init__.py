"""Statistics over suggestions or codings, and over themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from narratives.coding.codebook import Codebook
from narratives.findings.coded import Coded, coded_passages
from narratives.findings.course import codes_by_theme, course, together
from narratives.findings.intervals import Resamples
from narratives.findings.quality import theme_quality
from narratives.findings.shares import Row, links, shares
from narratives.settings import Findings

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["finding", "group", "estimate", "low", "high", "n", "method"]


def make_findings(
    basis: str,
    coded: pd.DataFrame,
    passages: pd.DataFrame,
    narratives: pd.DataFrame,
    themes: pd.DataFrame,
    passage_themes: pd.DataFrame,
    codebooks: Sequence[Codebook],
    settings: Findings,
    seed: int,
) -> pd.DataFrame:
    """Return the table `findings` for one basis ("suggestions" or "codings").

    `coded` has passage_id and code_id. Themes are the machine's in either case; hidden ones are left out.
    """
    import pandas as pd

    carried = coded_passages(basis, coded, passages, narratives, codebooks)
    resamples = Resamples(len(narratives), settings.resamples, settings.confidence, seed)
    bootstrap = f"bootstrap over narratives {settings.confidence:.0%}, {settings.resamples} resamples"
    rows: list[Row] = []
    if len(passages):
        leaves = [code.id for book in codebooks for code in book.leaves()]
        profile = [code.id for book in codebooks if book.id == settings.profile for code in book.leaves()]
        rows += shares(carried, carried.code_ids, narratives, settings)
        rows += links(carried, profile, settings)
        rows += course(carried, carried.code_ids, resamples, bootstrap)
        rows += together(carried, leaves, resamples, bootstrap)
        rows += theme_quality(themes, passage_themes, len(passages))
        hidden = set(themes.loc[themes["hidden"].astype(bool), "theme_id"])
        shown = passage_themes[~passage_themes["theme_id"].isin(hidden)]
        in_themes, theme_of = _as_coded(shown, passages, carried)
        if in_themes is not None:
            names = [f"theme:{number}" for number in np.unique(theme_of[theme_of >= 0])]
            rows += shares(in_themes, names, narratives, settings)
            rows += course(in_themes, names, resamples, bootstrap)
            rows += codes_by_theme(carried, theme_of, leaves, resamples, bootstrap)
    return pd.DataFrame(rows, columns=COLUMNS)


def _as_coded(
    passage_themes: pd.DataFrame, passages: pd.DataFrame, carried: Coded
) -> tuple[Coded | None, np.ndarray]:
    theme_by_passage = dict(zip(passage_themes["passage_id"], passage_themes["theme_id"], strict=True))
    theme_of = np.array([theme_by_passage.get(passage, -1) for passage in passages["passage_id"]], dtype=int)
    if not len(theme_of) or theme_of.max() < 0:
        return None, theme_of
    matrix = theme_of[:, None] == np.unique(theme_of[theme_of >= 0])[None, :]
    return (
        Coded("themes", [], matrix, carried.narrative, carried.position, carried.n_narratives),
        theme_of,
    )
