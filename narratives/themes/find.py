"""From vectors to themes: groups that keep their ids, then what researchers decided, then words and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from narratives.settings import Themes
from narratives.themes.choices import Choices, apply_choices, largest_id
from narratives.themes.groups import group_passages
from narratives.themes.identity import keep_ids
from narratives.themes.layout import grow_tree
from narratives.themes.model import THEME_COLUMNS, describe_themes, theme_weights
from narratives.themes.space import Space
from narratives.themes.terms import Terms

if TYPE_CHECKING:
    import pandas as pd

_FEWEST = 8
_STILL_KNOWN = 2 / 3  # share of passages of an earlier run from which its groups are begun from
TREE_COLUMNS = ["first", "second", "distance"]
GROUP_COLUMNS = ["passage_id", "group", "moved", "regrouped", "guided"]


def find_groups(
    passages: pd.DataFrame,
    vectors: np.ndarray,
    settings: Themes,
    seed: int,
    choices: Choices,
    guide: Mapping[str, np.ndarray],
    earlier: pd.DataFrame | None,
    same_settings: bool,
) -> pd.DataFrame:
    """Return the table `theme_groups`: the group of each passage, -1 for none, and its groups in resamples.

    `passages` has passage_id and narrative_id, `vectors` (n, d) their vectors of unit length. `earlier` is
    this table of the last run: groups keep its ids, and when most passages are known and the settings are the
    same, they are also begun from there, so that a few reports more leave the themes as they are. Fewer than
    eight passages have no groups.
    """
    import pandas as pd

    if int((np.abs(vectors).sum(axis=1) > 0).sum()) < _FEWEST:
        return pd.DataFrame(columns=GROUP_COLUMNS)
    voices = passages["narrative_id"].astype("category").cat.codes.to_numpy()
    before = _before(passages, earlier, "group")
    known = before >= 0
    go_on = known.any() and (choices.fixed or (same_settings and known.mean() >= _STILL_KNOWN))
    groups = group_passages(
        vectors, voices, settings, seed, before if go_on else None, guide, bool(choices.fixed and go_on)
    )
    taken = max(largest_id(choices), int(before.max())) + 1
    ids = keep_ids(groups.of, before, taken if known.any() or choices.themes else 0)
    of = np.where(groups.of >= 0, ids[groups.of], -1)
    named = {int(ids[group]): name for group, name in groups.guided.items()}
    if earlier is not None and go_on:
        named = dict(zip(earlier["group"], earlier["guided"], strict=True)) | named
    return pd.DataFrame(
        {
            "passage_id": list(passages["passage_id"]),
            "group": of,
            "moved": groups.moved,
            "regrouped": list(groups.regrouped.T.astype(np.int64)),
            "guided": [named.get(int(group)) or "" for group in of],
        },
        columns=GROUP_COLUMNS,
    )


def find_themes(
    passages: pd.DataFrame,
    term_texts: Sequence[str],
    terms: Terms,
    vectors: np.ndarray,
    groups: pd.DataFrame,
    settings: Themes,
    seed: int,
    choices: Choices,
    earlier: pd.DataFrame | None = None,
    encode: Callable[[Sequence[str]], np.ndarray] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables `themes`, `passage_themes` and `theme_tree`, with the researchers' choices applied.

    `term_texts` are the content words of each passage; `earlier` is the table `passage_themes` of the last
    run, so that parts of a split theme keep their ids; `encode` turns words into vectors. `weight` is the
    cosine to the theme's middle, from 0.
    """
    import pandas as pd

    columns = ["passage_id", "theme_id", "weight", "outlier"]
    if groups.empty:
        themes, members, tree = (pd.DataFrame(columns=c) for c in (THEME_COLUMNS, columns, TREE_COLUMNS))
        return themes, members, tree
    of = groups["group"].to_numpy()
    regrouped = np.stack(list(groups["regrouped"])).T
    space = Space.of(vectors[of >= 0], settings.dimensions)
    placed = space.place(vectors)
    place_words = None if encode is None else lambda words: space.place(encode(words))
    theme_of = apply_choices(of, placed, choices, _before(passages, earlier, "theme_id"), seed)
    weights = theme_weights(placed, theme_of)
    guided = {int(group): name for group, name in zip(groups["group"], groups["guided"], strict=True) if name}
    themes = describe_themes(
        passages,
        term_texts,
        terms,
        place_words,
        placed,
        theme_of,
        weights,
        regrouped,
        settings,
        choices,
        guided,
    )
    inside = np.flatnonzero(theme_of >= 0)
    passage_themes = pd.DataFrame(
        {
            "passage_id": passages["passage_id"].to_numpy()[inside],
            "theme_id": theme_of[inside],
            "weight": weights[inside],
            "outlier": groups["moved"].to_numpy(dtype=bool)[inside],
        },
        columns=columns,
    )
    tree = pd.DataFrame(grow_tree(placed, theme_of), columns=TREE_COLUMNS)
    return themes, passage_themes, tree


def _before(passages: pd.DataFrame, earlier: pd.DataFrame | None, column: str) -> np.ndarray:
    """Return what a table of the last run says of each passage in a column of ids, -1 for nothing."""
    said = {} if earlier is None else dict(zip(earlier["passage_id"], earlier[column], strict=True))
    return np.array([said.get(item, -1) for item in passages["passage_id"]], dtype=int)
