"""Training material: public pairs of sentences, and the meanings and glossary written for this project.

A pair file has one pair a line: German, a tab, English. Sentences of evaluation sets are left out.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
# Only sources whose licence allows weights to be shipped; ntrex is kept for evaluation.
CLEAN = (
    "tatoeba_manythings.tsv",
    "bcontrast_chat.tsv",
    "europarl_5k.tsv",
    "mlqe_wikipedia_mt.tsv",
    "xquad_questions.tsv",
    "ud_pud.tsv",
)


@dataclass(frozen=True)
class Meaning:
    """One meaning in several wordings, and near ones in words but not in meaning."""

    de: tuple[str, ...]
    en: tuple[str, ...]
    not_de: tuple[str, ...]
    not_en: tuple[str, ...]


def plain(text: str) -> str:
    """Return the text as the encoder sees it: NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def read_pairs(folder: Path, leave_out: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return the distinct (German, English) pairs of all clean files, without those of evaluation sets."""
    pairs: dict[tuple[str, str], None] = {}
    for name in CLEAN:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            german, _, english = line.partition("\t")
            key = (plain(german), plain(english))
            if all(key) and leave_out.isdisjoint(key):
                pairs[key] = None
    return list(pairs)


def read_meanings() -> list[Meaning]:
    """Return the meanings of data/meanings_*.jsonl and, as further meanings, the glossary."""
    meanings = []
    for path in sorted((HERE / "data").glob("meanings_*.jsonl")):
        for row in _rows(path):
            meanings.append(Meaning(*(_plain(row[key]) for key in ("de", "en", "not_de", "not_en"))))
    for row in _rows(HERE / "data" / "glossary.jsonl"):
        german = _plain([row["de"], *row["de_also"], *row["at_ch"]])
        english = _plain([row["en"], *row["en_also"]])
        meanings.append(Meaning(german, english, (), ()))
        meanings.append(Meaning(_plain([row["de_sentence"]]), _plain([row["en_sentence"]]), (), ()))
    return meanings


def evaluation_sentences(data: Path) -> frozenset[str]:
    """Return every sentence of the evaluation sets (STSb in both languages, NTREX)."""
    found = set()
    for name in ("stsb-de-dev.csv", "stsb-en-dev.csv"):
        with (data / "bench" / "stsb" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                found.update(plain(text) for text in row[:2])
    for line in (data / "parallel" / "ntrex.tsv").read_text(encoding="utf-8").splitlines():
        found.update(plain(text) for text in line.split("\t"))
    return frozenset(found)


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _plain(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(text) for text in texts))
