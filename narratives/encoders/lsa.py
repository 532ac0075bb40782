"""Latent semantic analysis of character sequences, fitted on the texts themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_DIMENSIONS = 50
_MOST_FEATURES = 60_000


class LsaEncoder:
    """TF-IDF of character sequences (4 and 5 within words) reduced by a truncated SVD.

    Deerwester et al. 1990, "Indexing by latent semantic analysis", JASIS 41:391-407. The vectors are
    made from the texts given and mean something only among themselves.
    """

    name = "lsa"
    fitted = True

    def __init__(self, seed: int = 0, dimensions: int = _DIMENSIONS) -> None:
        self.seed = seed
        self.dimensions = dimensions

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d), rows of unit length; d is `dimensions`, or less for few texts."""
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.preprocessing import normalize
        from threadpoolctl import threadpool_limits

        if not len(texts):
            return np.zeros((0, self.dimensions), dtype=np.float32)
        many = len(texts) >= 200
        vectorizer = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(4, 5),
            sublinear_tf=True,
            min_df=3 if many else 1,
            max_df=0.3 if many else 1.0,
            max_features=_MOST_FEATURES,
            dtype=np.float32,
        )
        try:
            features = vectorizer.fit_transform(texts)
        except ValueError:  # not one letter in any text
            return np.zeros((len(texts), 1), dtype=np.float32)
        dimensions = min(self.dimensions, len(texts) - 1, features.shape[1] - 1)
        if dimensions < 2:
            return np.asarray(normalize(features).toarray(), dtype=np.float32)
        # One thread: the order of additions, and so the last bits, must not depend on the machine's load.
        with threadpool_limits(1):
            svd = TruncatedSVD(dimensions, random_state=self.seed)
            vectors = svd.fit_transform(features)
        return np.asarray(normalize(vectors), dtype=np.float32)
