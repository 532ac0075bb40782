"""A zero-shot entailment model that lies on this machine: does the passage imply what the code means?"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from narratives.coding.codebook import Codebook
from narratives.coding.proposer import Evidence, Pair
from narratives.errors import InputError
from narratives.language import Language

_HYPOTHESIS = {"de": "In diesem Text geht es darum: {}", "en": "This text is about the following: {}"}


class EntailmentProposer:
    """Yin et al. 2019, "Benchmarking zero-shot text classification", EMNLP: a code as a hypothesis.

    The hypothesis is label and definition of the code. Confidence is the model's probability of entailment
    against contradiction; it was measured on nothing of ours. Evidence is the sentence that implies the code
    most. Slow: every passage is read once a code.
    """

    def __init__(
        self, name_or_path: str, codebooks: Sequence[Codebook], languages: Mapping[str, Language]
    ) -> None:
        """Load a model by path, or by name when it was fetched before; nothing is fetched here."""
        # Read by the library when it is imported: no request for what is not on this machine.
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        try:
            from transformers import pipeline

            self._classify: Any = pipeline(
                "zero-shot-classification",
                model=str(Path(name_or_path).expanduser()) if Path(name_or_path).exists() else name_or_path,
                device="cpu",
                model_kwargs={"use_safetensors": True},
            )
        except ImportError:
            raise InputError(
                "An entailment model needs the package transformers: pip install transformers."
            ) from None
        except (OSError, ValueError, KeyError) as error:
            raise InputError(
                f"There is no entailment model at {name_or_path!r} on this machine ({type(error).__name__}); "
                "give the folder of one with safetensors weights."
            ) from None
        codes = [code for book in codebooks for code in book.leaves()]
        self.code_ids = [code.id for code in codes]
        self.book_of = {code.id: book.id for book in codebooks for code in book.leaves()}
        self._languages = languages
        self._meaning = {
            language: [f"{code.label.of(language)}. {code.definition.of(language)}" for code in codes]
            for language in languages
        }

    def propose(
        self, texts: Sequence[str], language: str, least: np.ndarray
    ) -> tuple[np.ndarray, dict[Pair, list[Evidence]]]:
        """Return probabilities and evidence, as every Proposer does."""
        meaning = self._meaning[language]
        likely = np.stack([self._entailed(text, meaning, language) for text in texts])
        found: dict[Pair, list[Evidence]] = {}
        for row, code in zip(*np.nonzero(likely >= least), strict=True):
            text = texts[row]
            spans = self._languages[language].sentences(text)
            told = [self._entailed(text[start:end], [meaning[code]], language)[0] for start, end in spans]
            start, end = spans[int(np.argmax(told))]
            reason = f"implied by this sentence: {max(told):.0%}"
            found[int(row), int(code)] = [Evidence(start, end, reason)]
        return likely, found

    def _entailed(self, text: str, meaning: list[str], language: str) -> np.ndarray:
        answer = self._classify(
            text, candidate_labels=meaning, hypothesis_template=_HYPOTHESIS[language], multi_label=True
        )
        said = dict(zip(answer["labels"], answer["scores"], strict=True))
        return np.round(np.array([said[one] for one in meaning]), 5)
