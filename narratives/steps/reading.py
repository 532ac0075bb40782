"""Files -> readings, narratives, passages and vectors."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from narratives.errors import InputError
from narratives.run import Run
from narratives.steps.inputs import config_digest
from narratives.study import Study, file_digest

if TYPE_CHECKING:
    import pandas as pd

    from narratives.corpus.files import FoundFile
    from narratives.language import Language


def find(inputs: Sequence[str], run: Run) -> list[FoundFile]:
    """Return the report files; a metadata table lying among them is taken when none was given."""
    from narratives.corpus.files import find_reports

    given = run.metadata
    files, run.metadata = find_reports(inputs, given, run.study.folder)
    if run.metadata != given:
        run.progress.say(f"{run.metadata} is taken as the metadata of the reports.")
    return files


def read(run: Run, files: Sequence[FoundFile]) -> None:
    """Make `readings`, `narratives` and `identifiers`, and say of every file what became of it."""
    from narratives.corpus.metadata import read_metadata
    from narratives.corpus.narratives import make_narratives
    from narratives.corpus.readings import read_reports

    reading = run.pipeline.reading
    known = run.earlier("readings", reading.model_dump())
    begun = time.perf_counter()
    readings, run.entries = read_reports(files, reading, known, run.progress)
    content = [(entry["source"], entry["sha256"], entry["status"]) for entry in run.entries]
    run.table("readings", reading.model_dump(), content, lambda: [readings])
    run.seconds["readings"] = round(time.perf_counter() - begun, 2)
    begun = time.perf_counter()
    metadata = read_metadata(run.metadata) if run.metadata else None
    default, scope = run.pipeline.language.default, run.pipeline.consent.analysis
    table, identifiers = make_narratives(readings, run.entries, metadata, default, scope)
    run.unmatched = metadata.unmatched() if metadata else []
    if table.empty:
        reasons = "; ".join(dict.fromkeys(entry["reason"] for entry in run.entries if entry["reason"]))
        raise InputError(f"None of the {len(files)} files gave a narrative: {reasons}")
    _forget_other_languages(run.study, table)
    inputs = [content, file_digest(run.metadata) if run.metadata else None]
    run.table(
        "narratives identifiers", [reading.model_dump(), default, scope], inputs, lambda: [table, identifiers]
    )
    if "narratives" in run.seconds:
        run.seconds["narratives identifiers"] = round(time.perf_counter() - begun, 2)


def _forget_other_languages(study: Study, table: pd.DataFrame) -> None:
    """Drop what was made from a text in another language, so that none of it is used again."""
    if study.key("narratives") is None:
        return
    before = study.narratives
    spoken = dict(zip(before["text_sha256"], before["language"], strict=True))
    now = zip(table["text_sha256"], table["language"], strict=True)
    if any(spoken.get(text, language) != language for text, language in now):
        study.remove("passages", "scores", "suggestions")


def load_languages(run: Run) -> dict[str, Language]:
    """Return the language tools by the value of the column `language`; "und" is read with the default's."""
    from narratives.language import load_language

    settings = run.pipeline.language
    pipelines = {"de": settings.spacy_de, "en": settings.spacy_en}
    spoken = set(run.study.narratives["language"])
    codes = {value: value if value in pipelines else settings.default for value in sorted(spoken)}
    return {value: load_language(code, pipelines[code]) for value, code in codes.items()}


def cut_passages(run: Run, languages: dict[str, Language]) -> None:
    """Make `passages`."""
    from narratives.corpus.segment import make_passages

    own, passages = run.study.folder, run.pipeline.passages
    settings = [
        passages.model_dump(),
        run.pipeline.language.model_dump(),
        config_digest(own, "passages.yaml", "transcripts.yaml", "languages"),
    ]
    known = run.earlier("passages", settings)
    narratives = run.study.narratives
    inputs = list(zip(narratives["narrative_id"], narratives["text_sha256"], strict=True))
    run.table(
        "passages",
        settings,
        inputs,
        lambda: [make_passages(narratives, languages, passages, own, known, run.progress)],
    )
    if run.study.passages.empty:
        raise InputError("The reports hold no passage that could be coded; are they only interviewer turns?")


def encode_passages(run: Run) -> None:
    """Make `vectors`: one vector for every distinct text of a passage, those made before taken over."""

    def make() -> Sequence[pd.DataFrame]:
        from narratives.corpus.segment import spoken
        from narratives.encoders import load_encoder
        from narratives.encoders.kept import encode_new

        encoder = load_encoder(name, run.pipeline.seed, own)
        table, _ = encode_new(encoder, spoken(run.study.passages, own), known, run.progress)
        return [table]

    from narratives.encoders import encoder_digest

    own, name = run.study.folder, run.pipeline.encoder
    settings = [name, encoder_digest(name, own), run.pipeline.seed, config_digest(own, "transcripts.yaml")]
    known = run.earlier("vectors", settings)
    run.table("vectors", settings, run.study.key("passages"), make)
