"""From the pair files to the weight file: MiniLM's six layers taught to read German, run with onnxruntime.

    python models/passage-encoder-de-en-contextual/train.py DATA --store FILE --work FOLDER [--seed 1]

DATA and --store are as for the fast encoder, whose pairs, meanings, teacher vectors and pieces are used. The
state is kept in --work every few minutes; the same command goes on from there. Early figures are printed.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import numpy as np
import torch
from start import HERE, LONGEST, new_student

# isort: split
from opposites import apart, negated_pairs
from pairs import Meaning, evaluation_sentences, read_meanings, read_pairs
from teacher import teacher_vectors
from tokenizers import Tokenizer
from torch.nn import functional
from vocabulary import piece_ids

PASSES = 3
TOKENS = 4096  # of a batch
RATE_PIECES, RATE_LAYERS, WARM_UP = 1e-3, 1.5e-4, 200
RELATIONS, RELATIONS_LATE, LATE = 5.0, 20.0, 1700  # from step LATE on likeness weighs more than place
ENGLISH = 0.25  # share of the public English sentences that is read again in a pass
DOMAIN_TIMES = 3  # how many wordings of each meaning a pass reads in each language
OPPOSITE_TIMES = 2  # how often a pass reads a statement whose opposite is known, beyond once
APART, APART_LATE = 0.45, 0.20  # the cosine that a statement and its opposite are given at most
SHARPEN_RATES = 3e-4, 5e-5  # of a last phase that dwells on opposites
SHARPEN_TIMES = 4, 3  # how often it reads each opposite, and wordings of each meaning
SHARPEN_SHARES = 0.08, 0.15  # of the public sentences, German and English, against forgetting
KEEP_EVERY = 100


@dataclass(frozen=True)
class Material:
    """All sentences, the row of `targets` each is to reach, and what a pass chooses from."""

    sentences: list[str]
    target_of: np.ndarray
    targets: np.ndarray
    targets_late: np.ndarray
    german: np.ndarray
    english: np.ndarray
    opposite: np.ndarray
    meanings: list[np.ndarray]


def prepare(data: Path, store: Path) -> Material:
    """Return the public pairs and our own meanings, each with the teacher's vector of its English side."""
    public = read_pairs(data / "parallel", evaluation_sentences(data))
    count = len(public)
    taught = teacher_vectors([text for _, text in public], store)
    negated = np.array(negated_pairs([text for text, _ in public]))
    meanings = read_meanings()
    meant, missed = meaning_vectors(meanings, store.with_name(f"{store.stem}-domain.npz"))

    def targets(most: float) -> np.ndarray:
        told = taught.copy()
        told[negated[:, 0]] = apart(told[negated[:, 0]], told[negated[:, 1]], most)
        return np.concatenate([told, meant, apart(missed, meant, most)])

    sentences = [text for text, _ in public] + [text for _, text in public]
    target_of = [*range(count), *range(count)]
    groups: list[np.ndarray] = []
    for number, meaning in enumerate(meanings):
        for place, wordings in (
            (count + number, meaning.de),
            (count + number, meaning.en),
            (count + len(meanings) + number, meaning.not_de),
            (count + len(meanings) + number, meaning.not_en),
        ):
            if wordings:
                groups.append(np.arange(len(sentences), len(sentences) + len(wordings)))
                sentences += wordings
                target_of += [place] * len(wordings)
    print(f"{count} public pairs, {len(negated)} negations, {len(meanings)} meanings", flush=True)
    return Material(
        sentences,
        np.array(target_of),
        targets(APART),
        targets(APART_LATE),
        np.arange(count),
        np.arange(count, 2 * count),
        np.unique(negated),
        groups,
    )


def meaning_vectors(meanings: list[Meaning], store: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean teacher vector of each meaning's English wordings, and of its near misses."""
    flat = teacher_vectors([text for meaning in meanings for text in (*meaning.en, *meaning.not_en)], store)
    meant, missed = np.zeros((2, len(meanings), flat.shape[1]), dtype=np.float32)
    at = 0
    for number, meaning in enumerate(meanings):
        meant[number] = flat[at : at + len(meaning.en)].mean(axis=0)
        at += len(meaning.en)
        if meaning.not_en:
            missed[number] = flat[at : at + len(meaning.not_en)].mean(axis=0)
            at += len(meaning.not_en)
    meant, missed = (
        side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-12) for side in (meant, missed)
    )
    return meant, missed


def cut(sentences: list[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Return the piece ids of each sentence between the marks of beginning and end, LONGEST at most."""
    begin = tokenizer.get_vocab_size()
    return [[begin, *ids[: LONGEST - 2], begin + 1] for ids in piece_ids(sentences, tokenizer)]


def batches(material: Material, lengths: np.ndarray, generator: np.random.Generator) -> list[np.ndarray]:
    """Return the rows of one pass."""
    chosen = [
        material.german,
        material.english[generator.random(len(material.english)) < ENGLISH],
        *[material.opposite] * OPPOSITE_TIMES,
        *[generator.choice(group, DOMAIN_TIMES) for group in material.meanings],
    ]
    return in_batches(np.concatenate(chosen), lengths, generator)


def sharpening(material: Material, lengths: np.ndarray, generator: np.random.Generator) -> list[np.ndarray]:
    """Return the rows of the last phase: opposites in both languages, meanings, some of all others."""
    german, english = (
        side[generator.random(len(side)) < share]
        for side, share in zip((material.german, material.english), SHARPEN_SHARES, strict=True)
    )
    opposite = [material.opposite, material.opposite + len(material.german)] * SHARPEN_TIMES[0]
    own = [generator.choice(group, SHARPEN_TIMES[1]) for group in material.meanings]
    return in_batches(np.concatenate([german, english, *opposite, *own]), lengths, generator)


def in_batches(rows: np.ndarray, lengths: np.ndarray, generator: np.random.Generator) -> list[np.ndarray]:
    """Return the rows in batches of about TOKENS pieces, sentences of like length together."""
    rows = rows[generator.permutation(len(rows))]
    rows = rows[np.argsort(lengths[rows], kind="stable")]
    found, first = [], 0
    while first < len(rows):
        size = 1
        while first + size < len(rows) and (size + 1) * lengths[rows[first + size]] <= TOKENS:
            size += 1
        found.append(rows[first : first + size])
        first += size
    return [found[place] for place in generator.permutation(len(found))]


def encode(model: Any, rows: list[list[int]]) -> torch.Tensor:
    """Return the mean of the last layer over all pieces, of unit length (n, 384)."""
    longest = max(map(len, rows))
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    with torch.autocast("cpu", torch.bfloat16):
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state
    weight = mask.unsqueeze(-1).float()
    return functional.normalize((states.float() * weight).sum(1) / weight.sum(1), dim=1)


def loss_of(made: torch.Tensor, target: torch.Tensor, step: int) -> torch.Tensor:
    """Return the distance to the teacher and the error of the similarity matrix."""
    relations = ((made @ made.T - target @ target.T) ** 2).mean()
    weight = RELATIONS if step < LATE else RELATIONS_LATE
    return (1 - (made * target).sum(1)).mean() + weight * relations


def train(material: Material, tokenizer: Tokenizer, seed: int, work: Path, data: Path) -> Any:
    """Return the student after all passes; what was done before is taken up from `work`."""
    torch.manual_seed(seed)
    model = new_student(tokenizer).train()
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    ids = cut(material.sentences, tokenizer)
    lengths = np.array([len(row) for row in ids])
    plan = [
        batch
        for number in range(PASSES)
        for batch in batches(material, lengths, np.random.default_rng((seed, number)))
    ]
    sharp = len(plan)
    plan += sharpening(material, lengths, np.random.default_rng((seed, PASSES)))
    table = model.embeddings.word_embeddings.weight
    layers = [part for part in model.parameters() if part is not table and part.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": [table], "lr": RATE_PIECES}, {"params": layers, "lr": RATE_LAYERS}], weight_decay=0.0
    )
    begin = take_up(work, model, optimiser)
    begun, losses = time.monotonic(), []
    for step in range(begin, len(plan)):
        if step % KEEP_EVERY == 0:
            report(model, tokenizer, data, step, len(plan), losses, time.monotonic() - begun)
            if step > begin:
                keep(work, model, optimiser, step)
            losses = []
        late = step >= sharp
        rate = min(1.0, (step + 1) / WARM_UP) * (1 - step / sharp)
        if late:
            rate = (len(plan) - step) / (len(plan) - sharp)
        bases = SHARPEN_RATES if late else (RATE_PIECES, RATE_LAYERS)
        for group, base in zip(optimiser.param_groups, bases, strict=True):
            group["lr"] = base * rate
        table_of = material.targets_late if late else material.targets
        target = torch.from_numpy(table_of[material.target_of[plan[step]]])
        loss = loss_of(encode(model, [ids[row] for row in plan[step]]), target, step)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimiser.step()
        losses.append(float(loss.detach()))
    report(model, tokenizer, data, len(plan), len(plan), losses, time.monotonic() - begun)
    keep(work, model, optimiser, len(plan))
    return model


def keep(work: Path, model: Any, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Write the state so that a stopped training goes on from here."""
    work.mkdir(parents=True, exist_ok=True)
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
    torch.save(state, work / "state.new")
    (work / "state.new").replace(work / "state.pt")


def take_up(work: Path, model: Any, optimiser: torch.optim.Optimizer) -> int:
    """Load a kept state, if there is one, and return the step it was kept at."""
    if not (work / "state.pt").exists():
        return 0
    state = torch.load(work / "state.pt", weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def report(
    model: Any, tokenizer: Tokenizer, data: Path, step: int, steps: int, losses: list[float], seconds: float
) -> None:
    """Print the loss and how far the student is on the dev part of STSb; nothing is chosen by it."""
    import csv

    from pairs import plain
    from scipy.stats import spearmanr

    figures = []
    for code in ("de", "en"):
        path = data / "bench" / "stsb" / f"stsb-{code}-dev.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[::2]
        with torch.inference_mode():
            sides = [cut([plain(row[side]) for row in rows], tokenizer) for side in (0, 1)]
            left, right = (
                torch.cat([encode(model, ids[first : first + 128]) for first in range(0, len(ids), 128)])
                for ids in sides
            )
        found = spearmanr((left * right).sum(1).numpy(), [float(row[2]) for row in rows])[0]
        figures.append(f"{code} {100 * found:.1f}")
    mean = float(np.mean(losses)) if losses else float("nan")
    print(f"step {step} of {steps}, {seconds:.0f} s, loss {mean:.4f}, STSb {', '.join(figures)}", flush=True)


def main() -> None:
    """Train, then write encoder.onnx and tokenizer.json."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--store", type=Path, default=Path("teacher.npz"))
    parser.add_argument("--work", type=Path, default=Path("contextual-training"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(HERE / "tokenizer.json"))
    model = train(prepare(options.data, options.store), tokenizer, options.seed, options.work, options.data)
    from export import write

    write(model, tokenizer, options.out)


if __name__ == "__main__":
    main()
