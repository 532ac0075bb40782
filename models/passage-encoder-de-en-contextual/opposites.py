"""Sentences that differ from another by a negation alone, and targets that keep the two apart.

The teacher puts "I wanted to live" and "I no longer wanted to live" close together. Where a sentence and its
negation both stand in the training material, the negated one is to lie further away.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from narratives.encoders.pieces import WORD

DROPPED = {"nicht", "nie", "niemals"}


def negated_pairs(german: list[str]) -> list[tuple[int, int]]:
    """Return (negated, plain) places of sentences that are the same but for nicht, nie, kein, mehr."""
    places: dict[tuple[str, ...], int] = {}
    cut = [tuple(WORD.findall(sentence)) for sentence in german]
    for place, words in enumerate(cut):
        places.setdefault(words, place)
    found = []
    for place, words in enumerate(cut):
        for key in sorted(_without_negation(words)):
            if key in places:
                found.append((place, places[key]))
                break
    return found


def _without_negation(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    if not any(word in DROPPED or word.startswith("kein") for word in words):
        return set()
    choices: list[list[tuple[str, ...]]] = []
    for before, word in zip(("", *words), words, strict=False):
        if word in DROPPED:
            choices.append([()])
        elif word.startswith("kein"):
            choices.append([(), (word[1:],)])
        elif word == "mehr" and (before in DROPPED or before.startswith("kein")):
            choices.append([(), (word,)])
        else:
            choices.append([(word,)])
    if len([choice for choice in choices if len(choice) > 1]) > 4:
        return set()
    return {sum(parts, ()) for parts in product(*choices)}


def apart(targets: np.ndarray, stays: np.ndarray, most: float) -> np.ndarray:
    """Return the targets (n, d), each turned away from its counterpart in `stays` to a cosine of `most`."""
    cosines = (targets * stays).sum(axis=1, keepdims=True)
    across = targets - cosines * stays
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    turned = most * stays + np.sqrt(1 - most**2) * across
    return np.where(cosines > most, turned, targets).astype(np.float32)
