"""Vectors -> groups of passages -> themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from narratives.run import Run
from narratives.steps.inputs import config_digest, with_language

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from narratives.language import Language
    from narratives.themes.choices import Choices


def group_passages(run: Run) -> None:
    """Make `theme_groups`; groups keep the ids of the last run."""

    def make() -> Sequence[pd.DataFrame]:
        from narratives.themes import find_groups

        passages = run.study.passages
        run.progress.say(f"finding themes in {len(passages)} passages")
        earlier = run.study.read("theme_groups") if run.study.key("theme_groups") else None
        return [
            find_groups(
                passages,
                _vectors(run, passages),
                pipeline.themes,
                pipeline.seed,
                choices,
                _guide(run, choices),
                earlier,
                same,
            )
        ]

    from narratives.themes.choices import load_choices

    own, pipeline = run.study.folder, run.pipeline
    choices = load_choices(own)
    settings = [
        pipeline.themes.model_dump(exclude={"words", "representative", "map_passages"}),
        pipeline.seed,
        choices.guide,
        run.study.settings_key("vectors"),
    ]
    same = run.earlier("theme_groups", settings) is not None
    inputs = [run.study.key("passages"), run.study.key("vectors")]
    run.table("theme_groups", settings, inputs, make)


def find_all_themes(run: Run, languages: dict[str, Language]) -> None:
    """Make `themes`, `passage_themes` and `theme_tree`."""

    def make() -> Sequence[pd.DataFrame]:
        from narratives.corpus.segment import spoken
        from narratives.encoders import load_encoder
        from narratives.themes import find_themes
        from narratives.themes.terms import Terms

        passages = with_language(run.study)
        terms = Terms()
        rows = list(zip(spoken(passages, own), passages["language"], strict=True))
        labelled = run.progress.bar(rows, "words of the passages", total=len(rows))
        words = [terms.of(text, languages[language]) for text, language in labelled]
        groups = run.study.read("theme_groups")
        earlier = run.study.passage_themes if run.study.key("passage_themes") else None
        encoder = load_encoder(pipeline.encoder, pipeline.seed, own)
        encode = None if encoder.fitted else encoder.encode
        return find_themes(
            passages,
            words,
            terms,
            _vectors(run, passages),
            groups,
            pipeline.themes,
            pipeline.seed,
            choices,
            earlier,
            encode,
        )

    from narratives.themes.choices import load_choices

    own, pipeline = run.study.folder, run.pipeline
    choices = load_choices(own)
    settings = [
        pipeline.themes.model_dump(),
        pipeline.seed,
        pipeline.language.model_dump(),
        choices.model_dump(mode="json"),
        config_digest(own, "languages", "names", "transcripts.yaml"),
    ]
    run.table("themes passage_themes theme_tree", settings, run.study.key("theme_groups"), make)


def lay_out_passages(run: Run) -> None:
    """Make `passage_map`: where passages lie in the picture of the report."""

    def make() -> Sequence[pd.DataFrame]:
        import pandas as pd

        from narratives.themes.layout import lay_out

        passages = run.study.passages
        rows, places = lay_out(
            _vectors(run, passages), settings.dimensions, settings.map_passages, run.pipeline.seed
        )
        ids = passages["passage_id"].to_numpy()[rows]
        return [pd.DataFrame({"passage_id": ids, "x": places[:, 0], "y": places[:, 1]})]

    settings = run.pipeline.themes
    inputs = [run.study.key("passages"), run.study.key("vectors")]
    run.table("passage_map", [settings.dimensions, settings.map_passages, run.pipeline.seed], inputs, make)


def _vectors(run: Run, passages: pd.DataFrame) -> np.ndarray:
    from narratives.corpus.segment import spoken
    from narratives.encoders.kept import in_order

    return in_order(run.study.read("vectors"), spoken(passages, run.study.folder))


def _guide(run: Run, choices: Choices) -> dict[str, np.ndarray]:
    """Return the vectors of the words that themes are to begin from, by name."""
    from narratives.encoders import load_encoder
    from narratives.errors import InputError

    if not choices.guide:
        return {}
    words = choices.guide
    if isinstance(words, str):
        from narratives.coding.codebook import load_codebook

        language = run.pipeline.report.language
        words = {
            code.label.of(language): (code.definition.of(language), *code.examples.of(language))
            for code in load_codebook(words, run.study.folder).leaves()
        }
    encoder = load_encoder(run.pipeline.encoder, run.pipeline.seed, run.study.folder)
    if encoder.fitted:
        raise InputError("themes.yaml names words to begin from; the encoder `lsa` cannot place them.")
    return {name: encoder.encode(list(texts)).mean(axis=0) for name, texts in words.items()}
