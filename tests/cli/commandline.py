"""The command line as a user calls it."""

from __future__ import annotations

import subprocess
import sys


def narratives(*arguments: object, status: int = 0) -> str:
    """Run a command, check its exit status, and return what it printed."""
    command = [sys.executable, "-m", "narratives", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr + done.stdout
    return done.stdout + done.stderr
