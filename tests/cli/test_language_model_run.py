"""A whole run with a language model on this machine in place of the shipped coder."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from narratives import Study
from narratives.settings import Pipeline, load_pipeline

pytestmark = pytest.mark.slow

_spec = importlib.util.spec_from_file_location(
    "chat_server", Path(__file__).parents[1] / "coding" / "chat_server.py"
)
assert _spec is not None and _spec.loader is not None
_chat = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_chat)

REPORT = (
    "Als mein Vater starb, fing alles an. Ich war damals noch in der Lehre und habe wenig geschlafen.\n\n" * 3
)


def run(folder: Path, **coding: object) -> subprocess.CompletedProcess[str]:
    (folder / "reports").mkdir(exist_ok=True)
    (folder / "reports" / "one.txt").write_text(REPORT, encoding="utf-8")
    settings: Pipeline = load_pipeline("subjective-meaning")
    content = settings.model_dump(mode="json")
    content["coding"] |= {"codebooks": ["susi"], "warnings": None, "coder": "language-model:m", **coding}
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "narratives", "run", str(folder / "reports"), "--quiet"]
    return subprocess.run(
        [*command, "--study", str(folder / "study"), "--pipeline", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_suggestions_come_from_the_model_and_the_report_says_so(tmp_path: Path) -> None:
    said = {
        "codes": [{"code": "susi_past_life_event", "evidence": "Als mein Vater starb", "confidence": 0.9}]
    }
    with _chat.serving() as server:
        server.answers = [json.dumps(said)]
        done = run(tmp_path, address=server.address)
        assert done.returncode == 0, done.stderr
        asked = len(server.asked)
        assert run(tmp_path, address=server.address).returncode == 0 and len(server.asked) == asked > 0
    study = Study(tmp_path / "study")
    assert set(study.suggestions["code_id"]) == {"susi_past_life_event"}
    assert study.manifest["coder"] == {"name": "language-model:m", "sha256": None, "measured": None}
    assert "auf demselben Rechner" in (tmp_path / "study" / "report.html").read_text(encoding="utf-8")


def test_nothing_is_sent_elsewhere_without_leave(tmp_path: Path) -> None:
    done = run(tmp_path, address="http://192.0.2.1/v1")
    assert done.returncode == 3 and "external: true" in done.stderr
    done = run(tmp_path, address="http://192.0.2.1/v1", external=True)
    assert done.returncode == 3 and "lack the consent `external_processing`" in done.stderr
