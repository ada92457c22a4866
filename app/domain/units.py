"""Time and distance as integers. A float never holds a time.

>>> parse_instant("2026-05-03T15:00:17.4823+02:00")
1777813217482300
>>> format_instant(Instant(1777813217482300))
'2026-05-03T13:00:17.482300Z'
"""

from datetime import UTC, datetime, timedelta
from typing import Final, NewType

Instant = NewType("Instant", int)
"""Microseconds since 1970-01-01T00:00:00Z."""

Duration = NewType("Duration", int)
"""Microseconds between two instants."""

SECOND: Final = Duration(1_000_000)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = Instant(253_402_300_799_999_999)
"""The last microsecond that RFC 3339 can write (9999-12-31T23:59:59.999999Z)."""

_MICROSECOND: Final = timedelta(microseconds=1)


def instant(at: datetime) -> Instant:
    """The instant of a datetime with an offset; ValueError without one."""
    if at.tzinfo is None:
        raise ValueError("a local time without an offset names no instant")
    return Instant((at - EPOCH) // _MICROSECOND)


def parse_instant(text: str) -> Instant:
    """RFC 3339 with an offset, up to microseconds; ValueError for anything else."""
    return instant(datetime.fromisoformat(text))


def format_instant(at: Instant) -> str:
    """RFC 3339 in UTC, always with six decimals."""
    return (EPOCH + timedelta(microseconds=at)).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
