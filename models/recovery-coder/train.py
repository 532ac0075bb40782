"""From corpus.jsonl, wordings.jsonl and the codebooks to coder.npz, with the figures of MODEL_CARD.md.

    python models/recovery-coder/train.py            # writes coder.npz, prints the figures
    python models/recovery-coder/train.py --check    # prints the figures only

Every figure is measured on narratives of writers whose texts the fit never saw (five folds by writer); what
ships is then fitted on all of them. A unit has a code to the share of the two coders who gave it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from narratives.coding.codebook import load_codebook
from narratives.coding.coder import FILE, LEVELS, Coder, Measured, bent, learned_features, probability
from narratives.coding.context import load_context_words
from narratives.coding.fitting import fit_learned
from narratives.coding.learned import Learned
from narratives.coding.likeness import CodeLikeness
from narratives.coding.marking import Word
from narratives.coding.reader import FEATURES, PassageReader, leaves
from narratives.encoders import load_encoder
from narratives.encoders.kept import KeptVectors
from narratives.language import load_language

HERE = Path(__file__).parent
ENCODERS = ("passage-encoder-de-en", "passage-encoder-de-en-contextual")
FOLDS = 5
UNMEASURED = np.zeros(0), Measured(*np.zeros((5, 0)))
# What is denied, reported or like a counterexample may speak against a code, never for it.
NEVER_FOR = [
    place
    for place, name in enumerate(FEATURES)
    if any(word in name for word in ("denied", "reported", "counterexamples"))
]


@dataclass(frozen=True)
class Material:
    """Units of narratives, then single passages, as a coder sees them.

    `given` (n, codes) is not a number where nobody looked for a code; `fold` is -1 for single passages.
    """

    texts: list[str]
    language: np.ndarray
    words: list[list[Word]]
    features: np.ndarray
    vectors: list[np.ndarray]
    given: np.ndarray
    fold: np.ndarray

    def take(self, rows: np.ndarray) -> Material:
        """Return some of the rows."""
        words = [self.words[row] for row in rows]
        texts = [self.texts[row] for row in rows]
        vectors = [one[rows] for one in self.vectors]
        return Material(
            texts, self.language[rows], words, self.features[rows], vectors, self.given[rows], self.fold[rows]
        )


def read_material() -> Material:
    """Return everything there is to learn from."""
    narratives, wordings = corpus.load(), corpus.wordings()
    units = [(one, unit) for one in narratives for unit in one["units"]]
    texts = [one["text"][unit["start"] : unit["end"]] for one, unit in units]
    texts += [one["text"] for one in wordings]
    language = np.array([one["language"] for one, _ in units] + [one["language"] for one in wordings])
    both = (corpus.given(narratives, "a").astype(float) + corpus.given(narratives, "b")) / 2
    fold = [corpus.writer(one["id"]) % FOLDS for one, _ in units] + [-1] * len(wordings)
    books, context = [load_codebook(name) for name in corpus.BOOKS], load_context_words()
    likeness = CodeLikeness(leaves(books), ("de", "en"), load_encoder(ENCODERS[0]))
    words: list[list[Word]] = [[] for _ in texts]
    features = np.zeros((len(texts), both.shape[1], len(FEATURES)))
    for code in ("de", "en"):
        rows = np.flatnonzero(language == code)
        reader = PassageReader(books, load_language(code), context, likeness)
        reading = reader.read([texts[row] for row in rows])
        features[rows] = reading.features
        for row, found in zip(rows, reading.words, strict=True):
            words[row] = found
    vectors = [KeptVectors(load_encoder(name)).of(texts) for name in ENCODERS]
    given = np.concatenate([both, corpus.given_in_wordings(wordings)])
    return Material(texts, language, words, features, vectors, given, np.array(fold))


def learn(material: Material, rows: np.ndarray) -> Learned:
    """Return what is learned from some rows; how common codes are is taken from units of narratives."""
    part = material.take(rows)
    common = part.given[part.fold >= 0].mean(axis=0)
    return fit_learned(part.words, part.vectors, part.given, corpus.codes(), ENCODERS, common)


def left_out(material: Material, within: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return learned scores of units that the fit never saw, their spread, and the shares of codes.

    `within` are the rows that may be looked at. Rows of single passages stay 0.
    """
    shape = material.given.shape
    scores, spread, mean = np.zeros(shape), np.ones(shape), np.zeros(shape)
    for number in sorted(set(material.fold[within]) - {-1}):
        unseen = within[material.fold[within] == number]
        seen = within[material.fold[within] != number]
        known = learn(material, seen)
        part = material.take(unseen)
        scores[unseen] = known.scores(part.words, part.vectors)
        mean[unseen] = known.mean
    units = within[material.fold[within] >= 0]
    spread[:] = scores[units].std(axis=0)
    return scores, spread, mean


def weigh(features: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return weights and intercept of a logistic regression over all pairs of unit and code."""
    rows, share = features.reshape(-1, features.shape[-1]), given.reshape(-1)
    gold = np.repeat([1, 0], len(rows))
    used = np.arange(rows.shape[1])
    while True:
        both = np.concatenate([rows[:, used], rows[:, used]])
        model = LogisticRegression(C=1.0, max_iter=500, solver="newton-cholesky")
        model.fit(both, gold, sample_weight=np.concatenate([share, 1 - share]))
        wrong = [p for p in NEVER_FOR if p in used and model.coef_[0][list(used).index(p)] > 0]
        if not wrong:
            break
        used = np.setdiff1d(used, wrong)
    weights = np.zeros(rows.shape[1] + 1)
    weights[used], weights[-1] = model.coef_[0], model.intercept_[0]
    return weights


def bend(odds: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return the three numbers of beta calibration for log odds and what was given, of any shape."""
    yes, no = -np.logaddexp(0, -odds).reshape(-1), -np.logaddexp(0, odds).reshape(-1)
    rows, share = np.stack([yes, -no], axis=1), given.reshape(-1)
    model = LogisticRegression(C=1e6, max_iter=500, solver="newton-cholesky")
    model.fit(
        np.concatenate([rows, rows]),
        np.repeat([1, 0], len(rows)),
        sample_weight=np.concatenate([share, 1 - share]),
    )
    return np.array([*model.coef_[0], model.intercept_[0]])


@dataclass(frozen=True)
class Fitted:
    """The second level, and log odds (rows, codes) of units by fits that never saw them."""

    known: np.ndarray
    other: np.ndarray
    bend: np.ndarray
    spread: np.ndarray
    odds: np.ndarray
    odds_other: np.ndarray


def second_level(material: Material, within: np.ndarray) -> Fitted:
    """Return the weights over all features, from units of narratives within some rows."""
    units = within[material.fold[within] >= 0]
    scores, spread, mean = left_out(material, within)
    both = np.concatenate([material.features, learned_features(scores, spread[0], mean)], axis=2)
    raw, other = np.zeros(scores.shape), np.zeros(scores.shape)
    folds = sorted(set(material.fold[units]))
    for number in folds:
        unseen, seen = units[material.fold[units] == number], units[material.fold[units] != number]
        weights = weigh(both[seen], material.given[seen])
        raw[unseen] = both[unseen] @ weights[:-1] + weights[-1]
        weights = weigh(material.features[seen], material.given[seen])
        other[unseen] = material.features[unseen] @ weights[:-1] + weights[-1]
    odds = raw.copy()
    for number in folds:
        unseen, seen = units[material.fold[units] == number], units[material.fold[units] != number]
        odds[unseen] = bent(raw[unseen], bend(raw[seen], material.given[seen]))
    return Fitted(
        weigh(both[units], material.given[units]),
        weigh(material.features[units], material.given[units]),
        bend(raw[units], material.given[units]),
        spread[0],
        odds,
        other,
    )


def levels(likely: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return (codes and all, LEVELS) the confidence from which a share of LEVELS of suggestions was right.

    Five imagined suggestions, right as often as the confidence says, keep small numbers from deciding.
    """
    rows = []
    for chosen in [*likely.T, None]:
        said = likely.reshape(-1) if chosen is None else chosen
        true = given.reshape(-1) if chosen is None else given[:, len(rows)]
        row = []
        for wanted in LEVELS:
            row.append(1.01)
            for least in np.arange(0.02, 0.96, 0.02):
                inside = said >= least
                if not inside.any():
                    break
                right = (true[inside].sum() + 5 * said[inside].mean()) / (inside.sum() + 5)
                if right >= wanted:
                    row[-1] = round(float(least), 2)
                    break
        rows.append(row)
    return np.array(rows)


def reach(likely: np.ndarray, given: np.ndarray) -> list[dict[str, float]]:
    """Return for several thresholds how many of the suggestions are right, and how many codings are found."""
    rows = []
    for least in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = likely >= least
        rows.append(
            {
                "from": least,
                "suggestions": int(inside.sum()),
                "precision": round(float(given[inside].mean()), 3) if inside.any() else 0.0,
                "recall": round(float(given[inside].sum() / given.sum()), 3),
            }
        )
    return rows


def figures(likely: np.ndarray, other: np.ndarray, first: np.ndarray, second: np.ndarray) -> str:
    """Return tables: mean average precision a codebook against coder a, and how far confidence holds."""
    ids = corpus.codes()
    lines = ["| codebook | codes | this coder | as if it had never seen the codes | coder b | chance |"]
    lines.append("|---|---|---|---|---|---|")
    for book in corpus.BOOKS:
        columns = [n for n, code in enumerate(ids) if code.startswith(f"{book}_") and first[:, n].any()]
        parts = [
            np.mean([average_precision_score(first[:, n], said[:, n]) for n in columns])
            for said in (likely, other, second.astype(float))
        ]
        chance = np.mean([first[:, n].mean() for n in columns])
        lines.append(f"| {book} | {len(columns)} | {' | '.join(f'{x:.2f}' for x in [*parts, chance])} |")
    given = (first.astype(float) + second) / 2
    lines += ["", "| said | pairs | right |", "|---|---|---|"]
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (likely >= low) & (likely < low + 0.1 + (low > 0.85))
        if inside.any():
            gap = abs(likely[inside].mean() - given[inside].mean())
            error += float(inside.mean() * gap)
            lines.append(f"| {low:.1f} to {low + 0.1:.1f} | {inside.sum()} | {given[inside].mean():.2f} |")
    lines += ["", f"expected calibration error {error:.4f}", ""]
    lines += ["| shown from | suggestions | precision | recall |", "|---|---|---|---|"]
    lines += [
        "| {from:.2f} | {suggestions} | {precision:.2f} | {recall:.2f} |".format(**r)
        for r in reach(likely, given)
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and write coder.npz unless --check is given."""
    material = read_material()
    narratives = corpus.load()
    first, second = corpus.given(narratives, "a"), corpus.given(narratives, "b")
    units = np.arange(len(first))
    everything = np.arange(len(material.texts))
    last = np.array([one["part"] == "last" for one in narratives for _ in one["units"]])
    fitted = second_level(material, everything)
    likely, other = probability(fitted.odds[units]), probability(fitted.odds_other[units])
    print(figures(likely, other, first, second))
    rest = np.setdiff1d(everything, units[last])
    before = second_level(material, rest)
    part = material.take(units[last])
    known = learn(material, rest)
    coder = Coder(ENCODERS[0], known, before.spread, before.known, before.other, before.bend, *UNMEASURED)
    odds = coder.log_odds(part.features, known.scores(part.words, part.vectors), None, corpus.codes())
    print("\nThe part written last, by a coder fitted on the rest\n")
    unknown = replace(coder, learned=replace(known, codes=("",) * len(known.codes)))
    print(
        figures(
            probability(odds),
            probability(unknown.log_odds(part.features, odds, None, corpus.codes())),
            first[last],
            second[last],
        )
    )
    if "--check" not in sys.argv:
        given = material.given[units]
        row, code = np.nonzero(likely >= 0.05)
        measured = Measured(
            code.astype(np.int16),
            likely[row, code].astype(np.float32),
            given[row, code].astype(np.float32),
            given.sum(axis=0),
            np.array(len(units)),
        )
        Coder(
            ENCODERS[0],
            learn(material, everything),
            fitted.spread,
            fitted.known,
            fitted.other,
            fitted.bend,
            levels(likely, given),
            measured,
        ).save(HERE / FILE)


if __name__ == "__main__":
    main()
