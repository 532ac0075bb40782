"""The steps of a run: each makes its tables from those before it, or leaves them when nothing has changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from narratives import places
from narratives.errors import InputError
from narratives.run import Run
from narratives.study import Study, file_digest

if TYPE_CHECKING:
    import pandas as pd

    from narratives.coding.codebook import Codebook
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
        _config_digest(own, "passages.yaml", "transcripts.yaml", "languages"),
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
        # Fitted on the texts it is given: vectors of another set of texts mean something else.
        table, _ = encode_new(encoder, spoken(run.study.passages, own), None if name == "lsa" else known)
        return [table]

    from narratives.encoders import encoder_digest

    own, name = run.study.folder, run.pipeline.encoder
    settings = [name, encoder_digest(name, own), run.pipeline.seed, _config_digest(own, "transcripts.yaml")]
    known = run.earlier("vectors", settings)
    run.table("vectors", settings, run.study.key("passages"), make)


def find_all_themes(run: Run, languages: dict[str, Language]) -> None:
    """Make `themes` and `passage_themes`."""

    def make() -> Sequence[pd.DataFrame]:
        from narratives.corpus.segment import spoken
        from narratives.encoders.kept import in_order
        from narratives.themes import find_themes
        from narratives.themes.terms import Terms

        passages = _with_language(run.study)
        texts = spoken(passages, own)
        terms = Terms()
        rows = list(zip(texts, passages["language"], strict=True))
        labelled = run.progress.bar(rows, "words of the passages", total=len(rows))
        words = [terms.of(text, languages[language]) for text, language in labelled]
        vectors = in_order(run.study.read("vectors"), texts)
        run.progress.say(f"finding themes in {len(passages)} passages")
        return find_themes(passages, words, terms, vectors, pipeline.themes, pipeline.seed)

    own, pipeline = run.study.folder, run.pipeline
    settings = [
        pipeline.themes.model_dump(),
        pipeline.seed,
        pipeline.language.model_dump(),
        _config_digest(own, "languages", "transcripts.yaml"),
    ]
    inputs = [run.study.key("passages"), run.study.key("vectors")]
    run.table("themes passage_themes", settings, inputs, make)


def suggest_codes(run: Run, languages: dict[str, Language], books: Sequence[Codebook]) -> None:
    """Make `scores` and `suggestions`; passages scored before keep their scores."""
    from narratives.coding.coder import IndicatorCoder, suggest
    from narratives.encoders import encoder_digest

    own, coding = run.study.folder, run.pipeline.coding

    def make() -> Sequence[pd.DataFrame]:
        import pandas as pd

        from narratives.coding.context import load_context_words
        from narratives.corpus.segment import spoken

        passages = _with_language(run.study)
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
        _config_digest(own, "languages", "coding.yaml", "transcripts.yaml"),
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


def _with_language(study: Study) -> pd.DataFrame:
    """Return the passages with the language of their narrative."""
    language = study.narratives.set_index("narrative_id")["language"]
    passages = study.passages
    return passages.assign(language=passages["narrative_id"].map(language))


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
            study.passage_themes,
            books,
            pipeline.findings,
            pipeline.seed,
        )
        return [table]

    inputs = [study.key(name) for name in ("narratives", "passages", "passage_themes", "suggestions")]
    run.table("findings", [pipeline.findings.model_dump(), pipeline.seed], inputs, make)


def _config_digest(study: Path, *names: str) -> list[str]:
    return [file_digest(places.find("config", name, study)) for name in names]


def _model(name: str, study: Path) -> Path:
    return places.find("models", name, study)
