"""R9, R44–R47: places, ties, the order of a sheet."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import Status
from app.rules.order import BLOCKS, Block, sheet_key
from app.rules.places import places, shared


@pytest.mark.parametrize(
    ("keys", "placed"),
    [
        ([101, 102, 102, 103], [1, 2, 2, 4]),
        ([1, 2, 3, 3, 3, 6], [1, 2, 3, 3, 3, 6]),
        ([102, 101, 103, 102], [2, 1, 4, 2]),
        ([], []),
        ([7, 7, 7], [1, 1, 1]),
    ],
)
def test_r44_equal_share_the_lower_number_and_the_next_is_skipped(keys: list[int], placed: list[int]) -> None:
    assert places(keys) == placed


def test_r44_shared_places_are_printed_with_an_equals_sign() -> None:
    assert shared(places([101, 102, 102, 103])) == ["1", "=2", "=2", "4"]
    assert shared([3, 3, 5]) == ["=3", "=3", "5"]


def test_r9_thousandths_give_different_places_under_the_same_mark() -> None:
    assert places([9_784, 9_789]) == [1, 2]


def test_r45_equal_whole_seconds_of_chips_are_no_tie() -> None:
    assert places([2_412_640, 2_412_201]) == [2, 1]


def test_r47_a_disqualification_moves_everybody_below_up() -> None:
    assert places([1, 2, 3]) == [1, 2, 3]
    assert places([1, 3]) == [1, 2]
    assert places([1, 2]) == [1, 2], "=1 A, =1 B, 3 C with A disqualified"


@given(st.lists(st.integers(0, 9)))
def test_a_place_is_one_more_than_the_number_ahead(keys: Sequence[int]) -> None:
    assert places(keys) == [1 + sum(other < key for other in keys) for key in keys]


LINES: list[tuple[str, int | None, Status | None, dict[str, Any]]] = [
    ("10", 1, "OK", {"lane": 8}),
    ("7", 2, "OK", {"lane": 3}),
    ("2", 2, "OK", {"lane": 5}),
    ("30", None, None, {"reached_m": 5_000, "reached_us": 900}),
    ("31", None, None, {"reached_m": 5_000, "reached_us": 901}),
    ("204", None, "DNF", {"reached_m": 8_000, "reached_us": 99}),
    ("5", None, "DNF", {"reached_m": 5_000, "reached_us": 10}),
    ("3", None, "DQ", {}),
    ("12", None, "DQ", {}),
    ("A1", None, "DQ", {}),
    ("1", None, "OK", {"guest": True}),
    ("4", None, "DNS", {}),
    ("9", None, "DNS", {"guest": True}),
]


def test_r46_placed_then_unfinished_then_disqualified_then_guests_then_not_started() -> None:
    shuffled = sorted(LINES, key=lambda line: line[0])
    ordered = sorted(shuffled, key=lambda line: sheet_key(*line[:3], blocks=BLOCKS, **line[3]))
    assert [line[0] for line in ordered] == [line[0] for line in LINES]


def test_r46_who_shares_a_place_stands_by_lane_however_far_they_were_seen() -> None:
    first = sheet_key("7", 2, "OK", lane=3, reached_m=100, reached_us=9, blocks=BLOCKS)
    assert first < sheet_key("2", 2, "OK", lane=5, reached_m=400, reached_us=1, blocks=BLOCKS)


def test_r46_an_organizer_may_order_the_blocks_otherwise() -> None:
    blocks: tuple[Block, ...] = ("placed", "racing", "DNS", "DNF", "guest", "DQ")
    assert sheet_key("1", None, "DNS", blocks=blocks) < sheet_key("2", None, "DQ", blocks=blocks)
