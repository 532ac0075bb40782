"""Whose voice, and affirmed or denied: what stands around an expression within its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from narratives import places, yamlfile
from narratives.language import Language, Token

_CLAUSE_MARKS = frozenset(",;:–—()!?.")


class ContextWords(BaseModel):
    """config/coding.yaml: words by language."""

    clause_borders: dict[str, frozenset[str]]
    not_negating: dict[str, frozenset[str]]
    carrying: dict[str, frozenset[str]]
    reporting: dict[str, frozenset[str]]
    own_voice: dict[str, frozenset[str]]
    distancing: dict[str, frozenset[str]]
    subjunctive: dict[str, list[str]]
    optional: dict[str, frozenset[str]]


def load_context_words(study: Path | None = None) -> ContextWords:
    """Return config/coding.yaml of the study, or the shipped one."""
    return yamlfile.load(places.find("config", "coding.yaml", study), ContextWords)


@dataclass(frozen=True)
class Sentence:
    """The tokens of one sentence with the clause each belongs to and what surrounds them.

    `carried` gives for a clause the one it hangs on: "keine Hoffnung, dass es besser wird" denies both.
    """

    tokens: Sequence[Token]
    clauses: Sequence[int]
    negators: frozenset[int]
    reported: frozenset[int]
    carried: Mapping[int, int]

    def negated(self, hit: Sequence[int]) -> bool:
        """Tell whether a negation that is not part of the expression stands in one of its clauses."""
        touched = {clause for index in hit for clause in self._above(self.clauses[index])}
        return any(self.clauses[index] in touched for index in self.negators - set(hit))

    def is_denied(self, index: int) -> bool:
        """Tell whether a token stands in a negated clause without being the negation."""
        return index not in self.negators and self.negated([index])

    def _above(self, clause: int) -> list[int]:
        """Return a clause and those it hangs on."""
        found = [clause]
        while found[-1] in self.carried:
            found.append(self.carried[found[-1]])
        return found

    def is_reported(self, hit: Sequence[int]) -> bool:
        """Tell whether the expression is someone else's view."""
        return any(self.clauses[index] in self.reported for index in hit)


def read_sentence(tokens: Sequence[Token], language: Language, words: ContextWords) -> Sentence:
    """Return the sentence with clauses, negations and reported clauses found by rules.

    A clause ends at a comma, a dash, a bracket or a conjunction. A negation counts for the whole clause,
    because German negation often follows its verb, and for a clause with "dass" that hangs on it.
    """
    code = language.code
    borders = words.clause_borders[code]
    clauses: list[int] = []
    clause = 0
    for token in tokens:
        if token.text in _CLAUSE_MARKS or token.text.lower() in borders:
            clause += 1
        clauses.append(clause)
    negators = frozenset(
        index
        for index, token in enumerate(tokens)
        if (token.lemma in language.negators or token.text.lower() in language.negators)
        and not (index + 1 < len(tokens) and tokens[index + 1].text.lower() in words.not_negating[code])
    )
    return Sentence(
        tokens,
        clauses,
        negators,
        _reported(tokens, clauses, code, words),
        _carried(tokens, clauses, words.carrying[code]),
    )


def _carried(tokens: Sequence[Token], clauses: Sequence[int], carrying: frozenset[str]) -> dict[int, int]:
    """Return for each clause that begins with a carrying word the clause before it."""
    found = {}
    for index in range(2, len(tokens)):
        if tokens[index].text.lower() in carrying:
            above = clauses[index - 1 - (tokens[index - 1].text == ",")]
            if above < clauses[index]:
                found[clauses[index]] = above
    return found


def _reported(
    tokens: Sequence[Token], clauses: Sequence[int], code: str, words: ContextWords
) -> frozenset[int]:
    lower = [token.text.lower() for token in tokens]
    distancing, reporting, own = words.distancing[code], words.reporting[code], words.own_voice[code]
    reported = {clauses[place] for place, word in enumerate(lower) if word in distancing}
    speaking = [place for place, token in enumerate(tokens) if token.lemma in reporting]
    if speaking:
        ours = {clauses[place] for place, word in enumerate(lower) if word in own}
        for clause in {clauses[place] for place in speaking} - ours:
            # What is said stands in the same clause or in those after it.
            reported.update(range(clause, clauses[-1] + 1))
    if reported:
        text = f" {' '.join(lower)} "
        if any(f" {form} " in text for form in words.subjunctive[code]):
            reported.update(clauses)
    return frozenset(reported)
