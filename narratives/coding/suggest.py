"""Passages to the tables `scores` and `suggestions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from narratives.coding.codebook import Codebook
from narratives.coding.proposer import Proposer
from narratives.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

_CHUNK = 512
_MOST_EVIDENCE = 10
COLUMNS = ("passage_id", "codebook_id", "code_id", "confidence", "evidence")


def suggest(
    passages: pd.DataFrame,
    machine: Proposer,
    codebooks: Sequence[Codebook],
    thresholds: Mapping[str, float],
    progress: Progress,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `scores` and `suggestions` for passages (passage_id, start, text, language).

    `text` may have marks blanked, but has the length of the passage. `thresholds` gives for each code id the
    confidence from which a suggestion is made. A parent code's score is the highest of its children.
    Evidence offsets are code points into the narrative's text.
    """
    import pandas as pd

    least = np.array([thresholds[code_id] for code_id in machine.code_ids])
    scores = np.zeros((len(passages), len(least)))
    rows: list[dict[str, Any]] = []
    for first in progress.bar(list(range(0, len(passages), _CHUNK)), "suggesting codes"):
        chunk = passages.iloc[first : first + _CHUNK]
        for language, part in chunk.groupby("language", sort=True):
            at = np.array([int(place) for place in passages.index.get_indexer(part.index)])
            texts = list(part["text"])
            likely, carried = machine.propose(texts, str(language), least)
            scores[at] = likely
            for (row, code), evidence in carried.items():
                offset = int(part["start"].iloc[row])
                rows.append(
                    {
                        "passage_id": part["passage_id"].iloc[row],
                        "codebook_id": machine.book_of[machine.code_ids[code]],
                        "code_id": machine.code_ids[code],
                        "confidence": float(likely[row, code]),
                        "evidence": [
                            {**asdict(item), "start": offset + item.start, "end": offset + item.end}
                            for item in evidence[:_MOST_EVIDENCE]
                        ],
                        "order": (int(at[row]), code),
                    }
                )
    rows.sort(key=lambda row: row["order"])
    return _scores(passages, scores, machine.code_ids, codebooks), pd.DataFrame(rows, columns=list(COLUMNS))


def _scores(
    passages: pd.DataFrame, scores: np.ndarray, code_ids: Sequence[str], codebooks: Sequence[Codebook]
) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(scores, columns=list(code_ids))
    for book in codebooks:
        for above in reversed([item for item in book.codes if book.children(item.id)]):
            table[above.id] = table[[item.id for item in book.children(above.id)]].max(axis=1)
    ordered = [item.id for book in codebooks for item in book.codes]
    table.insert(0, "passage_id", passages["passage_id"].to_numpy())
    return table[["passage_id", *ordered]]
