"""The contextual encoder: order and negation count, nothing is lost, one vector a text in any company."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narratives.encoders import Encoder, load_encoder

NAME = "passage-encoder-de-en-contextual"
TURNED = [
    ("Ich wollte leben", "Ich wollte nicht mehr leben", 0.70),
    ("Ich hatte Hoffnung.", "Ich hatte keine Hoffnung mehr.", 0.75),
]
MEANT_ALIKE = [
    ("Auf der Station hörte mir endlich jemand zu.", "At last somebody on the ward listened to me."),
    ("Seit dem Tod meines Vaters schlafe ich schlecht.", "I have slept badly since my father died."),
    ("Der Chor probt jeden Mittwoch.", "The choir rehearses every Wednesday."),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(NAME)


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_a_unit_vector_or_nothing(encoder: Encoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32 and vectors.shape == (len(texts), 384)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))


def test_a_text_has_one_vector_in_any_company_and_number_of_threads(encoder: Encoder) -> None:
    texts = [text for pair in MEANT_ALIKE for text in pair] + ["Der Garten ist still. " * 200]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.array_equal(encoder.encode(texts), alone)
    single = load_encoder(NAME)
    single.threads = 1  # type: ignore[attr-defined]
    assert np.array_equal(single.encode(texts), alone)


@pytest.mark.parametrize(("said", "denied", "most"), TURNED)
def test_a_negation_is_heard(encoder: Encoder, said: str, denied: str, most: float) -> None:
    one, other = encoder.encode([said, denied])
    assert float(one @ other) <= most


def test_german_and_english_of_one_meaning_lie_together(encoder: Encoder) -> None:
    german = encoder.encode([one for one, _ in MEANT_ALIKE])
    english = encoder.encode([other for _, other in MEANT_ALIKE])
    assert ((german @ english.T).argmax(axis=1) == np.arange(len(MEANT_ALIKE))).all()


def test_no_word_of_a_long_text_is_lost(encoder: Encoder) -> None:
    long = "Der Garten ist still. " * 1000
    vectors = encoder.encode([long, long + "Auf der Klinik wurde ich fixiert. " * 300])
    assert float(vectors[0] @ vectors[1]) < 0.98


def test_a_word_longer_than_what_is_read_at_once_is_read_in_parts(encoder: Encoder) -> None:
    vectors = encoder.encode(["xq" * 600, "xq" * 600 + "angst" * 400])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_encoding_needs_no_torch() -> None:
    code = (
        "import sys\nfrom narratives.encoders import load_encoder\n"
        f"load_encoder({NAME!r}).encode(['Hallo'])\nprint('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
