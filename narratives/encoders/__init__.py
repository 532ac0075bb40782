"""Encoders: passages to vectors of unit length."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from narratives import places
from narratives.errors import InputError
from narratives.study import file_digest

__all__ = ["OWN_MODEL", "Encoder", "encoder_digest", "load_encoder"]

OWN_MODEL = "sentence-transformers:"
_STATIC, _CONTEXTUAL = "vectors.npz", "encoder.onnx"


class Encoder(Protocol):
    """Turns texts into vectors."""

    name: str
    # Whether vectors depend on all the texts given at once, so that none can be kept for another set.
    fitted: bool

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d), rows of unit length (a text without any known feature: all zero)."""
        ...


def load_encoder(name: str, seed: int = 0, study: Path | None = None) -> Encoder:
    """Return an encoder by name.

    `lsa` is fitted on the texts it is given; `sentence-transformers:<name or path>` is a model that lies
    on this machine; every other name is a folder in models/ (the study's own ones win over the shipped).
    Raises InputError when there is none of that name.
    """
    if name == "lsa":
        from narratives.encoders.lsa import LsaEncoder

        return LsaEncoder(seed)
    if name.startswith(OWN_MODEL):
        from narratives.encoders.own_model import OwnModelEncoder

        return OwnModelEncoder(name, name.removeprefix(OWN_MODEL))
    weights = _weights(name, study)
    if weights.name == _CONTEXTUAL:
        from narratives.encoders.contextual import ContextualEncoder

        return ContextualEncoder(name, weights.parent)
    from narratives.encoders.static import StaticEncoder

    return StaticEncoder(name, weights.parent)


def encoder_digest(name: str, study: Path | None = None) -> str:
    """Return a hash of what the encoder was learnt as; nothing for those that are fitted or lie elsewhere."""
    if name == "lsa" or name.startswith(OWN_MODEL):
        return ""
    return file_digest(_weights(name, study))


def _weights(name: str, study: Path | None) -> Path:
    """Return the weight file of an encoder; its name tells what kind of encoder it is."""
    for file in (_STATIC, _CONTEXTUAL):
        with contextlib.suppress(InputError):
            return places.find("models", f"{name}/{file}", study)
    shipped = sorted(
        path.parent.name
        for file in (_STATIC, _CONTEXTUAL)
        for path in places.shipped("models").glob(f"*/{file}")
    )
    raise InputError(
        f"There is no encoder named {name!r}; there are {', '.join([*shipped, 'lsa'])}, "
        f"or {OWN_MODEL}PATH for a model of your own."
    )
