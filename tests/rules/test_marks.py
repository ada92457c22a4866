"""R19: marks as text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meet import Surface
from app.domain.units import SECOND, Duration
from app.rules.marks import entry_mark, mark, parse_mark
from app.rules.rounding import HUNDREDTH, TENTH


@pytest.mark.parametrize(
    ("elapsed_us", "unit", "shown"),
    [
        (9_790_000, HUNDREDTH, "9.79"),
        (60_000_000, HUNDREDTH, "1:00.00"),
        (2_330_010_000, HUNDREDTH, "38:50.01"),
        (5_749_000_000, SECOND, "1:35:49"),
        (38_000_000, SECOND, "0:38"),
        (3_600_000_000, SECOND, "1:00:00"),
        (3_599_990_001, HUNDREDTH, "1:00:00.00"),
        (9_005_000, HUNDREDTH, "9.01"),
        (9_000_000, HUNDREDTH, "9.00"),
        (61_050_000, TENTH, "1:01.1"),
        (0, HUNDREDTH, "0.00"),
        (-150_000, HUNDREDTH, "-0.15"),
        (-1, HUNDREDTH, "0.00"),
    ],
)
def test_r19_format(elapsed_us: int, unit: Duration, shown: str) -> None:
    assert mark(Duration(elapsed_us), unit) == shown


@pytest.mark.parametrize(
    ("text", "elapsed_us"),
    [
        ("1:02:03.45", 3_723_450_000),
        ("9.79", 9_790_000),
        ("70.14", 70_140_000),
        ("1:10.14", 70_140_000),
        (" 38:51 ", 2_331_000_000),
        ("9.123456", 9_123_456),
        ("12", 12_000_000),
        ("1:59:59", 7_199_000_000),
    ],
)
def test_marks_are_read(text: str, elapsed_us: int) -> None:
    assert parse_mark(text) == elapsed_us


@pytest.mark.parametrize(
    "text",
    [
        *("", "fast", "9,79", "9.", ".5", "1:60.0", "1:5.0", "1:60:00", "1:2:03", "-9.79", "0", "0:00.00"),
        *("1:02:03:04", "9.1234567", "1e3", "٩.٧٩", "12345", "NM", "9.79 s", "1::02"),
    ],
)
def test_nonsense_is_no_mark(text: str) -> None:
    with pytest.raises(ValueError, match="is no mark"):
        parse_mark(text)


@given(st.integers(1, 99 * 3_600), st.sampled_from([HUNDREDTH, TENTH, SECOND]))
def test_what_is_written_is_read_back(count: int, unit: Duration) -> None:
    elapsed = Duration(count * unit)
    assert parse_mark(mark(elapsed, unit)) == elapsed


@pytest.mark.parametrize(
    ("given_as", "surface", "shown"),
    [
        ("9.79", "track", "9.79"),
        ("10", "track", "10.00"),
        ("10.2", "track", "10.20"),
        ("10.213", "track", "10.213"),
        ("10.2131", "track", "10.214"),
        ("38:51", "road", "38:51"),
        ("38:50.01", "road", "38:50.01"),
    ],
)
def test_entry_marks_are_as_exact_as_they_were_given(given_as: str, surface: Surface, shown: str) -> None:
    assert entry_mark(parse_mark(given_as), surface) == shown


@pytest.mark.parametrize(
    ("given_as", "surface", "shown"),
    [
        ("10.2", "track", "10.2h"),
        ("10.25", "track", "10.25h"),
        ("38:51", "road", "38:51"),
        ("38:50.1", "road", "38:50.10h"),
    ],
)
def test_entry_marks_by_hand_say_so(given_as: str, surface: Surface, shown: str) -> None:
    assert entry_mark(parse_mark(given_as), surface, hand=True) == shown
