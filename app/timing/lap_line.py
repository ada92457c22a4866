"""The crossings of one runner in a race of laps: read, confirmed, or only proposed (R99–R105)."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.units import Duration, Instant
from app.rules.laps import OnLap, missed_crossings
from app.rules.marks import mark
from app.rules.rounding import round_up
from app.timing.columns import Ints
from app.timing.course import Course
from app.timing.field import MISSING
from app.timing.race import Race
from app.timing.results import By, S


class Proposal(NamedTuple):
    """A crossing that was probably not read, at the point of this index."""

    point: int
    at: Instant


class OnLine(NamedTuple):
    """A crossing of the lapped line: index of the point, instant, and whether it is only proposed."""

    point: int
    at: int
    proposed: bool = False


class Passed(NamedTuple):
    """A crossing: index of the point, instant, raw time from the gun and what it was taken with.

    `estimated`: no reader saw it. `confirmed` is False while it is only proposed.
    """

    point: int
    at: int
    elapsed: int
    method: int = By.TRANSPONDER
    estimated: bool = False
    confirmed: bool = True

    def official(self, course: Course) -> Duration:
        return round_up(Duration(self.elapsed), course.units[self.method])

    def mark(self, course: Course) -> str:
        """As printed; with a question mark while it is only proposed (R102)."""
        text = mark(Duration(self.elapsed), course.units[self.method], hand=self.method == By.HAND)
        return text if self.confirmed else f"{text}?"


def proposals(race: Race, slot: int) -> list[Proposal]:
    """None is beyond the last crossing that was read: no finish is ever invented (R102)."""
    line = line_of(race.course, race.gun.item(slot), race.times[:, slot])
    return [Proposal(j, Instant(at)) for j, at, proposed in line if proposed]


def line_of(course: Course, gun: int, times: Ints) -> list[OnLine]:
    """Crossings of the lapped line, those that were read and those that are only proposed, of passings by point."""
    read = [(j, at) for j in course.lap_points if (at := times.item(j)) != MISSING]
    start = None if course.start is None or times[course.start] == MISSING else times.item(course.start)
    found = missed_crossings([Instant(at) for _, at in read], course.rules.laps.missed, course.opening(gun, start))
    if not found or len(read) + len(found) > len(course.lap_points):
        return [OnLine(j, at) for j, at in read]
    inserted = sorted([(at, False) for _, at in read] + [(int(one.at), True) for one in found])
    first = course.lap_points.index(read[0][0])
    return [OnLine(j, at, proposed) for j, (at, proposed) in zip(course.lap_points[first:], inserted, strict=False)]


def passed_by(race: Race, slot: int) -> list[Passed]:
    """In order of the course, the finish as the officials have it. Without a gun there is a finish at most."""
    course, gun, official = race.course, race.gun.item(slot), race.tally[slot]
    out = {} if gun == MISSING else _read(race, slot, gun)
    if course.finish is not None and official.status == S.OK and official.elapsed is not None:
        at = official.elapsed if gun == MISSING else gun + official.elapsed
        out[course.finish] = Passed(course.finish, at, official.elapsed, official.method)
    return [out[j] for j in sorted(out)]


def _read(race: Race, slot: int, gun: int) -> dict[int, Passed]:
    course, made = race.course, race.estimated.get(slot, ())
    elsewhere = [j for j in course.later if j not in course.lap_points]
    seen = [(j, at, False) for j in elsewhere if (at := race.times.item(j, slot)) != MISSING]
    return {
        j: Passed(j, at, at - gun, By.TRANSPONDER, proposed or (at in made and j in course.lap_points), not proposed)
        for j, at, proposed in (*seen, *line_of(course, gun, race.times[:, slot]))
    }


def laps_of(course: Course) -> int:
    """How often the finish line is crossed."""
    return max(1, len(course.lap_points))


def laps_done(course: Course, passed: Sequence[Passed]) -> int:
    return sum(one.point in course.lap_points or one.point == course.finish for one in passed)


def on_lap(race: Race, slot: int, passed: Sequence[Passed], metres: int) -> OnLap | None:
    """Of who is still running and has crossed the line; the way to it tells the pace until there is a whole lap."""
    course = race.course
    line = [one for one in passed if one.point in course.lap_points]
    if not line or race.tally.status.item(slot) != S.NONE or line[-1].point == course.finish:
        return None
    last, run = line[-1], course.points[line[-1].point].distance_m
    lap = last.at - line[-2].at if len(line) > 1 else last.elapsed * metres // run
    return OnLap(len(line), Instant(last.at), Duration(lap))
