"""From a word form to its dictionary form: simplemma's word list, and what people write that is not in it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from narratives.language.spelling import todays, unshortened, variants

if TYPE_CHECKING:  # pydantic takes longer to import than this package may
    from narratives.language.knowledge import Knowledge


_PARTICIPLE = re.compile(
    r"(?:[a-zäöü]{2,9})?ge[a-zäöüß]{2,}(?:t|n)\Z"
    r"|(?:be|emp|ent|er|ver|zer|miss|miß|über|unter|hinter|wider|um|durch)[a-zäöüß]{3,}(?:t|n)\Z|[a-zäöüß]{2,}iert\Z"
)
_ENDINGS = ("e", "er", "en", "em", "es")  # of adjectives
_LONGEST = 60  # letters; a longer string is no word to guess at
_MIN_HEAD, _LONG_HEAD, _MIN_TAIL = 3, 5, 5  # letters of the parts of a compound that is not in the word list


class Reading(enum.Enum):
    """How a form is to be read where noun and verb share it."""

    PLAIN = "as written"
    NOUN = "rather a noun"
    LOWER = "in a text without capitals"


class Lexicon:
    """The dictionary forms of one language; the word list is loaded at the first question."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._german = knowledge.code == "de"
        self._own = {form: lemma for lemma, forms in knowledge.lemmas.items() for form in forms}
        self._repairs = {wrong: lemma for lemma, forms in knowledge.repairs.items() for wrong in forms}
        self._own_nouns = {form: lemma for lemma, forms in knowledge.noun_lemmas.items() for form in forms}
        self._own_nouns.update(
            (stem + end, stem + "e") for stem in knowledge.adjective_nouns for end in _ENDINGS
        )
        self._found: dict[tuple[str, Reading], str] = {}

    @cached_property
    def _words(self) -> Mapping[str, str]:
        from simplemma.strategies import DefaultDictionaryFactory

        return DefaultDictionaryFactory().get_dictionary(self._knowledge.code)

    def known(self, form: str) -> bool:
        """Say whether the form stands in the word list, as written or with the other capitalisation."""
        return any(case in self._own or self._words.get(case) is not None for case in _cases(form))

    def is_verb(self, infinitive: str) -> bool:
        """Say whether a German infinitive such as "aufgeben" is a known verb."""
        return infinitive[-1:] == "n" and self._words.get(infinitive) == infinitive

    def lemma(self, form: str, reading: Reading = Reading.PLAIN) -> str:
        """Return the dictionary form in lower case; an unknown form is its own lemma."""
        key = (form, reading)
        if key not in self._found:
            self._found[key] = self._lemma(form.replace("\u00ad", ""), reading)
        return self._found[key]

    def noun_too(self, lower: str) -> bool:
        """Say whether a lower-case form is another word when capitalised: "stimmen" and "Stimmen"."""
        value = self._words.get(lower[:1].upper() + lower[1:])
        return value is not None and value[0].isupper()

    def masculine(self, stem: str) -> str:
        """Return the base form of a gender form's stem: Patient, Ärzt -> arzt, Kolleg -> kollege."""
        longer = self.lemma(stem + "e", Reading.NOUN)
        if longer == stem.lower() + "e" and self.known(longer):
            return longer
        return self.lemma(stem, Reading.NOUN) if self.known(stem) else longer

    def _lemma(self, form: str, reading: Reading) -> str:
        lower = form.lower()
        if reading is Reading.LOWER and self._means_noun(lower):
            reading = Reading.NOUN
        noun = reading is Reading.NOUN
        found = self._look(form, noun)
        if not self._german:
            return (found or lower).lower()
        if found is None and len(lower) <= _LONGEST:
            found = self._first(variants(lower), noun) or self._prefixed(lower) or self._compound(lower)
            found = found or self._first(unshortened(lower), noun)
        return todays((found or lower).lower())

    def _first(self, forms: Iterable[str], noun: bool) -> str | None:
        """Return the lemma of the first form that is known, None when none is."""
        found = (self._look(form, noun) for form in forms)
        return next((lemma for lemma in found if lemma is not None), None)

    def _look(self, form: str, noun: bool) -> str | None:
        """Return the lemma of a form that is known, its capitals kept, or None."""
        lower = form.lower()
        capital = lower[:1].upper() + lower[1:]
        if noun and self._german and lower not in self._knowledge.function_words:
            if lower in self._own_nouns:
                return self._own_nouns[lower]
            value = self._words.get(capital)
            if value is not None and value[0].isupper():
                return self._of_adjective(value, capital) or value
        if lower in self._own:
            return self._own[lower]
        for case in (lower, capital, form):
            value = self._words.get(case)
            if value is not None:
                return self._verb_of(value, case) if self._german else self._repairs.get(value, value)
        return None

    def _of_adjective(self, lemma: str, form: str) -> str | None:
        """Return the adjective of a noun made from it, which the list gives any ending: Kleine, Alten."""
        adjective = self._words.get(form.lower())
        if adjective is None or lemma == form or not adjective.islower():
            return None
        of_adjective = lemma.lower() == adjective + "er" and form.lower().removeprefix(adjective) in _ENDINGS
        return adjective if of_adjective else None

    def _verb_of(self, lemma: str, form: str) -> str:
        """Return the verb of a participle that the list takes for an adjective, otherwise `lemma`."""
        lemma = self._repairs.get(lemma, lemma)
        if form.startswith("ge") and not lemma.startswith(("ge", form[2:3])):
            # the list gives some participles to a rarer compound: gebügelt -> glattbügeln
            tails = (lemma[cut:] for cut in range(3, len(lemma) - 3) if lemma[cut : cut + 2] == form[2:4])
            return next((tail for tail in tails if self.is_verb(tail)), lemma)
        if lemma != form or not lemma.islower() or not _PARTICIPLE.match(lemma):
            return lemma
        for inflected in (lemma + "e", lemma + "en"):
            verb = self._words.get(inflected, "")
            if verb not in (lemma, lemma + "en", lemma + "n", inflected) and self.is_verb(verb):
                return verb
        particle, ge, rest = lemma.partition("ge")
        if particle in self._knowledge.verb_particles:
            verb = particle + self._verb_of(self._words.get(ge + rest, ""), ge + rest)
            return verb if self.is_verb(verb) else lemma
        return lemma

    def _means_noun(self, lower: str) -> bool:
        """Say whether a form in a text without capitals is rather a noun than an imperative: "haus"."""
        if lower in self._knowledge.lower_case_nouns:
            return True
        capital = lower[:1].upper() + lower[1:]
        return self._words.get(lower) in (lower + "n", lower + "en") and self._words.get(capital) == capital

    def _compound(self, lower: str) -> str | None:
        """Return head + lemma of the longest known noun at the end of a compound: Trialogseminare."""
        for cut in range(_MIN_HEAD, len(lower) - _MIN_TAIL + 1):
            tail = lower[cut : cut + 1].upper() + lower[cut + 1 :]
            value = self._words.get(tail)
            if (
                value is not None
                and value[0].isupper()
                and (cut >= _LONG_HEAD or self._known_head(lower[:cut]))
            ):
                return lower[:cut] + value.lower()
        return None

    def _known_head(self, head: str) -> bool:
        """Say whether the first part of a compound is a word, with or without the sound that links it."""
        return any(self.known(part) for part in (head, head.rstrip("sn")) if part)

    def _prefixed(self, lower: str) -> str | None:
        """Return particle + verb of an unknown form of a separable verb: wegzudriften, weggedriftet."""
        for particle in self._knowledge.verb_particles:
            rest = lower[len(particle) :]
            if not lower.startswith(particle) or len(rest) < 4:
                continue
            verb = self._look(rest.removeprefix("zu"), False) or self._look(rest, False)
            if verb is not None and self.is_verb(verb):
                return particle + verb
        return None


def _cases(form: str) -> tuple[str, str]:
    lower = form.lower()
    return lower, lower[:1].upper() + lower[1:]
