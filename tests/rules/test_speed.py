"""R63: what no runner can do."""

import pytest

from app.domain.meet import Direction
from app.domain.units import SECOND
from app.rules.speed import least_time
from tests.rules.shipped import WORLD

FASTEST = WORLD.passings.fastest


@pytest.mark.parametrize(
    ("leg_m", "elapsed_s", "ghost"),
    [
        (5_000, 300, True),
        (5_000, 760, False),
        (400, 43, False),
        (100, 9, True),
        (1_000, 132, False),
        (3_000, 380, True),
    ],
)
def test_r63_faster_than_anybody_is_a_ghost(leg_m: int, elapsed_s: int, ghost: bool) -> None:
    assert (elapsed_s * SECOND < least_time(leg_m, FASTEST.forward)) is ghost


@pytest.mark.parametrize(
    ("leg_m", "direction", "least_us"),
    [
        (0, "forward", 0),
        (0, "backward", 0),
        (400, "forward", 36_363_637),
        (401, "forward", 47_176_471),
        (1_000, "forward", 117_647_059),
        (3_000, "forward", 400_000_000),
        (10_000, "forward", 1_428_571_429),
        (200, "backward", 25_000_000),
        (400, "backward", 61_538_462),
        (1_000, "backward", 172_413_794),
        (5_000, "backward", 961_538_462),
    ],
)
def test_r63_least_time_by_length_of_the_leg(leg_m: int, direction: Direction, least_us: int) -> None:
    assert least_time(leg_m, FASTEST.of(direction)) == least_us


@pytest.mark.parametrize(
    ("leg_m", "best_s", "direction"),
    [
        (100, 9.58, "forward"),
        (400, 43.03, "forward"),
        (800, 100.91, "forward"),
        (1_500, 206.0, "forward"),
        (10_000, 1_571.0, "forward"),
        (100, 13.17, "backward"),
        (200, 30.23, "backward"),
        (400, 68.34, "backward"),
        (800, 151.0, "backward"),
        (10_000, 2_330.01, "backward"),
    ],
)
def test_r63_the_best_marks_are_possible(leg_m: int, best_s: float, direction: Direction) -> None:
    assert least_time(leg_m, FASTEST.of(direction)) < best_s * SECOND
