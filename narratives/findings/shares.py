"""How many narratives speak of something, and whether two things go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from narratives.findings.coded import Coded
from narratives.findings.intervals import newcombe, wilson
from narratives.settings import Findings

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def groups(narratives: pd.DataFrame, settings: Findings) -> Iterator[tuple[str, np.ndarray]]:
    """Yield ("all", everyone) and ("attribute=value", who) for every group that is large enough to name."""
    yield "all", np.ones(len(narratives), dtype=bool)
    for attribute in settings.by:
        if attribute not in narratives.columns:
            continue
        values = narratives[attribute].astype("string").fillna("")
        for value in sorted(set(values) - {""}):
            inside = (values == value).to_numpy(dtype=bool)
            if settings.min_group <= inside.sum() < len(narratives):
                yield f"{attribute}={value}", inside


def shares(coded: Coded, names: Sequence[str], narratives: pd.DataFrame, settings: Findings) -> list[Row]:
    """Return the share of narratives with at least one passage of each column, in every group."""
    carries = coded.per_narrative(coded.matrix) > 0
    rows = []
    for group, inside in groups(narratives, settings):
        n = int(inside.sum())
        if not n:
            continue
        for column, name in enumerate(names):
            estimate, low, high = wilson(int(carries[inside, column].sum()), n, settings.confidence)
            rows.append(
                row(
                    f"share:{name}",
                    group,
                    (estimate, low, high),
                    n,
                    f"{coded.basis}: share of narratives with at least one passage; "
                    f"Wilson {settings.confidence:.0%}",
                )
            )
    return rows


def links(coded: Coded, code_ids: Sequence[str], settings: Findings) -> list[Row]:
    """Return for each pair (a, b) how much more often narratives with a also have b than those without a."""
    carries = coded.per_narrative(coded.matrix) > 0
    rows = []
    for first in code_ids:
        for second in code_ids:
            if first == second:
                continue
            a, b = carries[:, coded.column(first)], carries[:, coded.column(second)]
            with_a, without_a = int(a.sum()), int((~a).sum())
            if min(with_a, without_a) < settings.min_group:
                continue
            difference = newcombe(
                int((a & b).sum()), with_a, int((~a & b).sum()), without_a, settings.confidence
            )
            rows.append(
                row(
                    f"link:{first}:{second}",
                    "all",
                    difference,
                    len(a),
                    f"{coded.basis}: share with the second code among narratives with the first, minus among "
                    f"those without; Newcombe {settings.confidence:.0%}",
                )
            )
    return rows


def row(finding: str, group: str, values: tuple[float, float, float], n: int, method: str) -> Row:
    """Return one row of the table `findings`; six decimals."""
    estimate, low, high = (round(float(value), 6) for value in values)
    return {
        "finding": finding,
        "group": group,
        "estimate": estimate,
        "low": low,
        "high": high,
        "n": int(n),
        "method": method,
    }
