"""One language as the other parts use it: sentences, tokens with lemmas, and its word lists."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from narratives.language.lexicon import Lexicon, Reading
from narratives.language.names import common_names
from narratives.language.pipeline import Relemmatise, load_pipeline
from narratives.language.sentences import find_sentences
from narratives.language.tokens import Token, split, without_gender
from narratives.language.verbs import join_separable

if TYPE_CHECKING:  # pydantic takes longer to import than this package may
    from narratives.language.knowledge import Knowledge

_SUBJECTS = frozenset(("ich", "du", "er", "sie", "es", "wir", "ihr", "man", "mich", "mir"))
_FEW_CAPITALS = 0.04  # share of capitalised words below which a German text counts as written in lower case
_GENDER_MARKS = frozenset("*:_·/(I")


class Language:
    """German or English; made by load_language."""

    def __init__(self, knowledge: Knowledge, relemmatise: Relemmatise | None = None) -> None:
        self.code = knowledge.code
        self._knowledge = knowledge
        self._lexicon = Lexicon(knowledge)
        self._relemmatise = relemmatise

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Return the sentences as half-open code point spans: trimmed, ascending, gapless."""
        return find_sentences(text, self._knowledge)

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of `text`, ascending; lemmas are dictionary forms in lower case.

        A verb whose particle stands at the end of its clause has the whole infinitive as lemma.
        """
        pieces = split(text, self.code)
        lemma = self._german_lemmas(pieces) if self.code == "de" else self._plain_lemmas(pieces)
        found = [Token(*piece[:3], word, piece[3]) for piece, word in zip(pieces, lemma, strict=True)]
        if self._relemmatise is not None:
            return self._relemmatise(found)
        return join_separable(found, self._lexicon, self._knowledge) if self.code == "de" else found

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Forms of closed classes, lower case, without negators."""
        return self._knowledge.function_words - self._knowledge.negators

    @cached_property
    def negators(self) -> frozenset[str]:
        """Words that negate, lower case."""
        return self._knowledge.negators

    @cached_property
    def label_stopwords(self) -> frozenset[str]:
        """Forms and lemmas that never name a theme, lower case; common names are among them."""
        knowledge = self._knowledge
        listed = knowledge.label_stopwords | knowledge.function_words | knowledge.negators | knowledge.months
        return listed | {self._lexicon.lemma(word) for word in listed} | common_names()

    def _plain_lemmas(self, pieces: list[tuple[int, int, str, bool]]) -> list[str]:
        lemma = self._lexicon.lemma
        return [
            self._hyphened(text, Reading.PLAIN) if "-" in text else lemma(text) if is_word else text.lower()
            for _, _, text, is_word in pieces
        ]

    def _german_lemmas(self, pieces: list[tuple[int, int, str, bool]]) -> list[str]:
        """Return one lemma a piece; where noun and verb share a form, capitals and neighbours decide."""
        words = [text for _, _, text, is_word in pieces if is_word]
        lower_text = sum(word[0].isupper() for word in words) <= _FEW_CAPITALS * len(words)
        before_noun = self._knowledge.before_noun
        lexicon = self._lexicon
        lemmas = []
        before, opens = "", True
        for index, (_, _, text, is_word) in enumerate(pieces):
            if not is_word:
                lemmas.append(text.lower())
                before, opens = text, opens or text[0] in ".!?…:"
                continue
            reading = Reading.PLAIN
            if lower_text:
                if not self._beside_subject(pieces, index, before):
                    reading = (
                        Reading.NOUN if before in before_noun and lexicon.noun_too(text) else Reading.LOWER
                    )
            elif text[0].isupper() and (text[1:].islower() or not text.isupper()):
                opens = opens and self._beside_subject(pieces, index, "")
                reading = Reading.PLAIN if opens else Reading.NOUN
            lemmas.append(
                self._lemma(text, reading)
                if not text.isalpha() or "I" in text
                else lexicon.lemma(text, reading)
            )
            before, opens = text.lower(), False
        return lemmas

    def _lemma(self, text: str, reading: Reading) -> str:
        """Return the lemma of a word that holds more than letters, or a capital I within."""
        plain = without_gender(text) if not _GENDER_MARKS.isdisjoint(text[1:]) else None
        if plain is not None:
            return self._hyphened(plain, Reading.NOUN) if "-" in plain else self._lexicon.masculine(plain)
        return self._hyphened(text, reading) if "-" in text else self._lexicon.lemma(text, reading)

    def _hyphened(self, text: str, reading: Reading) -> str:
        """Return the lemma of a hyphen compound: only its last part is brought to the dictionary form."""
        if self._lexicon.known(text):
            return self._lexicon.lemma(text, reading)
        head, hyphen, tail = text.rpartition("-")
        return head.lower() + hyphen + self._lexicon.lemma(tail, reading)

    @staticmethod
    def _beside_subject(pieces: list[tuple[int, int, str, bool]], index: int, before: str) -> bool:
        """Say whether a pronoun next to the word shows that it is a verb: "stimme ich", "ich hoffe"."""
        after = pieces[index + 1][2].lower() if index + 1 < len(pieces) else ""
        return before in ("ich", "du", "wir") or after in _SUBJECTS


@cache
def load_language(code: str, pipeline: str | None = None) -> Language:
    """Return German ("de") or English ("en"), cached; `pipeline` names an installed spaCy pipeline.

    Without a pipeline the lemmas come from a word list. Raises InputError for another language and for a
    pipeline that is not installed.
    """
    from narratives.language.knowledge import load_knowledge

    knowledge = load_knowledge(code)
    return Language(knowledge, load_pipeline(pipeline, code) if pipeline else None)
