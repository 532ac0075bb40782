"""Passages grouped by their vectors: how many groups, who belongs where, and what resamples say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from narratives.settings import Themes
from narratives.themes import resamples
from narratives.themes.kmeans import k_means, nearest
from narratives.themes.space import Space, centres

HOLDS = 0.5  # mean adjusted Rand index of resamples from which a number of groups counts as holding
_TRIED_WITH, _TRIED_ON = 5, 4000
_FINAL_STARTS = 10


@dataclass(frozen=True)
class Groups:
    """Groups 0..k-1 of passages. `of` (n) is -1 where a passage has no usable vector.

    `moved` (n) marks passages of dissolved groups. `regrouped` (resamples, n) is the group of each passage in
    every resample, -1 where the resample does not hold it. `guided` names groups that began from words of
    the researcher.
    """

    of: np.ndarray
    moved: np.ndarray
    regrouped: np.ndarray
    guided: dict[int, str]


def group_passages(
    vectors: np.ndarray,
    voices: np.ndarray,
    settings: Themes,
    seed: int,
    earlier: np.ndarray | None = None,
    guide: Mapping[str, np.ndarray] | None = None,
    fixed: bool = False,
) -> Groups:
    """Group passages by their vectors (n, d); `voices` (n) says by number whose narrative each is of.

    Every passage belongs to a group: with few texts density methods call most of them outliers. Without a
    number in the settings the finest one is taken whose groups hold in resamples of the narratives. Groups
    with too few passages, or of one narrative only, are dissolved into their neighbours. `earlier` (n) are
    groups of an earlier run (-1 unknown) to begin from, which keeps their number; `fixed` keeps their centres
    too and only assigns. `guide` are vectors that groups are to begin at, by name.
    """
    usable = np.flatnonzero(np.abs(vectors).sum(axis=1) > 0)
    of = np.full(len(vectors), -1)
    moved = np.zeros(len(vectors), dtype=bool)
    if not len(usable):
        return Groups(of, moved, np.full((0, len(of)), -1), {})
    fit = _sample(usable, voices, settings.sample, seed)
    space = Space.of(vectors[fit], settings.dimensions)
    placed, who = space.place(vectors[usable]), voices[usable]
    inside = np.isin(usable, fit)
    names = list(guide or {}) if earlier is None else []
    begin = space.place(np.stack([guide[name] for name in names])) if guide and names else None
    if earlier is None:
        number = max(_number(placed[inside], who[inside], settings, seed, begin), len(names))
        found = k_means(placed[inside], number, seed, _FINAL_STARTS, begin)
    else:
        known = np.unique(earlier[usable], return_inverse=True)[1] - int((earlier[usable] < 0).any())
        found = centres(placed[known >= 0], known[known >= 0], int(known.max()) + 1)
        if not fixed:
            found = k_means(placed[inside], len(found), seed, begin=found)
    groups = nearest(placed, found)
    kept = np.bincount(groups, minlength=len(found)) > 0
    if not fixed:
        kept &= _large_enough(groups, who, len(found), settings.min_passages)
    if not kept.any():
        kept[np.bincount(groups).argmax()] = True
    left = found[kept] if kept.all() else centres(placed, groups, len(found))[kept]
    dissolved = ~kept[groups]
    renamed = np.cumsum(kept) - 1
    of[usable] = np.where(dissolved, nearest(placed, left), renamed[groups])
    moved[usable] = dissolved
    drawn = resamples.draw(who[inside], settings.resamples, seed)
    regrouped = np.full((len(drawn), len(of)), -1)
    regrouped[:, fit] = resamples.regroup(placed[inside], drawn, len(left), seed, begin)
    guided = {int(renamed[place]): name for place, name in enumerate(names) if kept[place]}
    return Groups(of, moved, regrouped, guided)


def _sample(usable: np.ndarray, voices: np.ndarray, most: int, seed: int) -> np.ndarray:
    """Return the passages to learn from: all, or those of narratives drawn until there are `most`."""
    if len(usable) <= most:
        return usable
    order = np.random.default_rng(seed).permutation(np.unique(voices[usable]))
    rank = np.empty(int(voices.max()) + 1, dtype=int)
    rank[order] = np.arange(len(order))
    sizes = np.bincount(rank[voices[usable]], minlength=len(order))
    enough = int(np.searchsorted(np.cumsum(sizes), most)) + 1
    chosen = usable[rank[voices[usable]] < enough]
    return chosen if len(chosen) <= 2 * most else np.sort(chosen[:most])


def _large_enough(groups: np.ndarray, voices: np.ndarray, number: int, least: int) -> np.ndarray:
    """Tell of each group whether it has enough passages and speaks for more than one person."""
    heard = np.array([len(set(voices[groups == group])) for group in range(number)])
    enough = 2 if len(set(voices)) > 2 else 1
    return np.asarray((np.bincount(groups, minlength=number) >= least) & (heard >= enough))


def _number(
    placed: np.ndarray, voices: np.ndarray, settings: Themes, seed: int, begin: np.ndarray | None
) -> int:
    """Return the finest number whose groups hold in resamples, or the one that holds best.

    Tried are numbers from the third root of the passages up to their square root.
    """
    most = max(1, min(settings.max_number, len(placed) // (2 * settings.min_passages)))
    if settings.number != "auto":
        return min(int(settings.number), most)
    lowest, highest = max(3, 0.75 * len(placed) ** (1 / 3)), max(4, len(placed) ** 0.5)
    numbers = np.unique(np.geomspace(lowest, max(highest, lowest + 1), 8).round().astype(int))
    numbers = np.unique(np.clip(numbers, 1, most))
    rows = _sample(np.arange(len(placed)), voices, _TRIED_ON, seed)
    drawn = resamples.draw(voices[rows], _TRIED_WITH, seed)
    best, best_holds = int(numbers[0]), -1.0
    for number in numbers:
        holds = resamples.agreement(resamples.regroup(placed[rows], drawn, int(number), seed, begin))
        if holds >= HOLDS or holds > best_holds:
            best, best_holds = int(number), holds
        elif holds < HOLDS - 0.15:
            break
    return best
