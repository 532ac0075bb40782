"""`narratives check`: what can be read, in which language, with which consent; changes nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from narratives.cli import options


@click.command("check")
@click.argument("reports", nargs=-1, required=True)
@click.option("--pipeline", default="subjective-meaning", help="Name or .yaml file of the analysis.")
@click.option("--metadata", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Metadata.")
@options.quiet
@options.as_json
def command(
    reports: tuple[str, ...], pipeline: str, metadata: Path | None, quiet: bool, as_json: bool
) -> None:
    """Say of every file whether it can be read, its language, words, consent and what would be masked.

    Exit status 1 when something needs a look: a file that cannot be read, or an identifier found.
    Only identifiers with a form are searched so far: e-mail, web address, telephone, IBAN.

    \b
    Example:
      narratives check reports/ --metadata people.csv
    """
    from narratives.corpus.files import find_reports
    from narratives.corpus.metadata import read_metadata
    from narratives.corpus.narratives import make_narratives
    from narratives.corpus.readings import read_reports
    from narratives.progress import Progress
    from narratives.settings import load_pipeline
    from narratives.study import records

    settings = load_pipeline(pipeline)
    files, metadata = find_reports(reports, metadata)
    readings, entries = read_reports(files, settings.reading, None, Progress(quiet))
    table, identifiers = make_narratives(
        readings,
        entries,
        read_metadata(metadata) if metadata else None,
        settings.language.default,
        settings.consent.analysis,
    )
    masked = Counter(identifiers["narrative_id"])
    found = [_about(row, masked) for row in records(table)]
    if as_json:
        options.print_json({"files": entries, "narratives": found})
    else:
        _print(entries, found)
    needs_look = any(entry["status"] in ("unreadable", "empty") for entry in entries) or bool(masked)
    raise click.exceptions.Exit(1 if needs_look else 0)


def _about(row: dict[str, Any], masked: Counter[str]) -> dict[str, Any]:
    consent = row["consent"]
    return {
        "narrative_id": row["narrative_id"],
        "source": row["source"],
        "language": row["language"],
        "perspective": row["perspective"],
        "consent": None if consent is None else list(consent),
        "n_words": row["n_words"],
        "identifiers": masked[row["narrative_id"]],
    }


def _print(entries: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    width = max([len(item["narrative_id"]) for item in found] or [0])
    for item in found:
        consent = "not recorded" if item["consent"] is None else ", ".join(item["consent"]) or "none"
        note = f"  {item['identifiers']} identifiers would be masked" if item["identifiers"] else ""
        click.echo(
            f"{item['narrative_id']:<{width}}  {item['language']}  {item['n_words']:>7,} words  "
            f"{item['perspective'] or '-':<12}  consent: {consent}{note}"
        )
    for entry in entries:
        if entry["status"] != "read" or entry["reason"]:
            click.echo(f"{entry['source']} ({entry['status']}): {entry['reason']}")
    click.echo(f"{sum(entry['status'] == 'read' for entry in entries)} of {len(entries)} files can be read.")
