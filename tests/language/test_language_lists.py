"""Word lists, languages and pipelines: what load_language promises besides sentences and tokens."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from narratives.errors import InputError
from narratives.language import Token, load_language
from narratives.language.pipeline import load_pipeline


def test_word_lists_keep_what_carries_meaning() -> None:
    for code, negators in (("de", {"nicht", "kein", "nie", "ohne"}), ("en", {"not", "no", "never", "n't"})):
        language = load_language(code)
        assert negators <= language.negators
        assert not negators & language.function_words
        assert negators <= language.label_stopwords


def test_label_stopwords_hold_particles_and_fillers() -> None:
    assert {
        "halt",
        "eben",
        "ja",
        "ähm",
        "mhm",
        "irgendwie",
        "wieder",
        "selbst",
        "kein",
        "sein",
    } <= load_language("de").label_stopwords
    assert not {"angst", "stimme", "hoffnung", "klinik", "allein sein"} & load_language("de").label_stopwords


def test_languages_are_cached_and_named() -> None:
    assert load_language("de") is load_language("de")
    assert load_language("en").code == "en"


@pytest.mark.parametrize("arguments", [("fr", None), ("de", "de_not_installed_sm")])
def test_what_is_missing_is_said_in_one_sentence(arguments: tuple[str, str | None]) -> None:
    with pytest.raises(InputError) as caught:
        load_language(*arguments)
    assert str(caught.value).count("\n") == 0
    assert str(caught.value).endswith(".")


def test_a_pipeline_gives_the_lemmas(monkeypatch: pytest.MonkeyPatch) -> None:
    spacy = pytest.importorskip("spacy")

    def blank(name: str) -> object:
        nlp = spacy.blank("de")
        nlp.add_pipe("attribute_ruler").add([[{"LOWER": "gab"}]], {"LEMMA": "Geben"})
        return nlp

    monkeypatch.setattr(spacy.util, "is_package", lambda name: True)
    monkeypatch.setattr(spacy, "load", blank)
    tokens = [Token(0, 3, "gab", "?", True), Token(4, 10, "[Name]", "[name]", False)]
    relemmatise = load_pipeline("de_any", "de")
    assert [token.lemma for token in relemmatise(tokens)] == ["geben", "[name]"]
    assert relemmatise([]) == []
    with pytest.raises(InputError, match="not for 'en'"):
        load_pipeline("de_any", "en")


def test_the_package_imports_without_heavy_ones() -> None:
    heavy = ("spacy", "pydantic", "simplemma", "numpy")
    code = f"import sys, narratives.language; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_text_layer_is_fast() -> None:
    language = load_language("de")
    text = "Ich war damals neunzehn und hörte Stimmen, die mir sagten, dass ich aufgeben soll. " * 1000
    language.tokens(text)
    begin = time.perf_counter()
    language.sentences(text)
    language.tokens(text)
    assert (
        len(text.split()) / (time.perf_counter() - begin) > 10_000
    )  # words a second; measured: over 100,000
