"""Indicator phrases of a codebook, found in a text by their lemmas."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from narratives.coding.codebook import Codebook
from narratives.coding.context import ContextWords
from narratives.language import Language, Token

_GAP = 4


@dataclass(frozen=True)
class Indicator:
    """One phrase of one code: every slot must be filled by one token of a short stretch of a sentence."""

    code_id: str
    phrase: str
    slots: tuple[frozenset[str], ...]
    in_order: bool


@dataclass(frozen=True)
class Hit:
    """An indicator found: the tokens (by their index in the sentence) that fill its slots."""

    indicator: Indicator
    tokens: tuple[int, ...]


def compile_indicators(
    codebooks: Iterable[Codebook], language: Language, words: ContextWords
) -> list[Indicator]:
    """Return the indicators of all codes in the language.

    A phrase is a row of lemmas; `a|b` gives alternatives, `x*` and `*x` any ending or beginning.
    The optional words of config/coding.yaml may be missing in the text.
    """
    optional = words.optional[language.code]
    found = []
    for book in codebooks:
        for code in book.codes:
            for phrase in code.indicators.of(language.code):
                slots = [_alternatives(word, language) for word in phrase.lower().split()]
                telling = [slot for slot in slots if not slot <= optional]
                # "warum ich": where only common words remain, all of them count, and in their order.
                common = all(slot <= language.label_stopwords for slot in telling)
                kept = tuple(slots if common else telling)
                if kept:
                    found.append(Indicator(code.id, phrase, kept, in_order=common))
    return found


def _alternatives(word: str, language: Language) -> frozenset[str]:
    alternatives = set()
    for form in word.split("|"):
        alternatives.add(form)
        tokens = language.tokens(form) if form and "*" not in form else []
        if len(tokens) == 1:  # a form that falls into several tokens has no lemma of its own
            alternatives.add(tokens[0].lemma)
    return frozenset(alternatives - {"", "*"})


class IndicatorFinder:
    """Finds the indicators of a language in sentences; what a word may fill is remembered by its form."""

    def __init__(self, indicators: Sequence[Indicator], common: frozenset[str] = frozenset()) -> None:
        """Take the indicators; one is looked for only where its slot without `common` words is filled."""
        self._indicators = list(indicators)
        # Forms are looked up whole, by their beginnings and by their ends: a few dictionary look-ups a word.
        self._exact: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._ends: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._inside: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._telling: set[tuple[int, int]] = set()
        for number, indicator in enumerate(self._indicators):
            for place, slot in enumerate(indicator.slots):
                for form in sorted(slot):
                    self._table(form)[form.strip("*")].append((number, place))
            ranked = [(bool(slot & common), -min(map(len, slot), default=0)) for slot in indicator.slots]
            self._telling.add((number, ranked.index(min(ranked))))
        self._known: dict[tuple[str, str], tuple[frozenset[tuple[int, int]], tuple[int, ...]]] = {}

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return the indicators in one sentence, each at its tightest place, in order of the codebooks."""
        filled = [(index, *self._slots(token)) for index, token in enumerate(tokens) if token.is_word]
        every: set[tuple[int, int]] = set().union(*(slots for _, slots, _ in filled))
        hits = []
        for number in sorted({number for _, _, wanted in filled for number in wanted}):
            indicator = self._indicators[number]
            wanted = [(number, slot) for slot in range(len(indicator.slots))]
            if not every.issuperset(wanted):
                continue
            tight = _tightest(
                indicator, [[index for index, slots, _ in filled if slot in slots] for slot in wanted]
            )
            if tight:
                hits.append(Hit(indicator, tight))
        return hits

    def _table(self, form: str) -> dict[str, list[tuple[int, int]]]:
        if form.startswith("*"):
            return self._inside if form.endswith("*") else self._ends
        return self._starts if form.endswith("*") else self._exact

    def _slots(self, token: Token) -> tuple[frozenset[tuple[int, int]], tuple[int, ...]]:
        """Return what a word can fill, and the indicators that are worth looking for because of it."""
        forms = (token.lemma, token.text.lower())
        if forms not in self._known:
            slots: set[tuple[int, int]] = set()
            for form in forms:
                slots.update(self._exact.get(form, ()))
                for cut in range(1, len(form) + 1):
                    slots.update(self._starts.get(form[:cut], ()))
                    slots.update(self._ends.get(form[-cut:], ()))
                for part, places in self._inside.items():
                    if part in form:
                        slots.update(places)
            self._known[forms] = frozenset(slots), tuple(number for number, _ in slots & self._telling)
        return self._known[forms]


def _tightest(indicator: Indicator, places: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Return the fillings that lie closest together, or None when they are too far apart."""
    slots = len(places)
    widest = slots if indicator.in_order else slots + _GAP * min(slots - 1, 2)
    best: tuple[int, tuple[int, ...]] | None = None
    for filling in itertools.islice(itertools.product(*places), 200):
        if len(set(filling)) < slots or (indicator.in_order and list(filling) != sorted(filling)):
            continue
        width = max(filling) - min(filling) + 1
        if width <= widest and (best is None or (width, filling) < best):
            best = (width, filling)
    return tuple(sorted(best[1])) if best else None
