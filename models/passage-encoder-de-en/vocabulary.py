"""One vocabulary of word pieces for German and English, learnt from the training sentences alone."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

# One thread: the trainer adds floating-point numbers in the order its threads finish.
os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

from narratives.encoders.pieces import WORD

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def piece_ids(sentences: Iterable[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Return the piece ids of each sentence, word by word, without the unknown."""
    known: dict[str, list[int]] = {}
    found = []
    for sentence in sentences:
        ids: list[int] = []
        for word in WORD.findall(sentence):
            if word not in known:
                known[word] = [piece for piece in tokenizer.encode(word).ids if piece]
            ids += known[word]
        found.append(ids)
    return found


def train_vocabulary(sentences: Iterable[str], pieces: int, size: int) -> Tokenizer:
    """Return a Unigram tokenizer of `size` entries: `pieces` learnt ones and the most frequent whole words.

    There is no mark for the beginning of a word, so that "störung" is the same piece alone and in
    "angststörung". Kudo 2018, "Subword regularization", ACL, for the Unigram model.
    """
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    words: Counter[str] = Counter()
    for sentence in sentences:
        words.update(WORD.findall(sentence))
    learnt = Tokenizer(models.Unigram())
    learnt.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.UnigramTrainer(
        vocab_size=pieces,
        unk_token="<unk>",
        special_tokens=["<unk>"],
        max_piece_length=24,
        show_progress=False,
    )
    # Counts are damped so that a few hundred function words do not take up the whole model.
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    learnt.train_from_iterator((word for word, count in ordered for _ in range(int(count**0.5))), trainer)
    found = [(piece, round(score, 3)) for piece, score in json.loads(learnt.to_str())["model"]["vocab"]]
    # The trainer leaves pieces of equal score in any order; the unknown one stays first.
    scored = [found[0], *sorted(found[1:], key=lambda item: (-item[1], item[0]))]
    known = {piece for piece, _ in scored}
    best = max(score for _, score in scored)
    for word, count in ordered:
        if len(scored) >= size:
            break
        if count >= 2 and word not in known and 1 < len(word) <= 24:
            # Better than any cut into pieces, so that the word stays whole.
            scored.append((word, best))
            known.add(word)
    tokenizer = Tokenizer(models.Unigram([(piece, float(score)) for piece, score in scored], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
