"""`narratives learn`: what people decided changes what the machine proposes, in this study alone."""

from __future__ import annotations

from pathlib import Path

import click

from narratives.cli import options


@click.command("learn")
@click.argument("study", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--codings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="First take over codings from a table with the columns narrative, start, end, code.",
)
@click.option("--coder", default="imported", metavar="NAME", help="Whose codings these are.")
@options.quiet
@options.as_json
def command(study: Path, codings: Path | None, coder: str, quiet: bool, as_json: bool) -> None:
    """Learn from the decisions on STUDY, and suggest again.

    Accepted, rejected and added codes change the coder of this study (STUDY/models/); the one before is kept,
    and nothing leaves the study. One in five narratives is held back: on its decisions, which are never
    learned from, the change is measured, and a coder that is not better there is not used.

    \b
    Examples:
      narratives learn my-study
      narratives learn my-study --codings codings.csv --coder anna
    """
    from dataclasses import asdict

    from narratives.pipeline import learn_from_decisions
    from narratives.progress import Progress
    from narratives.steps.imported import take_over
    from narratives.study import Study

    opened = Study(study)
    if codings is not None:
        added = take_over(opened, codings, coder)
        if not (quiet or as_json):
            click.echo(f"{added} decisions of {coder} taken over from {codings}.")
    learnt = learn_from_decisions(opened, Progress(quiet))
    if as_json:
        options.print_json(asdict(learnt))
        return
    click.echo(f"Learned from {learnt.decisions - learnt.held_back} decisions; {learnt.held_back} held back.")
    if learnt.held_back:
        click.echo(
            f"On those held back (by {learnt.held_back_by}): loss {learnt.loss_before:.3f} before, "
            f"{learnt.loss_after:.3f} after; agrees with {learnt.agreement_before:.0%} before, "
            f"{learnt.agreement_after:.0%} after."
        )
    if learnt.better:
        click.echo(f"The new coder is in use; the one before is {learnt.kept_as}.")
    else:
        click.echo("That is no better, so nothing was changed; more decisions will help.")
