"""A coder with its encoders and a reader for each language: passages in, log odds out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from narratives.coding.codebook import Codebook
from narratives.coding.coder import Coder, probability
from narratives.coding.context import ContextWords
from narratives.coding.likeness import CodeLikeness
from narratives.coding.proposer import Evidence, Pair
from narratives.coding.reader import PassageReader, Reading, leaves
from narratives.encoders import load_encoder
from narratives.encoders.kept import KeptVectors
from narratives.language import Language


@dataclass(frozen=True)
class Judged:
    """What the machine made of some passages: log odds (passages, codes), what it read, learned scores."""

    log_odds: np.ndarray
    reading: Reading
    scores: np.ndarray


class Machine:
    """Judges passages of any language it was given, with one set of codebooks."""

    def __init__(
        self,
        coder: Coder,
        codebooks: Sequence[Codebook],
        languages: Mapping[str, Language],
        words: ContextWords,
        kept: Mapping[str, KeptVectors] | None = None,
        study: Path | None = None,
    ) -> None:
        """Take a coder and what it looks at; `kept` are vectors, by name of the encoder, known already."""
        self.coder = coder
        self.codes = leaves(codebooks)
        self.likeness = CodeLikeness(self.codes, ("de", "en"), load_encoder(coder.encoder, study=study))
        self.readers = {
            code: PassageReader(codebooks, language, words, self.likeness)
            for code, language in languages.items()
        }
        self.code_ids = [code.id for code in self.codes]
        self.book_of = {code.id: book.id for book in codebooks for code in book.leaves()}
        kept = kept or {}
        self._vectors = [
            kept.get(name) or KeptVectors(load_encoder(name, study=study)) for name in coder.learned.encoders
        ]

    def vectors(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return for each encoder of what was learned the vectors of the texts."""
        return [source.of(texts) for source in self._vectors]

    def judge(self, texts: Sequence[str], language: str) -> Judged:
        """Return what the machine makes of texts of one language; no text changes what is made of another."""
        reading = self.readers[language].read(texts)
        learned, update = self.coder.learned, self.coder.update
        if not self.coder.knows(self.code_ids).any() and update is None:
            none = np.zeros((len(texts), len(learned.codes)))
            return Judged(self.coder.log_odds(reading.features, none, None, self.code_ids), reading, none)
        vectors = self.vectors(texts)
        scores = learned.scores(reading.words, vectors)
        changes = update.changes(vectors) if update is not None else None
        return Judged(self.coder.log_odds(reading.features, scores, changes, self.code_ids), reading, scores)

    def propose(
        self, texts: Sequence[str], language: str, least: np.ndarray
    ) -> tuple[np.ndarray, dict[Pair, list[Evidence]]]:
        """Return probabilities and evidence, as every Proposer does."""
        from narratives.coding.evidence import find_evidence

        judged = self.judge(texts, language)
        likely = probability(judged.log_odds)
        pairs = [(int(row), int(code)) for row, code in zip(*np.nonzero(likely >= least), strict=True)]
        return likely, find_evidence(self, texts, language, judged, pairs)
