"""Where shipped and own configuration lies: one function for a checkout and for an installation."""

from __future__ import annotations

from pathlib import Path

from narratives.errors import InputError

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """Return the folder `pipelines`, `models`, `config` or `examples` that ships with the program."""
    installed = _PACKAGE / "shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def find(folder: str, name: str, study: Path | None = None) -> Path:
    """Return the file or folder `name` below `folder`; what lies in the study wins over what is shipped.

    Raises InputError when neither has it.
    """
    roots = [study / folder] if study is not None else []
    for root in [*roots, shipped(folder)]:
        if (root / name).exists():
            return root / name
    raise InputError(f"{folder}/{name} is neither in the study nor shipped with narratives.")


def listing(folder: str, pattern: str, study: Path | None = None) -> dict[str, Path]:
    """Return {stem: path} of all files matching `pattern` below `folder`; a study's own win."""
    found: dict[str, Path] = {}
    roots = [shipped(folder)] + ([study / folder] if study is not None else [])
    for root in roots:
        found.update({path.stem: path for path in sorted(root.glob(pattern))})
    return dict(sorted(found.items()))
