"""What was learned for each code from coded passages: words, sequences of letters, and place among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from narratives.coding.marking import Word, marked_text

# How the kinds of likeness are weighed: words, sequences of letters, place among the coded passages.
WORDS, LETTERS, PLACE = 0.5, 0.5, 1.5
SHARPNESS = 2.5


@dataclass(frozen=True)
class Vocabulary:
    """The terms a text is looked through for, and how telling each is; made by a TfidfVectorizer."""

    terms: np.ndarray
    idf: np.ndarray
    letters: bool

    @cached_property
    def vectorizer(self) -> Any:
        """The vectorizer; words come apart at blanks, letters (3 to 5 in a row) stay within words."""
        found = new_vectorizer(self.letters, vocabulary={str(term): n for n, term in enumerate(self.terms)})
        found.idf_ = self.idf.astype(np.float32)
        return found

    def within(self, word: str) -> set[int]:
        """Return the terms, by number, that a word brings along by itself."""
        known = self.vectorizer.vocabulary_
        return {known[term] for term in self._terms_of(word) if term in known}

    @cached_property
    def _terms_of(self) -> Any:
        return self.vectorizer.build_analyzer()


def new_vectorizer(letters: bool, **settings: Any) -> Any:
    """Return a TfidfVectorizer for marked text: pairs of words, or three to five letters within words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    kind = {"analyzer": "char_wb", "ngram_range": (3, 5)} if letters else {"ngram_range": (1, 2)}
    pattern = None if letters else r"\S+"
    return TfidfVectorizer(
        **kind, token_pattern=pattern, lowercase=False, sublinear_tf=True, dtype=np.float32, **settings
    )


@dataclass(frozen=True)
class Space:
    """The vectors of an encoder from their middle, along principal axes, each as wide as the others."""

    middle: np.ndarray
    axes: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, number: int) -> Space:
        """Return the space of vectors (n, d): twice `number` axes, those beyond it count less and less."""
        from scipy.linalg import svd

        middle = vectors.mean(axis=0)
        _, widths, directions = svd((vectors - middle).astype(np.float64), full_matrices=False)
        widths = widths / np.sqrt(len(vectors))
        scale = 1 / (widths + widths[min(number, len(widths) - 1)])
        return cls(middle.astype(np.float32), (directions.T * scale)[:, : 2 * number].astype(np.float32))

    def place(self, vectors: np.ndarray) -> np.ndarray:
        """Return (n, axes) of unit length, double precision, so that company changes no result."""
        placed = (vectors.astype(np.float64) - self.middle) @ self.axes.astype(np.float64)
        return np.asarray(placed / np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-12))


@dataclass(frozen=True)
class Learned:
    """Kernel ridge regression on coded passages, one right-hand side a code.

    The kernel is the sum of three: TF-IDF of words, TF-IDF of letters (both linear, kept as weights of terms)
    and a Gaussian one on the vectors of the encoders (kept as the places of the coded passages). Saunders et
    al. 1998, "Ridge regression learning algorithm in dual variables", ICML.
    """

    codes: tuple[str, ...]
    encoders: tuple[str, ...]
    words: Vocabulary
    letters: Vocabulary
    word_weights: np.ndarray
    letter_weights: np.ndarray
    spaces: tuple[Space, ...]
    places: np.ndarray
    place_weights: np.ndarray
    mean: np.ndarray

    def scores(self, passages: Sequence[Sequence[Word]], vectors: Sequence[np.ndarray]) -> np.ndarray:
        """Return (passages, codes) how much like coded passages each is, about 0 to 1; double precision.

        `vectors` holds for each encoder the vectors (passages, d) of the same passages.
        """
        texts = [marked_text(words) for words in passages]
        told = self.words.vectorizer.transform(texts).astype(np.float64) @ self.word_weights
        told = told + self.letters.vectorizer.transform(texts).astype(np.float64) @ self.letter_weights
        near = likeness(place_all(self.spaces, vectors), self.places)
        return np.asarray(told + near @ self.place_weights + self.mean)

    def told(self, words: Sequence[Word]) -> dict[str, np.ndarray]:
        """Return for each word form of a passage its part of the learned scores (codes)."""
        parts = {word.form: np.zeros(len(self.codes)) for word in words}
        text = [marked_text(words)]
        for vocabulary, weights in ((self.words, self.word_weights), (self.letters, self.letter_weights)):
            row = vocabulary.vectorizer.transform(text)
            worth = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
            for form, part in parts.items():
                terms = [term for term in vocabulary.within(form) if term in worth]
                if terms:
                    np.add(part, np.array([worth[term] for term in terms]) @ weights[terms], out=part)
        return parts


def place_all(spaces: Sequence[Space], vectors: Sequence[np.ndarray]) -> np.ndarray:
    """Return the places (n, axes) of passages in the spaces of all encoders together, of unit length."""
    placed = [space.place(one) for space, one in zip(spaces, vectors, strict=True)]
    return np.concatenate(placed, axis=1) / np.sqrt(len(placed))


def likeness(places: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the Gaussian kernel (n, m) between places of unit length."""
    near = places @ others.astype(places.dtype, copy=False).T
    near -= 1
    near *= SHARPNESS
    return np.asarray(np.exp(near, out=near))
