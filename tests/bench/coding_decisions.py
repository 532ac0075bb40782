"""What fifty decisions after another bring: one coder judges half of the unseen narratives."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import average_precision_score

from narratives.coding.coder import Coder, probability
from narratives.coding.learning import learn_update, log_loss

SHOWN_FROM = 0.10
STEP = 50


def growth(
    coder: Coder,
    codes: list[str],
    vectors: list[np.ndarray],
    odds: np.ndarray,
    gold: np.ndarray,
    owner: np.ndarray,
) -> None:
    """Print loss and mean average precision on the other half after every fifty decisions.

    `odds` and `gold` are (units, codes), `owner` (units) the narrative. Decided are codes shown for a unit,
    and those the coder gives without having been shown them.
    """
    names = np.unique(owner)
    learned_from = np.isin(owner, names[::2])
    seen, unseen = np.flatnonzero(learned_from), np.flatnonzero(~learned_from)
    shown = probability(odds) >= SHOWN_FROM
    given = np.where(shown | gold, gold.astype(float), np.nan)
    watched = np.where(shown | gold, gold.astype(float), np.nan)[unseen]
    used = [column for column in range(len(codes)) if gold[unseen, column].any()]

    def line(number: int, said: np.ndarray) -> None:
        precision = np.mean([average_precision_score(gold[unseen, c], said[:, c]) for c in used])
        loss = log_loss(said, watched) / np.isfinite(watched).sum()
        print(f"{number:5} decisions: loss {loss:.3f}, mean average precision {precision:.3f}", flush=True)

    print("\nlearning from decisions of one coder, measured on narratives never decided on")
    line(0, odds[unseen])
    counted = np.cumsum(np.isfinite(given[seen]).sum(axis=1))
    for target in range(STEP, int(counted[-1]) + 1, STEP):
        rows = seen[: int(np.searchsorted(counted, target)) + 1]
        update = learn_update(
            codes, coder.learned.spaces, [v[rows] for v in vectors], odds[rows], given[rows]
        )
        after = odds[unseen].copy()
        after[:, [codes.index(code) for code in update.codes]] += update.changes([v[unseen] for v in vectors])
        line(target, after)
