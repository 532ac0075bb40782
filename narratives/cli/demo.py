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
    from narratives.cli.summary import print_summary, summary
    from narratives.pipeline import run_pipeline
    from narratives.progress import Progress
    from narratives.settings import load_pipeline
    from narratives.study import Study

    settings = load_pipeline("subjective-meaning")
    if language is not None:
        report = settings.report.model_copy(update={"language": language})
        settings = settings.model_copy(update={"report": report})
    examples = places.shipped("examples")
    done = run_pipeline(
        [str(examples / "reports")],
        Study(study),
        settings,
        examples / "metadata.csv",
        Progress(quiet),
    )
    numbers = summary(done)
    if as_json:
        options.print_json(numbers)
        return
    click.echo("These reports are invented. / Diese Berichte sind erfunden.")
    print_summary(numbers, quiet)
    click.echo(f"Open it in a browser, or go on with your own: narratives run REPORTS --study {study}-2")
