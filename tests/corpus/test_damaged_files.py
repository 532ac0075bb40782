"""A file that cannot be read gives one sentence with its name and the way out, and nothing worse."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from test_readers import docx_of, odt_of
from test_tables import xlsx_of
from tiny_pdf import Words, pdf

from narratives.corpus.readers import READERS, ReadOptions, read_file
from narratives.errors import UnreadableFile

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
NOISE = random.Random(7).randbytes(4000)
LOCK = b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (b"00" * 16, b"00" * 16)
LOCKED_PDF = pdf(
    [[Words(80, 700, "Text")]],
    extra=b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"1f" * 32, b"2e" * 32),
    trailer=LOCK,
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def with_doctype(raw: bytes, part: str) -> bytes:
    """The same archive with an entity bomb at the head of one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).decode("utf-8", errors="replace")
            head = content.partition("?>")[0] + "?>" if content.startswith("<?xml") else ""
            new.writestr(entry, head + BOMB + content[len(head) :] if entry.filename == part else content)
    return buffer.getvalue()


def message(name: str, raw: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(Path(name), raw, options or ReadOptions())
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert ". " not in sentence.removeprefix(name)
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_nothing_noise_and_halves(suffix: str) -> None:
    assert "is empty" in message(f"a{suffix}", b"")
    assert "is empty" in message(f"a{suffix}", b" \r\n\t")
    message(f"a{suffix}", NOISE)
    message(f"a{suffix}", b"PK\x03\x04" + NOISE)
    message(f"a{suffix}", b"%PDF-1.4\n" + NOISE)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", docx_of(["Text"])[:-200]),
        ("a.docx", zipped(word__document_xml="<x/>")),
        ("a.odt", odt_of("<text:p>Text</text:p>")[:-100]),
        ("a.odt", zipped(mimetype="x")),
        ("a.odt", zipped(content_xml="<x><y>")),
        ("a.xlsx", xlsx_of([["id", "text"]])[:-300]),
        ("a.pdf", pdf([[Words(80, 700, "Text")]])[:200]),
        ("a.rtf", b"no rtf at all"),
    ],
)
def test_damaged(name: str, raw: bytes) -> None:
    assert "save it" in message(name, raw)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", LOCKED_PDF),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("a.odt", zipped(content_xml="x", **{"META-INF__manifest_xml": "<manifest:encryption-data/>"})),
    ],
)
def test_locked(name: str, raw: bytes) -> None:
    assert "password" in message(name, raw)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", with_doctype(docx_of(["Text"]), "word/document.xml")),
        ("a.odt", with_doctype(odt_of("<text:p>Text</text:p>"), "content.xml")),
        ("a.xlsx", with_doctype(xlsx_of([["id", "text"], [1, "x"]]), "xl/worksheets/sheet1.xml")),
        ("a.html", (BOMB + "<p>&b;</p>").encode()),
    ],
)
def test_entity_bombs(name: str, raw: bytes) -> None:
    assert "entities" in message(name, raw)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xlsx"])
def test_zip_bombs(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"{number}.xml", "w", force_zip64=True) as part:
                for _ in range(70):
                    part.write(bytes(1_000_000))
    assert "too large when unpacked" in message(name, buffer.getvalue())


def test_too_large_for_the_limit() -> None:
    assert "2 MB" in message("a.txt", b"x" * 2_000_001, ReadOptions(max_bytes=2_000_000))


def test_pictures_of_pages() -> None:
    assert "OCR" in message("a.pdf", pdf([[], []]))


@pytest.mark.parametrize("name", ["photo.jpg", "a.doc", "a.ods", "a.json", "noname"])
def test_kinds_that_cannot_be_read(name: str) -> None:
    assert "cannot be read" in message(name, b"x")


def test_documents_without_words() -> None:
    assert "holds no text" in message("a.docx", docx_of(["", " "]))
    assert "holds no text" in message("a.html", b"<html><body><script>x</script></body></html>")
