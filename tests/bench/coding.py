"""How good suggestions are, beside plainer ways and a second coder, all in the same run.

    make bench-coding [DATA=FOLDER] [PARTS="narratives transfer wellness comments speed"]

`narratives`: a fifth of our narratives left out, five times; `transfer`: the part written last, learned from
the rest (both on models/recovery-coder/corpus.jsonl). `wellness` and `comments` need DATA with bench/multiwd
and bench/germeval2021: official splits, thresholds chosen on the training part alone.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "models" / "recovery-coder"))

import corpus
import train
from coding_decisions import growth
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.svm import LinearSVC

from narratives.coding.coder import Coder, probability
from narratives.coding.context import load_context_words, read_sentence
from narratives.coding.fitting import fit_learned
from narratives.coding.marking import Word, mark
from narratives.encoders import load_encoder
from narratives.language import Language, load_language

SEEDS = (1, 2, 3, 4, 5)
CURVE = (25, 50, 100, 200, 400)


def by_book(name: str, gold: np.ndarray, said: np.ndarray) -> str:
    """Return mean average precision of the codes of each codebook, and of the processes of chime."""
    ids, cells = corpus.codes(), []
    for book in corpus.BOOKS:
        columns = [n for n, code in enumerate(ids) if code.startswith(f"{book}_") and gold[:, n].any()]
        value = np.mean([average_precision_score(gold[:, n], said[:, n]) for n in columns])
        cells.append(f"{book} {value:.3f}")
    processes = {
        code.rsplit("_", 1)[0] if code.count("_") > 1 else code for code in ids if code.startswith("chime_")
    }
    values = []
    for process in sorted({"_".join(code.split("_")[:2]) for code in processes}):
        columns = [n for n, code in enumerate(ids) if code.startswith(f"{process}_")]
        if gold[:, columns].any():
            values.append(average_precision_score(gold[:, columns].any(axis=1), said[:, columns].max(axis=1)))
    return f"{name:34} {'  '.join(cells)}  chime processes {np.mean(values):.3f}"


def fitted_on(material: train.Material, seen: np.ndarray) -> Coder:
    """Return the whole coder, fitted on some rows."""
    second = train.second_level(material, seen)
    known = train.learn(material, seen)
    return Coder(
        train.ENCODERS[0], known, second.spread, second.known, second.other, second.bend, *train.UNMEASURED
    )


def beside(
    material: train.Material,
    seen: np.ndarray,
    unseen: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    owner: np.ndarray | None = None,
) -> dict[str, np.ndarray]:
    """Return what each way says of the units left out (units, codes); prints one line a way.

    With `owner` (units), the narrative of each, what decisions add is printed, too.
    """
    coder, part = fitted_on(material, seen), material.take(unseen)
    scores = coder.learned.scores(part.words, part.vectors)
    odds = coder.log_odds(part.features, scores, None, corpus.codes())
    if owner is not None:
        growth(coder, corpus.codes(), part.vectors, odds, first[unseen], owner)
    said = {
        "this coder": probability(odds),
        "this coder, codes unseen": probability(part.features @ coder.other[:-1] + coder.other[-1]),
        "indicators alone": part.features[:, :, 0],
        "encoder similarity to examples": part.features[:, :, 4],
        "TF-IDF + logistic regression": _tfidf(material, seen, unseen),
        "second coder": second[unseen].astype(float),
    }
    for name, values in said.items():
        print(by_book(name, first[unseen], values), flush=True)
    return said


def _tfidf(material: train.Material, seen: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    """Return probabilities by TF-IDF of words and a regression a code, on units of narratives alone."""
    units = seen[material.fold[seen] >= 0]
    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    rows = vectorizer.fit_transform([material.texts[row] for row in units])
    others = vectorizer.transform([material.texts[row] for row in unseen])
    said = np.zeros((len(unseen), material.given.shape[1]))
    for column in range(said.shape[1]):
        given = material.given[units, column] >= 0.5
        if given.any():
            model = LogisticRegression(C=6, max_iter=300, solver="liblinear").fit(rows, given)
            said[:, column] = model.predict_proba(others)[:, 1]
    return said


def error(likely: np.ndarray, given: np.ndarray) -> float:
    """Return the expected calibration error over ten bins."""
    bins = np.minimum((likely * 10).astype(int), 9)
    return float(
        sum(
            (bins == one).mean() * abs((likely - given)[bins == one].mean())
            for one in range(10)
            if (bins == one).any()
        )
    )


def ours(parts: set[str]) -> None:
    """Print what is measured on our own corpus."""
    narratives, material = corpus.load(), train.read_material()
    first, second = corpus.given(narratives, "a"), corpus.given(narratives, "b")
    owner = np.array([number for number, one in enumerate(narratives) for _ in one["units"]])
    single = np.arange(len(owner), len(material.texts))
    if "transfer" in parts:
        print("\ntransfer: the part written last, learned from the rest")
        last = np.array([one["part"] == "last" for one in narratives for _ in one["units"]])
        telling = np.array([one.get("telling") for one in narratives for _ in one["units"]])
        seen = np.concatenate([np.flatnonzero(~last), single])
        unseen = np.flatnonzero(last)
        said = beside(material, seen, unseen, first, second, owner[unseen])
        for kind in ("plain", "indirect"):
            inside = telling[unseen] == kind
            for name, values in said.items():
                print(by_book(f"{kind}: {name}", first[unseen][inside], values[inside]))
        print(f"calibration error {error(said['this coder'], material.given[unseen]):.4f}")
    if "narratives" in parts:
        for seed in SEEDS:
            print(f"\nnarratives left out, seed {seed}")
            drawn = np.random.default_rng(seed).permutation(len(narratives))
            out = np.isin(owner, drawn[: len(narratives) // 5])
            fold = np.concatenate([np.isin(owner, drawn[::2]).astype(int), material.fold[single]])
            halves = replace(material, fold=fold)
            said = beside(
                halves, np.concatenate([np.flatnonzero(~out), single]), np.flatnonzero(out), first, second
            )
            print(
                f"calibration error {error(said['this coder'], material.given[np.flatnonzero(out)]):.4f}",
                flush=True,
            )


def as_words(texts: list[str], language: Language) -> list[list[Word]]:
    """Return the marked words of each text."""
    context, found = load_context_words(), []
    for text in texts:
        tokens, words = language.tokens(text), []
        for start, end in language.sentences(text):
            inside = [token for token in tokens if start <= token.start < end]
            words += mark(read_sentence(inside, language, context))
        found.append(words)
    return found


def learned(
    words: list[Any], vectors: list[np.ndarray], given: np.ndarray, seen: Any, unseen: Any
) -> np.ndarray:
    """Return scores (unseen, labels) after learning from the rows `seen`."""
    codes = [str(number) for number in range(given.shape[1])]
    known = fit_learned(
        [words[r] for r in seen], [v[seen] for v in vectors], given[seen], codes, train.ENCODERS
    )
    return known.scores([words[r] for r in unseen], [v[unseen] for v in vectors])


def decided(
    words: list[Any],
    vectors: list[np.ndarray],
    given: np.ndarray,
    seen: np.ndarray,
    unseen: np.ndarray,
    kind: str,
) -> np.ndarray:
    """Return yes or no (unseen, labels); thresholds are best for F1 on rows seen, left out in turn."""
    likely, fold = np.zeros((len(seen), given.shape[1])), np.arange(len(seen)) % 5
    for number in range(5):
        likely[fold == number] = learned(words, vectors, given, seen[fold != number], seen[fold == number])
    said = learned(words, vectors, given, seen, unseen)
    for column in range(given.shape[1]):
        tried = np.quantile(likely[:, column], np.linspace(0.02, 0.98, 97))
        values = [
            f1_score(given[seen, column], likely[:, column] >= t, average=kind, zero_division=0)
            for t in tried
        ]
        said[:, column] = said[:, column] >= tried[int(np.argmax(values))]
    return said.astype(bool)


def labelled(files: list[Path], text: str, labels: int, language: str) -> tuple[Any, ...]:
    """Return texts, labels, words, vectors, and the rows to learn from and to measure on, of two tables.

    `text` names the column of texts, `labels` says from which column on the labels stand.
    """
    import pandas as pd

    tables = [pd.read_csv(file) for file in files]
    texts = [str(value) for table in tables for value in table[text]]
    given = np.concatenate([table.iloc[:, labels:].to_numpy(dtype=float) for table in tables])
    vectors = [load_encoder(name).encode(texts) for name in train.ENCODERS]
    rows = np.split(np.arange(len(texts)), [len(tables[0])])
    return texts, given, as_words(texts, load_language(language)), vectors, *rows


def wellness(data: Path) -> None:
    """Print micro- and macro-F1 on MultiWD, and how they grow with the number of labelled posts."""
    files = [data / "bench" / "multiwd" / f"{part}_data_fixed.csv" for part in ("train", "test")]
    texts, given, words, vectors, everything, unseen = labelled(files, "text", 1, "en")
    print("\nMultiWD, official split: micro-F1 / macro-F1")
    for size in (*CURVE, len(everything)):
        figures = []
        for seed in SEEDS if size < len(everything) else SEEDS[:1]:
            seen = (
                np.random.default_rng(seed).permutation(everything)[:size]
                if size < len(everything)
                else everything
            )
            mine = decided(words, vectors, given, seen, unseen, "binary")
            figures.append(
                [*_f1(given[unseen], mine), *_f1(given[unseen], _regressions(texts, given, seen, unseen))]
            )
        a, b, c, d = np.mean(figures, axis=0)
        print(f"{size:5} posts: this coder {a:.3f} / {b:.3f}, TF-IDF + LR {c:.3f} / {d:.3f}", flush=True)


def _f1(given: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    return tuple(float(f1_score(given, said, average=kind, zero_division=0)) for kind in ("micro", "macro"))  # type: ignore[return-value]


def _regressions(texts: list[str], given: np.ndarray, seen: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    """Return yes or no by TF-IDF and a regression with balanced classes a label."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)).fit([texts[row] for row in seen])
    rows, others = (vectorizer.transform([texts[row] for row in part]) for part in (seen, unseen))
    said = np.zeros((len(unseen), given.shape[1]), dtype=bool)
    for column in range(given.shape[1]):
        if 0 < given[seen, column].sum() < len(seen):
            model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced")
            said[:, column] = model.fit(rows, given[seen, column]).predict(others)
    return said


def comments(data: Path) -> None:
    """Print macro-F1 of the three tasks of GermEval 2021."""
    files = [data / "bench" / "germeval2021" / f"GermEval21_{part}Data.csv" for part in ("Train", "Test")]
    texts, given, words, vectors, seen, unseen = labelled(files, "comment_text", 2, "de")
    mine = decided(words, vectors, given, seen, unseen, "macro")
    vectorizer = TfidfVectorizer().fit([texts[row] for row in seen])
    rows, others = (vectorizer.transform([texts[row] for row in part]) for part in (seen, unseen))
    print("\nGermEval 2021, official split: macro-F1")
    for column, task in enumerate(("toxic", "engaging", "fact-claiming")):
        plain = LinearSVC().fit(rows, given[seen, column]).predict(others)
        values = [f1_score(given[unseen, column], said, average="macro") for said in (mine[:, column], plain)]
        print(f"{task:14} this coder {values[0]:.3f}, TF-IDF + LinearSVC {values[1]:.3f}", flush=True)


def main(arguments: list[str]) -> None:
    """Run the parts asked for."""
    data = Path(arguments[0]) if arguments and (Path(arguments[0]) / "bench").is_dir() else None
    parts = set(arguments[1 if data else 0 :]) or {"narratives", "transfer", "wellness", "comments", "speed"}
    begun = time.monotonic()
    if "speed" in parts:
        from coding_speed import speed

        speed()
    if parts & {"narratives", "transfer"}:
        ours(parts)
    for part, run in (("wellness", wellness), ("comments", comments)):
        if part in parts and data:
            run(data)
        elif part in parts:
            print(f"{part}: needs DATA=FOLDER with bench/; left out")
    print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
