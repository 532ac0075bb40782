"""How good a set of themes is, in figures that others use too."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np

WINDOW = 10  # words seen side by side, as in gensim and OCTIS
_EPSILON = 1e-12


def npmi(
    theme_words: Sequence[Sequence[str]], texts: Iterable[Sequence[str]], window: int = WINDOW
) -> list[float]:
    """Return for each theme how much more often its words stand together than chance has it: -1 to 1.

    Normalised pointwise mutual information of all pairs of a theme's words, counted in windows that slide
    over the texts (lists of words), mean over pairs. Bouma 2009; Röder, Both, Hinneburg 2015,
    "Exploring the space of topic coherence measures", WSDM (there C_NPMI). Words no text holds are left out;
    nan for a theme with fewer than two others.
    """
    wanted = {word: place for place, word in enumerate(sorted({w for words in theme_words for w in words}))}
    single, pairs, windows = _count(texts, wanted, window)
    means = []
    for words in theme_words:
        found = [wanted[word] for word in words if single[wanted[word]]]
        scores = [
            _npmi(single[a] / windows, single[b] / windows, pairs[a, b] / windows)
            for a, b in itertools.combinations(found, 2)
        ]
        means.append(float(np.mean(scores)) if scores else float("nan"))
    return means


def diversity(theme_words: Sequence[Sequence[str]]) -> float:
    """Return the share of different words among the words of all themes: 0 to 1.

    Dieng, Ruiz, Blei 2020, "Topic modeling in embedding spaces", TACL 8:439-453.
    """
    every = [word for words in theme_words for word in words]
    return len(set(every)) / len(every) if every else float("nan")


def _npmi(first: float, second: float, both: float) -> float:
    return float(np.log((both + _EPSILON) / (first * second)) / -np.log(both + _EPSILON))


def _count(
    texts: Iterable[Sequence[str]], wanted: dict[str, int], window: int
) -> tuple[np.ndarray, np.ndarray, int]:
    """Return in how many windows each word stands, each pair of words stands, and how many there are."""
    from scipy.sparse import csr_matrix

    rows: list[int] = []
    columns: list[int] = []
    windows = 0
    for words in texts:
        places = [wanted.get(word, -1) for word in words]
        last = max(1, len(words) - window + 1)
        for place, word in enumerate(places):
            if word >= 0:
                inside = range(max(0, place - window + 1), min(place, last - 1) + 1)
                rows += [windows + start for start in inside]
                columns += [word] * len(inside)
        windows += last if len(words) else 0
    held = csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(windows, len(wanted)))
    held.data[:] = 1
    held.sum_duplicates()
    held.data[:] = 1
    together = (held.T @ held).toarray()
    return np.diag(together).astype(float), together.astype(float), max(windows, 1)
