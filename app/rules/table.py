"""What tables of rules are made of: bounded numbers, texts of one line, and rows by distance."""

from collections.abc import Sequence
from typing import Annotated, Final, Protocol, TypeVar

from msgspec import Meta

from app.domain.units import Duration

DAY_US: Final = 86_400_000_000

Metres = Annotated[int, Meta(ge=1, le=1_000_000)]
Number = Annotated[int, Meta(ge=0, le=100_000)]
Some = Annotated[int, Meta(ge=1, le=100_000)]
Speed = Annotated[int, Meta(ge=1, le=100_000)]
"""mm/s."""
Micros = Annotated[Duration, Meta(ge=0, le=DAY_US)]
Unit = Annotated[Duration, Meta(ge=1, le=1_000_000)]
"""What times are rounded up to."""
Text = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\A[^\x00-\x1f\x7f\ud800-\udfff]*\Z")]

Segment = Annotated[
    str,
    Meta(
        max_length=100,
        pattern=r"\A[^/\x00-\x1f\x7f\ud800-\udfff]*[^/\s\x00-\x1f\x7f\ud800-\udfff][^/\x00-\x1f\x7f\ud800-\udfff]*\Z",
    ),
]
"""A name that also stands in paths: no slash, and not blank."""


class ByDistance(Protocol):
    """A row for races, or legs, up to so many metres; None: any length."""

    @property
    def longest_m(self) -> int | None: ...


Row = TypeVar("Row", bound=ByDistance)


def row_for(rows: Sequence[Row], metres: int) -> Row | None:
    """The first row that reaches so far; None beyond the last one."""
    return next((row for row in rows if row.longest_m is None or metres <= row.longest_m), None)
