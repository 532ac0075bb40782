"""Codings made elsewhere -> decisions."""

from __future__ import annotations

from pathlib import Path

from narratives.decisions import Decision, Decisions
from narratives.study import Study


def take_over(study: Study, path: Path, coder: str) -> int:
    """Write the codings of a table as decisions of `coder`, and return how many there are.

    The table is that of `narratives evaluate`. Every passage of a narrative it names counts as read for the
    codebooks whose codes it names: what was proposed and coded is accepted, proposed and not coded rejected,
    coded and not proposed added. Raises InputError.
    """
    from narratives.findings.evaluation import given_codes, read_gold

    passages = study.passages
    gold = read_gold(path)
    inside, codes, given = given_codes(gold, passages, list(study.scores.columns[1:]))
    sha = study.narratives.set_index("narrative_id")["text_sha256"]
    suggestions = study.suggestions
    book_of = dict(zip(suggestions["code_id"], suggestions["codebook_id"], strict=True))
    read_for = {book_of[code] for code in codes if code in book_of}
    suggestions = suggestions[suggestions["codebook_id"].isin(read_for)]
    shown: dict[str, dict[str, float]] = {}
    for item in suggestions.to_dict("records"):
        shown.setdefault(item["passage_id"], {})[item["code_id"]] = item["confidence"]
    decisions = []
    for row, passage in enumerate(inside.to_dict("records")):
        has = {code for column, code in enumerate(codes) if given[row, column]}
        proposed = shown.get(passage["passage_id"], {})
        for code in sorted(has | proposed.keys()):
            decisions.append(
                Decision(
                    coder,
                    sha[passage["narrative_id"]],
                    passage["start"],
                    passage["end"],
                    code,
                    "reject" if code not in has else "accept" if code in proposed else "add",
                    mode="imported",
                    confidence=proposed.get(code),
                )
            )
    return Decisions(study.folder).append(decisions)
