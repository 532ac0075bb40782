"""Passages -> scores and suggestions -> findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from narratives import places
from narratives.run import Run
from narratives.steps.inputs import config_digest, with_language
from narratives.study import file_digest

if TYPE_CHECKING:
    import pandas as pd

    from narratives.coding.codebook import Codebook
    from narratives.encoders.kept import KeptVectors
    from narratives.language import Language


def suggest_codes(run: Run, languages: dict[str, Language], books: Sequence[Codebook]) -> None:
    """Make `scores` and `suggestions`; passages scored before keep their scores."""
    from narratives.coding.coder import FILE
    from narratives.coding.proposers import load_coder, thresholds
    from narratives.encoders import encoder_digest

    own, coding = run.study.folder, run.pipeline.coding
    coder = load_coder(coding.coder, own)

    def make() -> Sequence[pd.DataFrame]:
        import pandas as pd

        from narratives.coding.proposers import load_proposer
        from narratives.coding.suggest import suggest
        from narratives.corpus.segment import spoken

        passages = with_language(run.study)
        new = passages
        if known_scores is not None and known_suggestions is not None:
            new = passages[~passages["passage_id"].isin(set(known_scores["passage_id"]))]
        new = new.assign(text=spoken(new, own)).reset_index(drop=True)
        # Consent that was never recorded is none.
        consent = [[] if scopes is None else list(scopes) for scopes in run.study.narratives["consent"]]
        machine = load_proposer(coding, coder, books, languages, _kept(run), consent, own)
        scores, suggestions = suggest(new, machine, books, thresholds(coder, coding, books), run.progress)
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
        coder and coder.other.tolist(),
        coder and [encoder_digest(name, own) for name in (coder.encoder, *coder.learned.encoders)],
        coder and coder.learned.codes and file_digest(places.find("models", f"{coding.coder}/{FILE}", own)),
    ]
    known_scores = run.earlier("scores", settings)
    known_suggestions = run.earlier("suggestions", settings)
    run.table("scores suggestions", settings, run.study.key("passages"), make)


def _kept(run: Run) -> dict[str, KeptVectors]:
    """Return the vectors of passages that the themes stand on, by the name of their encoder."""
    from narratives.encoders import load_encoder
    from narratives.encoders.kept import KeptVectors

    name = run.pipeline.encoder
    encoder = load_encoder(name, run.pipeline.seed, run.study.folder)
    return {} if encoder.fitted else {name: KeptVectors(encoder, run.study.read("vectors"))}


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
