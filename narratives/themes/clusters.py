"""Passages grouped by their vectors: how many groups, and who belongs where."""

from __future__ import annotations

from typing import Any

import numpy as np

from narratives.settings import Themes

_SAMPLE = 3000


class PassageClusters:
    """The clustering step for BERTopic: k-means on unit vectors with a number of groups it chooses itself.

    Every passage belongs to a group: with few texts density methods call most of them outliers, and
    k-means does not. Groups with fewer than `min_passages`, or of one narrative only, are dissolved
    into their neighbours. `narratives` (n) says by number whose passage each vector is.
    """

    def __init__(self, settings: Themes, seed: int, narratives: np.ndarray) -> None:
        self.settings = settings
        self.seed = seed
        self.narratives = narratives
        self.labels_: np.ndarray = np.zeros(0, dtype=int)
        self.moved_: np.ndarray = np.zeros(0, dtype=bool)

    def fit(self, vectors: np.ndarray, y: Any = None) -> PassageClusters:
        """Group the vectors (n, d); sets labels_ (n) and moved_ (n): reassigned from a dissolved group."""
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):  # the same additions in the same order on every machine
            number = self._number(vectors)
            labels = _k_means(vectors, number, self.seed)
            small = self._too_small(labels)
            self.labels_, self.moved_ = _dissolve(vectors, labels, small)
        return self

    def _too_small(self, labels: np.ndarray) -> np.ndarray:
        """Tell of each group whether it has too few passages or speaks for one person only."""
        voices = np.array([len(set(self.narratives[labels == group])) for group in range(labels.max() + 1)])
        least = 2 if len(set(self.narratives)) > 2 else 1
        return np.asarray((np.bincount(labels) < self.settings.min_passages) | (voices < least))

    def predict(self, vectors: np.ndarray) -> np.ndarray:
        """Return the group of each vector (BERTopic asks a clustering step for it)."""
        centres = centroids(vectors, self.labels_)
        return np.asarray((vectors @ centres.T).argmax(axis=1))

    def _number(self, vectors: np.ndarray) -> int:
        from sklearn.metrics import silhouette_score

        passages = len(vectors)
        most = max(1, min(self.settings.max_number, passages // (2 * self.settings.min_passages)))
        if self.settings.number != "auto":
            return min(int(self.settings.number), most)
        if most < 3:
            return most
        sample = vectors
        if passages > _SAMPLE:
            rows = np.random.default_rng(self.seed).choice(passages, _SAMPLE, replace=False)
            sample = vectors[np.sort(rows)]
        # Around the square root of the passages, the number whose groups are set apart most clearly.
        middle = passages**0.5 / 2.2
        numbers = np.unique(np.geomspace(max(3, middle / 1.8), max(4, middle * 1.6), 7).round().astype(int))
        numbers = np.unique(np.clip(numbers, 2, most))
        fits = [
            float(silhouette_score(sample, labels, metric="cosine")) if len(set(labels)) > 1 else -1.0
            for labels in (_k_means(sample, int(number), self.seed) for number in numbers)
        ]
        return int(numbers[int(np.argmax(np.round(fits, 6)))])


def centroids(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the unit-length mean vector of each group 0..k-1, shape (k, d)."""
    groups = int(labels.max()) + 1 if len(labels) else 0
    sums = np.zeros((groups, vectors.shape[1]))
    np.add.at(sums, labels, vectors)
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)


def _k_means(vectors: np.ndarray, number: int, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    if number < 2:
        return np.zeros(len(vectors), dtype=int)
    return np.asarray(KMeans(number, n_init=3, random_state=seed).fit_predict(vectors))


def _dissolve(vectors: np.ndarray, labels: np.ndarray, small: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the members of small groups to the nearest remaining group; return labels and who moved."""
    kept = np.flatnonzero(~small)
    if not len(kept):
        return np.zeros(len(labels), dtype=int), np.zeros(len(labels), dtype=bool)
    moved = ~np.isin(labels, kept)
    renamed = np.full(len(small), -1)
    renamed[kept] = np.arange(len(kept))
    result = renamed[labels]
    if moved.any():
        centres = centroids(vectors[~moved], result[~moved])
        result[moved] = (vectors[moved] @ centres.T).argmax(axis=1)
    return result, moved
