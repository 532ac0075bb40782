"""Who carries which code: the one form all statistics start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from narratives.coding.codebook import Codebook

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Coded:
    """Passages by codes, true or false, with the narrative (by its row) and the place of each passage.

    `basis` says whether machine suggestions or people's codings are counted; the two are never mixed.
    """

    basis: str
    code_ids: list[str]
    matrix: np.ndarray
    narrative: np.ndarray
    position: np.ndarray
    n_narratives: int

    def per_narrative(self, columns: np.ndarray) -> np.ndarray:
        """Return (narratives, columns): the sums of passage rows by narrative."""
        sums = np.zeros((self.n_narratives, columns.shape[1]))
        np.add.at(sums, self.narrative, columns)
        return sums

    def column(self, code_id: str) -> int:
        """Return the column of a code."""
        return self.code_ids.index(code_id)


def coded_passages(
    basis: str,
    coded: pd.DataFrame,
    passages: pd.DataFrame,
    narratives: pd.DataFrame,
    codebooks: Sequence[Codebook],
) -> Coded:
    """Return the passages by codes. `coded` has passage_id and code_id, one row a code given.

    A parent code is carried by every passage that carries one of its children.
    """
    code_ids = [code.id for book in codebooks for code in book.codes]
    number = {code_id: place for place, code_id in enumerate(code_ids)}
    row_of = {passage: row for row, passage in enumerate(passages["passage_id"])}
    matrix = np.zeros((len(passages), len(code_ids)), dtype=bool)
    for passage, code_id in zip(coded["passage_id"], coded["code_id"], strict=True):
        if code_id in number and passage in row_of:
            matrix[row_of[passage], number[code_id]] = True
    for book in codebooks:
        for above in reversed(book.codes):
            for below in book.children(above.id):
                matrix[:, number[above.id]] |= matrix[:, number[below.id]]
    place_of = {narrative: row for row, narrative in enumerate(narratives["narrative_id"])}
    return Coded(
        basis,
        code_ids,
        matrix,
        np.array([place_of[narrative] for narrative in passages["narrative_id"]], dtype=int),
        passages["position"].to_numpy(dtype=float),
        len(narratives),
    )
