"""How like a text is to the definitions and examples of codes, by shared character sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from narratives.coding.codebook import Code

_KINDS = ("examples", "definition", "counterexamples")


class CodeSimilarity:
    """Compares texts with what a codebook says, in one language.

    Texts become TF-IDF vectors of character sequences (4 and 5 within words): compounds and inflected
    forms stay alike without a lexicon. The weights come from the codebooks alone, so the similarity of
    a passage never depends on the other passages of a study.
    """

    def __init__(self, codes: Sequence[Code], language: str) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._texts: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}
        for kind in _KINDS:
            texts: list[str] = []
            starts: list[int] = []
            for code in codes:
                starts.append(len(texts))
                texts += _texts(code, kind, language)
            self._texts[kind] = texts
            self._starts[kind] = [*starts, len(texts)]
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True, lowercase=True, dtype=np.float32
        )
        self._vectorizer.fit([text for kind in _KINDS for text in self._texts[kind]] or ["-"])
        self._vectors = {kind: self.vectors(self._texts[kind]) for kind in _KINDS}

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return the TF-IDF vectors of texts, sparse (texts, features), to be compared."""
        return self._vectorizer.transform(texts) if texts else None

    def compare(self, vectors: Any, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (texts x codes) the highest cosine to any text of this kind, and which text it was.

        `vectors` are those of the texts; `kind` is "examples", "definition" or "counterexamples".
        A code without any has cosine 0, index -1.
        """
        starts = self._starts[kind]
        codes = len(starts) - 1
        texts = 0 if vectors is None else vectors.shape[0]
        best = np.zeros((texts, codes), dtype=np.float32)
        which = np.full((texts, codes), -1, dtype=np.int32)
        if self._vectors[kind] is None or not texts:
            return best, which
        cosines = (vectors @ self._vectors[kind].T).toarray()
        for number in range(codes):
            block = cosines[:, starts[number] : starts[number + 1]]
            if block.shape[1]:
                best[:, number] = block.max(axis=1)
                which[:, number] = block.argmax(axis=1) + starts[number]
        return best, which

    def text(self, kind: str, index: int) -> str:
        """Return the text that `compare` named by its index."""
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
