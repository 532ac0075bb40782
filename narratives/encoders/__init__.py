"""Encoders: passages to vectors of unit length."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from narratives import places
from narratives.errors import InputError
from narratives.study import file_digest

__all__ = ["Encoder", "encoder_digest", "load_encoder"]

_OWN_MODEL = "sentence-transformers:"


class Encoder(Protocol):
    """Turns texts into vectors."""

    name: str

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
    if name.startswith(_OWN_MODEL):
        from narratives.encoders.own_model import OwnModelEncoder

        return OwnModelEncoder(name, name.removeprefix(_OWN_MODEL))
    from narratives.encoders.static import StaticEncoder

    return StaticEncoder(name, _folder(name, study))


def encoder_digest(name: str, study: Path | None = None) -> str:
    """Return a hash of what the encoder was learnt as; nothing for those that are fitted or lie elsewhere."""
    if name == "lsa" or name.startswith(_OWN_MODEL):
        return ""
    return file_digest(_folder(name, study) / "vectors.npz")


def _folder(name: str, study: Path | None) -> Path:
    known = sorted(path.parent.name for path in places.shipped("models").glob("*/vectors.npz"))
    try:
        folder = places.find("models", name, study)
    except InputError:
        folder = None
    if folder is None or not (folder / "vectors.npz").is_file():
        raise InputError(
            f"There is no encoder named {name!r}; there are {', '.join([*known, 'lsa'])}, "
            f"or {_OWN_MODEL}PATH for a model of your own."
        )
    return folder
