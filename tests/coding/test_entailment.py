"""A zero-shot entailment model from a folder: a tiny one with random weights, made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narratives.coding.codebook import Codebook
from narratives.coding.entailment import EntailmentProposer
from narratives.errors import InputError
from narratives.language import load_language

BOOK = Codebook.model_validate(
    {
        "id": "t",
        "label": {"de": "Probe", "en": "Trial"},
        "codes": [
            {"id": f"t_{name}", "label": {"de": name, "en": name}, "definition": {"de": name, "en": name}}
            for name in ("garten", "klinik")
        ],
    }
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "in",
        "diesem",
        "text",
        "geht",
        "es",
        "darum",
        ":",
        ".",
        "garten",
        "klinik",
        "ich",
        "war",
        "im",
    ]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(1)
    labels = {0: "contradiction", 1: "entailment"}
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=labels,
        label2id={name: number for number, name in labels.items()},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_a_model_in_a_folder_gives_probabilities_and_a_sentence(tiny: Path) -> None:
    machine = EntailmentProposer(str(tiny), [BOOK], {"de": load_language("de")})
    text = "Ich war im Garten. Ich war in der Klinik."
    likely, found = machine.propose([text], "de", np.zeros(2))
    assert likely.shape == (1, 2) and ((likely > 0) & (likely < 1)).all()
    for code in (0, 1):
        (evidence,) = found[0, code]
        assert text[evidence.start : evidence.end] in {"Ich war im Garten.", "Ich war in der Klinik."}
    assert machine.propose([text], "de", np.ones(2))[1] == {}


@pytest.mark.slow
def test_a_model_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no entailment model"):
        EntailmentProposer(str(tmp_path), [BOOK], {"de": load_language("de")})
    with pytest.raises(InputError, match="no entailment model"):
        EntailmentProposer("nobody/no-such-model", [BOOK], {"de": load_language("de")})
