"""Public data that more than one benchmark reads."""

from __future__ import annotations

from pathlib import Path


def german_news(data: Path) -> tuple[list[str], list[str]]:
    """Return labels and texts of the test part of 10kGNAD."""
    labels, texts = [], []
    path = data / "bench" / "gnad10" / "gnad10_test_clean.csv"
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        label, _, text = line.partition(";" if ";" in line[:25] else ",")
        if text:
            labels.append(label)
            texts.append(text)
    return labels, texts
