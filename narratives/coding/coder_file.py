"""The file of a coder: arrays and one text of plain values (.npz, read without pickle), nothing that runs."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from narratives.coding.learned import Learned, Space, Vocabulary
from narratives.coding.update import Update
from narratives.study import atomic

_PLAIN = "values"


def write(path: Path, content: dict[str, Any], learned: Learned, update: Update | None) -> None:
    """Write a coder; weights of terms are rounded to eight bits, places and their weights to sixteen."""
    content = {
        **content,
        "codes": list(learned.codes),
        "encoders": list(learned.encoders),
        "words": "\n".join(learned.words.terms),
        "letters": "\n".join(learned.letters.terms),
        "mean": learned.mean,
        "words_idf": learned.words.idf.astype(np.float32),
        "letters_idf": learned.letters.idf.astype(np.float32),
        "places": learned.places.astype(np.float16),
        "place_weights": learned.place_weights.astype(np.float16),
    }
    for name, weights in (("words", learned.word_weights), ("letters", learned.letter_weights)):
        scale = np.maximum(np.abs(weights).max(axis=0) / 127, 1e-12)
        content[f"{name}_scale"] = scale
        content[f"{name}_weights"] = np.round(weights / scale).astype(np.int8)
    for number, space in enumerate(learned.spaces):
        content |= {f"middle_{number}": space.middle, f"axes_{number}": space.axes}
    if update is not None:
        content |= {
            "update_codes": list(update.codes),
            "update_places": update.places.astype(np.float16),
            "update_weights": update.weights,
            "update_shift": update.shift,
        }
    arrays: dict[str, Any] = {name: value for name, value in content.items() if isinstance(value, np.ndarray)}
    plain = json.dumps({name: value for name, value in content.items() if name not in arrays})
    arrays[_PLAIN] = np.frombuffer(plain.encode(), dtype=np.uint8)
    with atomic(path) as partial, partial.open("wb") as file:
        np.savez_compressed(file, **arrays)


def read(path: Path) -> dict[str, Any]:
    """Return what a file holds; raises ValueError when it is no such file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            content: dict[str, Any] = {name: file[name] for name in file.files}
    except (zipfile.BadZipFile, EOFError) as error:
        raise ValueError(str(error)) from None
    return {**content, **json.loads(content.pop(_PLAIN).tobytes())}


def learned(content: dict[str, Any]) -> Learned:
    """Return what was learned for each code, from the content of a file."""
    words, word_weights = _terms(content, "words")
    letters, letter_weights = _terms(content, "letters")
    return Learned(
        codes=tuple(content["codes"]),
        encoders=tuple(content["encoders"]),
        words=words,
        letters=letters,
        word_weights=word_weights,
        letter_weights=letter_weights,
        spaces=_spaces(content),
        places=content["places"].astype(np.float64),
        place_weights=content["place_weights"].astype(np.float64),
        mean=content["mean"],
    )


def update(content: dict[str, Any]) -> Update | None:
    """Return what decisions of a study added, from the content of a file."""
    if "update_codes" not in content:
        return None
    return Update(
        tuple(content["update_codes"]),
        _spaces(content),
        content["update_places"].astype(np.float64),
        content["update_weights"],
        content["update_shift"],
    )


def _terms(content: dict[str, Any], name: str) -> tuple[Vocabulary, np.ndarray]:
    terms = np.array(content[name].split("\n"))
    vocabulary = Vocabulary(terms, content[f"{name}_idf"], letters=name == "letters")
    return vocabulary, content[f"{name}_weights"].astype(np.float64) * content[f"{name}_scale"]


def _spaces(content: dict[str, Any]) -> tuple[Space, ...]:
    return tuple(Space(content[f"middle_{n}"], content[f"axes_{n}"]) for n in range(len(content["encoders"])))
