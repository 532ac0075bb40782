"""Identifiers with a form are masked, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narratives.anonymity.consent import granted, may_analyse, may_quote
from narratives.anonymity.patterns import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Schreib an jo.muster@example.org, bitte.", "Schreib an [EMAIL_1], bitte."),
        ("Siehe https://example.org/a?b=1.", "Siehe [URL_1]."),
        ("Tel. 040 1234567 oder +49 170 1234567", "Tel. [TEL_1] oder [TEL_2]"),
        ("Konto DE02 1203 0000 0000 2020 51 bei", "Konto [IBAN_1] bei"),
        ("a@b.de und wieder A@b.de und c@d.de", "[EMAIL_1] und wieder [EMAIL_1] und [EMAIL_2]"),
        ("Am 03.04.1987 um 14:30, Station 3, 1.250 Euro, 2009-2011.",) * 2,
        ("In K. traf ich [Name] und Frau M.",) * 2,
    ],
)
def test_mask(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@given(st.lists(st.sampled_from(["a@b.de", "www.x.de/y", "Wort", "ä", "\n", "040 1234567", "x@y.org"])))
def test_placeholders_stand_where_the_table_says(parts: list[str]) -> None:
    text, found = mask(" ".join(parts))
    assert all(text[item.start : item.end] == item.placeholder for item in found)
    assert "@" not in text
    assert mask(text) == (text, [])


def test_consent_not_recorded_is_not_granted() -> None:
    assert not granted(None, "analysis") and not granted([], "analysis")
    assert may_analyse(None, "analysis") and not may_analyse(["teaching"], "analysis")
    assert may_quote(None, "teaching", [None, None])
    assert not may_quote(None, "teaching", [None, ["teaching"]])
