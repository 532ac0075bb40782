"""What speaks for and against each code in a passage, as numbers and as places in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narratives.coding.codebook import Codebook
from narratives.coding.context import ContextWords, read_sentence
from narratives.coding.indicators import IndicatorFinder, compile_indicators
from narratives.coding.similarity import CodeSimilarity
from narratives.language import Language, Token

FEATURES = (
    "indicators affirmed in the narrator's own voice",
    "indicators denied",
    "indicators in reported speech",
    "likeness of a sentence to the examples",
    "that likeness above the mean of all codes",
    "likeness to the definition",
    "likeness to the counterexamples",
    "content warning",
)

_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Trace:
    """A place in a passage that speaks for (or, denied or reported, not for) a code."""

    passage: int
    code: int
    start: int
    end: int
    reason: str
    affirmed: bool


class FeatureReader:
    """Reads passages of one language with a fixed set of codebooks."""

    def __init__(self, codebooks: Sequence[Codebook], language: Language, words: ContextWords) -> None:
        self.codes = [code for book in codebooks for code in book.leaves()]
        self.code_ids = [code.id for code in self.codes]
        self._flags = np.array(
            [book.kind == "flags" for book in codebooks for _ in book.leaves()], dtype=np.float32
        )
        self._number = {code_id: number for number, code_id in enumerate(self.code_ids)}
        self._language = language
        self._words = words
        self._finder = IndicatorFinder(compile_indicators(codebooks, language, words))
        self._similarity = CodeSimilarity(self.codes, language.code)

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Trace]]:
        """Return features (passages, codes, features) float32 and the places behind them.

        Offsets of a Trace are code points, half-open, into its passage's text.
        """
        counts = np.zeros((len(texts), len(self.codes), 3), dtype=np.float32)
        traces: list[Trace] = []
        owners: list[int] = []
        spans: list[tuple[int, int]] = []
        for passage, text in enumerate(texts):
            tokens = self._language.tokens(text)
            for start, end in self._language.sentences(text):
                owners.append(passage)
                spans.append((start, end))
                inside = [token for token in tokens if start <= token.start < end]
                traces += self._indicators(passage, inside, counts[passage])
        likeness = self._likeness(texts, owners, spans, traces)
        features = np.concatenate([np.log1p(counts), likeness], axis=2)
        return features, traces

    def _indicators(self, passage: int, tokens: Sequence[Token], counts: np.ndarray) -> list[Trace]:
        hits = [hit for hit in self._finder.find(tokens) if hit.indicator.code_id in self._number]
        if not hits:
            return []
        sentence = read_sentence(tokens, self._language, self._words)
        traces = []
        for hit in hits:
            code = self._number[hit.indicator.code_id]
            weight = 1 + 0.5 * (len(hit.indicator.slots) - 1)
            start, end = tokens[hit.tokens[0]].start, tokens[hit.tokens[-1]].end
            # A warning holds for what is spoken of, denied or told by others as well.
            if self._flags[code]:
                column, reason = 0, "indicator"
            elif sentence.negated(hit.tokens):
                column, reason = 1, "denied"
            elif sentence.is_reported(hit.tokens):
                column, reason = 2, "reported"
            else:
                column, reason = 0, "indicator"
            counts[code, column] += weight
            phrase = f"{reason}: {hit.indicator.phrase}"
            traces.append(Trace(passage, code, start, end, phrase, affirmed=column == 0))
        return traces

    def _likeness(
        self,
        texts: Sequence[str],
        owners: Sequence[int],
        spans: Sequence[tuple[int, int]],
        traces: list[Trace],
    ) -> np.ndarray:
        shape = (len(texts), len(self.codes))
        sentences = [texts[owner][start:end] for owner, (start, end) in zip(owners, spans, strict=True)]
        # "Mit denen zusammen." is like many things and speaks for none of them.
        telling = [text if len(text.split()) >= _FEWEST_WORDS else "" for text in sentences]
        vectors = self._similarity.vectors(telling)
        by_sentence, which = self._similarity.compare(vectors, "examples")
        against, _ = self._similarity.compare(vectors, "counterexamples")
        examples = np.zeros(shape, dtype=np.float32)
        counter = np.zeros(shape, dtype=np.float32)
        best = np.full(shape, -1, dtype=np.int64)
        for row, owner in enumerate(owners):
            higher = by_sentence[row] > examples[owner]
            examples[owner][higher] = by_sentence[row][higher]
            best[owner][higher] = row
            counter[owner] = np.maximum(counter[owner], against[row])
        for passage, code in zip(*np.nonzero(examples >= 0.15), strict=True):
            row = best[passage, code]
            like = self._similarity.text("examples", int(which[row, code]))
            start, end = spans[row]
            traces.append(Trace(int(passage), int(code), start, end, f"like the example: {like}", True))
        definition, _ = self._similarity.compare(self._similarity.vectors(texts), "definition")
        flags = np.broadcast_to(self._flags, shape)
        contrast = examples - examples.mean(axis=1, keepdims=True)
        return np.stack([examples, contrast, definition, counter, flags], axis=2)
