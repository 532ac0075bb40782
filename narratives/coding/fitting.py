"""Coded passages -> what is learned for each code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from narratives.coding.learned import (
    LETTERS,
    PLACE,
    WORDS,
    Learned,
    Space,
    Vocabulary,
    likeness,
    new_vectorizer,
    place_all,
)
from narratives.coding.marking import Word, marked_text

AXES = 60
RIDGE = 2.0
# (fewest texts that have a term, most terms), for words and for letters
_LIMITS = ((2, 30_000), (4, 40_000))


def fit_learned(
    passages: Sequence[Sequence[Word]],
    vectors: Sequence[np.ndarray],
    given: np.ndarray,
    codes: Sequence[str],
    encoders: Sequence[str],
    common: np.ndarray | None = None,
) -> Learned:
    """Return what can be learned from coded passages.

    `vectors` holds for each of `encoders` the vectors (n, d) of the passages; `given` (n, codes) says how
    much of a code each has: 0 to 1, or not a number where nobody looked for it. `common` (codes) is the share
    of passages that have the code in texts as they come, where `given` holds more of it than those.
    """
    mean = np.nanmean(given, axis=0) if common is None else common
    texts = [marked_text(words) for words in passages]
    made = [_terms(texts, letters, *_LIMITS[letters]) for letters in (False, True)]
    spaces = tuple(Space.of(one, AXES) for one in vectors)
    placed = place_all(spaces, vectors).astype(np.float32)
    kernel = PLACE * likeness(placed, placed)
    for (_, matrix), share in zip(made, (WORDS, LETTERS), strict=True):
        kernel += share * (matrix @ matrix.T).toarray()
    kernel[np.diag_indices_from(kernel)] += RIDGE
    weights = _solve(kernel, np.where(np.isnan(given), mean, given) - mean)
    word_weights, letter_weights = (
        share * (matrix.T @ weights) for (_, matrix), share in zip(made, (WORDS, LETTERS), strict=True)
    )
    return Learned(
        codes=tuple(codes),
        encoders=tuple(encoders),
        words=made[0][0],
        letters=made[1][0],
        word_weights=word_weights,
        letter_weights=letter_weights,
        spaces=spaces,
        places=placed,
        place_weights=PLACE * weights,
        mean=mean,
    )


def _terms(texts: Sequence[str], letters: bool, fewest: int, most: int) -> tuple[Vocabulary, Any]:
    found = new_vectorizer(letters, min_df=min(fewest, len(texts)), max_features=most)
    matrix = found.fit_transform(texts)
    return Vocabulary(found.get_feature_names_out().astype(str), found.idf_, letters), matrix


def _solve(kernel: np.ndarray, right: np.ndarray) -> np.ndarray:
    from scipy.linalg import cho_factor, cho_solve

    factor = cho_factor(kernel, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, right.astype(kernel.dtype), check_finite=False), dtype=np.float64)
