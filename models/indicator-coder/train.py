"""Fit the coder's weights on corpus.jsonl and write coder.json and the figures of MODEL_CARD.md.

    python models/indicator-coder/train.py            # writes coder.json, prints the figures
    python models/indicator-coder/train.py --check    # prints the figures only

Every figure is measured on narratives left out of the fit (ten folds by narrative); the shipped weights
are then fitted on all of them. A unit counts as coded with the share of the two coders who gave the code.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import corpus
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import GroupKFold

from narratives.coding.codebook import load_codebook
from narratives.coding.coder import IndicatorCoder
from narratives.coding.context import load_context_words
from narratives.coding.features import FEATURES, FeatureReader
from narratives.encoders import load_encoder
from narratives.language import load_language

HERE = Path(__file__).parent
ENCODER = "passage-encoder-de-en"
FOLDS = 10
# What is denied, reported or like a counterexample may speak against a code, never for it.
NEVER_FOR = [
    place
    for place, name in enumerate(FEATURES)
    if any(word in name for word in ("denied", "reported", "counterexamples"))
]


def read_corpus() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Return features (units, codes, features), gold of coder a and b (units, codes), groups, code ids."""
    books = [load_codebook(name) for name in corpus.BOOKS]
    words, encoder = load_context_words(), load_encoder(ENCODER)
    readers = {code: FeatureReader(books, load_language(code), words, encoder) for code in ("de", "en")}
    code_ids = readers["de"].code_ids
    features, groups = [], []
    narratives = corpus.load()
    for number, narrative in enumerate(narratives):
        texts = [narrative["text"][unit["start"] : unit["end"]] for unit in narrative["units"]]
        features.append(readers[narrative["language"]].read(texts)[0])
        groups += [number] * len(texts)
    gold_a, gold_b = corpus.given(narratives, "a"), corpus.given(narratives, "b")
    return np.concatenate(features), gold_a, gold_b, np.array(groups), code_ids


def fit(features: np.ndarray, gold_a: np.ndarray, gold_b: np.ndarray, code_ids: list[str]) -> IndicatorCoder:
    """Return the weights of one logistic regression over all pairs of unit and code, both coders counted.

    How common a code is enters as one more feature; its weight is folded into `common`.
    """
    given = (gold_a.sum(axis=0) + gold_b.sum(axis=0)) / 2
    # Twenty imagined units as common as all codes are on the whole keep rare codes from being ruled out.
    overall = given.sum() / gold_a.size
    share = (given + 20 * overall) / (len(gold_a) + 20)
    common = np.log(share / (1 - share)) - np.log(overall / (1 - overall))
    # How common a code is differs from study to study: no code gets more than e times the odds of all.
    common = np.minimum(common, 1.0)
    rows = np.concatenate(
        [features, np.broadcast_to(common[None, :, None], (*features.shape[:2], 1))], axis=2
    )
    rows = rows.reshape(-1, rows.shape[-1])
    both = np.concatenate([rows, rows])
    gold = np.concatenate([gold_a.reshape(-1), gold_b.reshape(-1)])
    used = np.arange(rows.shape[1])
    while True:
        model = LogisticRegression(C=1.0, max_iter=1000).fit(both[:, used], gold)
        wrong = [
            place for place in NEVER_FOR if place in used and model.coef_[0][list(used).index(place)] > 0
        ]
        if not wrong:
            break
        used = np.setdiff1d(used, wrong)
    weights = np.zeros(rows.shape[1])
    weights[used] = model.coef_[0]
    known = {code: round(float(weights[-1] * value), 6) for code, value in zip(code_ids, common, strict=True)}
    return IndicatorCoder(ENCODER, np.round(weights[:-1], 6), round(float(model.intercept_[0]), 6), known, {})


def left_out(
    features: np.ndarray, gold_a: np.ndarray, gold_b: np.ndarray, groups: np.ndarray, code_ids: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of every unit by coders that never saw it, and the same without `common`.

    Within one code `common` changes no order, but from fold to fold it differs a little, and always the
    wrong way: lower where the left-out narratives have the code often. Rankings are therefore made without.
    """
    likely, alone = np.zeros(gold_a.shape), np.zeros(gold_a.shape)
    for seen, unseen in GroupKFold(FOLDS).split(features, groups=groups):
        coder = fit(features[seen], gold_a[seen], gold_b[seen], code_ids)
        likely[unseen] = coder.probabilities(features[unseen], code_ids)
        alone[unseen] = replace(coder, common={}).probabilities(features[unseen], code_ids)
    return likely, alone


def figures(
    likely: np.ndarray, alone: np.ndarray, gold_a: np.ndarray, gold_b: np.ndarray, code_ids: list[str]
) -> str:
    """Return the tables of the model card, measured against coder a (and coder b beside it)."""
    lines = [
        "| codebook | codes with units | mean average precision | coder b against a | chance |",
        "|---|---|---|---|---|",
    ]
    for book in corpus.BOOKS:
        columns = [n for n, code in enumerate(code_ids) if code.startswith(f"{book}_") and gold_a[:, n].any()]
        machine = np.mean([average_precision_score(gold_a[:, n], alone[:, n]) for n in columns])
        other = np.mean([average_precision_score(gold_a[:, n], gold_b[:, n]) for n in columns])
        chance = np.mean([gold_a[:, n].mean() for n in columns])
        lines.append(f"| {book} | {len(columns)} | {machine:.2f} | {other:.2f} | {chance:.2f} |")
    shown = (gold_a.astype(float) + gold_b) / 2  # the share of the two coders who gave the code
    lines += ["", "| said | pairs | given by the coders |", "|---|---|---|"]
    for low, high in (
        (0, 0.05),
        (0.05, 0.15),
        (0.15, 0.25),
        (0.25, 0.35),
        (0.35, 0.5),
        (0.5, 0.7),
        (0.7, 1.01),
    ):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {inside.sum()} | {shown[inside].mean():.2f} |")
    lines += ["", "| shown from | suggestions | precision | recall |", "|---|---|---|---|"]
    for row in reach(likely, gold_a, gold_b):
        lines.append("| {from:.2f} | {suggestions} | {precision:.2f} | {recall:.2f} |".format(**row))
    lines.append(f"\nBrier score {brier_score_loss(gold_a.reshape(-1), likely.reshape(-1)):.4f}")
    return "\n".join(lines)


def reach(likely: np.ndarray, gold_a: np.ndarray, gold_b: np.ndarray) -> list[dict[str, float]]:
    """Return for several thresholds how many of the suggestions are right, and how many codings are found."""
    shown = (gold_a.astype(float) + gold_b) / 2
    rows = []
    for least in (0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        inside = likely >= least
        right = shown[inside]
        rows.append(
            {
                "from": least,
                "suggestions": int(inside.sum()),
                "precision": round(float(right.mean()), 3),
                "recall": round(float(right.sum() / shown.sum()), 3),
            }
        )
    return rows


def main() -> None:
    """Measure, and write coder.json unless --check is given."""
    features, gold_a, gold_b, groups, code_ids = read_corpus()
    likely, alone = left_out(features, gold_a, gold_b, groups, code_ids)
    print(figures(likely, alone, gold_a, gold_b, code_ids))
    coder = fit(features, gold_a, gold_b, code_ids)
    for name, weight in zip(FEATURES, coder.weights, strict=True):
        print(f"{weight:8.3f}  {name}")
    if "--check" not in sys.argv:
        content = {
            "encoder": ENCODER,
            "features": FEATURES,
            "weights": coder.weights.tolist(),
            "intercept": coder.intercept,
            "common": coder.common,
            "measured": {"passages": len(gold_a), "reach": reach(likely, gold_a, gold_b)},
        }
        (HERE / "coder.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
