"""The coded corpus: corpus.jsonl, one narrative a line, and the tables of DATASHEET.md.

    python models/recovery-coder/corpus.py        # prints the tables

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


def writer(narrative_id: str) -> int:
    """Return the number of the set a narrative was written in; 0 for the first forty."""
    return int(narrative_id[1:].partition("_")[0]) if narrative_id.startswith("w") else 0


def wordings() -> list[dict[str, Any]]:
    """Return all single passages of wordings.jsonl.

    Each has id, language, telling (plain, indirect, near), code and holds (what its writer meant), text,
    books (the codebooks it was read for by a second reader) and b (the codes that reader gave).
    """
    with (HERE / "wordings.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def given_in_wordings(passages: list[dict[str, Any]]) -> np.ndarray:
    """Return (passages, codes) the share of writer and reader who give a code; not a number if unread."""
    ids = codes()
    rows = np.full((len(passages), len(ids)), np.nan)
    for row, one in enumerate(passages):
        for column, code in enumerate(ids):
            if code.split("_")[0] in one["books"]:
                rows[row, column] = code in one["b"]
        column = ids.index(one["code"])
        rows[row, column] = (float(code_holds(one)) + one["holds"]) / 2
    return rows


def code_holds(passage: dict[str, Any]) -> bool:
    """Return whether the second reader gave the code the writer had in mind."""
    return passage["code"] in passage["b"]


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
    passages = wordings()
    for holds, name in ((True, "written for a code"), (False, "near misses")):
        shares = [code_holds(one) for one in passages if one["holds"] is holds]
        lines.append(f"single passages {name}: {len(shares)}, the code was given to {np.mean(shares):.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(tables(load()))
