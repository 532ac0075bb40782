"""Decisions move what is proposed: most near to them, from one positive on, and nothing else."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from narratives.coding.learned import Space
from narratives.coding.learning import learn_update, log_loss
from narratives.coding.update import Update


def corners(number: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors near one of two corners, and which."""
    generator = np.random.default_rng(seed)
    which = generator.integers(0, 2, number)
    vectors = np.where(which[:, None] == 1, [1.0, 0, 0, 0], [0, 1.0, 0, 0])
    return (vectors + generator.normal(0, 0.2, (number, 4))).astype(np.float32), which


SPACE = Space.of(corners(200, 0)[0], 2)


def learnt(given: np.ndarray, vectors: np.ndarray, before: float = -1.0) -> Update:
    return learn_update(
        ["a", "b"][: given.shape[1]], (SPACE,), [vectors], np.full(given.shape, before), given
    )


def test_more_decisions_make_it_better_on_passages_it_never_saw() -> None:
    vectors, which = corners(400, 1)
    given = which[:, None].astype(float)
    unseen = slice(200, 400)
    losses = [log_loss(np.full((200, 1), -1.0), given[unseen])]
    for number in (10, 50, 100, 200):
        update = learnt(given[:number], vectors[:number])
        losses.append(log_loss(-1 + update.changes([vectors[unseen]]), given[unseen]))
    assert all(later < earlier for earlier, later in itertools.pairwise(losses))


def test_one_positive_moves_what_is_near_it() -> None:
    update = learnt(np.array([[1.0]]), np.array([[1.0, 0, 0, 0]], dtype=np.float32))
    near, far = update.changes([np.array([[1, 0.1, 0, 0], [0, 1, 0, 0]], dtype=np.float32)])[:, 0]
    assert near > far > 0


def test_codes_that_nobody_decided_on_stay_as_they_are() -> None:
    vectors, which = corners(30, 2)
    given = np.full((30, 2), np.nan)
    given[:, 0] = which
    assert learnt(given, vectors).codes == ("a",)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_decisions_that_agree_with_what_was_said_change_little(value: float) -> None:
    vectors, _ = corners(40, 3)
    update = learnt(np.full((40, 1), value), vectors, before=8.0 if value else -8.0)
    assert np.abs(update.changes([vectors])).max() < 0.2
