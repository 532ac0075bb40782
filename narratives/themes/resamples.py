"""Resamples of the narratives: how many groups hold, and how often each comes back.

Ben-Hur, Elisseeff, Guyon 2002, "A stability based method for discovering structure in clustered data";
Hennig 2007, "Cluster-wise assessment of cluster stability", Comput. Stat. Data Anal. 52:258-271.
"""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from narratives.themes.kmeans import k_means, nearest

SHARE = 0.8  # of the narratives in each resample
RECOVERED = 0.5  # Jaccard from which a group counts as found again (Hennig: below it is dissolved)


def draw(voices: np.ndarray, number: int, seed: int) -> list[np.ndarray]:
    """Return for each resample which passages (n, bool) it holds; narratives are drawn, not passages.

    With fewer than five narratives passages are drawn, since there is no other way to leave some out.
    """
    generator = np.random.default_rng(seed)
    units = np.unique(voices) if len(np.unique(voices)) >= 5 else np.arange(len(voices))
    owner = voices if len(units) != len(voices) else np.arange(len(voices))
    size = max(2, round(SHARE * len(units)))
    return [np.isin(owner, generator.choice(units, size, replace=False)) for _ in range(number)]


def regroup(
    placed: np.ndarray, drawn: list[np.ndarray], number: int, seed: int, begin: np.ndarray | None
) -> np.ndarray:
    """Return (resamples, n) the groups of the passages of each resample grouped alone; -1 for the others."""
    from joblib import cpu_count
    from threadpoolctl import threadpool_limits

    def group(place: int) -> np.ndarray:
        own = placed[drawn[place]]
        return nearest(own, k_means(own, number, seed + place, begin=begin))

    found = np.full((len(drawn), len(placed)), -1)
    # Side by side, but each in one thread: the same groups on every machine.
    with threadpool_limits(1), ThreadPoolExecutor(cpu_count()) as workers:
        for place, groups in enumerate(workers.map(group, range(len(drawn)))):
            found[place, drawn[place]] = groups
    return found


def agreement(regrouped: np.ndarray) -> float:
    """Return how far two resamples agree on the passages both hold: mean adjusted Rand index of all pairs.

    Hubert, Arabie 1985, "Comparing partitions", J. Classif. 2:193-218. 1 is the same groups, 0 chance.
    """
    from sklearn.metrics import adjusted_rand_score

    scores = [
        adjusted_rand_score(a[both], b[both])
        for a, b in itertools.combinations(regrouped, 2)
        if (both := (a >= 0) & (b >= 0)).any()
    ]
    return float(np.mean(scores)) if scores else 1.0


def comes_back(members: np.ndarray, regrouped: np.ndarray) -> tuple[float, float, float]:
    """Return the share of resamples in which a theme (n, bool) is found again, with its 95 % interval.

    Found again means: its passages in the resample and one group there have a Jaccard likeness of at least
    RECOVERED. Interval: Wilson 1927, JASA 22:209-212.
    """
    from scipy.stats import binomtest

    again = 0
    for groups in regrouped:
        inside = groups >= 0
        own = groups[members & inside]
        if not len(own):
            continue
        shared = np.bincount(own, minlength=groups.max() + 1)
        either = len(own) + np.bincount(groups[inside], minlength=groups.max() + 1) - shared
        again += bool((shared / np.maximum(either, 1)).max() >= RECOVERED)
    if not len(regrouped):
        return 0.0, 0.0, 1.0
    interval = binomtest(again, len(regrouped)).proportion_ci(0.95, method="wilson")
    return again / len(regrouped), float(interval.low), float(interval.high)
