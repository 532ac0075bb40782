"""The table of themes: words, names, sizes, stability and typical passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from narratives.settings import Themes
from narratives.themes.choices import Choices
from narratives.themes.phrases import best_phrase
from narratives.themes.quality import npmi
from narratives.themes.resamples import comes_back
from narratives.themes.space import centres
from narratives.themes.terms import Terms, distinct, shared_terms
from narratives.themes.words import strongest_terms

if TYPE_CHECKING:
    import pandas as pd

PlaceWords = Callable[[Sequence[str]], np.ndarray]

THEME_COLUMNS = [
    "theme_id",
    "label",
    "words",
    "n_passages",
    "n_narratives",
    "representative_passage_ids",
    "stability",
    "stability_low",
    "stability_high",
    "named",
    "hidden",
    "coherence",
]


def describe_themes(
    passages: pd.DataFrame,
    term_texts: Sequence[str],
    terms: Terms,
    place_words: PlaceWords | None,
    placed: np.ndarray,
    theme_of: np.ndarray,
    weights: np.ndarray,
    regrouped: np.ndarray,
    settings: Themes,
    choices: Choices,
    guided: Mapping[int, str],
) -> pd.DataFrame:
    """Return the table `themes`, largest theme first.

    `passages` has passage_id, narrative_id and language; `term_texts` the content words of each passage,
    `placed` (n, d) its place in the space of themes, `theme_of` (n) its theme, -1 for none, `weights` (n) how
    near it is to that, and `regrouped` its group in every resample; `place_words` gives words a place, too.
    `stability` is the share of resamples in which the theme is found again, `coherence` the NPMI of its
    words. A name comes from the researcher (`named`), else from the words it began from, else from its words.
    """
    import pandas as pd

    rows = np.flatnonzero(theme_of >= 0)
    known, labels = np.unique(theme_of[rows], return_inverse=True)
    texts = shared_terms(term_texts, list(passages["narrative_id"]))
    ranked = strongest_terms([texts[int(row)] for row in rows], labels, 4 * settings.words)
    found: list[dict[str, Any]] = []
    shown_terms: list[list[str]] = []
    for number, theme in enumerate(known):
        members = rows[labels == number]
        language = passages["language"].iloc[members].mode()[0]
        # A theme of two languages is named in the one most of its passages speak.
        own = sorted(ranked[number], key=lambda term: terms.language(term) != language)
        term_of = {terms.shown(term): term for term in reversed(own)}
        words = distinct([terms.shown(term) for term in own], settings.words)
        shown_terms.append([term_of[word] for word in words])
        choice = choices.themes.get(int(theme))
        phrase = best_phrase(
            [term_texts[int(row)] for row in members],
            list(passages["narrative_id"].iloc[members]),
            own,
            terms,
        )
        telling = _nearest_first(words, place_words, placed[members])
        name = guided.get(int(theme)) or proposed_name(telling, phrase)
        inside = theme_of == theme
        stability, low, high = comes_back(inside, regrouped)
        found.append(
            {
                "theme_id": int(theme),
                "label": (choice.name if choice else None) or name,
                "words": words,
                "n_passages": len(members),
                "n_narratives": int(passages["narrative_id"].iloc[members].nunique()),
                "representative_passage_ids": _representative(
                    passages, members, weights, settings.representative
                ),
                "stability": round(stability, 4),
                "stability_low": round(low, 4),
                "stability_high": round(high, 4),
                "named": bool(choice and choice.name),
                "hidden": bool(choice and choice.hidden),
            }
        )
    for row, coherence in zip(found, npmi(shown_terms, (text.split() for text in term_texts)), strict=True):
        row["coherence"] = round(coherence, 4)
    found.sort(key=lambda row: (-row["n_passages"], row["theme_id"]))
    return pd.DataFrame(found, columns=THEME_COLUMNS)


def _nearest_first(words: list[str], place_words: PlaceWords | None, placed: np.ndarray) -> list[str]:
    """Return the words of a theme, those first whose own meaning lies nearest to its middle."""
    if place_words is None or not words:
        return words
    middle = centres(placed, np.zeros(len(placed), dtype=int), 1)[0]
    near = (place_words(words) @ middle).round(6)
    return [words[place] for place in np.argsort(-near, kind="stable")]


def proposed_name(words: Sequence[str], phrase: str | None) -> str:
    """Return the name of a theme that nobody named: a phrase of its passages and its first words."""
    if phrase is None:
        return " · ".join(words[:3])
    told = phrase.lower()
    rest = [word for word in words if word.lower() not in told and told not in word.lower()]
    return " · ".join([phrase, *rest[:2]])


def theme_weights(placed: np.ndarray, theme_of: np.ndarray) -> np.ndarray:
    """Return the cosine of each passage with the middle of its theme, from 0 (also without a theme) to 1."""
    inside = theme_of >= 0
    weights = np.zeros(len(theme_of))
    if inside.any():
        known, labels = np.unique(theme_of[inside], return_inverse=True)
        at = centres(placed[inside], labels, len(known))
        weights[inside] = np.clip((placed[inside] * at[labels]).sum(axis=1), 0, 1)
    return weights.round(4)


def _representative(
    passages: pd.DataFrame, members: np.ndarray, weights: np.ndarray, number: int
) -> list[str]:
    """Return the passages nearest to the theme's middle, of different narratives while there are any."""
    ids = passages["passage_id"].to_numpy()
    narratives = passages["narrative_id"].to_numpy()
    order = sorted(members, key=lambda place: (-weights[place], ids[place]))
    first: dict[str, int] = {}
    for place in order:
        first.setdefault(narratives[place], place)
    rest = [place for place in order if place not in set(first.values())]
    return [str(ids[place]) for place in [*first.values(), *rest][:number]]
