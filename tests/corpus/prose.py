"""Invented prose for the tests of the readers, as hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "ich",
    "die",
    "Stimmen",
    "hörte",
    "wieder",
    "Klinik",
    "müde",
    "Größe",
    "und",
    "später",
    "niemand",
    "Übung",
    "Ärztin",
    "weiß",
    "EX-IN-Kurs",
    "1998",
    "„draußen“",
    "the",
    "ward",
    "hope",
    "again",
    "voices",
    "slowly",
    "didn’t",
    "café",
    "–",
    "€",
    "[Name]",
    "PERSON_1",
    "Mitarbeiter*innen",
]

words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=40)
sentences = words.map(lambda chosen: " ".join(["Damals", *chosen]) + ".")
accounts = st.lists(sentences, min_size=1, max_size=6)
