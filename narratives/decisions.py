"""What people decided about passages and codes: events in decisions.sqlite, appended and never rewritten."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from narratives.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from sqlalchemy import Connection, Table

FILE = "decisions.sqlite"
Verdict = Literal["accept", "reject", "add", "undo"]
_PATIENCE = 30  # seconds to wait for another writer
COLUMNS = ("at", "coder", "mode", "text_sha256", "start", "end", "code_id", "verdict", "confidence", "memo")


@dataclass(frozen=True)
class Decision:
    """What a coder said to a passage and a code.

    The passage is named by its narrative's text (SHA-256) and code point offsets, half-open, so that no later
    cutting or coder takes a decision away. `undo` takes back what the same coder said before to the same
    passage and code. `confidence` is what was shown of the machine's, if anything was.
    """

    coder: str
    text_sha256: str
    start: int
    end: int
    code_id: str
    verdict: Verdict
    mode: str = "review"
    confidence: float | None = None
    memo: str = ""


class Decisions:
    """The decisions of a study."""

    def __init__(self, study: Path) -> None:
        self._path = study / FILE

    def append(self, decisions: Iterable[Decision]) -> int:
        """Write decisions, all or none, and return how many there were."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        rows = [{"at": at, **asdict(decision)} for decision in decisions]
        if rows:
            with self._connected() as (connection, table):
                connection.execute(table.insert(), rows)
        return len(rows)

    def current(self) -> pd.DataFrame:
        """Return what holds now: of each coder, passage and code the last decision that was not undone."""
        import pandas as pd

        if not self._path.is_file():
            return pd.DataFrame(columns=list(COLUMNS))
        with self._connected() as (connection, table):
            events = pd.read_sql(table.select().order_by(table.c.id), connection)
        last = events.drop_duplicates(["coder", "text_sha256", "start", "end", "code_id"], keep="last")
        return last[last["verdict"] != "undo"][list(COLUMNS)].reset_index(drop=True)

    @contextmanager
    def _connected(self) -> Iterator[tuple[Connection, Table]]:
        from sqlalchemy import Column, Float, Integer, MetaData, String, Table, create_engine, event
        from sqlalchemy.exc import DatabaseError

        metadata = MetaData()
        kinds = {"start": Integer, "end": Integer, "confidence": Float}
        table = Table(
            "events",
            metadata,
            Column("id", Integer, primary_key=True),
            *(Column(name, kinds.get(name, String), nullable=name == "confidence") for name in COLUMNS),
        )
        engine = create_engine(
            f"sqlite:///{self._path}", connect_args={"timeout": _PATIENCE, "isolation_level": None}
        )
        # Write-ahead log, and the right to write from the beginning: two coders wait for each other.
        event.listen(engine, "connect", lambda connection, _: connection.execute("pragma journal_mode=wal"))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("begin immediate"))
        try:
            with engine.begin() as connection:
                metadata.create_all(connection)
                yield connection, table
        except DatabaseError as error:
            raise InputError(f"{self._path} cannot be used ({type(error.orig).__name__}).") from None
        finally:
            engine.dispose()
