"""The coded corpus: corpus.jsonl, one narrative a line, and the tables of DATASHEET.md.

    python models/indicator-coder/corpus.py        # prints the tables

A narrative has id, language, perspective, genre, age_group, gender, setting, telling (how it is told; not
known of the first forty), part (first, second, last: in this order they were written), text, and units: start
and end (code points, half-open) and the codes coder a and coder b gave, apart from each other.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import cohen_kappa_score

from narratives.coding.codebook import load_codebook

HERE = Path(__file__).parent
BOOKS = ("susi", "chime", "exin", "peer", "cw")
Narrative = dict[str, Any]


def load() -> list[Narrative]:
    """Return all narratives."""
    with (HERE / "corpus.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def codes() -> list[str]:
    """Return the ids of all codes a unit can be given, in the order of the codebooks."""
    return [code.id for name in BOOKS for code in load_codebook(name).leaves()]


def given(narratives: list[Narrative], coder: str) -> np.ndarray:
    """Return (units, codes) whether coder "a" or "b" gave the code."""
    ids = codes()
    rows = [[code in unit[coder] for code in ids] for one in narratives for unit in one["units"]]
    return np.array(rows, dtype=bool)


def tables(narratives: list[Narrative]) -> str:
    """Return the tables of the datasheet."""
    units = [unit for one in narratives for unit in one["units"]]
    lines = [f"{len(narratives)} narratives, {len(units)} units, "
             f"{sum(len(one['text'].split()) for one in narratives)} words; "
             f"{sum(not unit['a'] and not unit['b'] for unit in units)} units without any code"]  # fmt: skip
    for name in ("language", "perspective", "genre", "age_group", "gender", "telling", "part"):
        found = Counter(str(one.get(name) or "not known") for one in narratives)
        lines.append(f"- {name}: " + ", ".join(f"{value} {count}" for value, count in found.most_common()))
    lines += ["", "| code | a | b | both | kappa |", "|---|---|---|---|---|"]
    first, second = given(narratives, "a"), given(narratives, "b")
    for column, code in enumerate(codes()):
        one, other = first[:, column], second[:, column]
        kappa = cohen_kappa_score(one, other) if one.any() or other.any() else float("nan")
        lines.append(f"| {code} | {one.sum()} | {other.sum()} | {(one & other).sum()} | {kappa:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(tables(load()))
