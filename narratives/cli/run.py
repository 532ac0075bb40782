"""`narratives run`: reports in, a finished study out."""

from __future__ import annotations

from pathlib import Path

import click

from narratives.cli import options


@click.command("run")
@click.argument("reports", nargs=-1, required=True)
@click.option(
    "--study", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the study."
)
@click.option("--pipeline", default="subjective-meaning", help="Name or .yaml file of the analysis.")
@click.option(
    "--metadata",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table (.csv, .xlsx) with file name, language, perspective, consent and any further column.",
)
@click.option("--engine", type=click.Choice(["local"]), default="local", help="Where the work is done.")
@options.language
@options.quiet
@options.as_json
def command(
    reports: tuple[str, ...],
    study: Path,
    pipeline: str,
    metadata: Path | None,
    engine: str,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read REPORTS (files, folders, patterns), find themes, suggest codes, write tables and a report.

    A second run does only what is new. Killed at any moment, the same command ends in the same tables.

    \b
    Examples:
      narratives run reports/ --study my-study
      narratives run 'interviews/*.docx' --metadata people.xlsx --study my-study --language de
      narratives run reports/ --study my-study --pipeline curriculum
    """
    from narratives.cli.summary import run_and_tell
    from narratives.settings import load_pipeline

    run_and_tell(list(reports), study, load_pipeline(pipeline, study), metadata, language, quiet, as_json)
