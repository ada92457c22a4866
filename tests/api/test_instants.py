"""Instants over the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.api.models import At
from app.domain.units import LATEST, Instant, format_instant

at = TypeAdapter(At)


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T01:00:00.000001+01:00", 1),
        ("1970-01-01t00:00:01z", 1_000_000),
        ("2026-05-03T15:00:17.4823+02:00", 1_777_813_217_482_300),
        ("2026-05-03T13:00:17.482300-00:00", 1_777_813_217_482_300),
    ],
)
def test_rfc_3339_with_an_offset_is_an_instant(text: str, micros: int) -> None:
    assert at.validate_python(text) == micros


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-05-03T15:00:17", "local_time"),
        ("2026-05-03T15:00:17.48", "local_time"),
        ("2026-05-03T15:00:17.1234567Z", "too_precise"),
        ("2026-05-03", "instant"),
        ("2026-05-03T15:00Z", "instant"),
        ("2026-05-03 15:00:17Z", "instant"),
        ("20260503T150017Z", "instant"),
        ("2026-W18-7T15:00:17Z", "instant"),
        ("2026-02-30T15:00:17Z", "instant"),
        ("2026-05-03T15:00:60Z", "instant"),
        ("2026-05-03T15:00:17+25:00", "instant"),
        ("0001-01-01T00:00:00+01:00", "out_of_range"),
        ("1969-12-31T23:59:59.999999Z", "out_of_range"),
        ("9999-12-31T23:59:59-01:00", "out_of_range"),
        ("٢٠٢٦-05-03T15:00:17Z", "instant"),
        (1_777_813_217_482_300, "instant"),
        (1777813217.4823, "instant"),
        (None, "instant"),
    ],
)
def test_anything_else_is_none_and_the_answer_says_why(value: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        at.validate_python(value)
    assert refused.value.errors()[0]["type"] == code


@given(st.integers(0, LATEST))
def test_what_we_write_is_what_we_read(micros: int) -> None:
    assert at.validate_python(format_instant(Instant(micros))) == micros
    assert at.dump_python(Instant(micros)) == format_instant(Instant(micros))
