"""What the known columns mean: language, title, perspective and consent, in German and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from narratives.corpus.document import clean_line
from narratives.errors import InputError

_COLUMNS = {
    "language": "language", "sprache": "language", "lang": "language",
    "title": "title", "titel": "title",
    "perspective": "perspective", "perspektive": "perspective",
    "consent": "consent", "einwilligung": "consent",
}  # fmt: skip

_LANGUAGES = {
    "de": "de", "deu": "de", "ger": "de", "deutsch": "de", "german": "de",
    "en": "en", "eng": "en", "englisch": "en", "english": "en",
}  # fmt: skip

_PERSPECTIVES = {
    "experiencer": (
        "experiencer", "lived experience", "service user", "user", "patient", "survivor", "self", "selbst",
        "erfahren", "erfahrene", "psychiatrieerfahrene", "psychiatrie erfahrene", "psychoseerfahrene",
        "psychose erfahrene", "krisenerfahrene", "krisen erfahrene", "betroffene", "nutzer", "klient",
        "experte aus erfahrung", "expertin aus erfahrung", "expert by experience",
    ),
    "relative": (
        "relative", "family", "family member", "carer", "caregiver", "angehörig", "angehörige", "angehoerige",
        "familie",
    ),
    "professional": (
        "professional", "staff", "clinician", "profi", "professionelle", "fachkraft", "fachkräfte",
        "fachperson", "fachleute", "mitarbeiter", "therapeut",
    ),
    "peer_worker": (
        "peer worker", "peer", "peer support worker", "peer supporter", "peerbegleiter", "peer begleiter",
        "peerberater", "peer berater", "genesungsbegleiter", "genesungsbegleitung", "ex in",
        "ex in begleiter", "ex in genesungsbegleiter",
    ),
}  # fmt: skip

_SCOPES = {
    "analysis": ("analysis", "analyse", "auswertung", "kodierung", "forschung", "research"),
    "research_quote": (
        "research quote", "quote", "quotes", "quotation", "zitat", "zitate", "wörtliche zitate",
        "forschungszitat", "forschungszitate", "zitat forschung", "zitate in der forschung",
        "wörtliche zitate in der forschung",
    ),
    "teaching": (
        "teaching", "training", "education", "lehre", "unterricht", "schulung", "fortbildung",
        "weiterbildung",
    ),
    "publication": ("publication", "publishing", "veröffentlichung", "veroeffentlichung", "publikation"),
    "reuse": ("reuse", "re use", "sharing", "nachnutzung", "weiternutzung", "weitergabe", "archivierung"),
    "machine_processing": (
        "machine processing", "automatic processing", "maschinelle verarbeitung", "maschinelle auswertung",
        "automatische verarbeitung", "automatische auswertung",
    ),
    "external_processing": (
        "external processing", "third party processing", "externe verarbeitung", "verarbeitung durch dritte",
    ),
}  # fmt: skip
_NOTHING = {"", "none", "no", "nothing", "nichts", "keine", "nein"}

_GENDER_ENDING = re.compile(r"(?<=\w)(?:[:*_/]-?(?:in|innen|r|n)|innen|in|r|n)$")


def normalised(row: Mapping[str, str], where: str) -> dict[str, Any]:
    """Return the known columns of a row under their English names, every other one under its own.

    `language` becomes de or en where it says so; `perspective` one of four words; `consent` a list of scopes,
    empty when the cell is. Empty cells of other columns are left out. `where` names the row in messages.
    Raises InputError for a perspective or a scope that is not known.
    """
    known: dict[str, Any] = {}
    for column, cell in row.items():
        name, value = _COLUMNS.get(column.strip().casefold(), column), clean_line(cell)
        if name == "consent":
            known[name] = _scopes(value, where)
        elif value and name == "perspective":
            known[name] = _perspective(value, where)
        elif value and name == "language":
            plain = value.casefold()
            known[name] = _LANGUAGES.get(plain) or _LANGUAGES.get(plain.partition("-")[0], plain)
        elif value:
            known[name] = value
    return known


def _perspective(value: str, where: str) -> str:
    plain = _plain(value)
    forms = {plain, _GENDER_ENDING.sub("", plain), _plain(_GENDER_ENDING.sub("", value.casefold().strip()))}
    for name, words in _PERSPECTIVES.items():
        if forms & set(words):
            return name
    allowed = ", ".join(_PERSPECTIVES)
    raise InputError(f"{where}: the perspective '{value}' is not known; write one of {allowed}.")


def _scopes(value: str, where: str) -> list[str]:
    scopes: list[str] = []
    for part in re.split(r"[;,|]", value):
        plain = _plain(part)
        scope = next((name for name, words in _SCOPES.items() if plain in words), None)
        if scope is None and plain not in _NOTHING:
            allowed = ", ".join(_SCOPES)
            raise InputError(f"{where}: the consent '{part.strip()}' is not known; write some of {allowed}.")
        if scope and scope not in scopes:
            scopes.append(scope)
    return scopes


def _plain(value: str) -> str:
    """Lower case, words parted by single spaces: 'Peer_Worker' and 'peer-worker' are the same."""
    return " ".join(re.sub(r"[\s_\-:*/]+", " ", value.casefold()).split())
