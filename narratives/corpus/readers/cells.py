"""Rows of tables in word-processor files, as text."""

from __future__ import annotations


def row_text(cells: list[list[str]]) -> list[str]:
    """Return the paragraphs of a row from those of its cells.

    A row of short cells is one paragraph (time, speaker, words); a cell with paragraphs keeps them.
    """
    filled = [[part for part in cell if part.strip()] for cell in cells]
    if all(len(cell) <= 1 for cell in filled):
        return ["\t".join(cell[0] for cell in filled if cell)]
    return [part for cell in filled for part in cell]
