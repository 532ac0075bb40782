"""The words that tell a theme from the others, by BERTopic's steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from narratives.lightly import without

if TYPE_CHECKING:
    import pandas as pd

_RARE = 1e-3


class GivenGroups:
    """The clustering step for BERTopic when the groups are known already."""

    def __init__(self, labels: np.ndarray) -> None:
        self.labels_ = labels

    def fit(self, vectors: np.ndarray, y: Any = None) -> GivenGroups:
        """Keep the groups given."""
        return self

    def predict(self, vectors: np.ndarray) -> np.ndarray:
        """Return the groups given (BERTopic asks a clustering step for it)."""
        return self.labels_


class TellingTerms:
    """The representation step for BERTopic: terms many passages of a group hold and few others do.

    A term weighs the share of the group's passages that hold it, times the logarithm of how much larger that
    is than the share among all other passages (its part of the divergence of the two; Kullback, Leibler
    1951). Unlike class-based TF-IDF it asks how many passages speak of it, and not how often one does.
    """

    def extract_topics(
        self, topic_model: Any, documents: pd.DataFrame, c_tf_idf: Any, topics: Any
    ) -> dict[int, list[tuple[str, float]]]:
        """Return the terms of every group with their weights, strongest first."""
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(token_pattern=r"\S+", lowercase=False, binary=True)
        held = counter.fit_transform(documents["Document"])
        terms = counter.get_feature_names_out()
        groups = documents["Topic"].to_numpy()
        everywhere = np.asarray(held.sum(axis=0)).ravel()
        found = {}
        for group in sorted(topics):
            inside = groups == group
            own = np.asarray(held[inside].sum(axis=0)).ravel()
            share = own / inside.sum()
            elsewhere = (everywhere - own) / max(1, (~inside).sum())
            weight = share * np.log((share + _RARE) / (elsewhere + _RARE))
            best = np.lexsort((terms, -weight.round(9)))[: topic_model.top_n_words]
            found[group] = [(str(terms[place]), float(weight[place])) for place in best if weight[place] > 0]
        return found


def strongest_terms(term_texts: Sequence[str], labels: np.ndarray, number: int) -> list[list[str]]:
    """Return the terms that tell each group 0..k-1 from the others, strongest first."""
    with without("torch", "transformers", "sentence_transformers", "umap", "hdbscan"):
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.representation import BaseRepresentation
    from sklearn.feature_extraction.text import CountVectorizer

    groups = int(labels.max()) + 1
    if not any(term_texts):
        return [[] for _ in range(groups)]
    # language="multilingual" keeps umlauts; BERTopic would drop every non-ASCII letter for "english".
    model = BERTopic(
        language="multilingual",
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=GivenGroups(labels),
        vectorizer_model=CountVectorizer(token_pattern=r"\S+", lowercase=False),
        representation_model=type("Step", (TellingTerms, BaseRepresentation), {})(),
        top_n_words=number,
        calculate_probabilities=False,
    )
    topics, _ = model.fit_transform(list(term_texts), embeddings=np.zeros((len(labels), 1)))
    # BERTopic numbers by size; the first member of a group tells which number it was given.
    first = [int(np.flatnonzero(labels == group)[0]) for group in range(groups)]
    return [[term for term, _ in model.get_topic(topics[place]) or [] if term] for place in first]
