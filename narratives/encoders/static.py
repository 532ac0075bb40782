"""The fast shipped encoder: a text is the sum of the vectors of its word pieces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from narratives.encoders.pieces import Pieces
from narratives.errors import InputError

_CHUNK = 4096


class StaticEncoder:
    """Looks word pieces up in a table and adds them; needs no torch, and order and negation escape it.

    The folder holds vectors.npz (int8 rows, one scale each) and tokenizer.json (a Unigram model).
    """

    fitted = False

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        try:
            with np.load(folder / "vectors.npz", allow_pickle=False) as kept:
                self.table = kept["rows"].astype(np.float32) * kept["scale"].astype(np.float32)[:, None]
            self._pieces = Pieces(folder / "tokenizer.json")
        except Exception as error:  # the tokenizer's own errors have no common class
            raise InputError(f"{folder} is not an encoder this version can use ({error}).") from None

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.table.shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d), rows of unit length; a text without a known piece is all zero.

        A text may be as long as it likes: every word counts.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for first in range(0, len(texts), _CHUNK):
            vectors[first : first + _CHUNK] = self._sums(texts[first : first + _CHUNK])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-12)

    def _sums(self, texts: Sequence[str]) -> np.ndarray:
        rows = [[piece for word in words for piece in word] for words in self._pieces.cut(texts)]
        lengths = np.array([len(row) for row in rows])
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        filled = np.flatnonzero(lengths)
        if len(filled):
            flat = np.fromiter((piece for row in rows for piece in row), dtype=np.int64, count=lengths.sum())
            starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
            sums[filled] = np.add.reduceat(self.table[flat], starts, axis=0)
        return sums
