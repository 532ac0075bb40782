"""Intervals for shares, differences of shares, and anything counted per narrative."""

from __future__ import annotations

import numpy as np


def wilson(count: int, n: int, confidence: float) -> tuple[float, float, float]:
    """Return share, low and high of a count out of n (n > 0): score interval of Wilson 1927."""
    from scipy.stats import binomtest

    interval = binomtest(count, n).proportion_ci(confidence_level=confidence, method="wilson")
    return count / n, float(interval.low), float(interval.high)


def newcombe(count_1: int, n_1: int, count_2: int, n_2: int, confidence: float) -> tuple[float, float, float]:
    """Return share 1 minus share 2 with its interval: Newcombe 1998, Stat Med 17:873-890, method 10."""
    share_1, low_1, high_1 = wilson(count_1, n_1, confidence)
    share_2, low_2, high_2 = wilson(count_2, n_2, confidence)
    difference = share_1 - share_2
    below = float(np.hypot(share_1 - low_1, high_2 - share_2))
    above = float(np.hypot(high_1 - share_1, share_2 - low_2))
    return difference, difference - below, difference + above


class Resamples:
    """Resamples of whole narratives: passages of one person are not independent of each other."""

    def __init__(self, narratives: int, number: int, confidence: float, seed: int) -> None:
        generator = np.random.default_rng(seed)
        chances = np.full(narratives, 1 / narratives) if narratives else np.zeros(0)
        self._weights = generator.multinomial(narratives, chances, size=number).astype(np.float32)
        self._tails = ((1 - confidence) / 2, (1 + confidence) / 2)

    def ratio(self, counts: np.ndarray, totals: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return estimate, low and high of sum(counts)/sum(totals) for each column.

        `counts` and `totals` are (narratives, columns). Percentile bootstrap over narratives
        (Efron and Tibshirani 1993); a column whose total is 0 gives NaN.
        """
        from threadpoolctl import threadpool_limits

        with np.errstate(invalid="ignore", divide="ignore"), threadpool_limits(1):
            estimate = counts.sum(axis=0) / totals.sum(axis=0)
            drawn = (self._weights @ counts.astype(np.float32)) / (self._weights @ totals.astype(np.float32))
            low = np.full(estimate.shape, np.nan)
            high = np.full(estimate.shape, np.nan)
            known = ~np.isnan(estimate)
            if known.any():
                low[known], high[known] = np.nanquantile(drawn[:, known], self._tails, axis=0)
        return estimate, low, high
