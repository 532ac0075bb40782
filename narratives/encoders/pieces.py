"""Texts cut into the word pieces of a shipped encoder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

WORD = re.compile(r"\w+|[^\w\s]")


class Pieces:
    """A Unigram tokenizer with a memory for words; pieces never cross a word."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._of: dict[str, list[int]] = {}

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return int(self._tokenizer.get_vocab_size())

    def cut(self, texts: Sequence[str]) -> list[list[list[int]]]:
        """Return for each text its words as lists of piece ids; what has no piece is left out."""
        words = [WORD.findall(unicodedata.normalize("NFKC", text).lower()) for text in texts]
        new = sorted({word for found in words for word in found} - self._of.keys())
        for word, cut in zip(new, self._tokenizer.encode_batch_fast(new), strict=True):
            # Piece 0 stands for the unknown.
            self._of[word] = [piece for piece in cut.ids if piece]
        return [[self._of[word] for word in found if self._of[word]] for found in words]
