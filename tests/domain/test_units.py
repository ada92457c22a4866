"""Instants: RFC 3339 with an offset, integers of microseconds inside."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.units import LATEST, Instant, format_instant, instant, parse_instant


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T01:00:00.000001+01:00", 1),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2026-05-03T15:00:17.4823+02:00", 1_777_813_217_482_300),
        ("2026-05-03 13:00:17.4823Z", 1_777_813_217_482_300),
        ("9999-12-31T23:59:59.999999Z", LATEST),
    ],
)
def test_instants_are_read_to_the_microsecond(text: str, us: int) -> None:
    assert parse_instant(text) == us


@pytest.mark.parametrize("text", ["2026-05-03T15:00:17", "noon", "", "2026-02-30T00:00:00Z", "1777813217"])
def test_what_names_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_instant(text)


def test_a_local_time_says_why_it_is_refused() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        parse_instant("2026-05-03T15:00:17")


def test_instants_are_written_in_utc_with_six_decimals() -> None:
    assert format_instant(Instant(1_777_813_217_482_300)) == "2026-05-03T13:00:17.482300Z"
    assert format_instant(instant(datetime(2026, 5, 3, 13, tzinfo=UTC))) == "2026-05-03T13:00:00.000000Z"


@given(st.integers(-62_135_596_800_000_000, LATEST))
def test_every_microsecond_survives_writing_and_reading(us: int) -> None:
    assert parse_instant(format_instant(Instant(us))) == us
