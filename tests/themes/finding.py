"""Invented passages on three topics, and how tests find themes in them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from narratives.encoders import load_encoder
from narratives.language import load_language
from narratives.settings import Themes
from narratives.themes import find_groups, find_themes
from narratives.themes.choices import Choices
from narratives.themes.terms import Terms

TOPICS = {
    "Garten": [
        "Im Garten wachsen Tomaten und Bohnen.",
        "Ich gieße die Tomaten im Garten.",
        "Bohnen im Garten ernten.",
    ],
    "Klinik": [
        "Die Klinik hatte lange Flure.",
        "In der Klinik gab es Visite.",
        "Nach der Visite ging ich über die Flure.",
    ],
    "Musik": ["Der Chor singt am Abend.", "Im Chor singe ich Lieder.", "Lieder am Abend tragen mich."],
}
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def passages(times: int = 6, topics: dict[str, list[str]] | None = None) -> pd.DataFrame:
    """Return passages of narratives that each speak of every topic."""
    rows = [
        (f"{topic}{copy}{number}", f"n{copy}", "de", f"{text} Das war Nummer {copy}.", topic)
        for copy in range(times)
        for topic, texts in (topics or TOPICS).items()
        for number, text in enumerate(texts)
    ]
    return pd.DataFrame(rows, columns=["passage_id", "narrative_id", "language", "text", "topic"])


def find(
    table: pd.DataFrame,
    choices: Choices | None = None,
    groups: pd.DataFrame | None = None,
    before: pd.DataFrame | None = None,
    same: bool = True,
    **changes: Any,
) -> tuple[pd.DataFrame, Tables]:
    """Return the groups and the tables of themes; `groups` are those of an earlier run,
    `same` whether it had the same settings."""
    choices = choices or Choices()
    settings = Themes(**{"min_passages": 3, "resamples": 5, **changes})
    encoder = load_encoder("passage-encoder-de-en")
    terms, language = Terms(), load_language("de")
    words = [terms.of(text, language) for text in table["text"]]
    vectors = encoder.encode(list(table["text"]))
    guide = {name: encoder.encode(list(texts)).mean(axis=0) for name, texts in dict(choices.guide).items()}
    found = find_groups(table, vectors, settings, 1, choices, guide, groups, same)
    return found, find_themes(
        table, words, terms, vectors, found, settings, 1, choices, before, encoder.encode
    )
