"""The theme model: BERTopic with our own vectors, clusters and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from narratives.lightly import without
from narratives.settings import Themes
from narratives.themes.clusters import PassageClusters, centroids
from narratives.themes.terms import Terms, distinct, shared_terms

if TYPE_CHECKING:
    import pandas as pd

_FEWEST = 8


def find_themes(
    passages: pd.DataFrame,
    term_texts: Sequence[str],
    terms: Terms,
    vectors: np.ndarray,
    settings: Themes,
    seed: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `themes` and `passage_themes`.

    `passages` has passage_id and narrative_id; `term_texts` the content words of each, in the same
    order; `vectors` is (n, d) of unit length. `weight` is the cosine to the theme's centre, from 0.
    Themes are numbered by size. With fewer than eight passages there are none.
    """
    import pandas as pd

    term_texts = shared_terms(term_texts, list(passages["narrative_id"]))
    centred = _from_the_middle(vectors)
    usable = np.linalg.norm(vectors, axis=1) > 0
    rows = np.flatnonzero(usable)
    if len(rows) < _FEWEST or not any(term_texts):
        return _tables(pd, [], [])
    chosen = passages.iloc[rows].reset_index(drop=True)
    voices = chosen["narrative_id"].astype("category").cat.codes.to_numpy()
    clusters = PassageClusters(settings, seed, voices)
    model = _bertopic(clusters, settings)
    topics, _ = model.fit_transform([term_texts[int(row)] for row in rows], embeddings=centred[rows])
    labels = np.asarray(topics)
    if labels.min() < 0:
        labels = labels - labels.min()
    inside = centred[rows]
    centres = centroids(inside, labels)
    weights = np.clip((inside * centres[labels]).sum(axis=1), 0, 1).round(4)
    themes = []
    for theme in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == theme)
        ranked = [terms.shown(word) for word, _ in model.get_topic(theme) or [] if word]
        words = distinct(ranked, settings.words)
        themes.append(
            {
                "theme_id": theme,
                "label": " · ".join(words[:3]),
                "words": words,
                "n_passages": len(members),
                "n_narratives": int(chosen["narrative_id"].iloc[members].nunique()),
                "representative_passage_ids": _representative(
                    chosen, members, weights, settings.representative
                ),
            }
        )
    passage_themes = [
        {
            "passage_id": chosen["passage_id"].iloc[place],
            "theme_id": int(labels[place]),
            "weight": float(weights[place]),
            "outlier": bool(clusters.moved_[place]),
        }
        for place in range(len(rows))
    ]
    return _tables(pd, themes, passage_themes)


def _from_the_middle(vectors: np.ndarray) -> np.ndarray:
    """Return the vectors seen from their mean, of unit length: what all passages share tells none apart."""
    moved = vectors - vectors.mean(axis=0, keepdims=True) if len(vectors) else vectors
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12))


def _bertopic(clusters: PassageClusters, settings: Themes) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    with without("torch", "transformers", "sentence_transformers", "umap", "hdbscan"):
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer

    # language="multilingual" keeps umlauts; BERTopic would drop every non-ASCII letter for "english".
    return BERTopic(
        language="multilingual",
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(token_pattern=r"\S+", lowercase=False),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        top_n_words=4 * settings.words,
        calculate_probabilities=False,
    )


def _representative(chosen: pd.DataFrame, members: np.ndarray, weights: np.ndarray, number: int) -> list[str]:
    """Return the passages nearest to the theme's centre, of different narratives while there are any."""
    ids = chosen["passage_id"].to_numpy()
    order = sorted(members, key=lambda place: (-weights[place], ids[place]))
    narratives = chosen["narrative_id"].to_numpy()
    first: list[int] = []
    seen: set[str] = set()
    for place in order:
        if narratives[place] not in seen:
            seen.add(narratives[place])
            first.append(place)
    rest = [place for place in order if place not in set(first)]
    return [str(ids[place]) for place in (first + rest)[:number]]


def _tables(pd: Any, themes: list[dict], passage_themes: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        pd.DataFrame(
            themes,
            columns=[
                "theme_id",
                "label",
                "words",
                "n_passages",
                "n_narratives",
                "representative_passage_ids",
            ],
        ),
        pd.DataFrame(passage_themes, columns=["passage_id", "theme_id", "weight", "outlier"]),
    )
