"""The words that carried a suggestion, found by asking the machine again without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from narratives.coding.coder import probability
from narratives.coding.machine import Judged, Machine
from narratives.coding.marking import Word
from narratives.coding.proposer import Evidence, Pair

_MOST_SENTENCES, _MOST_WORDS = 2, 4
_AS_STRONG = 0.5  # of the strongest sentence, or word
_TOLD = 0.25  # share of a learned score that words must make up to be shown as what carried it


def find_evidence(
    machine: Machine, texts: Sequence[str], language: str, judged: Judged, pairs: Sequence[Pair]
) -> dict[Pair, list[Evidence]]:
    """Return what carried each suggestion; a pair is left out when nothing that may carry it is left.

    Each sentence is taken out of its passage and the rest judged anew: the sentences whose loss costs most
    carried the suggestion. Within them stand the expressions of the codebook and the words that weigh most in
    what was learned. A sentence carries no code (warnings excepted) when it only tells what others say, or
    when the code's expressions in it are all denied or reported.
    """
    spans = {
        row: [span for span in judged.reading.sentences[row] if texts[row][slice(*span)].strip()]
        for row in sorted({row for row, _ in pairs})
    }
    shorter = [
        (row, number) for row, found in spans.items() if len(found) > 1 for number in range(len(found))
    ]
    without = [_without(texts[row], spans[row][number]) for row, number in shorter]
    odds = machine.judge(without, language).log_odds if without else np.zeros((0, 0))
    line = {key: place for place, key in enumerate(shorter)}
    told = {row: machine.coder.learned.told(judged.reading.words[row]) for row in spans}
    result = {}
    for row, code in pairs:
        full = judged.log_odds[row, code]
        left = [odds[line[row, n], code] if (row, n) in line else -np.inf for n in range(len(spans[row]))]
        found = []
        for number in _strongest(full - np.array(left)):
            span = spans[row][number]
            words = [word for word in judged.reading.words[row] if span[0] <= word.start < span[1]]
            hits = [
                hit
                for hit in judged.reading.hits
                if (hit.passage, hit.code) == (row, code) and span[0] <= hit.start < span[1]
            ]
            others_say_so = all(word.reported for word in words)
            only_denied = bool(hits) and not any(hit.affirmed for hit in hits)
            if not machine.readers[language].flags[code] and (others_say_so or only_denied):
                continue
            found.append(
                Evidence(*span, _of_sentence(machine, language, texts[row], span, code, full, left[number]))
            )
            found += [
                Evidence(hit.start, hit.end, f"indicator: {hit.phrase}") for hit in hits if hit.affirmed
            ]
            found += _telling_words(machine, language, judged, (row, code), words, told[row])
        if found:
            found.sort(key=lambda item: (not item.reason.startswith("indicator"), item.start, item.end))
            result[row, code] = found
    return result


def _without(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]].rstrip()} {text[span[1] :].lstrip()}".strip()


def _strongest(losses: np.ndarray) -> list[int]:
    """Return the sentences without which the odds fall most, in the order of the text."""
    if len(losses) == 1:
        return [0]
    order = [int(number) for number in np.argsort(-losses, kind="stable")]
    least = max(0.0, _AS_STRONG * float(losses[order[0]]))
    return sorted([order[0], *(number for number in order[1:_MOST_SENTENCES] if losses[number] >= least > 0)])


def _of_sentence(
    machine: Machine,
    language: str,
    text: str,
    span: tuple[int, int],
    code: int,
    full: float,
    left: float,
) -> str:
    if np.isfinite(left):
        before, after = (f"{100 * probability(np.array(value)):.0f}" for value in (full, left))
        return f"without this sentence: {before} → {after} %"
    like = machine.likeness
    _, which = like.compare(like.vectors([text[slice(*span)]]), "examples")
    if which[0, code] < 0:
        return "like the description: " + machine.codes[code].label.of(language)
    return f"like the example: {like.text('examples', int(which[0, code]))}"


def _telling_words(
    machine: Machine,
    language: str,
    judged: Judged,
    pair: Pair,
    words: Sequence[Word],
    told: Mapping[str, np.ndarray],
) -> list[Evidence]:
    """Return the words that weigh most in a sentence, where words make up a good part of the score."""
    row, code = pair
    learned, code_id = machine.coder.learned, machine.code_ids[code]
    if code_id not in learned.codes:
        return []
    column = learned.codes.index(code_id)
    above = judged.scores[row, column] - learned.mean[column]
    common = machine.readers[language].common
    inside = [
        (float(told[word.form][column]), word)
        for word in words
        if told[word.form][column] > 0 and word.plain and word.plain not in common
    ]
    if not inside or sum(value for value, _ in inside) < _TOLD * above:
        return []
    inside.sort(key=lambda item: (-item[0], item[1].start))
    strongest = [word for value, word in inside[:_MOST_WORDS] if value >= _AS_STRONG * inside[0][0]]
    return [Evidence(word.start, word.end, f"telling word: {word.plain}") for word in sorted(strongest)]
