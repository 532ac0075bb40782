"""What a slow model answered, kept line by line, so that a run that was killed does not ask again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FILE = "tables/answers.jsonl"
Answer = list[tuple[str, int, int, float]]  # code, start and end within the passage, confidence


class Answers:
    """Answers by model, task and passage; no words of a passage are kept, only a hash of them."""

    def __init__(self, study: Path | None) -> None:
        self._path = study / FILE if study is not None else None
        self._known: dict[str, Answer] = {}
        if self._path is not None and self._path.is_file():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                try:
                    key, codes = json.loads(line)
                    self._known[key] = [(str(c), int(s), int(e), float(p)) for c, s, e, p in codes]
                except (ValueError, TypeError):
                    continue  # the last line of a killed run may be cut off

    def get(self, *asked: str) -> Answer | None:
        """Return what was answered to the same question before."""
        return self._known.get(_key(asked))

    def keep(self, answer: Answer, *asked: str) -> None:
        """Keep an answer from now on."""
        self._known[_key(asked)] = answer
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([_key(asked), answer]) + "\n")


def _key(asked: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(asked).encode()).hexdigest()[:32]
