"""The machine coder: features of a passage weighed into a probability for every code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from narratives import places
from narratives.coding.codebook import Codebook
from narratives.coding.context import ContextWords
from narratives.coding.features import FEATURES, FeatureReader, Trace
from narratives.encoders import load_encoder
from narratives.errors import InputError
from narratives.language import Language
from narratives.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

_CHUNK = 512
_MOST_EVIDENCE = 6


@dataclass(frozen=True)
class IndicatorCoder:
    """Weights of a logistic regression over FEATURES, shared by all codes, and how common known codes are.

    Because no weight belongs to a code, a codebook the coder never saw works at once: its codes are
    taken to be as common as the known ones are on the whole.
    """

    encoder: str
    weights: np.ndarray
    intercept: float
    common: dict[str, float]
    measured: dict[str, Any]

    @classmethod
    def load(cls, name: str, study: Path | None = None) -> IndicatorCoder:
        """Return the coder models/<name>; raises InputError when its file does not fit this program."""
        path = places.find("models", name, study) / "coder.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if tuple(content["features"]) != FEATURES:
                raise ValueError("other features")
            weights = np.array(content["weights"], dtype=np.float64)
            return cls(
                str(content["encoder"]),
                weights,
                float(content["intercept"]),
                dict(content["common"]),
                content["measured"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} is not a coder this version can use ({error}).") from None

    def reach(self, threshold: float) -> dict[str, Any]:
        """Return what was measured on left-out narratives at the nearest threshold not above the one given.

        Keys: from, suggestions, precision, recall, passages (how many were measured on).
        """
        rows = self.measured["reach"]
        below = [row for row in rows if row["from"] <= threshold + 1e-9]
        return {**(below[-1] if below else rows[0]), "passages": self.measured["passages"]}

    def probabilities(self, features: np.ndarray, code_ids: Sequence[str]) -> np.ndarray:
        """Return (passages, codes) probabilities 0..1, four decimals, from (passages, codes, features).

        `common` holds for each known code the logit of its share of passages, minus the logit of all.
        """
        common = np.array([self.common.get(code_id, 0.0) for code_id in code_ids])
        logits = features.astype(np.float64) @ self.weights + self.intercept + common
        return np.round(1 / (1 + np.exp(-logits)), 4)


def suggest(
    passages: pd.DataFrame,
    languages: dict[str, Language],
    codebooks: Sequence[Codebook],
    coder: IndicatorCoder,
    words: ContextWords,
    thresholds: dict[str, float],
    progress: Progress,
    study: Path | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `scores` and `suggestions` for passages (passage_id, start, text, language).

    `text` may have marks blanked, but has the length of the passage. `thresholds` gives for each
    codebook id the confidence from which a suggestion is made. A parent code's score is the highest
    of its children. Evidence offsets are code points into the narrative's text.
    """
    import pandas as pd

    encoder = load_encoder(coder.encoder, study=study)
    readers = {
        code: FeatureReader(codebooks, language, words, encoder) for code, language in languages.items()
    }
    code_ids = [code.id for book in codebooks for code in book.leaves()]
    book_of = {code.id: book.id for book in codebooks for code in book.leaves()}
    scores = np.zeros((len(passages), len(code_ids)))
    rows: list[dict[str, object]] = []
    order = list(range(0, len(passages), _CHUNK))
    for first in progress.bar(order, "suggesting codes"):
        chunk = passages.iloc[first : first + _CHUNK]
        for code, part in chunk.groupby("language", sort=True):
            places_in_table = [int(place) for place in passages.index.get_indexer(part.index)]
            features, traces = readers[str(code)].read(list(part["text"]))
            likely = coder.probabilities(features, code_ids)
            scores[places_in_table] = likely
            rows += _rows(part, places_in_table, likely, traces, code_ids, book_of, thresholds)
    rows.sort(key=lambda row: (row["_place"], row["_code"]))
    columns = ["passage_id", "codebook_id", "code_id", "confidence", "evidence"]
    suggestions = pd.DataFrame(rows, columns=[*columns, "_place", "_code"])[columns]
    table = pd.DataFrame(scores, columns=code_ids)
    for book in codebooks:
        for above in reversed([item for item in book.codes if book.children(item.id)]):
            table[above.id] = table[[item.id for item in book.children(above.id)]].max(axis=1)
    ordered = [item.id for book in codebooks for item in book.codes]
    table.insert(0, "passage_id", passages["passage_id"].to_numpy())
    return table[["passage_id", *ordered]], suggestions


def _rows(
    part: pd.DataFrame,
    places_in_table: Sequence[int],
    likely: np.ndarray,
    traces: Sequence[Trace],
    code_ids: Sequence[str],
    book_of: dict[str, str],
    thresholds: dict[str, float],
) -> list[dict[str, object]]:
    least = np.array([thresholds[book_of[code_id]] for code_id in code_ids])
    by_pair: dict[tuple[int, int], list[Trace]] = {}
    for trace in traces:
        by_pair.setdefault((trace.passage, trace.code), []).append(trace)
    rows = []
    for passage, code in zip(*np.nonzero(likely >= least), strict=True):
        speaking = [trace for trace in by_pair.get((int(passage), int(code)), []) if trace.affirmed]
        if not speaking:
            continue  # a suggestion whose words cannot be shown is none
        offset = int(part["start"].iloc[passage])
        speaking.sort(key=lambda trace: (not trace.reason.startswith("indicator"), trace.start, trace.end))
        rows.append(
            {
                "passage_id": part["passage_id"].iloc[passage],
                "codebook_id": book_of[code_ids[code]],
                "code_id": code_ids[code],
                "confidence": float(likely[passage, code]),
                "evidence": [
                    {"start": offset + trace.start, "end": offset + trace.end, "reason": trace.reason}
                    for trace in speaking[:_MOST_EVIDENCE]
                ],
                "_place": places_in_table[passage],
                "_code": int(code),
            }
        )
    return rows
