"""The shipped German-English encoder: a text is the sum of the vectors of its word pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from narratives.errors import InputError

WORD = re.compile(r"\w+|[^\w\s]")
_CHUNK = 4096


class StaticEncoder:
    """Looks word pieces up in a table and adds them; needs no torch, and order and negation escape it.

    The folder holds vectors.npz (int8 rows, one scale each) and tokenizer.json (a Unigram model).
    """

    def __init__(self, name: str, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.name = name
        try:
            with np.load(folder / "vectors.npz", allow_pickle=False) as kept:
                self._table = kept["rows"].astype(np.float32) * kept["scale"].astype(np.float32)[:, None]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the tokenizer's own errors have no common class
            raise InputError(f"{folder} is not an encoder this version can use ({error}).") from None
        self._pieces: dict[str, list[int]] = {}

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._table.shape[1])

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
        words = [WORD.findall(unicodedata.normalize("NFKC", text).lower()) for text in texts]
        self._learn({word for found in words for word in found})
        rows = [[piece for word in found for piece in self._pieces[word]] for found in words]
        lengths = np.array([len(row) for row in rows])
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        filled = np.flatnonzero(lengths)
        if len(filled):
            flat = np.fromiter((piece for row in rows for piece in row), dtype=np.int64, count=lengths.sum())
            starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
            sums[filled] = np.add.reduceat(self._table[flat], starts, axis=0)
        return sums

    def _learn(self, words: set[str]) -> None:
        """Cut words that were not met before into pieces; piece 0 stands for the unknown and is left out."""
        new = sorted(words - self._pieces.keys())
        for word, cut in zip(new, self._tokenizer.encode_batch_fast(new), strict=True):
            self._pieces[word] = [piece for piece in cut.ids if piece]
