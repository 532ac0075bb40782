"""k-means on unit vectors, the same on every run and machine load."""

from __future__ import annotations

import numpy as np

from narratives.themes.space import centres

_STARTS = 3
_FEW = 1000  # so few that most may be the same


def k_means(
    placed: np.ndarray, number: int, seed: int, starts: int = _STARTS, begin: np.ndarray | None = None
) -> np.ndarray:
    """Return the unit-length centres (number, d) of the vectors (n, d).

    `begin` (up to `number`, d) are centres to begin from; those missing are chosen far from them.
    """
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    if len(placed) <= _FEW:
        number = min(number, len(np.unique(placed, axis=0)))
    number = max(1, min(number, len(placed)))
    with threadpool_limits(1):  # the same additions in the same order
        if number == 1:
            return centres(placed, np.zeros(len(placed), dtype=int), 1)
        if begin is not None and len(begin):
            model = KMeans(number, init=_filled(placed, begin[:number], number), n_init=1)
        else:
            model = KMeans(number, n_init=starts, random_state=seed)
        return centres(placed, model.fit_predict(placed), number)


def nearest(placed: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the number of the centre with the highest cosine for each vector."""
    found = [
        (placed[first : first + 20_000] @ at.T).argmax(axis=1) for first in range(0, len(placed), 20_000)
    ]
    return np.concatenate(found) if found else np.zeros(0, dtype=int)


def _filled(placed: np.ndarray, begin: np.ndarray, number: int) -> np.ndarray:
    """Return the centres given and, until there are `number`, the vector farthest from all of them."""
    chosen = list(begin)
    closest = (placed @ begin.T).max(axis=1)
    while len(chosen) < number:
        chosen.append(placed[int(closest.argmin())])
        closest = np.maximum(closest, placed @ chosen[-1])
    return np.array(chosen)
