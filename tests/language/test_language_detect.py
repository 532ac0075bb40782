"""German, English or neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narratives.language import detect_language

GERMAN = "Als ich damals in die Klinik kam, hatte ich große Angst und wusste nicht, wie es weitergehen soll. "
TYPED = "ich fuehlte mich so allein und haette mir gewuenscht dass mir jemand zuhoert aber da war keiner. "
OLD = "Ich bitte daß mir die Thür möge aufgethan seyn, und bin ich bey guter Gesundheit, so Gott will. "
ENGLISH = "When I came to the hospital I was afraid and I did not know how this would go on for me. "
FRENCH = "Quand je suis arrivée à la clinique, j'avais peur et personne ne m'a dit ce qui allait se passer. "
ITALIAN = (
    "Quando sono arrivata in clinica avevo molta paura e nessuno mi ha detto che cosa sarebbe successo. "
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        (TYPED, "de"),
        (OLD, "de"),
        (ENGLISH, "en"),
        (ENGLISH.lower(), "en"),
        (GERMAN.upper(), "de"),
    ],
)
def test_long_texts_are_told_with_confidence(text: str, code: str) -> None:
    found, confidence = detect_language(text * 3)
    assert found == code
    assert confidence > 0.8


@pytest.mark.parametrize("text", [FRENCH * 3, ITALIAN * 3])
def test_other_languages_are_neither(text: str) -> None:
    found, confidence = detect_language(text)
    assert found == "und"
    assert confidence > 0.5


def test_short_and_mixed_texts_are_a_guess() -> None:
    assert detect_language("Ich hatte Angst")[0] == "de"
    assert detect_language("Ich hatte Angst")[1] < 0.5
    assert detect_language("voices in my head")[0] == "en"
    assert detect_language((GERMAN + ENGLISH) * 3)[1] < 0.5


@pytest.mark.parametrize("default", ["de", "en"])
def test_without_words_the_default(default: str) -> None:
    assert detect_language("123 ... !", default) == (default, 0.0)


@given(st.text())
def test_every_text_has_an_answer(text: str) -> None:
    code, confidence = detect_language(text)
    assert code in ("de", "en", "und")
    assert 0 <= confidence <= 1
