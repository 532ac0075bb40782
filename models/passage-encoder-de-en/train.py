"""From the pair files to the weight file: a static German-English encoder distilled from all-MiniLM-L6-v2.

    python models/passage-encoder-de-en/train.py DATA [--seed 1] [--out FOLDER] [--store FILE]

DATA holds parallel/, the pair files, and bench/, the evaluation sets, whose sentences are left out.
Teacher vectors are made once and kept in --store. Minutes on two cores after that. With the pieces of
tokenizer.json the same input gives the same bytes; --new-vocabulary learns them anew, and the scores of a
few pieces then differ in the last digit from run to run, because the trainer's own sums do.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import numpy as np
import torch
from pairs import Meaning, evaluation_sentences, read_meanings, read_pairs
from teacher import teacher_vectors
from tokenizers import Tokenizer
from torch.nn import functional
from vocabulary import piece_ids, train_vocabulary

HERE = Path(__file__).parent
DIMENSIONS = 240
PIECES, VOCABULARY = 40_000, 72_000
EPOCHS, BATCH, LEARNING_RATE = 5, 2048, 0.03
DROPOUT = 0.1
CONTRAST, TEMPERATURE, RELATIONS = 0.2, 0.05, 25.0
DOMAIN_TIMES = 6  # how often each meaning is seen in an epoch
SIF = 1e-3
LEVELS = 31  # six bits a number, packed in the file


class Bags:
    """Sentences as rows of piece ids in one flat array."""

    def __init__(self, sentences: list[str], tokenizer: Tokenizer) -> None:
        ids = piece_ids(sentences, tokenizer)
        self.flat = np.array([piece for row in ids for piece in row], dtype=np.int64)
        self.ends = np.cumsum([0, *map(len, ids)], dtype=np.int64)

    def take(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the pieces of some sentences and where each begins."""
        lengths = self.ends[rows + 1] - self.ends[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        places = np.repeat(self.ends[rows] - starts, lengths) + np.arange(lengths.sum())
        return self.flat[places], starts


def start_vectors(bags: Bags, targets: np.ndarray, size: int) -> np.ndarray:
    """Return for each piece the mean target of its sentences, centred, weighted by how rare it is (SIF).

    Arora, Liang, Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings", ICLR.
    """
    counts = np.bincount(bags.flat, minlength=size).astype(np.float64)
    owner = np.repeat(np.arange(len(targets)), np.diff(bags.ends))
    centred = targets - targets.mean(axis=0)
    sums = np.zeros((size, targets.shape[1]))
    for column in range(targets.shape[1]):
        sums[:, column] = np.bincount(bags.flat, weights=centred[owner, column], minlength=size)
    means = sums / np.maximum(counts, 1)[:, None]
    weight = SIF / (SIF + counts / counts.sum())
    return (means * weight[:, None]).astype(np.float32)


def loss_of(german: torch.Tensor, english: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Return distance to the teacher, contrast of the languages, distance of the similarity matrices."""
    german, english = functional.normalize(german, dim=1), functional.normalize(english, dim=1)
    to_teacher = (1 - (german * target).sum(1)).mean() + (1 - (english * target).sum(1)).mean()
    truth = target @ target.T
    alike = (truth > 0.85) & ~torch.eye(len(target), dtype=torch.bool)
    scores = (german @ english.T / TEMPERATURE).masked_fill(alike, -1e4)
    right = torch.arange(len(target))
    contrast = (functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)) / 2
    relations = ((german @ german.T - truth) ** 2).mean() + ((english @ english.T - truth) ** 2).mean()
    return to_teacher + CONTRAST * contrast + RELATIONS * relations / 2


def epoch_rows(
    pairs: int, meanings: list[list[tuple[int, int]]], generator: np.random.Generator
) -> np.ndarray:
    """Return (n, 2) rows of sentences: public pairs once, each meaning several times, differently worded."""
    rows = [np.stack([np.arange(pairs), np.arange(pairs)], axis=1)]
    for _ in range(DOMAIN_TIMES):
        rows.append(np.array([choices[generator.integers(len(choices))] for choices in meanings]))
    joined = np.concatenate(rows)
    return joined[generator.permutation(len(joined))]


def wordings(
    meanings: list[Meaning], first: int
) -> tuple[list[str], list[str], list[list[tuple[int, int]]], list[tuple[str, ...]]]:
    """Return further sentences (left, right), the rows to choose from by meaning, and its English wordings.

    A row sets two wordings side by side: German and English, or German and German.
    """
    left: list[str] = []
    right: list[str] = []
    choices: list[list[tuple[int, int]]] = []
    english: list[tuple[str, ...]] = []
    for meaning in meanings:
        for german, other, own in (
            (meaning.de, meaning.en, [*meaning.en, *meaning.de]),
            (meaning.not_de, meaning.not_en, [*meaning.not_en]),
        ):
            if not german:
                continue
            rows = []
            for one in german:
                for two in own:
                    if one != two:
                        rows.append((first + len(left), first + len(right)))
                        left.append(one)
                        right.append(two)
            choices.append(rows)
            english.append(other)
    return left, right, choices, english


@dataclass(frozen=True)
class Material:
    """Sentences set side by side, the teacher's vector for each row, and what an epoch chooses from."""

    left: list[str]
    right: list[str]
    target: np.ndarray
    public: int
    choices: list[list[tuple[int, int]]]


def prepare(data: Path, store: Path) -> Material:
    """Return the public pairs and the wordings of our own meanings with their targets (rows, DIMENSIONS)."""
    public = read_pairs(data / "parallel", evaluation_sentences(data))
    meanings = read_meanings()
    left, right, choices, english = wordings(meanings, len(public))
    print(
        f"{len(public)} public pairs, {len(meanings)} meanings, {len(left)} pairs of their wordings",
        flush=True,
    )
    public_target = teacher_vectors([text for _, text in public], store)
    flat = teacher_vectors(
        [text for texts in english for text in texts], store.with_name(f"{store.stem}-domain.npz")
    )
    meant = np.zeros((len(english), flat.shape[1]), dtype=np.float32)
    np.add.at(meant, np.repeat(np.arange(len(english)), [len(texts) for texts in english]), flat)
    own = meant[np.repeat(np.arange(len(english)), [len(rows) for rows in choices])]
    # Uncentred principal axes of the public sentences: cosines stay what they were.
    _, axes = np.linalg.eigh(public_target.T.astype(np.float64) @ public_target)
    target = (np.concatenate([public_target, own]) @ axes[:, ::-1][:, :DIMENSIONS]).astype(np.float32)
    target /= np.linalg.norm(target, axis=1, keepdims=True)
    return Material(
        [german for german, _ in public] + left,
        [text for _, text in public] + right,
        target,
        len(public),
        choices,
    )


def train(material: Material, tokenizer: Tokenizer, seed: int) -> np.ndarray:
    """Return the vectors of all pieces (pieces, DIMENSIONS)."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    generator = np.random.default_rng(seed)
    sides = Bags(material.left, tokenizer), Bags(material.right, tokenizer)
    both = Bags([*material.left, *material.right], tokenizer)
    start = start_vectors(both, np.concatenate([material.target] * 2), tokenizer.get_vocab_size())
    table = torch.nn.Parameter(torch.from_numpy(start / np.linalg.norm(start, axis=1).mean()))
    optimiser = torch.optim.Adam([table], lr=LEARNING_RATE)
    steps = EPOCHS * (len(epoch_rows(material.public, material.choices, generator)) // BATCH)
    done = 0
    for epoch in range(EPOCHS):
        rows = epoch_rows(material.public, material.choices, generator)
        losses = []
        for first in range(0, len(rows) - BATCH + 1, BATCH):
            part = rows[first : first + BATCH]
            sums = [bag_sums(bags, part[:, side], table, generator) for side, bags in enumerate(sides)]
            loss = loss_of(sums[0], sums[1], torch.from_numpy(material.target[part[:, 0]]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.param_groups[0]["lr"] = LEARNING_RATE * (1 - done / steps)
            optimiser.step()
            done += 1
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
    return table.detach().numpy()


def bag_sums(
    bags: Bags, rows: np.ndarray, table: torch.Tensor, generator: np.random.Generator
) -> torch.Tensor:
    """Return the sums of the pieces of some sentences, each piece left out with the chance DROPOUT."""
    pieces, starts = bags.take(rows)
    kept = (generator.random(len(pieces)) >= DROPOUT).astype(np.float32)
    return functional.embedding_bag(
        torch.from_numpy(pieces),
        table,
        torch.from_numpy(starts),
        mode="sum",
        per_sample_weights=torch.from_numpy(kept),
    )


def main() -> None:
    """Train and write vectors.npz and tokenizer.json."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--store", type=Path, default=Path("teacher.npz"))
    parser.add_argument("--new-vocabulary", action="store_true", help="learn the pieces anew")
    options = parser.parse_args()
    material = prepare(options.data, options.store)
    domain = material.left[material.public :] + material.right[material.public :]
    public = material.left[: material.public] + material.right[: material.public]
    kept = HERE / "tokenizer.json"
    if kept.exists() and not options.new_vocabulary:
        tokenizer = Tokenizer.from_file(str(kept))
    else:
        tokenizer = train_vocabulary([*public, *domain * 3], PIECES, VOCABULARY)
    write(train(material, tokenizer, options.seed), tokenizer, options.out)


def write(table: np.ndarray, tokenizer: Tokenizer, out: Path) -> None:
    """Write vectors.npz (rows of small whole numbers with a float16 scale each) and tokenizer.json."""
    out.mkdir(parents=True, exist_ok=True)
    scale = (np.abs(table).max(axis=1, keepdims=True) / LEVELS).astype(np.float16)
    rows = np.round(table / np.maximum(scale.astype(np.float32), 1e-7)).astype(np.int8)
    np.savez_compressed(out / "vectors.npz", rows=rows, scale=scale[:, 0])
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)


if __name__ == "__main__":
    main()
