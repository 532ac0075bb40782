"""Encoders: passages to vectors of unit length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from narratives.encoders.lsa import LsaEncoder
from narratives.errors import InputError

__all__ = ["ENCODERS", "Encoder", "load_encoder"]


class Encoder(Protocol):
    """Turns texts into vectors."""

    name: str

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d), rows of unit length (a text without any known feature: all zero)."""
        ...


ENCODERS = {"lsa": LsaEncoder}


def load_encoder(name: str, seed: int = 0) -> Encoder:
    """Return an encoder by name; raises InputError when there is none of that name."""
    if name not in ENCODERS:
        raise InputError(f"There is no encoder named {name!r}; there is {', '.join(ENCODERS)}.")
    return ENCODERS[name](seed=seed)
