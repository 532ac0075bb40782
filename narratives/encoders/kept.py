"""Vectors kept from run to run by the hash of their text, so that only new passages are encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from narratives.encoders import Encoder
from narratives.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

_TOGETHER = 512


def encode_new(
    encoder: Encoder, texts: Sequence[str], known: pd.DataFrame | None, progress: Progress
) -> tuple[pd.DataFrame, int]:
    """Return a table with text_key and vector (float16) of every distinct text, and how many were made anew.

    `known` is such a table of an earlier run with the same encoder; a fitted one makes all anew. Vectors are
    rounded before they are used, so that one kept and one made anew are the same.
    """
    import pandas as pd

    keys = [text_key(text) for text in texts]
    vectors: dict[str, np.ndarray] = {}
    if known is not None and not encoder.fitted:
        vectors = dict(zip(known["text_key"], known["vector"], strict=True))
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}
    unread = list(new.values())
    together = max(1, len(unread)) if encoder.fitted else _TOGETHER
    firsts = range(0, len(unread), together)
    made = [
        row
        for first in progress.bar(firsts, "vectors of the passages")
        for row in encoder.encode(unread[first : first + together]).astype(np.float16)
    ]
    vectors.update(zip(new, made, strict=True))
    distinct = list(dict.fromkeys(keys))
    table = pd.DataFrame({"text_key": distinct, "vector": [vectors[key] for key in distinct]})
    return table, len(new)


def in_order(table: pd.DataFrame, texts: Sequence[str]) -> np.ndarray:
    """Return float32 (n, d) of unit length for the texts, from a table of kept vectors."""
    vectors = dict(zip(table["text_key"], table["vector"], strict=True))
    return _unit(np.stack([vectors[text_key(text)] for text in texts]))


def text_key(text: str) -> str:
    """Return the key of a text: the first 24 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


class KeptVectors:
    """Vectors by text: those that are known, others made when asked for and rounded in the same way."""

    def __init__(self, encoder: Encoder, table: pd.DataFrame | None = None) -> None:
        """Take an encoder and, if there is one, a table of `encode_new` that it made."""
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = (
            {} if table is None else dict(zip(table["text_key"], table["vector"], strict=True))
        )

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d) of unit length."""
        found = {text: self._known.get(text_key(text)) for text in texts}
        unread = [text for text, vector in found.items() if vector is None]
        if unread:
            found.update(zip(unread, self._encoder.encode(unread).astype(np.float16), strict=True))
        return _unit(np.array([found[text] for text in texts]))


def _unit(vectors: np.ndarray) -> np.ndarray:
    rows = vectors.astype(np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
