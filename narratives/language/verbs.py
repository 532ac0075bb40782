"""German verbs that stand in two places: "gab ... auf" is one verb, aufgeben."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narratives.language.lexicon import Lexicon
from narratives.language.tokens import Token

if TYPE_CHECKING:  # pydantic takes longer to import than this package may
    from narratives.language.knowledge import Knowledge

_AFTER_CLAUSE = frozenset(("und", "oder", "aber", "sondern", "denn", "als", "wie", "bis", "mit"))
_CLAUSE_ENDS = frozenset(".!?…;:")
_REACH = 25  # tokens between a verb and its particle
_LIGHT = frozenset(("sein", "werden", "haben", "können", "müssen", "sollen", "wollen", "dürfen", "mögen"))


def join_separable(tokens: list[Token], lexicon: Lexicon, knowledge: Knowledge) -> list[Token]:
    """Return the tokens with the whole infinitive as lemma of each verb whose particle ends its clause.

    The particle keeps its own lemma. Only verbs of the word list count.
    """
    particles = knowledge.verb_particles
    joined = tokens
    for index, token in enumerate(tokens):
        particle = token.text.lower()
        if particle not in particles or not index or not _ends_clause(tokens, index, particles):
            continue
        verb = _verb_before(tokens, index, particle, lexicon)
        if verb is not None:
            if joined is tokens:
                joined = list(tokens)
            joined[verb] = joined[verb]._replace(lemma=particle + tokens[verb].lemma)
    return joined


def _ends_clause(tokens: list[Token], index: int, particles: frozenset[str]) -> bool:
    """Say whether the word at `index` ends a clause and is no half of "ab und zu", "von da an"."""
    following = tokens[index + 1 : index + 3]
    if following and following[0].is_word:
        word = following[0].text.lower()
        infinitive = word == "zu" and len(following) > 1 and following[1].lemma == following[1].text
        if word not in _AFTER_CLAUSE and not infinitive:
            return False
        if word in ("und", "oder") and len(following) > 1 and following[1].text.lower() in particles:
            return False
    before = [token.text.lower() for token in tokens[max(0, index - 2) : index]]
    if len(before) == 2:
        if before[1] in ("und", "oder") and before[0] in particles:
            return False
        if (
            before[0] == "von"
            and tokens[index].text in ("an", "aus", "auf")
            and not before[1].startswith("vorn")
        ):
            return False
    return True


def _verb_before(tokens: list[Token], index: int, particle: str, lexicon: Lexicon) -> int | None:
    """Return the place of the nearest verb that the particle completes, None when there is none."""
    place = index - 1
    if tokens[place].text == ",":  # "Er gab, obwohl er nicht wollte, auf": step over what lies between
        place -= 1
        while place >= 0 and tokens[place].text != "," and tokens[place].text not in _CLAUSE_ENDS:
            place -= 1
        if place < 0 or tokens[place].text != ",":
            return None
        place -= 1
    while place >= max(0, index - _REACH):
        token = tokens[place]
        if token.text in _CLAUSE_ENDS or token.text == ",":
            return None
        lemma = token.lemma
        if (
            token.is_word
            and not _is_noun(tokens, place)
            and (lemma.startswith("ge") or not token.text.startswith("ge"))  # no participle
            and lemma[-1:] == "n"
            and (lemma not in _LIGHT or (particle == "vor" and lemma == "haben"))
            and lexicon.is_verb(lemma)
            and lexicon.is_verb(particle + lemma)
        ):
            return place
        place -= 1
    return None


def _is_noun(tokens: list[Token], place: int) -> bool:
    """Say whether a word has a capital that no beginning explains."""
    text = tokens[place].text
    return text[0].isupper() and not text.isupper() and place > 0 and tokens[place - 1].is_word
