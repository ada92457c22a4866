"""Laps (R99–R106): where the line is crossed, how often, and what is left to run."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from app.domain.meet import Direction, EventSpec, TimingPoint
from app.domain.units import Duration, Instant
from app.rules.table import Metres, Micros, Number, Some


@dataclass(frozen=True, slots=True, kw_only=True)
class PerDirection:
    forward: Some
    backward: Some

    def of(self, direction: Direction) -> int:
        return self.forward if direction == "forward" else self.backward


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastLap:
    """Of `lap_m` metres; in proportion on a shorter or longer lap."""

    lap_m: Metres
    forward_us: Micros
    backward_us: Micros

    def of(self, direction: Direction) -> Duration:
        return self.forward_us if direction == "forward" else self.backward_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A lap of so many per cent of the runner's median lap hides a crossing that was not read (R102)."""

    from_percent: Some
    to_percent: Some
    least_laps: Some


@dataclass(frozen=True, slots=True, kw_only=True)
class Laps:
    nearest_crossing_m: Number
    """A crossing nearer to the start than this is start noise: the mile's first, after 9 m (R99)."""
    least: LeastLap
    opening_mm_per_s: PerDirection
    """Up to the first crossing of a race of several laps (R100)."""
    missed: Missed
    lap_times_from_m: Number
    """Races from here on have their laps recorded (R18)."""
    kilometres_from_m: Number
    """Races from here on have each 1000 m recorded (R18)."""
    per_scorer: Some
    """Athletes that one lap scorer watches (R103)."""


def crossings(distance_m: int, laps: Laps, lap_m: int) -> tuple[int, ...]:
    """Metres run at each crossing of the finish line, the finish last (R99)."""
    first, nearest = (distance_m - 1) % lap_m + 1, min(laps.nearest_crossing_m, distance_m)
    return tuple(m for m in range(first, distance_m + 1, lap_m) if m >= nearest)


def kilometres(distance_m: int, laps: Laps, lap_m: int) -> tuple[tuple[int, int], ...]:
    """(metres run, how many metres before the finish line that is) of each 1000 m mark on a track (R101)."""
    marks = range(1_000, distance_m + 1, 1_000) if distance_m >= laps.kilometres_from_m else ()
    return tuple((m, (distance_m - m) % lap_m) for m in marks)


def default_min_lap(direction: Direction, laps: Laps, lap_m: int) -> Duration:
    """Two crossings closer together than this are one (R100)."""
    return Duration(laps.least.of(direction) * lap_m // laps.least.lap_m)


def least_opening(metres: int, direction: Direction, laps: Laps) -> Duration:
    """Reads at a line that is crossed lap by lap, before this, are start noise (R100)."""
    return Duration(-(-metres * 1_000_000_000 // laps.opening_mm_per_s.of(direction)))


def race_m(spec: EventSpec) -> int:
    """What a team or a runner covers from gun to finish: all legs of a relay together."""
    return sum(spec.legs)


def default_points(spec: EventSpec, laps: Laps, lap_m: int) -> tuple[TimingPoint, ...]:
    """Start, laps, finish. On a track each crossing is a point at the place `finish`; on the road there are no laps.

    The start stands at the place `start`, or at `finish` where a whole number of laps begins at the line.
    """
    metres = race_m(spec)
    if spec.surface == "road":
        return TimingPoint(name="start", distance_m=0, place="start"), _finish(metres)
    start = TimingPoint(name="start", distance_m=0, place="start" if metres % lap_m else "finish")
    *crossed, _ = crossings(metres, laps, lap_m)
    return start, *(TimingPoint(name=f"{m} m", distance_m=m, place="finish") for m in crossed), _finish(metres)


def _finish(metres: int) -> TimingPoint:
    return TimingPoint(name="finish", distance_m=metres, place="finish")


def laps_to_go(distance_m: int, crossed: int, laps: Laps, lap_m: int) -> int:
    """Crossings still to come (R103); at 1 the bell rings."""
    return max(0, len(crossings(distance_m, laps, lap_m)) - crossed)


def running_order(crossed: int, last_at: Instant) -> tuple[int, int]:
    """Sort key while a race is on (R104): who crossed more often is ahead, then who crossed earlier."""
    return -crossed, last_at


@dataclass(frozen=True, slots=True)
class MissedCrossing:
    """A proposal: the `number`-th crossing was probably not read, and lay at about `at`."""

    number: int
    at: Instant


@dataclass(frozen=True, slots=True)
class Opening:
    """The way to the first crossing: when it began, its metres, and those of a lap."""

    began: Instant
    metres: int
    lap_m: int


def missed_crossings(
    crossed_at: Sequence[Instant], table: Missed, opening: Opening | None = None
) -> list[MissedCrossing]:
    """Laps of about twice the runner's median lap, halved (R102). An official confirms; no finish is invented.

    `crossed_at` holds the crossings read, in order; numbers count the proposed ones too. The first crossing is looked
    for where the `opening` is known: it may be a part of a lap only.
    """
    gaps = [b - a for a, b in pairwise(crossed_at)]
    if len(gaps) < table.least_laps:
        return []
    usual, found = median_low(gaps), list[MissedCrossing]()
    first = None if opening is None else missed_first(crossed_at[0], usual, table, opening)
    if first is not None:
        found.append(MissedCrossing(1, first))
    for index, gap in enumerate(gaps):
        if table.from_percent * usual <= 100 * gap <= table.to_percent * usual:
            number = index + 2 + len(found)
            found.append(MissedCrossing(number, Instant(crossed_at[index] + gap // 2)))
    return found


def missed_first(first_at: Instant, usual: int, table: Missed, opening: Opening) -> Instant | None:
    """The first crossing, in proportion of the metres, where the way to the first one read took a lap longer.

    At the usual pace that is the opening and a lap; where the opening is a whole lap, twice the lap as everywhere.
    """
    took, metres = first_at - opening.began, opening.metres + opening.lap_m
    if table.from_percent * usual * metres <= 200 * opening.lap_m * took <= table.to_percent * usual * metres:
        return Instant(opening.began + took * opening.metres // metres)
    return None


@dataclass(frozen=True, slots=True)
class OnLap:
    """A runner between two crossings: how many there were, when the last one was, and what a lap takes at this pace."""

    crossed: int
    last_at: Instant
    lap: Duration


def is_caught(runner: OnLap, by: OnLap) -> Instant | None:
    """When `by`, at least a lap ahead, comes up with the runner before their next crossings (R93); None where not.

    Both keep the pace of their last lap. Who crossed after `by` did has been lapped already, and is so many laps down.
    """
    down = by.crossed - runner.crossed
    if down < 1 or by.last_at < runner.last_at or by.last_at + by.lap > runner.last_at + runner.lap:
        return None
    gained = runner.lap - by.lap
    return Instant((by.last_at * runner.lap - runner.last_at * by.lap) // gained) if gained > 0 else None


def last_lap(crossed_at: Sequence[Instant]) -> Duration | None:
    """From the last crossing but one to the finish (R105); None where one lap or less is run."""
    return Duration(crossed_at[-1] - crossed_at[-2]) if len(crossed_at) > 1 else None
