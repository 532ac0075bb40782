"""Lemmas of everyday and crisis words, of spellings people use, and of verbs in two places."""

from __future__ import annotations

import lemma_forms
import pytest

from narratives.language import load_language


def accuracy(code: str, forms: str, before: str) -> tuple[float, list[tuple[str, str, str]]]:
    """Return the share of right lemmas and [(form, found, expected)] of the wrong ones."""
    pairs = lemma_forms.pairs(forms)
    found = [load_language(code).tokens(f"{before} {form}")[-1].lemma for form, _ in pairs]
    wrong = [(form, got, lemma) for got, (form, lemma) in zip(found, pairs, strict=True) if got != lemma]
    return 1 - len(wrong) / len(pairs), wrong


def test_german_forms() -> None:
    share, wrong = accuracy("de", lemma_forms.GERMAN, "und")
    assert share >= 0.97, wrong


def test_german_forms_the_rules_had_not_seen() -> None:
    share, wrong = accuracy("de", lemma_forms.GERMAN_UNSEEN, "und")
    assert share >= 0.92, wrong


def test_english_forms() -> None:
    share, wrong = accuracy("en", lemma_forms.ENGLISH, "and")
    assert share >= 0.95, wrong


def lemmas(text: str) -> dict[str, str]:
    return {token.text: token.lemma for token in load_language("de").tokens(text)}


@pytest.mark.parametrize(
    ("text", "verb", "lemma"),
    [
        ("Er gab nie auf.", "gab", "aufgeben"),
        ("Er gab das Rauchen auf, endlich.", "gab", "aufgeben"),
        ("Sie hörte mir lange zu und schwieg.", "hörte", "zuhören"),
        ("Ich nahm die Hilfe an", "nahm", "annehmen"),
        ("Er gab, obwohl er nicht wollte, auf.", "gab", "aufgeben"),
        ("Ich fing an zu zittern.", "fing", "anfangen"),
        ("Ich hörte auf mit den Tabletten.", "hörte", "aufhören"),
        ("das hielt ich nicht aus!", "hielt", "aushalten"),
        ("Ich setzte die Tabletten ab.", "setzte", "absetzen"),
        ("Ich beschloss aufzugeben.", "aufzugeben", "aufgeben"),
        ("Ich habe aufgegeben.", "aufgegeben", "aufgeben"),
        ("Ich bin durchgedreht.", "durchgedreht", "durchdrehen"),
        ("Ab und zu ging ich hin und her.", "ging", "gehen"),
        ("Von da an ging es.", "ging", "gehen"),
        ("Ich ging auf die Straße.", "ging", "gehen"),
        ("Ich ging mit ihm nach Hause.", "ging", "gehen"),
    ],
)
def test_separable_verbs(text: str, verb: str, lemma: str) -> None:
    assert lemmas(text)[verb] == lemma


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("ich höre stimmen und habe angst", "stimmen", "stimme"),
        ("die stimmen sind laut", "stimmen", "stimme"),
        ("ich wohne in dem haus", "haus", "haus"),
        ("ich hoffe auf ruhe", "hoffe", "hoffen"),
        ("Stimmen hörte ich früh.", "Stimmen", "stimme"),
        ("Glaube ich das?", "Glaube", "glauben"),
        ("Er sagte NIE die WAHRHEIT", "WAHRHEIT", "wahrheit"),
        ("Ich wollte NICHT mehr", "NICHT", "nicht"),
        ("die Trialogseminare waren gut", "Trialogseminare", "trialogseminar"),
    ],
)
def test_capitals_and_neighbours_decide(text: str, form: str, lemma: str) -> None:
    assert lemmas(text)[form] == lemma


@pytest.mark.parametrize(
    "word", ["neu", "Mauer", "Israel", "Poesie", "Feuer", "Abenteuer", "Frauen", "Samuel"]
)
def test_ae_oe_ue_within_known_words_stay(word: str) -> None:
    lemma = lemmas(f"und {word}")[word]
    assert not set("äöü") & set(lemma)
