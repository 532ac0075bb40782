"""What a study's own decisions add to the coder that ships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narratives.coding.learned import Space, likeness, place_all


@dataclass(frozen=True)
class Update:
    """Changes of log odds, learned from decided passages: what passages near to them are given or denied.

    `spaces` are those of the coder; `places` (decided, axes) the decided passages, without their words;
    `weights` (decided, codes) and `shift` (codes) what each brings and what holds for all passages.
    """

    codes: tuple[str, ...]
    spaces: tuple[Space, ...]
    places: np.ndarray
    weights: np.ndarray
    shift: np.ndarray

    def changes(self, vectors: Sequence[np.ndarray]) -> np.ndarray:
        """Return (passages, codes) the changes of log odds, for the vectors of each encoder."""
        near = likeness(place_all(self.spaces, vectors), self.places)
        return np.asarray(near @ self.weights + self.shift)
