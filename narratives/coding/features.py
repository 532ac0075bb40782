"""What speaks for and against each code in a passage, as numbers and as places in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from narratives.coding.codebook import Codebook
from narratives.coding.context import ContextWords, read_sentence
from narratives.coding.indicators import IndicatorFinder, compile_indicators
from narratives.coding.similarity import CodeLikeness, LetterLikeness, MeaningLikeness
from narratives.encoders import Encoder
from narratives.language import Language, Token

FEATURES = (
    "indicators affirmed in the narrator's own voice",
    "indicators denied",
    "indicators in reported speech",
    "letters: likeness of a sentence to the examples",
    "letters: that likeness above the mean of all codes",
    "letters: likeness to the definition",
    "letters: likeness to the counterexamples",
    "content warning",
    "meaning: likeness of a sentence to the examples",
    "meaning: that likeness above the mean of all codes",
    "meaning: likeness to the three nearest examples above the mean of all codes",
    "meaning: likeness to the definition above the mean of all codes",
    "meaning: likeness to the counterexamples above the mean of all codes",
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

    def __init__(
        self, codebooks: Sequence[Codebook], language: Language, words: ContextWords, encoder: Encoder
    ) -> None:
        self.codes = [code for book in codebooks for code in book.leaves()]
        self.code_ids = [code.id for code in self.codes]
        self._flags = np.array(
            [book.kind == "flags" for book in codebooks for _ in book.leaves()], dtype=np.float32
        )
        self._number = {code_id: number for number, code_id in enumerate(self.code_ids)}
        self._language = language
        self._words = words
        self._finder = IndicatorFinder(compile_indicators(codebooks, language, words))
        self._letters = LetterLikeness(self.codes, [language.code])
        self._meaning = MeaningLikeness(self.codes, ["de", "en"], encoder)

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
        """Return the likeness features (passages, codes, 10); add the most telling sentences to `traces`."""
        # "Mit denen zusammen." is like many things and speaks for none of them.
        sentences = [texts[owner][start:end] for owner, (start, end) in zip(owners, spans, strict=True)]
        telling = [text if len(text.split()) >= _FEWEST_WORDS else "" for text in sentences]
        rows = np.array(owners, dtype=int)
        by_letters, by_meaning = self._letters.vectors(telling), self._meaning.vectors(telling)
        letters = self._examples(self._letters, by_letters, rows, spans, len(texts), traces)
        meaning = self._examples(self._meaning, by_meaning, rows, spans, len(texts), traces)
        against = _best(self._letters.compare(by_letters, "counterexamples")[0], rows, len(texts))
        definition, _ = self._letters.compare(self._letters.vectors(texts), "definition")
        whole = self._meaning.vectors(texts)
        examples = self._meaning.cosines(whole, "examples")
        meaning = np.maximum(meaning, self._meaning.highest(examples, "examples")[0])
        defined, _ = self._meaning.compare(whole, "definition")
        countered, _ = self._meaning.compare(whole, "counterexamples")
        flags = np.broadcast_to(self._flags, letters.shape)
        columns = [letters, _above(letters), definition, against, flags, meaning, _above(meaning)]
        columns += [_above(self._meaning.nearest(examples, "examples")), _above(defined), _above(countered)]
        return np.stack(columns, axis=2).astype(np.float32)

    def _examples(
        self,
        likeness: CodeLikeness,
        vectors: Any,
        owners: np.ndarray,
        spans: Sequence[tuple[int, int]],
        passages: int,
        traces: list[Trace],
    ) -> np.ndarray:
        """Return (passages, codes) the likeness of the best sentence to the examples.

        A best sentence that is telling enough becomes a trace.
        """
        by_sentence, which = likeness.compare(vectors, "examples")
        best = _best(by_sentence, owners, passages)
        top = (by_sentence >= likeness.telling) & (by_sentence == best[owners])
        for row, code in zip(*np.nonzero(top), strict=True):
            like = likeness.text("examples", int(which[row, code]))
            start, end = spans[row]
            reason = f"like the example: {like}"
            traces.append(Trace(int(owners[row]), int(code), start, end, reason, affirmed=True))
        return best


def _best(by_sentence: np.ndarray, owners: np.ndarray, passages: int) -> np.ndarray:
    """Return (passages, codes) the highest value of each passage's sentences, from 0."""
    best = np.zeros((passages, by_sentence.shape[1]), dtype=by_sentence.dtype)
    np.maximum.at(best, owners, by_sentence)
    return best


def _above(values: np.ndarray) -> np.ndarray:
    """Return the values less their mean over all codes."""
    return np.asarray(values - values.mean(axis=1, keepdims=True))
