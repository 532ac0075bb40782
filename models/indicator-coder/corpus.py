"""Write corpus.jsonl: 40 invented narratives with units coded blind by two people, one narrative a line.

    python models/indicator-coder/corpus.py FOLDER

FOLDER holds narratives.csv, narratives/*.txt, units.csv, coder_a.csv and coder_b.csv.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

TARGET = Path(__file__).with_name("corpus.jsonl")


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(folder: Path) -> None:
    """Write the corpus; a unit's offsets are checked against its narrative."""
    coded = {
        coder: {
            row["unit_id"]: row["codes"].split(";") if row["codes"] else []
            for row in rows(folder / f"coder_{coder}.csv")
        }
        for coder in ("a", "b")
    }
    units = rows(folder / "units.csv")
    with TARGET.open("w", encoding="utf-8", newline="\n") as out:
        for narrative in rows(folder / "narratives.csv"):
            text = (folder / "narratives" / f"{narrative['id']}.txt").read_text(encoding="utf-8")
            own = []
            for unit in units:
                if unit["narrative_id"] != narrative["id"]:
                    continue
                start, end = int(unit["start"]), int(unit["end"])
                if text[start:end] != unit["text"]:
                    raise SystemExit(f"{unit['unit_id']}: the offsets do not fit the text")
                own.append(
                    {"start": start, "end": end, **{c: coded[c].get(unit["unit_id"], []) for c in coded}}
                )
            record = {
                key: narrative[key]
                for key in ("id", "language", "perspective", "genre", "age_group", "gender", "setting")
            }
            out.write(json.dumps({**record, "text": text, "units": own}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
