"""Bytes of every common encoding become the same text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import accounts

from narratives.corpus.document import clean
from narratives.corpus.encoding import decode
from narratives.errors import UnreadableFile

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]


@given(accounts, st.sampled_from(UNICODE), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(deadline=None)
def test_unicode_with_and_without_a_mark(account: list[str], encoding: str, newline: str) -> None:
    text = "\n\n".join(account)
    assert clean(decode(text.replace("\n", newline).encode(encoding), "a.txt")) == text


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "text",
    [
        "Ich höre Stimmen.",
        "Grüße",
        "Müde und größer, später wäre es schöner gewesen.",
        "FÜR ALLE ÄRZTE",
        "Straße, Fuß, Übermut: »Nein«, sagte er.",
        "We met at the café, which was naïve.",
    ],
)
def test_old_code_pages(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_bytes_that_only_windows_has_decide_for_windows() -> None:
    text = "„Das kostet 5 €“, sagte sie – und ging …"
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_a_claim_counts_only_where_proof_is_missing() -> None:
    assert decode("Łódź".encode("cp1250"), "a.txt", "cp1250") == "Łódź"
    assert decode("für".encode(), "a.txt", "latin-1") == "für"
    assert decode("für – dich".encode("cp1252"), "a.txt", "iso-8859-1") == "für – dich"
    assert decode("für".encode("cp1252"), "a.txt", "no such encoding") == "für"


def test_utf8_that_was_read_twice_is_repaired_only_when_the_whole_text_proves_it() -> None:
    text = "Schön, „für“ dich – à la carte"
    twice = b"".join(
        bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1").encode()
        for byte in text.encode()
    )
    assert decode(twice, "a.txt") == text
    mixed = "São Paulo schreibt man mit Ã, nicht mit Ã£"
    assert decode(mixed.encode(), "a.txt") == mixed


def test_a_few_foreign_bytes_do_not_spoil_the_rest() -> None:
    raw = "Müde, schön, für, später, größer ".encode() + "Ä".encode("cp1252") + b" Ende"
    assert decode(raw, "a.txt") == "Müde, schön, für, später, größer Ä Ende"


def test_a_file_cut_within_a_character_loses_only_that() -> None:
    raw = codecs.BOM_UTF16_LE + "Ende".encode("utf-16-le")[:-1]
    assert decode(raw, "a.txt") == "End"


@pytest.mark.parametrize(
    "raw", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", b"\x07\x01\x02abc" * 9]
)
def test_binary_data_is_no_text(raw: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.txt .*plain text.*\.$"):
        decode(raw, "a.txt")
