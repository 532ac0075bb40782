"""What a passage says to each code of the codebooks: expressions in it, likeness to what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narratives.coding.codebook import Code, Codebook
from narratives.coding.context import ContextWords, read_sentence
from narratives.coding.indicators import IndicatorFinder, compile_indicators
from narratives.coding.likeness import CodeLikeness
from narratives.coding.marking import Word, mark
from narratives.language import Language, Token

FEATURES = (
    "indicators affirmed in the narrator's own voice",
    "indicators denied",
    "indicators in reported speech",
    "content warning",
    "likeness of a sentence to the examples",
    "that likeness above the mean of all codes",
    "likeness to the three nearest examples above the mean of all codes",
    "likeness to the definition above the mean of all codes",
    "likeness to the counterexamples above the mean of all codes",
)

_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Hit:
    """An indicator found in a passage; start and end are half-open code point offsets into its text."""

    passage: int
    code: int
    start: int
    end: int
    phrase: str
    affirmed: bool


@dataclass(frozen=True)
class Reading:
    """What was read in some passages: features (passages, codes, FEATURES), hits, words, sentences."""

    features: np.ndarray
    hits: list[Hit]
    words: list[list[Word]]
    sentences: list[list[tuple[int, int]]]


def leaves(codebooks: Sequence[Codebook]) -> list[Code]:
    """Return the codes a passage can be given, in the order of the codebooks."""
    return [code for book in codebooks for code in book.leaves()]


class PassageReader:
    """Reads passages of one language with a fixed set of codebooks."""

    def __init__(
        self, codebooks: Sequence[Codebook], language: Language, words: ContextWords, likeness: CodeLikeness
    ) -> None:
        self.codes = leaves(codebooks)
        self.flags = np.array([book.kind == "flags" for book in codebooks for _ in book.leaves()])
        self._number = {code.id: number for number, code in enumerate(self.codes)}
        self._language = language
        self._words = words
        self.common = language.label_stopwords
        indicators = compile_indicators(codebooks, language, words)
        self._finder = IndicatorFinder(indicators, self.common)
        self.likeness = likeness

    def read(self, texts: Sequence[str]) -> Reading:
        """Return the reading of some passages."""
        counts = np.zeros((len(texts), len(self.codes), 3))
        hits: list[Hit] = []
        words: list[list[Word]] = []
        spans: list[list[tuple[int, int]]] = []
        for passage, text in enumerate(texts):
            tokens = self._language.tokens(text)
            words.append([])
            spans.append(self._language.sentences(text))
            place = 0
            for start, end in spans[-1]:
                first = place
                while place < len(tokens) and tokens[place].start < end:
                    place += 1
                inside = [token for token in tokens[first:place] if token.start >= start]
                self._read_sentence(passage, inside, counts[passage], hits, words[-1])
        features = np.concatenate([np.log1p(counts), self._likeness(texts, spans)], axis=2)
        return Reading(features, hits, words, spans)

    def _read_sentence(
        self,
        passage: int,
        tokens: Sequence[Token],
        counts: np.ndarray,
        hits: list[Hit],
        words: list[Word],
    ) -> None:
        sentence = read_sentence(tokens, self._language, self._words)
        words += mark(sentence)
        for found in self._finder.find(tokens):
            code = self._number.get(found.indicator.code_id)
            if code is None:
                continue
            column = 0
            # A warning holds for what is spoken of, denied or told by others as well.
            if not self.flags[code]:
                column = (
                    1 if sentence.negated(found.tokens) else 2 if sentence.is_reported(found.tokens) else 0
                )
            counts[code, column] += 1 + 0.5 * (len(found.indicator.slots) - 1)
            start, end = tokens[found.tokens[0]].start, tokens[found.tokens[-1]].end
            hits.append(Hit(passage, code, start, end, found.indicator.phrase, affirmed=column == 0))

    def _likeness(self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> np.ndarray:
        """Return the likeness features (passages, codes, 6)."""
        owners = np.array([row for row, found in enumerate(spans) for _ in found], dtype=int)
        sentences = [texts[row][start:end] for row, found in enumerate(spans) for start, end in found]
        # "Mit denen zusammen." is like many things and speaks for none of them.
        telling = [text if len(text.split()) >= _FEWEST_WORDS else "" for text in sentences]
        like, whole = self.likeness, self.likeness.vectors(texts)
        examples = like.cosines(whole, "examples")
        best = like.highest(examples, "examples")[0]
        np.maximum.at(best, owners, like.compare(like.vectors(telling), "examples")[0])
        best = np.maximum(best, 0)
        columns = [
            np.broadcast_to(self.flags, best.shape).astype(float),
            best,
            _above(best),
            _above(like.nearest(examples, "examples")),
            _above(like.compare(whole, "definition")[0]),
            _above(like.compare(whole, "counterexamples")[0]),
        ]
        return np.stack(columns, axis=2)


def _above(values: np.ndarray) -> np.ndarray:
    """Return the values less the mean of all codes: what is like everything is like nothing."""
    return np.asarray(values - values.mean(axis=1, keepdims=True))
