"""A short phrase of the passages themselves that may name a theme."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from narratives.themes.terms import Terms

_PASSAGES, _NARRATIVES = 3, 2


def best_phrase(
    term_texts: Sequence[str], narrative_ids: Sequence[str], ranked: Sequence[str], terms: Terms
) -> str | None:
    """Return the pair of neighbouring words that the most passages of a theme share, as it is mostly written.

    At least one of the two is among the theme's strongest words (`ranked`), and three passages of two
    narratives hold the pair; otherwise there is none.
    """
    strong = {term: 1 / (1 + place) for place, term in enumerate(ranked[:10])}
    passages: Counter[tuple[str, str]] = Counter()
    narratives: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text, narrative in zip(term_texts, narrative_ids, strict=True):
        words = text.split()
        for pair in {(a, b) for a, b in itertools.pairwise(words) if a in strong or b in strong}:
            passages[pair] += 1
            narratives[pair].add(narrative)
    held = [
        pair
        for pair, count in passages.items()
        if count >= _PASSAGES and len(narratives[pair]) >= _NARRATIVES and terms.phrase(*pair)
    ]
    if not held:
        return None
    weight = {pair: passages[pair] * (strong.get(pair[0], 0) + strong.get(pair[1], 0)) for pair in held}
    return terms.phrase(*min(held, key=lambda pair: (-weight[pair], pair)))
