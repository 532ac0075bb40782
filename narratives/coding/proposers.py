"""The machine coder a pipeline file names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from narratives.coding.codebook import Codebook
from narratives.coding.coder import Coder
from narratives.coding.proposer import Proposer
from narratives.encoders import OWN_MODEL
from narratives.errors import InputError
from narratives.language import Language
from narratives.settings import Coding

if TYPE_CHECKING:
    from narratives.encoders.kept import KeptVectors

ENTAILMENT, LANGUAGE_MODEL = "entailment:", "language-model:"
SHIPPED = "recovery-coder"


def load_coder(name: str, study: Path | None = None) -> Coder | None:
    """Return the coder of that name with what was measured of it, or None for a model of the user's own.

    Raises InputError when there is none of that name.
    """
    if name.startswith((ENTAILMENT, LANGUAGE_MODEL)):
        return None
    if name.startswith(OWN_MODEL):
        return Coder.load(SHIPPED, study).for_any_codebook(name)
    return Coder.load(name, study)


def load_proposer(
    coding: Coding,
    coder: Coder | None,
    codebooks: Sequence[Codebook],
    languages: Mapping[str, Language],
    kept: Mapping[str, KeptVectors],
    consent: Sequence[Sequence[str]],
    study: Path | None = None,
) -> Proposer:
    """Return the machine coder a pipeline names; `consent` holds the scopes of every narrative.

    `coder` is what load_coder gave for its name. Raises InputError when a model is not there, or when it
    would send texts away without leave.
    """
    name = coding.coder
    if name.startswith(ENTAILMENT):
        from narratives.coding.entailment import EntailmentProposer

        return EntailmentProposer(name.removeprefix(ENTAILMENT), codebooks, languages)
    if name.startswith(LANGUAGE_MODEL):
        from narratives.coding.chat import Chat
        from narratives.coding.language_model import LanguageModelProposer

        check_address(coding, consent)
        chat = Chat(coding.address, name.removeprefix(LANGUAGE_MODEL), coding.seconds)
        return LanguageModelProposer(chat, codebooks, languages, study)
    from narratives.coding.context import load_context_words
    from narratives.coding.machine import Machine

    assert coder is not None
    return Machine(coder, codebooks, languages, load_context_words(study), kept, study)


def check_address(coding: Coding, consent: Sequence[Sequence[str]]) -> None:
    """Raise InputError when an address is not this machine's and the texts may not go there."""
    from narratives.coding.chat import is_loopback

    if is_loopback(coding.address):
        return
    if not coding.external:
        raise InputError(
            f"{coding.address} is not on this machine. Texts are sent elsewhere only when the pipeline file "
            "says `external: true` and every narrative has the consent `external_processing`."
        )
    without = sum("external_processing" not in scopes for scopes in consent)
    if without:
        raise InputError(
            f"{without} of {len(consent)} narratives lack the consent `external_processing`; "
            f"nothing was sent to {coding.address}."
        )


def thresholds(coder: Coder | None, coding: Coding, codebooks: Sequence[Codebook]) -> dict[str, float]:
    """Return for each code the confidence from which it is proposed."""
    return {
        code.id: coding.warn_from
        if book.kind == "flags"
        else max(coding.show_from, coder.threshold(code.id, coding.precision) if coder else 0.0)
        for book in codebooks
        for code in book.leaves()
    }
