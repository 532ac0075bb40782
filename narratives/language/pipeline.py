"""Lemmas from an installed spaCy pipeline, for those who have one: better with forms that need context."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from narratives.errors import InputError
from narratives.language.tokens import Token
from narratives.lightly import without

Relemmatise = Callable[[list[Token]], list[Token]]


def load_pipeline(name: str, code: str) -> Relemmatise:
    """Return a function that gives tokens of language `code` the lemmas of the spaCy pipeline `name`.

    Raises InputError when spaCy or the pipeline is not installed or the pipeline is for another language.
    """
    hidden = () if name.endswith("_trf") else ("torch", "transformers", "tensorflow", "jax")
    try:
        with without(*hidden):
            import spacy
            from spacy.tokens import Doc

            if not spacy.util.is_package(name):
                raise InputError(
                    f"The spaCy pipeline '{name}' is not installed; install it with "
                    f"`python -m spacy download {name}` or leave out the setting `pipeline`."
                )
            nlp = spacy.load(name)
    except ImportError:
        raise InputError(
            f"The spaCy pipeline '{name}' needs spaCy; install it with `pip install spacy` "
            "or leave out the setting `pipeline`."
        ) from None
    if nlp.lang != code:
        raise InputError(
            f"The spaCy pipeline '{name}' is for '{nlp.lang}', not for '{code}'; name another one."
        )

    def relemmatise(tokens: list[Token]) -> list[Token]:
        if not tokens:
            return tokens
        ends = [after.start > token.end for token, after in pairwise(tokens)]
        doc = nlp(Doc(nlp.vocab, words=[token.text for token in tokens], spaces=[*ends, False]))
        return _with_lemmas(tokens, doc)

    return relemmatise


def _with_lemmas(tokens: list[Token], doc: Any) -> list[Token]:
    """Return the tokens with the lemmas of `doc`; a separated particle goes back to its verb."""
    lemmas = [
        word.lemma_.lower() if token.is_word and word.lemma_ else token.lemma
        for token, word in zip(tokens, doc, strict=True)
    ]
    for word in doc:
        if word.dep_ == "svp" and not lemmas[word.head.i].startswith(word.lower_):
            lemmas[word.head.i] = word.lower_ + lemmas[word.head.i]
    return [token._replace(lemma=lemma) for token, lemma in zip(tokens, lemmas, strict=True)]
