"""R69, R70: pace and halves."""

import pytest

from app.rules.marks import parse_mark
from app.rules.pace import halves, pace


@pytest.mark.parametrize(
    ("official", "distance_m", "shown"),
    [
        ("38:50.01", 10_000, "3:53/km"),
        ("19:16.99", 5_000, "3:51/km"),
        ("11:00.56", 3_000, "3:40/km"),
        ("40:13", 10_000, "4:01/km"),
        ("4:00.5", 1_000, "4:01/km"),
        ("4:00.499999", 1_000, "4:00/km"),
        ("10:00", 10_000, "1:00/km"),
    ],
)
def test_r69_pace(official: str, distance_m: int, shown: str) -> None:
    assert pace(parse_mark(official), distance_m) == shown


@pytest.mark.parametrize(
    ("half", "finish", "word"),
    [
        ("20:10", "40:01", "negative"),
        ("20:00", "40:00", "even"),
        ("19:39.01", "38:50.01", "negative"),
        ("20:00", "40:00.000001", "positive"),
    ],
)
def test_r70_a_negative_split_is_strictly_faster(half: str, finish: str, word: str) -> None:
    assert halves(parse_mark(half), parse_mark(finish)) == word
