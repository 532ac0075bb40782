"""Decisions -> an update of the coder, measured on decisions it never saw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from narratives.run import Run

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from narratives.coding.codebook import Codebook
    from narratives.coding.machine import Machine
    from narratives.language import Language

_HELD_BACK = 5  # one in five
_ENOUGH_NARRATIVES = 10
HISTORY = "learned.json"


@dataclass(frozen=True)
class Learnt:
    """What was learned from `decisions`, and what it brought on those held back, before and after.

    The loss is the mean logarithmic loss of a decision; `better` says whether the coder was replaced.
    """

    decisions: int
    held_back: int
    held_back_by: str
    loss_before: float
    loss_after: float
    agreement_before: float
    agreement_after: float
    better: bool
    kept_as: str


def learn(run: Run, languages: dict[str, Language], books: Sequence[Codebook]) -> Learnt:
    """Learn from all decisions of a study and replace its coder when that is better on those held back.

    The held-back part is always the same narratives (or, with few of them, passages), and nothing is ever
    learned from it. The coder that was used before is kept beside the new one. Raises InputError when
    nothing was decided.
    """
    import numpy as np

    from narratives.coding.coder import FILE, Coder
    from narratives.coding.context import load_context_words
    from narratives.coding.learning import learn_update, log_loss
    from narratives.coding.machine import Machine
    from narratives.decisions import Decisions
    from narratives.errors import InputError
    from narratives.places import find
    from narratives.study import atomic, keep_aside

    own, name = run.study.folder, run.pipeline.coding.coder
    used = Coder.load(name, own)
    machine = Machine(replace(used, update=None), books, languages, load_context_words(own), study=own)
    texts, given = _decided(run, Decisions(own).current(), machine.code_ids)
    if not len(texts):
        raise InputError(
            f"{own} holds no decisions on passages of this study; there is nothing to learn from."
        )
    odds, vectors = _judge(machine, texts)
    held, by = _held_back(texts)
    seen = np.flatnonzero(~held)
    update = learn_update(
        machine.code_ids, used.learned.spaces, [one[seen] for one in vectors], odds[seen], given[seen]
    )
    columns = [machine.code_ids.index(code) for code in update.codes]
    after = odds.copy()
    after[:, columns] += update.changes(vectors)
    n = int((~np.isnan(given[held])).sum())
    losses = [log_loss(said[held], given[held]) / n if n else float("nan") for said in (odds, after)]
    right = [_agreement(said[held], given[held]) for said in (odds, after)]
    better = n == 0 or losses[1] < losses[0]
    folder = own / "models" / name
    kept_as = ""
    if better:
        in_use = find("models", f"{name}/{FILE}", own)
        kept_as = str(keep_aside(in_use) if in_use == folder / FILE else in_use)
        replace(used, update=update).save(folder / FILE)
    total = int((~np.isnan(given)).sum())
    learnt = Learnt(total, n, by, losses[0], losses[1], right[0], right[1], better, kept_as)
    history = _history(folder / HISTORY)
    with atomic(folder / HISTORY) as partial:
        partial.write_text(json.dumps([*history, asdict(learnt)], indent=1) + "\n", encoding="utf-8")
    return learnt


def _decided(run: Run, decisions: pd.DataFrame, code_ids: Sequence[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the decided passages (text, language, key) and what was given (passages, codes).

    Where coders differ, the share of them who gave the code counts.
    """
    import numpy as np
    import pandas as pd

    narratives = run.study.narratives.set_index("text_sha256")
    text_of, language_of = narratives["text"].to_dict(), narratives["language"].to_dict()
    known = decisions[
        decisions["text_sha256"].isin(narratives.index) & decisions["code_id"].isin(list(code_ids))
    ]
    yes = known.assign(yes=known["verdict"].isin(["accept", "add"]).astype(float))
    shares = yes.pivot_table(
        index=["text_sha256", "start", "end"], columns="code_id", values="yes", aggfunc="mean"
    ).reindex(columns=list(code_ids))
    places: list[tuple[str, int, int]] = list(shares.index)
    given = shares.to_numpy(dtype=float, na_value=np.nan)
    rows = [
        {
            "narrative": sha,
            "place": f"{sha}:{start}",
            "text": text_of[sha][start:end],
            "language": language_of[sha],
        }
        for sha, start, end in places
    ]
    return pd.DataFrame(rows), given


def _judge(machine: Machine, texts: pd.DataFrame) -> tuple[np.ndarray, list[np.ndarray]]:
    import numpy as np

    odds = np.zeros((len(texts), len(machine.code_ids)))
    for language, part in texts.groupby("language", sort=True):
        odds[part.index] = machine.judge(list(part["text"]), str(language)).log_odds
    return odds, machine.vectors(list(texts["text"]))


def _held_back(texts: pd.DataFrame) -> tuple[np.ndarray, str]:
    by = "narrative" if texts["narrative"].nunique() >= _ENOUGH_NARRATIVES else "place"
    hashes = texts[by].map(lambda value: int(hashlib.sha256(value.encode()).hexdigest()[:8], 16))
    return (hashes % _HELD_BACK == 0).to_numpy(), "narratives" if by == "narrative" else "passages"


def _agreement(odds: np.ndarray, given: np.ndarray) -> float:
    """Return the share of decisions that the more probable answer agrees with."""
    import numpy as np

    known = ~np.isnan(given)
    return float(((odds > 0) == (given >= 0.5))[known].mean()) if known.any() else float("nan")


def _history(path: Any) -> list[Any]:
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else []
