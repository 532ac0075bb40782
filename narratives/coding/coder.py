"""The machine coder: what a passage says and what was learned from coded ones, weighed into probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from narratives import places
from narratives.coding import coder_file
from narratives.coding.learned import Learned
from narratives.coding.reader import FEATURES
from narratives.coding.update import Update
from narratives.errors import InputError

FILE = "coder.npz"
# What the score that was learned for a code adds to FEATURES: as it is, and on two bent scales.
LEARNED_FEATURES = ("learned score", "its log odds", "its root", "log share of coded passages")
_LOW, _HIGH = 1e-3, 0.95


class Measured(NamedTuple):
    """What coders that never saw them said of the units of narratives, where it was .05 or more.

    `code`, `said` and `right` (pairs): column of the code, confidence, share of the two coders who gave it;
    `given` (codes): how often it was given in all; `passages`: how many units there were.
    """

    code: np.ndarray
    said: np.ndarray
    right: np.ndarray
    given: np.ndarray
    passages: np.ndarray


@dataclass(frozen=True)
class Coder:
    """Two logistic regressions: for codes that were learned, and for those of any other codebook.

    No weight of them belongs to a code. `known` (13 weights, intercept) weighs FEATURES and LEARNED_FEATURES,
    `other` (9 weights, intercept) FEATURES alone; `bend` (3) turns the odds of known codes into probabilities
    that hold (beta calibration, Kull et al. 2017, AISTATS). `spread` (codes) is the standard deviation of the
    learned scores. `levels` (codes and a last row for all, LEVELS) is the confidence from which a share of
    LEVELS of a code's suggestions was right on left-out narratives, above 1 where none is.
    """

    encoder: str
    learned: Learned
    spread: np.ndarray
    known: np.ndarray
    other: np.ndarray
    bend: np.ndarray
    levels: np.ndarray
    measured: Measured
    update: Update | None = field(default=None)

    @classmethod
    def load(cls, name: str, study: Path | None = None) -> Coder:
        """Return the coder models/<name>; raises InputError when its file does not fit this program."""
        path = places.find("models", name, study) / FILE
        try:
            content = coder_file.read(path)
            if tuple(content["features"]) != (*FEATURES, *LEARNED_FEATURES):
                raise ValueError("other features")
            return cls(
                encoder=content["encoder"],
                learned=coder_file.learned(content),
                spread=content["spread"],
                known=content["known"],
                other=content["other"],
                bend=content["bend"],
                levels=content["levels"],
                measured=Measured(*(content[f"measured_{name}"] for name in Measured._fields)),
                update=coder_file.update(content),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} is not a coder this version can use ({error}).") from None

    def save(self, path: Path) -> None:
        """Write the coder to a file, whole or not at all."""
        names = ("encoder", "spread", "known", "other", "bend", "levels")
        parts: dict[str, Any] = {part: getattr(self, part) for part in names}
        parts |= {f"measured_{name}": value for name, value in self.measured._asdict().items()}
        parts["features"] = [*FEATURES, *LEARNED_FEATURES]
        coder_file.write(path, parts, self.learned, self.update)

    @cached_property
    def _column(self) -> dict[str, int]:
        return {code: column for column, code in enumerate(self.learned.codes)}

    def knows(self, code_ids: Sequence[str]) -> np.ndarray:
        """Return for each code whether it was learned from coded passages."""
        return np.array([code_id in self._column for code_id in code_ids], dtype=bool)

    def log_odds(
        self, features: np.ndarray, scores: np.ndarray, changes: np.ndarray | None, code_ids: Sequence[str]
    ) -> np.ndarray:
        """Return log odds (passages, codes).

        `features` (passages, codes, FEATURES) are what a PassageReader read, `scores` (passages, learned
        codes) what `learned` says, `changes` (passages, codes of the update) what the update says, if any.
        """
        odds = features @ self.other[:-1] + self.other[-1]
        known = self.knows(code_ids)
        columns = [self._column[code_id] for code_id in code_ids if code_id in self._column]
        if columns:
            both = np.concatenate(
                [features[:, known], learned_features(scores, self.spread, self.learned.mean)[:, columns]],
                axis=2,
            )
            odds[:, known] = bent(both @ self.known[:-1] + self.known[-1], self.bend)
        if self.update is not None and changes is not None:
            for column, code_id in enumerate(code_ids):
                if code_id in self.update.codes:
                    odds[:, column] += changes[:, self.update.codes.index(code_id)]
        return odds

    def for_any_codebook(self, encoder: str) -> Coder:
        """Return a coder that knows no code and compares meanings with another encoder."""
        learned = replace(self.learned, codes=(), encoders=())
        return replace(self, encoder=encoder, learned=learned, update=None)

    def threshold(self, code_id: str, precision: float) -> float:
        """Return the confidence from which that share of a code's suggestions was right when left out."""
        row = self._column.get(code_id, len(self.levels) - 1)
        return float(
            self.levels[row, int(np.searchsorted(LEVELS, precision - 1e-9).clip(0, len(LEVELS) - 1))]
        )

    def reach(self, thresholds: Mapping[str, float]) -> dict[str, Any]:
        """Return how right proposals from these confidences on were when left out, over all codes named.

        Keys: passages (how many were measured on), suggestions, precision, recall.
        """
        least = np.array([thresholds.get(code, np.inf) for code in self.learned.codes])
        found = self.measured
        inside = found.said >= least[found.code]
        right = float(found.right[inside].sum())
        given = float(found.given[np.isfinite(least)].sum())
        return {
            "passages": int(found.passages),
            "suggestions": int(inside.sum()),
            "precision": round(right / max(1, int(inside.sum())), 3),
            "recall": round(right / max(1.0, given), 3),
        }


LEVELS = np.round(np.arange(0.0, 1.0, 0.05), 2)


def learned_features(scores: np.ndarray, spread: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Return LEARNED_FEATURES (passages, codes, 4) of learned scores (passages, codes)."""
    inside = np.clip(scores, _LOW, _HIGH)
    common = np.broadcast_to(np.log(np.maximum(mean, _LOW)), scores.shape)
    return np.stack([scores / spread, np.log(inside / (1 - inside)), np.sqrt(inside), common], axis=2)


def bent(odds: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """Return log odds after beta calibration: the two ends are bent apart from each other."""
    yes, no = -np.logaddexp(0, -odds), -np.logaddexp(0, odds)
    return np.asarray(bend[0] * yes - bend[1] * no + bend[2])


def probability(odds: np.ndarray) -> np.ndarray:
    """Return probabilities 0..1, five decimals, of log odds."""
    return np.asarray(np.round(1 / (1 + np.exp(-odds)), 5))
