"""What config/languages/{code}.yaml says about a language, checked and ready for look-ups."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from narratives import yamlfile
from narratives.errors import InputError
from narratives.places import find, listing


def _words(value: Any) -> frozenset[str]:
    """Return the words of a string, or of a mapping of strings; ValueError for anything else."""
    if isinstance(value, dict):
        return frozenset().union(*(_words(part) for part in value.values()))
    if isinstance(value, str):
        return frozenset(value.lower().split())
    raise ValueError("words are one string, apart by spaces, or groups of such strings")


Words = Annotated[frozenset[str], BeforeValidator(_words)]


class Abbreviations(BaseModel):
    """Words that end in a full stop without ending a sentence, lower case, no spaces ("z.b")."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    never_end: Words
    may_end: Words
    endings: Words
    before_number: Words
    no_abbreviation: Words


class Knowledge(BaseModel):
    """One language file; every list holds lower-case words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    nouns_capitalised: bool
    abbreviations: Abbreviations
    months: Words
    before_ordinal: Words
    sentence_starters: Words
    function_words: Words
    known_by: Words
    shared_words: Words
    negators: Words
    label_stopwords: Words
    verb_particles: Words
    before_noun: Words
    lower_case_nouns: Words
    adjective_nouns: Words
    noun_lemmas: dict[str, Words]
    lemmas: dict[str, Words]
    repairs: dict[str, Words]


@cache
def load_knowledge(code: str) -> Knowledge:
    """Return what is known of language `code`; InputError when there is no such file or it has mistakes."""
    known = sorted(listing("config", "languages/*.yaml"))
    if code not in known:
        raise InputError(f"The language '{code}' is not known; choose one of {', '.join(known)}.")
    return yamlfile.load(find("config", f"languages/{code}.yaml"), Knowledge)
