"""How good the themes of a study are, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from narratives.findings.shares import Row, row
from narratives.themes.quality import diversity

if TYPE_CHECKING:
    import pandas as pd


def theme_quality(themes: pd.DataFrame, passage_themes: pd.DataFrame, n_passages: int) -> list[Row]:
    """Return coverage, reassigned share, coherence, diversity and stability of all themes."""
    if not len(themes):
        return []
    weight = themes["n_passages"].to_numpy(dtype=float)
    coherence = themes["coherence"].to_numpy(dtype=float)
    figures = {
        "coverage": (len(passage_themes) / n_passages, "share of passages that belong to a theme"),
        "reassigned": (
            float(passage_themes["outlier"].mean()),
            "share of them whose own group was too small or of one narrative, so that the nearest took them",
        ),
        "coherence": (
            float(np.nanmean(coherence)) if np.isfinite(coherence).any() else float("nan"),
            "NPMI of the words of a theme in windows of ten content words, mean over themes",
        ),
        "diversity": (diversity(list(themes["words"])), "share of different words among all words"),
        "stability": (
            float((themes["stability"].to_numpy(dtype=float) * weight).sum() / weight.sum()),
            "share of resamples in which a theme is found again, mean over passages",
        ),
    }
    return [
        row(f"themes:{name}", "all", (value, float("nan"), float("nan")), n_passages, f"themes: {method}")
        for name, (value, method) in figures.items()
    ]
