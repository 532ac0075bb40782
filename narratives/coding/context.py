"""Whose voice, and affirmed or denied: what stands around an expression within its sentence."""

from __future__ import annotations

from collections.abc import Sequence
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
    """The tokens of one sentence with the clause each belongs to and what surrounds them."""

    tokens: Sequence[Token]
    clauses: Sequence[int]
    negators: frozenset[int]
    reported: frozenset[int]

    def negated(self, hit: Sequence[int]) -> bool:
        """Tell whether a negation that is not part of the expression stands in one of its clauses."""
        own = set(hit)
        touched = {self.clauses[index] for index in hit}
        return any(self.clauses[index] in touched for index in self.negators - own)

    def is_reported(self, hit: Sequence[int]) -> bool:
        """Tell whether the expression is someone else's view."""
        return any(self.clauses[index] in self.reported for index in hit)


def read_sentence(tokens: Sequence[Token], language: Language, words: ContextWords) -> Sentence:
    """Return the sentence with clauses, negations and reported clauses found by rules.

    A clause ends at a comma, a dash, a bracket or a conjunction. A negation counts for the whole
    clause, because German negation often follows its verb.
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
    return Sentence(tokens, clauses, negators, _reported(tokens, clauses, code, words))


def _reported(
    tokens: Sequence[Token], clauses: Sequence[int], code: str, words: ContextWords
) -> frozenset[int]:
    reported: set[int] = set()
    lower = [token.text.lower() for token in tokens]
    for index, token in enumerate(tokens):
        clause = clauses[index]
        in_clause = [lower[i] for i in range(len(tokens)) if clauses[i] == clause]
        if lower[index] in words.distancing[code]:
            reported.add(clause)
        elif token.lemma in words.reporting[code] and not words.own_voice[code].intersection(in_clause):
            # What is said stands in the same clause or in those after it.
            reported.update(range(clause, max(clauses) + 1))
    text = " ".join(lower)
    if any(f" {form} " in f" {text} " for form in words.subjunctive[code]) and reported:
        reported.update(clauses)
    return frozenset(reported)
