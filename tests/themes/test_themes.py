"""Themes: found from few passages on, every passage in one, the same every time, words people can read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from narratives.encoders import load_encoder
from narratives.language import load_language
from narratives.settings import Themes
from narratives.themes import find_themes
from narratives.themes.terms import Terms, distinct, shared_terms

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


def _passages(times: int = 6) -> tuple[pd.DataFrame, list[str], list[str]]:
    rows, topics = [], []
    for copy in range(times):
        for topic, texts in TOPICS.items():
            for number, text in enumerate(texts):
                rows.append((f"{topic}{copy}{number}", f"n{copy}", text + f" Das war Nummer {copy}."))
                topics.append(topic)
    table = pd.DataFrame(rows, columns=["passage_id", "narrative_id", "text"])
    return table, list(table["text"]), topics


def _find(times: int = 6, **changes: object) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    table, texts, topics = _passages(times)
    terms, language = Terms(), load_language("de")
    words = [terms.of(text, language) for text in texts]
    chosen = Themes(min_passages=3, **changes)  # type: ignore[arg-type]
    vectors = load_encoder("lsa", 1).encode(texts)
    return *find_themes(table, words, terms, vectors, chosen, seed=1), topics


def test_three_topics_are_three_themes() -> None:
    themes, members, topics = _find(number=3)
    assert len(themes) == 3
    found = pd.crosstab(members["theme_id"], pd.Series(topics))
    assert (found.max(axis=1) == found.sum(axis=1)).all()
    assert set(themes["n_narratives"]) == {6}


def test_words_are_nouns_capitalised_and_no_stop_words() -> None:
    themes, _, _ = _find(number=3)
    words = {word for row in themes["words"] for word in row}
    assert {"Garten", "Klinik", "Chor"} <= words
    assert not {"die", "im", "ich", "in", "das"} & {word.lower() for word in words}


def test_every_passage_has_a_theme_and_ids_run_from_zero_by_size() -> None:
    themes, members, topics = _find()
    assert len(members) == len(topics)
    assert list(themes["theme_id"]) == list(range(len(themes)))
    assert list(themes["n_passages"]) == sorted(themes["n_passages"], reverse=True)
    assert members["weight"].between(0, 1).all()


def test_representative_passages_come_from_different_narratives() -> None:
    themes, members, _ = _find(number=3, representative=4)
    voice = _passages()[0].set_index("passage_id")["narrative_id"]
    theme_of = members.set_index("passage_id")["theme_id"]
    for row in themes.itertuples():
        ids = list(row.representative_passage_ids)
        assert voice[ids].nunique() == 4
        assert set(theme_of[ids]) == {row.theme_id}


def test_same_input_same_themes() -> None:
    first, second = _find(), _find()
    pd.testing.assert_frame_equal(first[0], second[0])
    pd.testing.assert_frame_equal(first[1], second[1])


def test_a_theme_of_one_voice_is_no_shared_theme() -> None:
    table, texts, _ = _passages()
    alone = [f"Bagger und Kräne im Hafen, Bagger {number}, Kräne im Hafen." for number in range(8)]
    more = pd.DataFrame({"passage_id": [f"x{n}" for n in range(8)], "narrative_id": "alone", "text": alone})
    table, texts = pd.concat([table, more], ignore_index=True), texts + alone
    terms, language = Terms(), load_language("de")
    words = [terms.of(text, language) for text in texts]
    vectors = load_encoder("lsa", 1).encode(texts)
    themes, members = find_themes(table, words, terms, vectors, Themes(min_passages=3, number=8), seed=1)
    assert (themes["n_narratives"] >= 2).all()
    assert members["outlier"].any() and len(members) == len(table)


@pytest.mark.parametrize("texts", [[], ["Nur eine."], ["...", "!!!"] * 6])
def test_too_little_to_find_anything(texts: list[str]) -> None:
    table = pd.DataFrame({"passage_id": [str(n) for n in range(len(texts))], "narrative_id": "n"})
    vectors = load_encoder("lsa", 1).encode(texts)
    terms = Terms()
    words = [terms.of(text, load_language("de")) for text in texts]
    themes, members = find_themes(table, words, terms, vectors, Themes(), seed=1)
    assert themes.empty and members.empty


def test_vectors_have_unit_length_and_are_repeatable() -> None:
    texts = _passages()[1]
    vectors = load_encoder("lsa", 7).encode(texts)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors.tobytes() == load_encoder("lsa", 7).encode(texts).tobytes()


def test_terms_of_one_person_are_not_shared() -> None:
    assert shared_terms(["a b"] * 3 + ["b c"] * 3, ["x"] * 3 + ["y"] * 2 + ["z"]) == ["b"] * 3 + ["b c"] * 3


def test_variants_of_a_word_are_shown_once() -> None:
    assert distinct(["Klinik", "Klinikbett", "Bett", "Chor"], 3) == ["Klinik", "Bett", "Chor"]
