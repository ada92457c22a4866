"""Laps (R99–R106): where the line is crossed, how often, and what is left to run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Final

from app.domain.meet import Direction, EventSpec, TimingPoint
from app.domain.units import SECOND, Duration, Instant
from app.rules.speed import least_time

LAP_M: Final = 400
NEAREST_CROSSING_M: Final = 100
"""A crossing nearer to the start than this is start noise: the mile's first, after 9 m."""

LEAST_LAP: Final[Mapping[Direction, Duration]] = {
    "forward": Duration(42 * SECOND),
    "backward": Duration(60 * SECOND),
}
"""For a lap of 400 m; world-class ones take 43 s and 68 s."""

FASTEST_OPENING: Final[Mapping[Direction, int]] = {"forward": 8_500, "backward": 6_000}
"""mm/s up to the first crossing of a race of several laps."""


def crossings(distance_m: int, lap_m: int = LAP_M) -> tuple[int, ...]:
    """Metres run at each crossing of the finish line, the finish last (R99)."""
    first = (distance_m - 1) % lap_m + 1
    return tuple(m for m in range(first, distance_m + 1, lap_m) if m >= min(NEAREST_CROSSING_M, distance_m))


def default_min_lap(direction: Direction, lap_m: int = LAP_M) -> Duration:
    """Two crossings closer together than this are one (R100); in proportion on a shorter or longer lap."""
    return Duration(LEAST_LAP[direction] * lap_m // LAP_M)


def first_crossing_min(distance_m: int, direction: Direction, lap_m: int = LAP_M) -> Duration:
    """Reads at the line before this are start noise (R100). A race of one crossing is a sprint: R63 holds."""
    first, *more = crossings(distance_m, lap_m)
    if not more:
        return least_time(first, direction)
    return Duration(-(-first * 1_000_000_000 // FASTEST_OPENING[direction]))


def race_m(spec: EventSpec) -> int:
    """What a team or a runner covers from gun to finish: all legs of a relay together."""
    return spec.distance_m * spec.relay_legs


def default_points(spec: EventSpec, lap_m: int = LAP_M) -> tuple[TimingPoint, ...]:
    """Start, laps, finish. On a track each crossing is a point at the place `finish`; on the road there are no laps.

    The start stands at the place `start`, or at `finish` where a whole number of laps begins at the line.
    """
    metres = race_m(spec)
    if spec.surface == "road":
        return TimingPoint(name="start", distance_m=0, place="start"), _finish(metres)
    start = TimingPoint(name="start", distance_m=0, place="start" if metres % lap_m else "finish")
    *laps, _ = crossings(metres, lap_m)
    return start, *(TimingPoint(name=f"{m} m", distance_m=m, place="finish") for m in laps), _finish(metres)


def _finish(metres: int) -> TimingPoint:
    return TimingPoint(name="finish", distance_m=metres, place="finish")


def laps_to_go(distance_m: int, crossed: int, lap_m: int = LAP_M) -> int:
    """Crossings still to come (R103); at 1 the bell rings."""
    return max(0, len(crossings(distance_m, lap_m)) - crossed)


def running_order(crossed: int, last_at: Instant) -> tuple[int, int]:
    """Sort key while a race is on (R104): who crossed more often is ahead, then who crossed earlier."""
    return -crossed, last_at


@dataclass(frozen=True, slots=True)
class MissedCrossing:
    """A proposal: the `number`-th crossing was probably not read, and lay at about `at`."""

    number: int
    at: Instant


def missed_crossings(crossed_at: Sequence[Instant]) -> list[MissedCrossing]:
    """Laps of 1.6 to 2.4 times the runner's median lap, halved (R102). An official confirms; no finish is invented.

    `crossed_at` holds the crossings read, in order; numbers count the proposed ones too.
    """
    gaps = [b - a for a, b in pairwise(crossed_at)]
    if len(gaps) < 3:
        return []
    usual, found = median_low(gaps), list[MissedCrossing]()
    for index, gap in enumerate(gaps):
        if 16 * usual <= 10 * gap <= 24 * usual:
            number = index + 2 + len(found)
            found.append(MissedCrossing(number, Instant(crossed_at[index] + gap // 2)))
    return found


def last_lap(crossed_at: Sequence[Instant]) -> Duration | None:
    """From the last crossing but one to the finish (R105); None where one lap or less is run."""
    return Duration(crossed_at[-1] - crossed_at[-2]) if len(crossed_at) > 1 else None
