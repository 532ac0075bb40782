"""What every machine coder can do: say how likely each code is in a passage, and which words speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

Pair = tuple[int, int]  # a passage and a code, by number


@dataclass(frozen=True)
class Evidence:
    """A place in a passage (half-open code point offsets) and why it speaks for the code.

    `reason` is a kind and some words, "kind: words"; config/report says kinds in the reader's language.
    """

    start: int
    end: int
    reason: str


class Proposer(Protocol):
    """A machine coder with its codebooks."""

    code_ids: list[str]
    book_of: dict[str, str]

    def propose(
        self, texts: Sequence[str], language: str, least: np.ndarray
    ) -> tuple[np.ndarray, dict[Pair, list[Evidence]]]:
        """Return probabilities (passages, codes) and the evidence of every pair that reaches `least` (codes).

        A pair without evidence is no suggestion.
        """
        ...
