"""Themes keep their identity: groups of a new run take the ids of the earlier themes they continue."""

from __future__ import annotations

import numpy as np

CONTINUES = 0.3  # Jaccard likeness from which a group continues an earlier theme


def keep_ids(groups: np.ndarray, earlier: np.ndarray, taken: int = 0) -> np.ndarray:
    """Return the id of each group 0..k-1.

    `groups` and `earlier` (n) tell of the same passages the new group and the id of the earlier theme, -1
    for none. Groups and themes are paired so that they share as much as they can (Kuhn 1955, "The Hungarian
    method"). The others get ids never used before, by size; ids below `taken` count as used.
    """
    from scipy.optimize import linear_sum_assignment

    number = int(groups.max()) + 1 if len(groups) else 0
    ids = np.full(number, -1)
    known = np.unique(earlier[earlier >= 0])
    if len(known) and number:
        likeness = np.zeros((number, len(known)))
        for column, theme in enumerate(known):
            shared = np.bincount(groups[(earlier == theme) & (groups >= 0)], minlength=number)
            # Passages that are new, or gone, speak neither for nor against.
            size = np.bincount(groups[(earlier >= 0) & (groups >= 0)], minlength=number)
            whole = int(((earlier == theme) & (groups >= 0)).sum())
            likeness[:, column] = shared / np.maximum(size + whole - shared, 1)
        for group, column in zip(*linear_sum_assignment(-likeness), strict=True):
            if likeness[group, column] >= CONTINUES:
                ids[group] = known[column]
    free = max([taken, *(known + 1)]) if len(known) else taken
    sizes = np.bincount(groups[groups >= 0], minlength=number)
    new = sorted(np.flatnonzero(ids < 0), key=lambda group: (-sizes[group], group))
    ids[new] = np.arange(free, free + len(new))
    return ids
