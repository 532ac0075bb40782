"""Quality figures, checked against gensim and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narratives.themes.layout import grow_tree, lay_out
from narratives.themes.quality import diversity, npmi
from narratives.themes.resamples import agreement, comes_back, draw


@pytest.mark.slow
def test_npmi_is_gensims() -> None:
    from gensim.corpora import Dictionary
    from gensim.models.coherencemodel import CoherenceModel

    generator = np.random.default_rng(0)
    # Each word once a text: where a word stands twice in a window, gensim loses sight of it too early.
    texts = [
        [f"w{word}" for word in generator.permutation(40)[: generator.integers(1, 40)]] for _ in range(150)
    ]
    themes = [[f"w{first + step}" for step in range(6)] for first in (1, 5, 9, 14)]
    model = CoherenceModel(
        topics=themes, texts=texts, dictionary=Dictionary(texts), coherence="c_npmi", window_size=10
    )
    assert npmi(themes, texts) == pytest.approx(model.get_coherence_per_topic(), abs=1e-9)


def test_npmi_of_words_always_and_never_together() -> None:
    texts = [["a", "b"], ["a", "b"], ["c"], ["d"]]
    together, apart, lonely = npmi([["a", "b"], ["c", "d"], ["a", "missing"]], texts)
    assert together == pytest.approx(1) and apart < -0.8 and math.isnan(lonely)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=15), max_size=8))
def test_npmi_lies_between_minus_one_and_one(texts: list[list[str]]) -> None:
    (value,) = npmi([["a", "b", "c"]], texts)
    assert math.isnan(value) or -1.01 <= value <= 1.01


def test_diversity() -> None:
    assert diversity([["a", "b"], ["b", "c"]]) == 0.75
    assert math.isnan(diversity([]))


def test_a_theme_comes_back_where_a_group_is_mostly_it() -> None:
    members = np.array([True] * 6 + [False] * 6)
    same, mixed = np.repeat([0, 1], 6), np.tile([0, 1], 6)
    share, low, high = comes_back(members, np.stack([same, same, mixed, 1 - same]))
    assert share == 0.75 and 0 < low < 0.75 < high < 1
    without = np.where(np.arange(12) < 3, -1, same)  # half of the theme is not in this resample
    assert comes_back(members, without[None])[0] == 1


def test_agreement_counts_only_what_both_resamples_hold() -> None:
    one, other = np.array([0, 0, 1, 1, -1]), np.array([1, 1, 0, -1, 0])
    assert agreement(np.stack([one, other])) == 1
    assert agreement(np.stack([one])) == 1


def test_narratives_are_drawn_whole() -> None:
    voices = np.repeat(np.arange(10), 7)
    for inside in draw(voices, 5, seed=3):
        assert inside.sum() == 56
        assert all(len(set(inside[voices == voice])) == 1 for voice in range(10))
    assert all(inside.sum() == 8 for inside in draw(np.zeros(10, dtype=int), 5, seed=3))


def test_the_map_is_the_same_every_time_and_puts_alike_together() -> None:
    generator = np.random.default_rng(2)
    middles = np.eye(3, 12)[np.repeat([0, 1, 2], 30)]
    vectors = (middles + generator.normal(scale=0.05, size=middles.shape)).astype(np.float32)
    vectors[5] = 0
    rows, places = lay_out(vectors, 5, 1000, seed=1)
    assert 5 not in rows and len(rows) == 89 and places.min() == 0 and places.max() == 1
    assert np.array_equal(places, lay_out(vectors, 5, 1000, seed=1)[1])
    own = np.repeat([0, 1, 2], 30)[rows]
    near = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(len(rows))
    assert (own[near.argmin(axis=1)] == own).mean() > 0.95
    assert len(lay_out(vectors, 5, 40, seed=1)[0]) == 40
    assert len(lay_out(vectors[:2], 5, 40, seed=1)[0]) == 0


def test_the_tree_joins_the_nearest_first() -> None:
    placed = np.array([[1, 0, 0], [0.9, 0.4, 0], [0, 0, 1.0]])
    joins = grow_tree(placed / np.linalg.norm(placed, axis=1, keepdims=True), np.array([4, 2, 7]))
    assert [join[:2] for join in joins] == [(2, 4), (2, 7)]
    assert joins[0][2] < joins[1][2]
    assert grow_tree(placed, np.array([1, 1, 1])) == []
