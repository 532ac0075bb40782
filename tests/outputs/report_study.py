"""A small study for the tests of the report: tables as the pipeline would write them, made by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd

from narratives.coding.codebook import Codebook
from narratives.findings import make_findings
from narratives.settings import Findings
from narratives.study import Study
from narratives.themes.model import THEME_COLUMNS

Spans = list[tuple[str, list[str]]]


def write_study(
    folder: Path,
    narratives: list[dict[str, Any]],
    books: list[Codebook],
    themes: list[tuple[str, list[str], list[str]]],
    settings: Findings | None = None,
) -> Study:
    """Write all tables. A narrative has `spans`: (text, marks), a mark being 'code_id' or 'code_id@words'.

    A theme is (label, words, ids of the passages' marks that belong to it): the first that fits wins.
    """
    study = Study(folder)
    rows, passages, suggestions = [], [], []
    owner = {code.id: book.id for book in books for code in book.codes}
    for item in narratives:
        spans: Spans = item["spans"]
        text = "\n\n".join(words for words, _ in spans)
        sha = hashlib.sha256((item["narrative_id"] + text).encode()).hexdigest()
        rest = {key: value for key, value in item.items() if key != "spans"}
        rows.append(
            {"source": f"{item['narrative_id']}.txt", "title": "", "consent": None, **rest, "text": text,
             "text_sha256": sha, "n_words": len(text.split())}
        )  # fmt: skip
        start = 0
        for words, marks in spans:
            end = start + len(words)
            passage_id = hashlib.sha256(f"{sha}:{start}:{end}".encode()).hexdigest()[:16]
            passages.append(
                {"passage_id": passage_id, "narrative_id": item["narrative_id"], "start": start, "end": end,
                 "speaker": None, "position": start / max(len(text), 1), "text": words, "marks": marks}
            )  # fmt: skip
            for number, mark in enumerate(marks):
                code, _, words_marked = mark.partition("@")
                at = words.find(words_marked) if words_marked else -1
                evidence = (
                    [
                        {
                            "start": start + at,
                            "end": start + at + len(words_marked),
                            "reason": f"indicator: {words_marked}",
                        }
                    ]
                    if at >= 0
                    else []
                )
                suggestions.append(
                    {"passage_id": passage_id, "codebook_id": owner[code], "code_id": code,
                     "confidence": round(0.42 + (int(passage_id[:4], 16) + 97 * number) % 50 / 100, 2),
                     "evidence": evidence}
                )  # fmt: skip
            start = end + 2
    members = _members(passages, themes)
    table = pd.DataFrame(rows)
    study.write("narratives", table, "test")
    study.write(
        "passages", pd.DataFrame([{k: v for k, v in p.items() if k != "marks"} for p in passages]), "test"
    )
    columns = ["passage_id", "codebook_id", "code_id", "confidence", "evidence"]
    study.write("suggestions", pd.DataFrame(suggestions, columns=columns), "test")
    study.write("themes", _themes(themes, members, passages), "test")
    study.write(
        "passage_themes",
        pd.DataFrame(members, columns=["passage_id", "theme_id", "weight", "outlier"]),
        "test",
    )
    shown = [row["passage_id"] for row in members]
    spread = [int(name[:6], 16) / 0xFFFFFF for name in shown]
    places = {"passage_id": shown, "x": spread, "y": [(7 * value) % 1 for value in spread]}
    study.write("passage_map", pd.DataFrame(places), "test")
    joins = [(0, number, 0.2 * number) for number in range(1, len(themes))]
    study.write("theme_tree", pd.DataFrame(joins, columns=["first", "second", "distance"]), "test")
    given = [
        row
        for row in suggestions
        if row["codebook_id"] in {book.id for book in books if book.kind != "flags"}
    ]
    findings = make_findings(
        "suggestions",
        pd.DataFrame(given, columns=columns),
        study.passages,
        study.narratives,
        study.themes,
        study.passage_themes,
        [book for book in books if book.kind != "flags"],
        settings or Findings(profile=books[0].id, min_group=2, resamples=50),
        20261123,
    )
    study.write("findings", findings, "test")
    return study


def _members(passages: list[dict[str, Any]], themes: list[Any]) -> list[dict[str, Any]]:
    rows = []
    for passage in passages:
        marks = {mark.partition("@")[0] for mark in passage["marks"]}
        for number, (_, _, wanted) in enumerate(themes):
            if marks & set(wanted) or not wanted:
                weight = 0.3 + int(passage["passage_id"][:3], 16) % 60 / 100
                rows.append(
                    {"passage_id": passage["passage_id"], "theme_id": number, "weight": weight,
                     "outlier": weight < 0.34}
                )  # fmt: skip
                break
    return rows


def _themes(themes: list[Any], members: list[dict[str, Any]], passages: list[dict[str, Any]]) -> pd.DataFrame:
    home = {passage["passage_id"]: passage["narrative_id"] for passage in passages}
    rows = []
    for number, (label, words, _) in enumerate(themes):
        ids = [row["passage_id"] for row in members if row["theme_id"] == number]
        rows.append(
            {"theme_id": number, "label": label, "words": words, "n_passages": len(ids),
             "n_narratives": len({home[item] for item in ids}), "representative_passage_ids": ids[:4],
             "stability": 0.4 + 0.5 * (number % 2), "stability_low": 0.2, "stability_high": 0.95,
             "named": False, "hidden": False, "coherence": 0.1}
        )  # fmt: skip
    return pd.DataFrame(rows, columns=THEME_COLUMNS)


def manifest_of(study: Study, extra_files: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return a manifest like the one `run` writes."""
    table = study.narratives
    files = [
        {"source": row["source"], "sha256": row["text_sha256"], "bytes": len(row["text"].encode()),
         "status": "read", "reason": "", "narratives": [row["narrative_id"]]}
        for row in table.to_dict("records")
    ]  # fmt: skip
    return {
        "program": {"name": "narratives", "version": "0.1.0"},
        "python": "3.11.7",
        "platform": "Linux",
        "packages": {"pandas": "2.2", "scikit-learn": "1.5"},
        "pipeline": {"name": "research", "sha256": "ab" * 32, "settings": {}},
        "seed": 20261123,
        "encoder": {"name": "lsa", "sha256": "cd" * 32},
        "coder": {"name": "recovery-coder", "sha256": "ef" * 32},
        "config": {"codebooks/susi.yaml": "12" * 32},
        "metadata": None,
        "files": files + (extra_files or []),
        "tables": {"passages": {"sha256": "34" * 32, "rows": len(study.passages)}},
    }
