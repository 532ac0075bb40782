"""Passages -> scores and suggestions -> findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from narratives import places
from narratives.run import Run
from narratives.steps.inputs import config_digest, with_language
from narratives.study import file_digest

if TYPE_CHECKING:
    import pandas as pd

    from narratives.coding.codebook import Codebook
    from narratives.language import Language


def suggest_codes(run: Run, languages: dict[str, Language], books: Sequence[Codebook]) -> None:
    """Make `scores` and `suggestions`; passages scored before keep their scores."""
    from narratives.coding.coder import IndicatorCoder, suggest
    from narratives.encoders import encoder_digest

    own, coding = run.study.folder, run.pipeline.coding

    def make() -> Sequence[pd.DataFrame]:
        import pandas as pd

        from narratives.coding.context import load_context_words
        from narratives.corpus.segment import spoken

        passages = with_language(run.study)
        new = passages
        if known_scores is not None and known_suggestions is not None:
            new = passages[~passages["passage_id"].isin(set(known_scores["passage_id"]))]
        new = new.assign(text=spoken(new, own)).reset_index(drop=True)
        thresholds = {
            book.id: coding.warn_from if book.kind == "flags" else coding.show_from for book in books
        }
        coder = IndicatorCoder.load(coding.coder, own)
        scores, suggestions = suggest(
            new, languages, books, coder, load_context_words(own), thresholds, run.progress, own
        )
        if len(new) < len(passages):
            order = pd.Series(range(len(passages)), index=passages["passage_id"])
            scores = _in_order(pd.concat([known_scores, scores]), order)
            suggestions = _in_order(pd.concat([known_suggestions, suggestions]), order)
        return [scores, suggestions]

    settings = [
        [book.model_dump() for book in books],
        coding.model_dump(),
        run.pipeline.language.model_dump(),
        config_digest(own, "languages", "coding.yaml", "transcripts.yaml"),
        file_digest(_model(coding.coder, own)),
        encoder_digest(IndicatorCoder.load(coding.coder, own).encoder, own),
    ]
    known_scores = run.earlier("scores", settings)
    known_suggestions = run.earlier("suggestions", settings)
    run.table("scores suggestions", settings, run.study.key("passages"), make)


def _in_order(table: pd.DataFrame, order: pd.Series) -> pd.DataFrame:
    """Return the rows of known passages, sorted as the passages are; rows of one passage keep their order."""
    place = table["passage_id"].map(order)
    kept = table.assign(_place=place).dropna(subset="_place").sort_values("_place", kind="stable")
    return kept.drop(columns="_place").reset_index(drop=True)


def count(run: Run, books: Sequence[Codebook]) -> None:
    """Make `findings`."""
    from narratives.findings import make_findings

    study, pipeline = run.study, run.pipeline

    def make() -> Sequence[pd.DataFrame]:
        table = make_findings(
            "suggestions",
            study.suggestions,
            study.passages,
            study.narratives,
            study.themes,
            study.passage_themes,
            books,
            pipeline.findings,
            pipeline.seed,
        )
        return [table]

    inputs = [
        study.key(name) for name in ("narratives", "passages", "themes", "passage_themes", "suggestions")
    ]
    run.table("findings", [pipeline.findings.model_dump(), pipeline.seed], inputs, make)


def _model(name: str, study: Path) -> Path:
    return places.find("models", name, study)
