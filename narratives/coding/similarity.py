"""How like a text is to the definitions and examples of codes: by letters, and by meaning."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from narratives.coding.codebook import Code
from narratives.encoders import Encoder

_KINDS = ("examples", "definition", "counterexamples")
_NEAREST = 3


class CodeLikeness:
    """Compares texts with what the codes of a codebook say; how texts become vectors is left to others.

    `telling` is the cosine from which a sentence may be shown as evidence.
    """

    telling: float

    def __init__(self, codes: Sequence[Code], languages: Sequence[str]) -> None:
        self._texts: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}
        for kind in _KINDS:
            texts: list[str] = []
            starts: list[int] = []
            for code in codes:
                starts.append(len(texts))
                texts += [text for language in languages for text in _texts(code, kind, language)]
            self._texts[kind] = texts
            self._starts[kind] = [*starts, len(texts)]
        self._learn([text for kind in _KINDS for text in self._texts[kind]])
        self._vectors = {kind: self.vectors(self._texts[kind]) for kind in _KINDS}

    def _learn(self, texts: Sequence[str]) -> None:
        raise NotImplementedError

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return the vectors of texts (texts, d), rows of unit length or all zero, to be compared."""
        raise NotImplementedError

    def cosines(self, vectors: Any, kind: str) -> np.ndarray:
        """Return the cosine of every vector with every text of a kind ("examples", "definition", ...)."""
        if not self._texts[kind] or not vectors.shape[0]:
            return np.zeros((vectors.shape[0], len(self._texts[kind])), dtype=np.float32)
        product = vectors @ self._vectors[kind].T
        return np.asarray(product if isinstance(product, np.ndarray) else product.toarray())

    def compare(self, vectors: Any, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Return what `highest` says of the cosines of the vectors with the texts of a kind."""
        return self.highest(self.cosines(vectors, kind), kind)

    def highest(self, cosines: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (texts, codes) the highest of the cosines of a kind by code, and which text it was.

        A code without any text of this kind has cosine 0, index -1.
        """
        starts = self._starts[kind]
        best = np.zeros((len(cosines), len(starts) - 1), dtype=np.float32)
        which = np.full(best.shape, -1, dtype=np.int32)
        for number, (first, last) in enumerate(itertools.pairwise(starts)):
            if last > first:
                best[:, number] = cosines[:, first:last].max(axis=1)
                which[:, number] = cosines[:, first:last].argmax(axis=1) + first
        return best, which

    def nearest(self, cosines: np.ndarray, kind: str) -> np.ndarray:
        """Return (texts, codes) the mean cosine with the three nearest texts of a kind by code."""
        starts = self._starts[kind]
        found = np.zeros((len(cosines), len(starts) - 1), dtype=np.float32)
        for number, (first, last) in enumerate(itertools.pairwise(starts)):
            if last > first:
                found[:, number] = np.sort(cosines[:, first:last], axis=1)[:, -_NEAREST:].mean(axis=1)
        return found

    def text(self, kind: str, index: int) -> str:
        """Return the text that `highest` named by its index."""
        return self._texts[kind][index]


class LetterLikeness(CodeLikeness):
    """TF-IDF vectors of character sequences (4 and 5 within words), in one language.

    Compounds and inflected forms stay alike without a lexicon. The weights come from the codebooks
    alone, so the likeness of a passage never depends on the other passages of a study.
    """

    telling = 0.2

    def _learn(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True, lowercase=True, dtype=np.float32
        )
        self._vectorizer.fit(texts or ["-"])

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return sparse TF-IDF vectors."""
        return self._vectorizer.transform(texts or [""])[: len(texts)]


class MeaningLikeness(CodeLikeness):
    """Vectors of an encoder, seen from the middle of all texts of the codebooks; in any of its languages."""

    telling = 0.35

    def __init__(self, codes: Sequence[Code], languages: Sequence[str], encoder: Encoder) -> None:
        self._encoder = encoder
        super().__init__(codes, languages)

    def _learn(self, texts: Sequence[str]) -> None:
        self._middle = self._encoder.encode(texts or ["-"]).mean(axis=0)

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return dense vectors; an empty text has none and is like nothing."""
        # Double precision: the last bits of a product must not depend on which texts are compared together.
        made = self._encoder.encode(texts).astype(np.float64)
        centred = (made - self._middle) * (np.abs(made).sum(axis=1, keepdims=True) > 0)
        return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-12))


def _texts(code: Code, kind: str, language: str) -> list[str]:
    if kind == "examples":
        return code.examples.of(language)
    if kind == "counterexamples":
        return code.counterexamples.of(language)
    parts = [code.label.of(language), code.definition.of(language)]
    if code.include is not None:
        parts.append(code.include.of(language))
    return [" ".join(parts)]
