"""A ladder gives each key the rung that it has in one sorted list, whatever came and went before."""

import random
from bisect import bisect_left, insort

import numpy as np
import pytest

from app.timing import board
from app.timing.board import Ladder
from app.timing.field import NEVER


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("lately", [0, 3, 1_000])
def test_rungs_are_those_of_one_sorted_list(seed: int, lately: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "LATELY", lately)
    rng = random.Random(seed)
    plain = sorted(rng.randrange(40) for _ in range(30))
    ladder = Ladder(np.array([*plain, NEVER, NEVER]))
    for _ in range(200):
        key = rng.randrange(40)
        if rng.random() < 0.5:
            assert ladder.add(key) == bisect_left(plain, key)
            insort(plain, key)
        elif plain:
            ladder.remove(gone := rng.choice(plain))
            plain.remove(gone)
        assert [ladder.rung(key) for key in range(41)] == [bisect_left(plain, key) for key in range(41)]
