"""Office files are zip archives of XML: opened here, with guards against bombs, passwords and entities."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from narratives.corpus.readers.sentences import damaged, locked
from narratives.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 200_000_000  # bytes; a report of a thousand pages unpacks to about ten million
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of .doc, .xls and of encrypted .docx and .xlsx
_NEW = "open it in Word or LibreOffice and save it in the new one"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_archive(raw: bytes, name: str, limit: int | None = None) -> ZipFile:
    """Open an office file; raises UnreadableFile when it is locked, unsafe, damaged or too large."""
    if raw.startswith(_OLE):
        raise (
            locked(name)
            if _ENCRYPTED in raw
            else UnreadableFile(f"{name} is in the old Office format; {_NEW}.")
        )
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise damaged(name) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked(name)
    if sum(entry.file_size for entry in entries) > (limit or MAX_UNPACKED):
        raise UnreadableFile(f"{name} is too large when unpacked; remove pictures or split it.")
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                refuse_entities(part.read(2000), name)
    return archive


def parse_xml(raw: bytes, name: str) -> _Element:
    """Return the root of an XML part, parsed without entities, network and oversized trees."""
    from lxml import etree

    refuse_entities(raw[:2000], name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(raw, parser)


def refuse_locked(archive: ZipFile, name: str) -> None:
    """Raise UnreadableFile when an OpenDocument file is protected by a password."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise locked(name)


def refuse_entities(head: bytes, name: str) -> None:
    """Raise UnreadableFile when the head of a file declares XML entities.

    Word, Excel, LibreOffice and browsers never write a document type with entities: it is an attack.
    """
    if b"<!ENTITY" in head or b"[" in head.partition(b"<!DOCTYPE")[2].partition(b">")[0]:
        raise UnreadableFile(f"{name} declares XML entities, which is unsafe; save it again as plain text.")


def local(node: Any) -> str:
    """Return the name of an element without its namespace, '' for comments and the like."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def get(node: Any, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    for key, value in node.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def children(node: Any, *names: str) -> Iterator[Any]:
    """Yield the children with one of these names (without namespace)."""
    for child in node:
        if local(child) in names:
            yield child
