"""The study folder: tables in, tables out, each written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narratives.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

TABLES = (
    "narratives",
    "passages",
    "identifiers",
    "themes",
    "passage_themes",
    "scores",
    "suggestions",
    "findings",
)
_KEY = b"narratives.key"


class Study:
    """One folder with everything of one analysis; every table is a DataFrame property."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def __repr__(self) -> str:
        return f"Study({str(self.folder)!r})"

    @property
    def narratives(self) -> pd.DataFrame:
        """Accounts with attributes, consent and text."""
        return self.read("narratives")

    @property
    def passages(self) -> pd.DataFrame:
        """Spans of narratives that carry one thought."""
        return self.read("passages")

    @property
    def identifiers(self) -> pd.DataFrame:
        """Where identifiers were masked (never the identifier itself)."""
        return self.read("identifiers")

    @property
    def themes(self) -> pd.DataFrame:
        """Themes with labels and words."""
        return self.read("themes")

    @property
    def passage_themes(self) -> pd.DataFrame:
        """The theme of each passage."""
        return self.read("passage_themes")

    @property
    def scores(self) -> pd.DataFrame:
        """Probability of every code for every passage."""
        return self.read("scores")

    @property
    def suggestions(self) -> pd.DataFrame:
        """Codes proposed by the machine, with evidence."""
        return self.read("suggestions")

    @property
    def findings(self) -> pd.DataFrame:
        """Statistics over suggestions or codings."""
        return self.read("findings")

    def path(self, name: str) -> Path:
        """Return the file of a table."""
        return self.folder / "tables" / f"{name}.parquet"

    def read(self, name: str) -> pd.DataFrame:
        """Return a table; raises InputError when the study does not have it yet."""
        import pandas as pd

        if not self.path(name).is_file():
            raise InputError(
                f"{self.folder} has no table {name!r}; "
                f"`narratives run REPORTS --study {self.folder}` makes it."
            )
        return pd.read_parquet(self.path(name))

    def write(self, name: str, table: pd.DataFrame, key: str) -> None:
        """Write a table atomically; `key` says what it was made from."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        arrow = pa.Table.from_pandas(table, schema=_schema(name, table), preserve_index=False)
        arrow = arrow.replace_schema_metadata({_KEY: key.encode()})
        with atomic(self.path(name)) as partial:
            pq.write_table(arrow, partial, compression="zstd")

    def remove(self, *names: str) -> None:
        """Delete tables, so that nothing of them is used again."""
        for name in names:
            self.path(name).unlink(missing_ok=True)

    def key(self, name: str) -> str | None:
        """Return the key a table was written with, or None when there is no readable table."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            metadata = pq.read_schema(self.path(name)).metadata or {}
        except (OSError, pa.ArrowException):
            return None
        return metadata[_KEY].decode() if _KEY in metadata else None

    def settings_key(self, name: str) -> str | None:
        """Return the part of a table's key that tells its settings and the program, without its input."""
        key = self.key(name)
        return key.partition(":")[0] if key else None

    @property
    def manifest(self) -> dict[str, Any]:
        """What was read, with which settings and versions; raises InputError when there is none."""
        path = self.folder / "manifest.json"
        try:
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(
                f"{self.folder} is not a finished study: it has no manifest.json; "
                f"`narratives run REPORTS --study {self.folder}` makes it."
            ) from None
        except ValueError:
            raise InputError(f"{path} is damaged; delete it and repeat `narratives run`.") from None
        return content

    def write_manifest(self, content: Mapping[str, Any]) -> None:
        """Write manifest.json atomically."""
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        self.write_text("manifest.json", text)

    def write_text(self, name: str, text: str) -> None:
        """Write a text file of the study atomically, as UTF-8 with LF."""
        with atomic(self.folder / name) as partial:
            partial.write_text(text, encoding="utf-8", newline="\n")


def _schema(name: str, table: pd.DataFrame) -> Any:
    """Return fixed column types, so that an empty table has the same columns as a full one."""
    import pyarrow as pa

    text, number, real, texts = pa.string(), pa.int64(), pa.float64(), pa.list_(pa.string())
    evidence = pa.list_(pa.struct([("start", number), ("end", number), ("reason", text)]))
    kinds = {"start": number, "end": number, "theme_id": number, "position": real, "evidence": evidence}
    kinds |= {
        "vector": pa.list_(pa.float16()),
        "words": texts,
        "representative_passage_ids": texts,
        "consent": texts,
        "regrouped": pa.list_(number),
    }
    kinds |= dict.fromkeys(("outlier", "moved", "named", "hidden"), pa.bool_())
    kinds["group"] = text if name == "findings" else number
    kinds |= dict.fromkeys(
        ("first", "second", "n_words", "n_passages", "n_narratives", "n", "number", "bytes"), number
    )
    kinds |= dict.fromkeys(
        (
            "weight",
            "confidence",
            "estimate",
            "low",
            "high",
            "stability",
            "stability_low",
            "stability_high",
            "coherence",
            "distance",
            "x",
            "y",
        ),
        real,
    )
    if name == "scores":
        kinds = {}
    other = real if name == "scores" else text
    columns = [
        pa.field(column, text if column == "passage_id" else kinds.get(column, other))
        for column in table.columns
    ]
    return pa.schema(columns)


def keep_aside(path: Path) -> Path:
    """Copy a file to the first free name beside it, such as themes-1.yaml, and return that name."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    with atomic(aside) as partial:
        partial.write_bytes(path.read_bytes())
    return aside


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a partial file beside `path`; it takes the place of `path` only when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.chmod(0o600)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def digest(content: Any) -> str:
    """Return a short stable hash of anything JSON can hold; used for keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of all files below a folder with their names."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    parts = {
        item.relative_to(path).as_posix(): hashlib.sha256(item.read_bytes()).hexdigest()
        for item in sorted(path.rglob("*"))
        if item.is_file() and "__pycache__" not in item.parts
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
