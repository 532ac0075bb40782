"""Pictures of the space of themes: passages laid out in two dimensions, and themes as a tree."""

from __future__ import annotations

import numpy as np

from narratives.themes.space import Space, centres

_NEIGHBOURS = 30


def lay_out(vectors: np.ndarray, dimensions: int, most: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which passages (rows) are drawn, and their places (rows, 2) between 0 and 1.

    Passages that are alike lie near each other; far distances mean little. t-SNE from the first principal
    axes (van der Maaten, Hinton 2008, JMLR 9:2579-2605), so that the same vectors give the same picture. Of
    more than `most` passages a sample is drawn.
    """
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    rows = np.flatnonzero(np.abs(vectors).sum(axis=1) > 0)
    if len(rows) > most:
        rows = np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
    if len(rows) < 3 or not most:
        return rows[:0], np.zeros((0, 2))
    placed = Space.of(vectors[rows], dimensions).place(vectors[rows])
    if placed.shape[1] < 2:
        placed = np.column_stack([placed, np.zeros(len(placed))])
    begin = placed[:, :2] / max(placed[:, 0].std(), 1e-9) * 1e-4
    near = min(_NEIGHBOURS, (len(rows) - 1) / 3)
    with threadpool_limits(1):  # the same additions in the same order
        places = TSNE(perplexity=near, init=begin, random_state=seed, max_iter=600, n_jobs=1).fit_transform(
            placed
        )
    low, high = places.min(axis=0), places.max(axis=0)
    return rows, ((places - low) / np.maximum(high - low, 1e-9)).round(4)


def grow_tree(placed: np.ndarray, theme_of: np.ndarray) -> list[tuple[int, int, float]]:
    """Return how themes join into ever larger ones: (first, second, distance), nearest first.

    A join is named by the smallest theme id it holds; the distance is 1 minus the mean cosine of the themes'
    middles (average linkage; Sokal, Michener 1958).
    """
    from scipy.cluster.hierarchy import linkage

    known, labels = np.unique(theme_of[theme_of >= 0], return_inverse=True)
    if len(known) < 2:
        return []
    joins = linkage(centres(placed[theme_of >= 0], labels, len(known)), "average", "cosine")
    names = [int(theme) for theme in known]
    found = []
    for first, second, distance, _ in joins:
        pair = sorted((names[int(first)], names[int(second)]))
        names.append(pair[0])
        found.append((pair[0], pair[1], round(max(float(distance), 0.0), 4)))
    return found
