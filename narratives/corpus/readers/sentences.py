"""Sentences that several readers say when a file cannot be read."""

from __future__ import annotations

from pathlib import PurePath

from narratives.errors import UnreadableFile


def damaged(name: str) -> UnreadableFile:
    """The file is not what its suffix says, or broken."""
    kind = PurePath(name).suffix.casefold()
    return UnreadableFile(
        f"{name} is damaged or not a real {kind} file; open it in its own program and save it again."
    )


def locked(name: str) -> UnreadableFile:
    """The file is encrypted."""
    return UnreadableFile(f"{name} is protected by a password; save a copy without one.")
