"""Which reads are new: told without asking where all are beyond what is stored, and rightly wherever they are not."""

from collections.abc import Sequence

import pytest

from app.store.offers import Content, Stream
from tests.store.ground import read


def stream(highest: int, asked: list[list[int]]) -> Stream:
    """Everything up to `highest` is stored, as `read` makes it."""

    def stored(epoch_no: int, numbers: Sequence[int]) -> dict[int, Content]:
        asked.append(list(numbers))
        return {n: read(n)[1:5] for n in numbers if n <= highest}

    return Stream(7, highest, stored)


@pytest.mark.parametrize(
    ("numbers", "new", "duplicates", "looks"),
    [
        ([], [], [], 0),
        ([5], [5], [], 0),
        ([5, 6, 7], [5, 6, 7], [], 0),
        ([9, 5, 7], [9, 5, 7], [], 0),
        ([4, 5, 6], [5, 6], [4], 1),
        ([4], [], [4], 1),
        ([6, 5, 4], [6, 5], [4], 1),
        ([5, 6, 5], [5, 6], [5], 1),
        ([5, 5], [5], [5], 1),
    ],
)
def test_a_batch_is_told_apart(numbers: list[int], new: list[int], duplicates: list[int], looks: int) -> None:
    asked: list[list[int]] = []
    found = stream(4, asked).sort([read(n) for n in numbers])
    assert ([one[0] for one in found.new], found.duplicates, found.conflicts) == (new, duplicates, [])
    assert len(asked) == looks


def test_later_batches_know_what_was_new_in_earlier_ones() -> None:
    asked: list[list[int]] = []
    here = stream(-1, asked)
    here.sort([read(0), read(2)])
    here.sort([read(5)])
    late = here.sort([read(1), read(2), read(5, "C9"), read(6)])
    assert ([one[0] for one in late.new], late.duplicates, late.conflicts) == ([1, 6], [2], [read(5, "C9")])
    assert here.highest == 6
    assert here.sort([read(1), read(7)]).duplicates == [1]
