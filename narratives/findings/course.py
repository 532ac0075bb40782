"""What is told where, what is told together, and which codes a theme carries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from narratives.findings.coded import Coded
from narratives.findings.intervals import Resamples
from narratives.findings.shares import Row, row

PARTS = 5
_FEWEST_TOGETHER = 2


def course(coded: Coded, names: Sequence[str], resamples: Resamples, bootstrap: str) -> list[Row]:
    """Return the share of passages with each column in every fifth of the narratives, first to last."""
    part = np.minimum((coded.position * PARTS).astype(int), PARTS - 1)
    rows = []
    for number in range(PARTS):
        inside = (part == number)[:, None]
        counts = coded.per_narrative(coded.matrix & inside)
        totals = coded.per_narrative(np.broadcast_to(inside, coded.matrix.shape))
        n = int(inside.sum())
        if not n:
            continue
        estimate, low, high = resamples.ratio(counts, totals)
        rows += [
            row(
                f"course:{name}",
                f"{number + 1}/{PARTS}",
                (estimate[column], low[column], high[column]),
                n,
                f"{coded.basis}: share of passages in this part of the narratives; {bootstrap}",
            )
            for column, name in enumerate(names)
        ]
    return rows


def together(coded: Coded, code_ids: Sequence[str], resamples: Resamples, bootstrap: str) -> list[Row]:
    """Return for pairs of codes how many of the passages with either carry both (Jaccard 1901)."""
    columns = [coded.column(code_id) for code_id in code_ids]
    given = coded.matrix[:, columns]
    counts = given.astype(np.int32).T @ given.astype(np.int32)
    pairs = [
        (first, second)
        for first in range(len(columns))
        for second in range(first + 1, len(columns))
        if counts[first, second] >= _FEWEST_TOGETHER
    ]
    if not pairs:
        return []
    both = np.stack([given[:, a] & given[:, b] for a, b in pairs], axis=1)
    either = np.stack([given[:, a] | given[:, b] for a, b in pairs], axis=1)
    estimate, low, high = resamples.ratio(coded.per_narrative(both), coded.per_narrative(either))
    return [
        row(
            f"together:{code_ids[a]}:{code_ids[b]}",
            "all",
            (estimate[place], low[place], high[place]),
            int(either[:, place].sum()),
            f"{coded.basis}: passages with both codes among those with either (Jaccard); {bootstrap}",
        )
        for place, (a, b) in enumerate(pairs)
    ]


def codes_by_theme(
    coded: Coded, theme_of: np.ndarray, code_ids: Sequence[str], resamples: Resamples, bootstrap: str
) -> list[Row]:
    """Return the share of each theme's passages that carry each code; `theme_of` is -1 without theme."""
    columns = [coded.column(code_id) for code_id in code_ids]
    rows = []
    for theme in np.unique(theme_of[theme_of >= 0]):
        inside = (theme_of == theme)[:, None]
        given = coded.matrix[:, columns] & inside
        totals = coded.per_narrative(np.broadcast_to(inside, given.shape))
        estimate, low, high = resamples.ratio(coded.per_narrative(given), totals)
        rows += [
            row(
                f"theme_code:{theme}:{code_id}",
                "all",
                (estimate[place], low[place], high[place]),
                int(inside.sum()),
                f"{coded.basis}: share of the theme's passages; {bootstrap}",
            )
            for place, code_id in enumerate(code_ids)
            if given[:, place].any()
        ]
    return rows
