"""Tokens: placeholders, gender forms, hyphens and apostrophes; and what holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narratives.language import load_language

PIECES = st.sampled_from(
    [
        "Begleiter",
        "*in",
        ":innen",
        "/r",
        "-",
        "'s",
        "n't",
        "[Name]",
        "[",
        "]",
        "\u00ad",
        "3.000",
        " ",
        "g'",
        "ß",
        "..",
        "@a.de",
    ]
)


def texts(code: str, text: str) -> list[str]:
    return [token.text for token in load_language(code).tokens(text)]


def lemmas(code: str, text: str) -> list[str]:
    return [token.lemma for token in load_language(code).tokens(text) if token.is_word]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("Genesungsbegleiter*in", "genesungsbegleiter"),
        ("Genesungsbegleiter*innen", "genesungsbegleiter"),
        ("Genesungsbegleiter:innen", "genesungsbegleiter"),
        ("Genesungsbegleiter_innen", "genesungsbegleiter"),
        ("Genesungsbegleiter/-in", "genesungsbegleiter"),
        ("Genesungsbegleiter(innen)", "genesungsbegleiter"),
        ("BegleiterInnen", "begleiter"),
        ("Patient:innen", "patient"),
        ("Patient(inn)en", "patient"),
        ("Kolleg*innen", "kollege"),
        ("Psycholog_in", "psychologe"),
        ("Ärzt*innen", "arzt"),
        ("Betroffene/r", "betroffene"),
        ("jede/r", "jeder"),
        ("EX-IN-Kurse", "ex-in-kurs"),
        ("Peer-Gruppen", "peer-gruppe"),
    ],
)
def test_one_token_with_its_base_form(form: str, lemma: str) -> None:
    tokens = load_language("de").tokens(f"Die {form} kamen.")
    assert [token.text for token in tokens] == ["Die", form, "kamen", "."]
    assert tokens[1].lemma == lemma
    assert tokens[1].is_word


@pytest.mark.parametrize("placeholder", ["[Name]", "[PERSON_1]", "[ORT_2: Großstadt]", "[ALTER: 30-39]"])
def test_placeholders_are_one_token_and_no_word(placeholder: str) -> None:
    tokens = load_language("de").tokens(f"Dann kam {placeholder}.")
    assert [token.text for token in tokens] == ["Dann", "kam", placeholder, "."]
    assert not tokens[2].is_word


def test_brackets_with_a_remark_are_no_placeholder() -> None:
    assert texts("de", "[das sagte ich später auch]")[:2] == ["[", "das"]


def test_marks_numbers_and_addresses() -> None:
    assert texts("de", "und/oder 3.000 Euro ... a@b.de, ja?!") == [
        *("und", "/", "oder", "3.000", "Euro", "...", "a@b.de", ",", "ja", "?!"),
    ]


def test_english_contractions() -> None:
    assert texts("en", "I didn't, I can’t") == ["I", "did", "n't", ",", "I", "ca", "n’t"]
    assert lemmas("en", "I didn't, he can’t, she won't and I cannot") == [
        *("i", "do", "not", "he", "can", "not", "she", "will", "not", "and", "i", "can", "not"),
    ]


def test_spoken_german() -> None:
    assert lemmas("de", "Mir geht's gut, ich hab 'ne Idee, das hat g'holfen") == [
        *("ich", "gehen", "es", "gut", "ich", "haben", "ein", "idee", "der", "haben", "helfen"),
    ]


@pytest.mark.parametrize("code", ["de", "en"])
@given(text=st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_tokens_ascend_and_hold_everything(code: str, text: str) -> None:
    covered = 0
    for token in load_language(code).tokens(text):
        assert covered <= token.start < token.end
        assert not text[covered : token.start].strip()
        assert token.text == text[token.start : token.end]
        assert token.lemma
        covered = token.end
    assert not text[covered:].strip()
