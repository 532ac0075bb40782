"""The space themes are found in: passages seen from their middle, along the directions that tell most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Space:
    """Moves vectors (n, d) into the space of themes (n, fewer); `axes` is (d, fewer)."""

    middle: np.ndarray
    axes: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, dimensions: int) -> Space:
        """Return the space of these vectors: their mean and their first principal axes.

        What all passages share tells none apart, and what few share is mostly noise: with fewer directions
        the same themes come back in resamples more often.
        """
        middle = vectors.mean(axis=0, dtype=np.float64)
        moved = _unit(vectors - middle)
        values, axes = np.linalg.eigh(moved.T @ moved)
        kept = min(dimensions, len(vectors), int((values > 1e-9 * max(values[-1], 1e-12)).sum()))
        return cls(middle, axes[:, ::-1][:, : max(1, kept)])

    def place(self, vectors: np.ndarray) -> np.ndarray:
        """Return the vectors in this space, rows of unit length (all zero stays all zero)."""
        moved = _unit((vectors - self.middle) @ self.axes)
        return moved * (np.abs(vectors).sum(axis=1, keepdims=True) > 0)


def centres(placed: np.ndarray, groups: np.ndarray, number: int) -> np.ndarray:
    """Return the unit-length mean of each group 0..number-1 (number, d); a group without members is zero."""
    sums = np.zeros((number, placed.shape[1]))
    np.add.at(sums, groups, placed)
    return _unit(sums)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))
