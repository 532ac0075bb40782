"""The house rules: arrows point down, modules stay small, start-up stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "narratives"
# From top to bottom; a module imports from its own floor and from the floors below.
FLOORS = [
    ["cli"],
    ["pipeline"],
    ["steps"],
    ["run"],
    ["manifest"],
    ["outputs"],
    ["findings"],
    ["coding"],
    ["themes"],
    ["encoders"],
    ["corpus"],
    ["language"],
    ["anonymity"],
    ["decisions"],
    ["study"],
    ["settings"],
    ["yamlfile"],
    ["places", "progress", "errors", "lightly", "__init__", "__main__"],
]
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("narratives"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return {name for name in names if name in FLOOR_OF and not name.startswith("__")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room.startswith("__"):
        return
    upward = {name for name in _imports(path) if FLOOR_OF[name] < FLOOR_OF[room]}
    assert not upward, f"{path} imports from a floor above: {upward}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from narratives.cli import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "print(sorted({'pandas', 'numpy', 'spacy', 'sklearn', 'bertopic', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
