"""Decisions of people -> changes to the coder that ships, which starts from what it said before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from narratives.coding.learned import Space, likeness, place_all
from narratives.coding.update import Update

# How far decisions may move the log odds (variance), and how much of that all passages share.
STRENGTHS = (0.25, 1.0, 4.0)
_SHARED = 0.5
_FOLDS = 5
_TRIED_ON = 300  # decided passages, at most, that the strength is chosen on


def learn_update(
    codes: Sequence[str],
    spaces: tuple[Space, ...],
    vectors: Sequence[np.ndarray],
    before: np.ndarray,
    given: np.ndarray,
) -> Update:
    """Return what decisions change.

    `vectors` holds for each encoder the vectors (decided passages, d); `before` (decided, codes) the log odds
    without any update; `given` (decided, codes) 1 where a code was accepted or added, 0 where it was
    rejected, not a number where nobody decided. Changes are a Gaussian process over the places of passages,
    one a code, added to the log odds (its mode, by Newton's method: Rasmussen and Williams 2006, section
    3.4). One positive is enough to move a code. How strong is chosen by leaving decided passages out.
    """
    placed = place_all(spaces, vectors)
    kernel = likeness(placed, placed) + _SHARED
    first = slice(0, _TRIED_ON)
    strength = _strength(kernel[first, first], before[first], given[first])
    weights, shift = np.zeros(given.shape), np.zeros(given.shape[1])
    for column in range(given.shape[1]):
        rows = np.flatnonzero(~np.isnan(given[:, column]))
        if len(rows):
            found = _mode(strength * kernel[np.ix_(rows, rows)], before[rows, column], given[rows, column])
            weights[rows, column] = strength * found
            shift[column] = strength * _SHARED * found.sum()
    used = ~np.isnan(given).all(axis=0)
    chosen = tuple(code for code, decided in zip(codes, used, strict=True) if decided)
    return Update(chosen, spaces, placed, weights[:, used], shift[used])


def _mode(kernel: np.ndarray, offset: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return a (n) such that kernel @ a are the most probable changes of the log odds."""
    a = np.zeros(len(offset))
    for _ in range(50):
        odds = offset + kernel @ a
        likely = 1 / (1 + np.exp(-odds))
        spread = np.maximum(likely * (1 - likely), 1e-6)
        target = kernel @ a + (given - likely) / spread
        new = np.linalg.solve(kernel + np.diag(1 / spread), target)
        step = np.abs(new - a).max()
        a = a + (new - a) * min(1.0, 5.0 / max(step, 1e-9))
        if step < 1e-6:
            break
    return a


def _strength(kernel: np.ndarray, before: np.ndarray, given: np.ndarray) -> float:
    """Return the strength with the least loss on decided passages left out in turn."""
    fold = np.arange(len(given)) % _FOLDS
    losses = []
    for strength in STRENGTHS:
        loss = 0.0
        for column in range(given.shape[1]):
            decided = ~np.isnan(given[:, column])
            for number in range(_FOLDS):
                seen, unseen = decided & (fold != number), decided & (fold == number)
                if not unseen.any() or not seen.any():
                    continue
                inner = strength * kernel[np.ix_(seen, seen)]
                found = _mode(inner, before[seen, column], given[seen, column])
                odds = before[unseen, column] + strength * kernel[np.ix_(unseen, seen)] @ found
                loss += log_loss(odds, given[unseen, column])
        losses.append(loss)
    return STRENGTHS[int(np.argmin(losses))]


def log_loss(odds: np.ndarray, given: np.ndarray) -> float:
    """Return the summed logarithmic loss of log odds where something was given (not a number: left out)."""
    known = ~np.isnan(given)
    return float((np.logaddexp(0, odds) - given * odds)[known].sum())
