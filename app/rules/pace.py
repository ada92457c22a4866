"""Pace (R69) and halves (R70)."""

from typing import Literal

from app.domain.units import SECOND, Duration

Halves = Literal["negative", "even", "positive"]


def pace(official: Duration, distance_m: int) -> str:
    """Time per kilometre from the official time, half a second rounded up: `3:53/km`."""
    double = 2 * official * 1_000 // distance_m
    seconds = (double + SECOND) // (2 * SECOND)
    return f"{seconds // 60}:{seconds % 60:02}/km"


def halves(half_way: Duration, finish: Duration) -> Halves:
    """Whether the second half was run faster (`negative`); raw times of one clock."""
    second = finish - half_way
    return "negative" if second < half_way else "even" if second == half_way else "positive"
