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
    """Finds the indicators of a language in sentences; slot look-ups are remembered by word form."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._indicators = list(indicators)
        # Forms are looked up whole, by their beginnings and by their ends: a few dictionary look-ups a word.
        self._exact: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._ends: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._inside: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, indicator in enumerate(self._indicators):
            for place, slot in enumerate(indicator.slots):
                for form in sorted(slot):
                    self._table(form)[form.strip("*")].append((number, place))
        self._known: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {}

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return the indicators in one sentence, each at its tightest place, in order of the codebooks."""
        places: dict[int, dict[int, list[int]]] = {}
        for index, token in enumerate(tokens):
            if not token.is_word:
                continue
            for number, slot in self._slots(token):
                places.setdefault(number, {}).setdefault(slot, []).append(index)
        hits = []
        for number in sorted(places):
            indicator = self._indicators[number]
            if len(places[number]) == len(indicator.slots):
                tight = _tightest(indicator, [places[number][slot] for slot in range(len(indicator.slots))])
                if tight:
                    hits.append(Hit(indicator, tight))
        return hits

    def _table(self, form: str) -> dict[str, list[tuple[int, int]]]:
        if form.startswith("*"):
            return self._inside if form.endswith("*") else self._ends
        return self._starts if form.endswith("*") else self._exact

    def _slots(self, token: Token) -> tuple[tuple[int, int], ...]:
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
            self._known[forms] = tuple(sorted(slots))
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
