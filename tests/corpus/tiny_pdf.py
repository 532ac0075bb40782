"""A PDF writer of one page of code for the tests: typewriter letters at given places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 0.6  # of the size: every letter of Courier


@dataclass(frozen=True)
class Words:
    """A line of text whose first letter stands at x, y (from the lower left corner)."""

    x: float
    y: float
    text: str
    size: float = 10.0


def pdf(pages: Sequence[Iterable[Words]], extra: bytes = b"", rotate: int = 0, trailer: bytes = b"") -> bytes:
    """Return a PDF with these pages; `extra` is a further object, `trailer` goes into the trailer."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font,
    ]
    for i, page in enumerate(pages):
        content = b"\n".join(_show(words, rotate) for words in page)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (rotate, 5 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    if extra:
        objects.append(extra)
    return _file(objects, trailer)


def _show(words: Words, rotate: int) -> bytes:
    raw = words.text.encode("cp1252")
    for special in (b"\\", b"(", b")"):
        raw = raw.replace(special, b"\\" + special)
    matrix = b"0 1 -1 0 %f %f" if rotate else b"1 0 0 1 %f %f"
    place = (600 - words.y, words.x) if rotate else (words.x, words.y)
    return b"BT /F %f Tf %s Tm (%s) Tj ET" % (words.size, matrix % place, raw)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Root 1 0 R /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


def column(
    paragraphs: Sequence[str], x: float, top: float, letters: int, indent: float = 0.0, gap: float = 0.0
) -> list[Words]:
    """Return the lines of a column; '|' marks where a word may be parted."""
    lines: list[Words] = []
    y = top
    for paragraph in paragraphs:
        room = int(indent / (10 * WIDTH)) + 1 if indent else 0
        for number, line in enumerate(wrapped("_" * room + paragraph, letters)):
            lines.append(Words(x + (indent if number == 0 else 0.0), y, line.lstrip("_")))
            y -= 13
        y -= gap
    return lines


def wrapped(paragraph: str, letters: int) -> list[str]:
    """Fill lines as a word processor does."""
    lines: list[str] = []
    line = ""
    for word in paragraph.split():
        parts = word.split("|")
        room = letters - len(line) - bool(line)
        if len("".join(parts)) > room:
            heads = ["".join(parts[:cut]) for cut in range(1, len(parts))]
            cut = max((i for i, head in enumerate(heads, 1) if len(head) < room), default=0)
            head = "".join(parts[:cut])
            hyphen = "-" if head and not head.endswith("-") else ""
            lines.append(f"{line} {head}{hyphen}".strip())
            line, parts = "", parts[cut:]
        line = f"{line} {''.join(parts)}".strip()
    return [*lines, line]
