"""A sentence-transformers model that lies on this machine; nothing is ever fetched."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from narratives.errors import InputError


class OwnModelEncoder:
    """Encodes with a model by path, or by name where it was installed or downloaded before."""

    fitted = False

    def __init__(self, name: str, model: str) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(model, device="cpu", local_files_only=True)
        except Exception as error:  # the library raises whatever its parts raise
            raise InputError(
                f"The model {model!r} cannot be loaded from this machine ({type(error).__name__}); "
                "give the path of its folder. Nothing is fetched."
            ) from None
        self.name = name

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d), rows of unit length.

        A text longer than the model's limit is cut into parts that fit, and its vector is their mean,
        weighted by length: no word is lost.
        """
        parts: list[str] = []
        owners: list[int] = []
        for number, text in enumerate(texts):
            pieces = self._parts(text)
            parts += pieces
            owners += [number] * len(pieces)
        made = self._model.encode(parts, normalize_embeddings=True, show_progress_bar=False)
        weights = np.array([len(part.split()) or 1 for part in parts], dtype=np.float32)
        vectors = np.zeros((len(texts), made.shape[1]), dtype=np.float32)
        np.add.at(vectors, owners, made * weights[:, None])
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

    def _parts(self, text: str) -> list[str]:
        words = text.split()
        if len(words) < 2 or self._length(text) <= self._model.max_seq_length:
            return [text]
        middle = len(words) // 2
        return self._parts(" ".join(words[:middle])) + self._parts(" ".join(words[middle:]))

    def _length(self, text: str) -> int:
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])
