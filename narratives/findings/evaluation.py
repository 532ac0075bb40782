"""How well scores and suggestions agree with codings people made: per code, with intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from narratives.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

GOLD = ("narrative", "start", "end", "code")
MEASURES = ("precision", "recall", "f1", "average_precision", "calibration_error")
_BINS = 10
_ENOUGH = 0.5  # of the passage, or of the coded span: where so much is shared, the passage has the code


@dataclass(frozen=True)
class Evaluation:
    """`codes`: one row a code (n, suggestions, each measure with low and high); `passages` measured on."""

    codes: pd.DataFrame
    passages: int
    narratives: int


def read_gold(path: Path) -> pd.DataFrame:
    """Return a table of GOLD from a .csv (comma, semicolon or tab) or .xlsx file.

    A row with an empty code says that this narrative was read for codes. Raises InputError.
    """
    import pandas as pd

    try:
        if path.suffix.lower() == ".xlsx":
            table = pd.read_excel(path, dtype=str)
        else:
            table = pd.read_csv(path, dtype=str, sep=None, engine="python", encoding="utf-8-sig")
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise InputError(f"{path} cannot be read as a table ({type(error).__name__}).") from None
    table.columns = [str(name).strip().lower().removesuffix("_id") for name in table.columns]
    missing = [name for name in GOLD if name not in table.columns]
    if missing:
        raise InputError(f"{path}: a column {missing[0]!r} is missing; there must be {', '.join(GOLD)}.")
    table = table[list(GOLD)].assign(code=table["code"].fillna("").str.strip())
    for name in ("start", "end"):
        table[name] = pd.to_numeric(table[name], errors="coerce")
    wrong = table[(table["code"] != "") & ~(table["start"] < table["end"])]
    if len(wrong):
        raise InputError(
            f"{path}, row {int(wrong.index[0]) + 2}: `start` must be a number smaller than `end`."
        )
    return table


def evaluate(
    gold: pd.DataFrame,
    passages: pd.DataFrame,
    scores: pd.DataFrame,
    suggestions: pd.DataFrame,
    resamples: int,
    confidence: float,
    seed: int,
) -> Evaluation:
    """Return how well scores and suggestions agree with `gold` on the narratives it names.

    A passage has a code when it shares at least half of itself, or of the coded span, with a span of that
    code. Intervals are percentiles of a bootstrap over narratives (Efron and Tibshirani 1993, chapter 13).
    Raises InputError when gold names no narrative of the study, or a code that has no scores.
    """
    import pandas as pd

    inside, used, true = given_codes(gold, passages, list(scores.columns.drop("passage_id")))
    said = scores.set_index("passage_id").loc[inside["passage_id"], used].to_numpy()
    pairs = set(zip(suggestions["passage_id"], suggestions["code_id"], strict=True))
    shown = np.array([[(passage, code) in pairs for code in used] for passage in inside["passage_id"]])
    weights = _resampled(inside["narrative_id"], resamples, seed)
    rows = []
    for column, code in enumerate(used):
        row = {"code": code, "n": int(true[:, column].sum()), "suggestions": int(shown[:, column].sum())}
        for name, measure in _measures(true[:, column], said[:, column], shown[:, column]).items():
            estimates = measure(weights)
            ends = (0.5 - confidence / 2, 0.5 + confidence / 2)
            finite = estimates[1:][np.isfinite(estimates[1:])]
            low, high = np.quantile(finite, ends) if len(finite) else (np.nan, np.nan)
            row |= {name: float(estimates[0]), f"{name}_low": float(low), f"{name}_high": float(high)}
        rows.append(row)
    return Evaluation(pd.DataFrame(rows), len(inside), int(inside["narrative_id"].nunique()))


def given_codes(
    gold: pd.DataFrame, passages: pd.DataFrame, codes: list[str]
) -> tuple[pd.DataFrame, list[str], np.ndarray]:
    """Return the passages of the narratives `gold` names, the codes it names, and which has which (bool).

    `codes` are those that may be named. Raises InputError for another one, or when no narrative is known.
    """
    unknown = sorted(set(gold["code"]) - set(codes) - {""})
    if unknown:
        raise InputError(f"The study has no scores for the code {unknown[0]!r}.")
    inside = passages[passages["narrative_id"].isin(set(gold["narrative"]))].reset_index(drop=True)
    if inside.empty:
        raise InputError("No narrative of this file is in the study; `narrative` must hold narrative ids.")
    used = [code for code in codes if code in set(gold["code"])]
    given = np.zeros((len(inside), len(used)), dtype=bool)
    places = {code: column for column, code in enumerate(used)}
    rows_of = inside.groupby("narrative_id").indices
    starts, ends = inside["start"].to_numpy(), inside["end"].to_numpy()
    for span in gold[gold["code"] != ""].to_dict("records"):
        rows = rows_of.get(span["narrative"], np.zeros(0, dtype=int))
        shared = np.minimum(ends[rows], span["end"]) - np.maximum(starts[rows], span["start"])
        least = _ENOUGH * np.minimum(ends[rows] - starts[rows], span["end"] - span["start"])
        given[rows[(shared > 0) & (shared >= least)], places[span["code"]]] = True
    return inside, used, given


def _resampled(narratives: pd.Series, resamples: int, seed: int) -> np.ndarray:
    """Return (1 + resamples, passages): how often each passage counts; at first once each."""
    owner, names = narratives.factorize()
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    return np.concatenate([np.ones((1, len(owner))), drawn[:, owner]])


def _measures(
    true: np.ndarray, said: np.ndarray, shown: np.ndarray
) -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    """Return the measures as functions of weights (resamples, passages); not a number where undefined."""

    def share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)

    def average_precision(weights: np.ndarray) -> np.ndarray:
        # Passages of equal score come together: precision is taken behind the last of them.
        order = np.argsort(-said, kind="stable")
        last = np.append(np.diff(said[order]) != 0, True)
        hits = np.cumsum(weights[:, order] * true[order], axis=1)[:, last]
        everything = np.cumsum(weights[:, order], axis=1)[:, last]
        gained = np.diff(hits, axis=1, prepend=0)
        precision = np.divide(hits, everything, out=np.zeros_like(hits), where=everything > 0)
        return share((precision * gained).sum(axis=1), hits[:, -1])

    def calibration_error(weights: np.ndarray) -> np.ndarray:
        bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
        gaps = [np.abs(weights[:, bins == one] @ (said - true)[bins == one]) for one in range(_BINS)]
        return share(np.sum(gaps, axis=0), weights.sum(axis=1))

    def right(weights: np.ndarray) -> np.ndarray:
        return np.asarray(weights @ (true & shown))

    return {
        "precision": lambda weights: share(right(weights), weights @ shown),
        "recall": lambda weights: share(right(weights), weights @ true),
        "f1": lambda weights: share(2 * right(weights), weights @ shown + weights @ true),
        "average_precision": average_precision,
        "calibration_error": calibration_error,
    }
