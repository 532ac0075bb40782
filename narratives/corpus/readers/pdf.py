"""PDF files: glyphs with their places become lines, columns, paragraphs.

pypdfium2 reads the glyphs (five times as fast as pdfplumber, and it marks hyphens at line ends). What
follows is geometry: pdf_glyphs -> pdf_margins -> pdf_columns -> pdf_mend. PDFium must not run in two
threads at once; processes are fine.
"""

from __future__ import annotations

import re

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.readers.options import ReadOptions
from narratives.corpus.readers.pdf_columns import reading_order
from narratives.corpus.readers.pdf_glyphs import Piece, page_pieces
from narratives.corpus.readers.pdf_margins import without_margins
from narratives.corpus.readers.pdf_mend import mended
from narratives.corpus.readers.sentences import damaged, locked
from narratives.errors import UnreadableFile

_LETTERS_A_PAGE = 10  # fewer in the mean: the pages are pictures
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U000fffff]")
_FILE_TITLE = re.compile(r"^(?:Microsoft|Untitled|Unbenannt)|\.\w{2,5}$", re.IGNORECASE)


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account in a PDF; raises UnreadableFile when it is locked, damaged or only pictures."""
    pages, title = _pages(raw, name)
    letters = "".join(piece.text for page in pages for piece in page)
    if sum(map(str.isalpha, letters)) < _LETTERS_A_PAGE * len(pages):
        raise UnreadableFile(
            f"{name} holds pictures of pages but hardly any text; run text recognition (OCR) over it first."
        )
    if len(_STRANGE.findall(letters)) > len(letters) / 10:
        raise UnreadableFile(
            f"{name} hides its letters in a font without names; print it to a new PDF and run OCR over that."
        )
    columns = [column for page in without_margins(pages) for column in reading_order(page)]
    return [Document(clean(mended(columns)), title=title)]


def _pages(raw: bytes, name: str) -> tuple[list[list[Piece]], str]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise locked(name) if "password" in str(error).casefold() else damaged(name) from error
    try:
        pages = [page_pieces(page) for page in pdf]
        title = clean_line(pdf.get_metadata_dict().get("Title", ""))
    finally:
        pdf.close()
    return pages, "" if _FILE_TITLE.search(title) else title  # 'Microsoft Word - mueller.doc' is no title
