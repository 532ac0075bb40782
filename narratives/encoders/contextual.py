"""The exact shipped encoder: a small transformer, run with onnxruntime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from narratives.encoders.pieces import Pieces
from narratives.errors import InputError

_LONGEST = 254  # pieces read at a time, beside the marks of beginning and end
_MOST_THREADS = 8


class ContextualEncoder:
    """Reads a passage in order, so that negation and who did what to whom count; slower than the fast one.

    The folder holds encoder.onnx (piece ids of one passage to its vector) and tokenizer.json.
    """

    fitted = False

    def __init__(self, name: str, folder: Path) -> None:
        import joblib
        import onnxruntime

        self.name = name
        settings = onnxruntime.SessionOptions()
        # Passages one by one and each in one thread: rounding to int8 looks at all that is read at once, so
        # that a passage would otherwise have another vector in other company.
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1
        settings.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), settings, providers=["CPUExecutionProvider"]
            )
            self._pieces = Pieces(folder / "tokenizer.json")
        except Exception as error:  # neither library has a common class of its errors
            raise InputError(f"{folder} is not an encoder this version can use ({error}).") from None
        self._marks = len(self._pieces), len(self._pieces) + 1
        self.dimensions = int(self._session.get_outputs()[0].shape[1])
        self.threads = min(_MOST_THREADS, joblib.cpu_count())

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, d), rows of unit length; a text without a known piece is all zero.

        A text longer than the model's limit is read in parts of about equal length, cut between words; its
        vector is their mean, weighted by length: no word is lost.
        """
        parts: list[list[int]] = []
        owners: list[int] = []
        for number, words in enumerate(self._pieces.cut(texts)):
            for part in _parts(words):
                parts.append(part)
                owners.append(number)
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        with ThreadPoolExecutor(self.threads) as readers:
            for number, part, made in zip(owners, parts, readers.map(self._read, parts), strict=True):
                vectors[number] += made * len(part)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

    def _read(self, part: list[int]) -> np.ndarray:
        begin, end = self._marks
        ids = np.array([[begin, *part, end]], dtype=np.int64)
        return np.asarray(self._session.run(None, {"ids": ids})[0][0])


def _parts(words: list[list[int]]) -> Iterator[list[int]]:
    """Yield the pieces of a text, halved between words until each part can be read at once."""
    pieces = [piece for word in words for piece in word]
    if len(pieces) <= _LONGEST:
        if pieces:
            yield pieces
    elif len(words) == 1:
        yield from (pieces[first : first + _LONGEST] for first in range(0, len(pieces), _LONGEST))
    else:
        middle = len(words) // 2
        yield from _parts(words[:middle])
        yield from _parts(words[middle:])
