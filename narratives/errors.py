"""What can go wrong with a user's input, said in one sentence."""

from __future__ import annotations


class InputError(Exception):
    """Input that cannot be used; the message is one sentence that names the file and the way out."""


class UnreadableFile(InputError):  # noqa: N818 - the name is the message
    """One report file that cannot be read; the other files go on."""
