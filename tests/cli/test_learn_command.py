"""`narratives evaluate` and `narratives learn` on a whole study."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from commandline import narratives

from narratives import Study
from narratives.decisions import Decisions

pytestmark = pytest.mark.slow


def codings(study: Path, never: str, path: Path) -> Path:
    """Write as codings what was proposed from chime, but for one code that this coder never gives."""
    opened = Study(study)
    spans = opened.suggestions.merge(opened.passages, on="passage_id")
    spans = spans[spans["codebook_id"] == "chime"]
    table = spans[spans["code_id"] != never][["narrative_id", "start", "end", "code_id"]]
    read = opened.narratives[["narrative_id"]].assign(start=0, end=0, code_id="")
    pd.concat([table, read]).set_axis(["narrative", "start", "end", "code"], axis=1).to_csv(path, index=False)
    return path


def test_a_machine_agrees_with_itself(study: Path, tmp_path: Path) -> None:
    gold = codings(study, "", tmp_path / "gold.csv")
    found = json.loads(narratives("evaluate", study, "--gold", gold, "--json", "--out", tmp_path / "out.csv"))
    assert found["narratives"] == 24 and found["codes"]
    assert all(row["precision"] == 1 and row["recall"] == 1 for row in found["codes"])
    assert len(pd.read_csv(tmp_path / "out.csv")) == len(found["codes"])
    assert "average_precision" in narratives("evaluate", study, "--gold", gold)


def test_what_a_coder_never_gives_is_proposed_less(study: Path, tmp_path: Path) -> None:
    before = Study(study).suggestions["code_id"].value_counts()
    never = next(code for code in before.index if code.startswith("chime_"))
    gold = codings(study, never, tmp_path / "gold.csv")
    learnt = json.loads(narratives("learn", study, "--codings", gold, "--coder", "anna", "--json"))
    assert learnt["better"] and learnt["held_back"] and learnt["loss_after"] < learnt["loss_before"]
    assert Study(study).suggestions["code_id"].value_counts().get(never, 0) < before[never]
    assert set(Decisions(study).current()["coder"]) == {"anna"}
    first = study / "models" / "recovery-coder" / "coder.npz"
    assert Study(study).manifest["coder"]["sha256"] and first.is_file()
    narratives("learn", study, "--quiet")
    assert first.with_name("coder-1.npz").is_file() or "no better" in narratives("learn", study)
    assert len(json.loads(first.with_name("learned.json").read_text(encoding="utf-8"))) >= 2


def test_nothing_decided_is_one_sentence(study: Path) -> None:
    message = narratives("learn", study, status=3)
    assert "no decisions" in message and message.count("\n") == 1
