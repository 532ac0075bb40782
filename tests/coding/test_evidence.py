"""Indicators are found by lemma, and denied or reported ones are not taken for the narrator's own."""

from __future__ import annotations

import pytest

from narratives.coding.codebook import Codebook
from narratives.coding.context import load_context_words, read_sentence
from narratives.coding.indicators import IndicatorFinder, compile_indicators
from narratives.language import load_language

TEXT = {"de": "x", "en": "x"}


def _book(**indicators: list[str]) -> Codebook:
    code = {"id": "t_one", "label": TEXT, "definition": TEXT, "indicators": indicators}
    return Codebook.model_validate({"id": "t", "label": TEXT, "codes": [code]})


def _find(phrase: str, text: str, code: str = "de") -> list[tuple[str, bool, bool]]:
    """Return (words found, negated, reported) for each hit in a one-sentence text."""
    language = load_language(code)
    words = load_context_words()
    finder = IndicatorFinder(compile_indicators([_book(**{code: [phrase]})], language, words))
    tokens = language.tokens(text)
    sentence = read_sentence(tokens, language, words)
    return [
        (
            text[tokens[hit.tokens[0]].start : tokens[hit.tokens[-1]].end],
            sentence.negated(hit.tokens),
            sentence.is_reported(hit.tokens),
        )
        for hit in finder.find(tokens)
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("selbsthilfegruppe", "In der Selbsthilfegruppe war es still.", "Selbsthilfegruppe"),
        ("selbsthilfegruppe", "Die Selbsthilfegruppen halfen mir.", "Selbsthilfegruppen"),
        ("rückfall*", "Die Rückfallangst blieb.", "Rückfallangst"),
        ("*gruppe", "Meine Stimmenhörergruppe ist montags.", "Stimmenhörergruppe"),
        ("aufgeben", "Da gab ich einfach alles auf.", "gab"),
        ("tod mutter|vater", "Nach dem Tod meiner Mutter fing es an.", "Tod meiner Mutter"),
        ("mehr als meine diagnose", "Ich bin mehr als diese Diagnose.", "mehr als diese Diagnose"),
    ],
)
def test_german_indicators(phrase: str, text: str, words: str) -> None:
    assert [hit[0] for hit in _find(phrase, text)] == [words]


def test_english_indicators() -> None:
    assert _find("self-help group", "I joined self-help groups in town.", "en")[0][0] == "self-help groups"


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("tod mutter", "Der Tod kam vorbei, und erst nach vielen langen Jahren sprach davon meine Mutter."),
        ("warum ich", "Ich weiß das, warum auch immer."),
        ("stimme", "Das ist etwas anderes."),
    ],
)
def test_what_is_no_hit(phrase: str, text: str) -> None:
    assert _find(phrase, text) == []


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ich hatte Hoffnung.", False),
        ("Ich hatte keine Hoffnung mehr.", True),
        ("Hoffnung hatte ich damals nicht.", True),
        ("Ich war nicht allein, ich hatte Hoffnung.", False),
        ("Das gab nicht nur mir Hoffnung.", False),
        ("Ohne Hoffnung ging ich heim.", True),
        ("Kaum Hoffnung war in mir.", True),
        ("Ich glaubte nicht, dass es Hoffnung gibt.", True),
        ("Ich glaubte fest, dass es Hoffnung gibt.", False),
        ("Nicht ich war es, der Hoffnung hatte.", False),
    ],
)
def test_german_negation(text: str, negated: bool) -> None:
    assert [hit[1] for hit in _find("hoffnung", text)] == [negated]


@pytest.mark.parametrize(
    ("text", "negated"),
    [("I had hope.", False), ("I didn't have any hope.", True), ("Not only hope carried me.", False)],
)
def test_english_negation(text: str, negated: bool) -> None:
    assert [hit[1] for hit in _find("hope", text, "en")] == [negated]


def test_a_negation_that_is_the_meaning_does_not_deny() -> None:
    assert _find("nicht mehr schämen", "Ich schäme mich heute nicht mehr.")[0][1] is False


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Ich sage heute, das ist unheilbar.", False),
        ("Die Ärzte sagten, das sei unheilbar.", True),
        ("Mein Bruder meinte, es ist unheilbar.", True),
        ("Das ist angeblich unheilbar.", True),
        ("Es ist unheilbar.", False),
    ],
)
def test_reported_speech(text: str, reported: bool) -> None:
    assert [hit[2] for hit in _find("unheilbar", text)] == [reported]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("I did not believe that there was hope.", True),
        ("I did not know whether there was hope.", True),
        ("I knew that that hope that I had was real.", False),
        ("That that that hope.", False),
    ],
)
def test_what_hangs_on_a_denied_clause_is_denied(text: str, negated: bool) -> None:
    assert [hit[1] for hit in _find("hope", text, "en")] == [negated]
