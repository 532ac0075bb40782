"""Options that several commands share."""

from __future__ import annotations

import json
from typing import Any

import click

quiet = click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
language = click.option(
    "--language", type=click.Choice(["de", "en"]), help="Language of the report (default: the pipeline's)."
)


def print_json(content: Any) -> None:
    """Print content as JSON on standard output."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))
