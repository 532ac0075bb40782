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
    stacked = np.stack([vectors[text_key(text)] for text in texts]).astype(np.float32)
    return stacked / np.maximum(np.linalg.norm(stacked, axis=1, keepdims=True), 1e-12)


def text_key(text: str) -> str:
    """Return the key of a text: the first 24 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
