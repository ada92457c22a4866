"""What no runner can do (R63): a read that would ask for more than this is a ghost."""

from collections.abc import Mapping
from typing import Final

from app.domain.meet import Direction
from app.domain.units import Duration

Fastest = tuple[tuple[int | None, int], ...]
"""(leg up to so many metres, speed in mm/s), shortest legs first; None: any length."""

FASTEST: Final[Mapping[Direction, Fastest]] = {
    "forward": ((400, 11_000), (1_000, 8_500), (3_000, 7_500), (None, 7_000)),
    "backward": ((200, 8_000), (400, 6_500), (1_000, 5_800), (None, 5_200)),
}
"""Each a little above the best marks."""


def least_time(leg_m: int, direction: Direction, table: Mapping[Direction, Fastest] = FASTEST) -> Duration:
    """The shortest believable time for a leg, rounded up to the microsecond; 0 for a leg of 0 m."""
    speed = next(mm_per_s for longest_m, mm_per_s in table[direction] if longest_m is None or leg_m <= longest_m)
    return Duration(-(-leg_m * 1_000_000_000 // speed))
