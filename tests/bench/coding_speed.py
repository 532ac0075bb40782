"""How many passages a second are coded once they are encoded, with all codes, and in how much memory."""

from __future__ import annotations

import resource
import time

import corpus

from narratives.coding.codebook import load_codebook
from narratives.coding.coder import Coder
from narratives.coding.context import load_context_words
from narratives.coding.machine import Machine
from narratives.encoders import load_encoder
from narratives.encoders.kept import KeptVectors, encode_new
from narratives.language import load_language
from narratives.progress import Progress

CHUNK = 512


def speed() -> None:
    """Print passages a second; vectors are known, evidence is not asked for."""
    texts = [
        one["text"][unit["start"] : unit["end"]]
        for one in corpus.load()
        if one["language"] == "de"
        for unit in one["units"]
    ]
    coder = Coder.load("recovery-coder")
    kept = {}
    for name in coder.learned.encoders:
        encoder = load_encoder(name)
        kept[name] = KeptVectors(encoder, encode_new(encoder, texts, None, Progress(quiet=True))[0])
    books = [load_codebook(name) for name in corpus.BOOKS]
    machine = Machine(coder, books, {"de": load_language("de")}, load_context_words(), kept)
    machine.judge(texts[:CHUNK], "de")
    begun = time.perf_counter()
    for first in range(0, len(texts), CHUNK):
        machine.judge(texts[first : first + CHUNK], "de")
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    codes, rate = len(machine.code_ids), len(texts) / seconds
    print(f"{len(texts)} passages, {codes} codes: {rate:.0f} a second, peak {peak:.0f} MB")
