"""`narratives evaluate`: suggestions and scores beside codings that people made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from narratives.cli import options

if TYPE_CHECKING:
    from narratives.findings.evaluation import Evaluation


@click.command("evaluate")
@click.argument("study", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--gold",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table (.csv, .xlsx) with the columns narrative, start, end, code.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the table as .csv, too.")
@options.quiet
@options.as_json
def command(study: Path, gold: Path, out: Path | None, quiet: bool, as_json: bool) -> None:
    """Tell how well the machine agrees with codings people made of narratives of STUDY.

    The file holds one coded span a row: the narrative's id, start and end (code points into the text in
    tables/narratives.parquet, the end not included) and the code. A row with an empty code says that a
    narrative was read and is to be counted although nothing was coded in it.

    \b
    Example:
      narratives evaluate my-study --gold codings.csv --out evaluation.csv
    """
    from narratives.findings.evaluation import evaluate, read_gold
    from narratives.settings import Pipeline
    from narratives.study import Study, atomic, records

    opened = Study(study)
    settings = Pipeline.model_validate(opened.manifest["pipeline"]["settings"])
    found = evaluate(
        read_gold(gold),
        opened.passages,
        opened.scores,
        opened.suggestions,
        settings.findings.resamples,
        settings.findings.confidence,
        settings.seed,
    )
    if out is not None:
        with atomic(out) as partial:
            found.codes.to_csv(partial, index=False, float_format="%.4f", lineterminator="\n")
    if as_json:
        content = {"passages": found.passages, "narratives": found.narratives, "codes": records(found.codes)}
        options.print_json(content)
    else:
        _print(found, settings.findings.confidence)


def _print(found: Evaluation, confidence: float) -> None:
    from narratives.findings.evaluation import MEASURES

    width = max((len(code) for code in found.codes["code"]), default=4)
    click.echo(f"{found.narratives} narratives, {found.passages} passages; {confidence:.0%} intervals")
    click.echo(f"{'code':{width}}  {'coded':>5}  {'proposed':>8}  " + "  ".join(f"{m:>19}" for m in MEASURES))
    for row in found.codes.to_dict("records"):
        cells = [
            f"{row[name]:.2f} ({row[f'{name}_low']:.2f} to {row[f'{name}_high']:.2f})"
            if row[name] == row[name]
            else "-"
            for name in MEASURES
        ]
        cells = [f"{cell:>19}" for cell in cells]
        click.echo(f"{row['code']:{width}}  {row['n']:>5}  {row['suggestions']:>8}  " + "  ".join(cells))
