"""`narratives demo`: the whole pipeline on the invented example reports."""

from __future__ import annotations

from pathlib import Path

import click

from narratives.cli import options


@click.command("demo")
@click.option(
    "--study",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder the study is written to.",
)
@options.language
@options.quiet
@options.as_json
def command(study: Path, language: str | None, quiet: bool, as_json: bool) -> None:
    """Run the whole pipeline on 24 invented reports (18 German, 6 English).

    \b
    Example:
      narratives demo --language en
    """
    from narratives import places
    from narratives.cli.summary import run_and_tell
    from narratives.settings import load_pipeline

    examples = places.shipped("examples")
    if not as_json:
        click.echo("These reports are invented. / Diese Berichte sind erfunden.")
    run_and_tell(
        [str(examples / "reports")],
        study,
        load_pipeline("subjective-meaning"),
        examples / "metadata.csv",
        language,
        quiet,
        as_json,
    )
    if not as_json:
        click.echo(f"Open it in a browser, or go on with your own: narratives run REPORTS --study {study}-2")
