"""How like a text is to the definitions and examples of codes, by the vectors of an encoder."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from narratives.coding.codebook import Code
from narratives.encoders import Encoder

_KINDS = ("examples", "definition", "counterexamples")
_NEAREST = 3


class CodeLikeness:
    """Compares texts with what the codes of a codebook say, in any language of the encoder.

    Vectors are seen from the middle of all texts of the codebooks, so that what they have in common does not
    count.
    """

    def __init__(self, codes: Sequence[Code], languages: Sequence[str], encoder: Encoder) -> None:
        self._encoder = encoder
        self._texts: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}
        for kind in _KINDS:
            of_codes = [
                [text for language in languages for text in _texts(code, kind, language)] for code in codes
            ]
            self._texts[kind] = [text for texts in of_codes for text in texts]
            self._starts[kind] = list(itertools.accumulate(map(len, of_codes), initial=0))
        everything = [text for kind in _KINDS for text in self._texts[kind]]
        self._middle = encoder.encode(everything or ["-"]).mean(axis=0)
        self._vectors = {kind: self.vectors(self._texts[kind]) for kind in _KINDS}

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return vectors (texts, d) of unit length; an empty text has none and is like nothing."""
        # Double precision: the last bits of a product must not depend on which texts are compared together.
        made = self._encoder.encode(texts).astype(np.float64)
        centred = (made - self._middle) * (np.abs(made).sum(axis=1, keepdims=True) > 0)
        return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-12))

    def cosines(self, vectors: np.ndarray, kind: str) -> np.ndarray:
        """Return the cosine of every vector with every text of a kind: examples, definition, ..."""
        if not self._texts[kind] or not len(vectors):
            return np.zeros((len(vectors), len(self._texts[kind])))
        return np.asarray(vectors @ self._vectors[kind].T)

    def compare(self, vectors: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Return what `highest` says of the cosines of the vectors with the texts of a kind."""
        return self.highest(self.cosines(vectors, kind), kind)

    def highest(self, cosines: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (texts, codes) the highest of the cosines of a kind by code, and which text it was.

        A code without any text of this kind has cosine 0, index -1.
        """
        starts = self._starts[kind]
        best = np.zeros((len(cosines), len(starts) - 1))
        which = np.full(best.shape, -1, dtype=np.int32)
        for number, (first, last) in enumerate(itertools.pairwise(starts)):
            if last > first:
                best[:, number] = cosines[:, first:last].max(axis=1)
                which[:, number] = cosines[:, first:last].argmax(axis=1) + first
        return best, which

    def nearest(self, cosines: np.ndarray, kind: str) -> np.ndarray:
        """Return (texts, codes) the mean cosine with the three nearest texts of a kind by code."""
        starts = self._starts[kind]
        found = np.zeros((len(cosines), len(starts) - 1))
        for number, (first, last) in enumerate(itertools.pairwise(starts)):
            if last > first:
                part = cosines[:, first:last]
                kept = min(_NEAREST, part.shape[1])
                found[:, number] = np.partition(part, -kept, axis=1)[:, -kept:].mean(axis=1)
        return found

    def text(self, kind: str, index: int) -> str:
        """Return the text that `highest` named by its index."""
        return self._texts[kind][index]


def _texts(code: Code, kind: str, language: str) -> list[str]:
    if kind == "examples":
        return code.examples.of(language)
    if kind == "counterexamples":
        return code.counterexamples.of(language)
    parts = [code.label.of(language), code.definition.of(language)]
    if code.include is not None:
        parts.append(code.include.of(language))
    return [" ".join(parts)]
