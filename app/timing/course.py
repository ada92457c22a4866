"""The course of an event made ready for timing: points in order of distance, and the least times between them."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from app.domain.meet import EventSpec, TimingPoint
from app.domain.units import SECOND, Duration, Instant
from app.rules.laps import Opening, default_min_lap, least_opening
from app.rules.rounding import TimedBy, is_official, unit_of
from app.rules.ruleset import Ruleset
from app.rules.speed import Fastest, least_time

METHODS: Final[tuple[TimedBy, ...]] = ("transponder", "photo_finish", "hand", "semi")
"""By code, as columns of results hold them."""
RAW: Final = Duration(1)
LONGEST: Final = Duration(24 * 3_600 * SECOND)
"""Nobody takes a day for 10 km: a read after that came from a clock that was never set. No table overrides it: it is
what this engine takes for a time at all, in bodies and for the clock of a whole meet too."""


class Course:
    """Points by index in order of distance, places by index too. Immutable once made."""

    def __init__(self, spec: EventSpec, rules: Ruleset) -> None:
        self.spec, self.rules = spec, rules
        self.same_passing, self.twins = int(rules.passings.same_us), int(rules.passings.twins_us)
        self.image = rules.timing.image_us
        self.points: tuple[TimingPoint, ...] = tuple(sorted(spec.points, key=lambda p: p.distance_m))
        self.places: tuple[str, ...] = tuple(dict.fromkeys(p.place for p in self.points))
        self.place_index = {place: i for i, place in enumerate(self.places)}
        self.place_of = [self.place_index[p.place] for p in self.points]
        self.start = 0 if self.points and self.points[0].distance_m == 0 else None
        self.later = [j for j, p in enumerate(self.points) if p.distance_m > 0]
        self.finish = len(self.points) - 1 if self.later else None
        self.before, self.cut_off = spec.start_window_before_us, spec.cut_off_us
        self.closings = [(j, int(p.cut_off_us)) for j, p in enumerate(self.points) if p.cut_off_us is not None]
        self.at_place = [[j for j in self.later if self.place_of[j] == k] for k in range(len(self.places))]

    @cached_property
    def units(self) -> list[Duration]:
        """What official times are rounded up to, by the code of the method they were taken with; raw if none are."""
        table = self.rules.timing.precision
        return [unit_of(self.spec, one, table) if is_official(self.spec, one, table) else RAW for one in METHODS]

    @cached_property
    def official(self) -> list[bool]:
        """Whether times taken with a method are official here at all (R5), by its code."""
        return [is_official(self.spec, method, self.rules.timing.precision) for method in METHODS]

    @cached_property
    def _fastest(self) -> Sequence[Fastest]:
        return self.rules.passings.fastest.of(self.spec.direction)

    @cached_property
    def from_start(self) -> list[int]:
        """Least time from the start line to each point (R63); at a line crossed each lap also R100's."""
        return [self._from_start(j) for j in range(len(self.points))]

    def _from_start(self, j: int) -> int:
        spec, metres = self.spec, self.points[j].distance_m
        least = self._least(metres)
        if spec.min_lap_us is not None and self.start is not None and self.place_of[0] == self.place_of[j]:
            return max(least, spec.min_lap_us)
        if spec.relay_legs > 1 and self._is_lap(j):
            # Whoever runs the first leg of a 4 x 400 m runs no longer race than that.
            return max(least, default_min_lap(spec.direction, self.rules.laps, metres))
        if spec.surface == "track" and self._is_lap(j):
            return max(least, least_opening(metres, spec.direction, self.rules.laps))
        return least

    def _least(self, metres: int, begins: int = 0) -> int:
        """In a relay somebody fresh runs each leg: faster than one runner over all of them (R63).

        `begins`: where the metres begin, which matters where the legs differ.
        """
        if self.spec.relay_legs == 1:
            return int(least_time(metres, self._fastest))
        if self.spec.legs_m:
            ends = list(accumulate(self.spec.legs_m, initial=0))
            parts = (min(begins + metres, stop) - max(begins, start) for start, stop in pairwise(ends))
            return sum(int(least_time(part, self._fastest)) for part in parts if part > 0)
        legs, rest = divmod(metres, self.spec.distance_m)
        part = int(least_time(rest, self._fastest)) if rest else 0
        return legs * int(least_time(self.spec.distance_m, self._fastest)) + part

    def _is_lap(self, j: int) -> bool:
        """Whether the place of a point is crossed several times; in a sprint over one lap R63 alone holds."""
        return len(self.at_place[self.place_of[j]]) > 1

    @cached_property
    def gap(self) -> list[list[int]]:
        """`gap[q][j]`: least time from point q to point j behind it (R63), at one place at least a lap's (R100)."""
        return [[self._gap(q, j) for j in range(len(self.points))] for q in range(len(self.points))]

    def _gap(self, q: int, j: int) -> int:
        if q >= j:
            return 0
        spec, metres = self.spec, self.points[j].distance_m - self.points[q].distance_m
        least = self._least(metres, self.points[q].distance_m)
        if self.place_of[q] != self.place_of[j]:
            return least
        if spec.min_lap_us is not None:
            return max(least, spec.min_lap_us)
        if spec.surface == "road":
            return least
        return max(least, default_min_lap(spec.direction, self.rules.laps, metres))

    @cached_property
    def start_span(self) -> int:
        """How long after the gun a read at the start place may be the start (R62)."""
        span = int(self.spec.start_window_after_us)
        again = self.at_place[self.place_of[0]] if self.start is not None else []
        return min(span, self.from_start[again[0]] - 1) if again else span

    @cached_property
    def finish_alone(self) -> bool:
        """Whether a late read at the finish place can only be the finish."""
        return self.finish is not None and len(self.at_place[self.place_of[self.finish]]) == 1

    @cached_property
    def first_at(self) -> list[int | None]:
        """The first point behind the start at each place; None where only the start is."""
        return [points[0] if points else None for points in self.at_place]

    @cached_property
    def lone_mids(self) -> list[int]:
        """Points between start and finish at a place that is no other point."""
        places = self.place_of
        return [j for j in self.later if j != self.finish and places.count(places[j]) == 1]

    @cached_property
    def next_at(self) -> list[int | None]:
        """At each place the one point that a lone read there must be of; None where there are several, or the start."""
        alone = [points[0] if len(points) == 1 and self.finish_alone else None for points in self.at_place]
        if self.start is not None:
            alone[self.place_of[0]] = None
        return alone

    @cached_property
    def lap_points(self) -> list[int]:
        """Where the finish place is crossed lap by lap, these points; the first of them may lie anywhere on the lap."""
        return [] if self.finish is None or self.finish_alone else self.at_place[self.place_of[self.finish]]

    @cached_property
    def leg_of(self) -> list[int]:
        """The leg of a relay that each point lies on, its end included, from 1; 1 where it is no relay."""
        ends = list(accumulate(self.spec.legs))
        return [min(bisect_left(ends, point.distance_m) + 1, len(ends)) for point in self.points]

    @cached_property
    def lap_m(self) -> int | None:
        """Metres between two crossings of the line; None where it is crossed once."""
        along = [self.points[j].distance_m for j in self.lap_points]
        return min((b - a for a, b in pairwise(along)), default=None)

    def opening(self, gun: int, start: int | None) -> Opening | None:
        """The way to the first crossing of the line. On the road a runner may have waited long at the start."""
        if self.lap_m is None or (start is None and self.spec.surface == "road"):
            return None
        began = Instant(gun if start is None else max(gun, start))
        return Opening(began, self.points[self.lap_points[0]].distance_m, self.lap_m)

    @cached_property
    def start_closes(self) -> int:
        """How long after the gun somebody not seen has not started (R65); without a start mat that is known late."""
        return self.all_in if self.start is None else int(self.spec.start_window_after_us)

    @cached_property
    def all_in(self) -> int:
        """How long after the gun nobody can still be on the course."""
        if self.cut_off is not None:
            return int(self.cut_off)
        metres = self.points[-1].distance_m if self.points else self.spec.distance_m
        return int(self.spec.start_window_after_us) + metres * 1_000_000_000 // self.rules.passings.slowest_mm_per_s

    def point_names(self) -> list[str]:
        return [p.name for p in self.points]


class Span(NamedTuple):
    """When reads count for one runner of one heat: from `opens` (included) to `ends` (excluded)."""

    gun: int
    opens: int
    ends: int
