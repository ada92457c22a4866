"""The course of an event: distances that are timed here, points in order, each with a name and a place."""

from dataclasses import replace

from app.domain.meet import LONGEST_M, SHORTEST_M, EventSpec, MeetSpec, TimingPoint
from app.domain.refusals import Invalid
from app.operations.checks import LONGEST_WINDOW_US, named, within
from app.rules.laps import default_points, race_m
from app.rules.rulesets import rules_of


def course(spec: EventSpec, meet: MeetSpec) -> tuple[TimingPoint, ...]:
    """The points in order of distance; start, laps and finish where the event names none.

    A start is not needed: a race may be timed from the gun alone. A finish is.
    """
    if not SHORTEST_M <= spec.distance_m <= LONGEST_M:
        message = f"races here are from {SHORTEST_M} m to {LONGEST_M:,} m, not {spec.distance_m:,} m"
        raise Invalid("/distance_m", "distance_out_of_range", message)
    if not spec.points:
        return _default(spec, meet)
    _check(spec.points, race_m(spec))
    _check_cut_offs(spec)
    return tuple(sorted(map(_trimmed, spec.points), key=lambda point: point.distance_m))


def has_default_course(spec: EventSpec, meet: MeetSpec) -> bool:
    return spec.points == _default(spec, meet)


def _default(spec: EventSpec, meet: MeetSpec) -> tuple[TimingPoint, ...]:
    return default_points(spec, rules_of(meet, spec).laps, meet.lap_m)


def _check(points: tuple[TimingPoint, ...], finish_m: int) -> None:
    names, distances = dict[str, str](), dict[int, str]()
    for index, point in enumerate(points):
        at = f"/points/{index}"
        name = named(point.name, f"{at}/name")
        named(point.place, f"{at}/place")
        if name.casefold() in names:
            message = f"points {names[name.casefold()]!r} and {name!r} have the same name: give each its own"
            raise Invalid(f"{at}/name", "point_twice", message)
        if point.distance_m in distances:
            message = f"points {distances[point.distance_m]!r} and {name!r} both lie at {point.distance_m:,} m"
            raise Invalid(f"{at}/distance_m", "point_twice", message)
        if not 0 <= point.distance_m <= finish_m:
            message = f"point {name!r} lies at {point.distance_m:,} m, but the race goes from 0 to {finish_m:,} m"
            raise Invalid(f"{at}/distance_m", "point_off_course", message)
        names[name.casefold()] = distances[point.distance_m] = name
    if finish_m not in distances:
        raise Invalid("/points", "no_finish", f"no point lies at {finish_m:,} m: add one there, it is the finish")


def _check_cut_offs(spec: EventSpec) -> None:
    """Between start and finish, each later than the one before and none after the finish closes (R66)."""
    before: TimingPoint | None = None
    for index, point in sorted(enumerate(spec.points), key=lambda pair: pair[1].distance_m):
        limit, at = point.cut_off_us, f"/points/{index}/cut_off_us"
        if limit is None:
            continue
        within(limit, 1, LONGEST_WINDOW_US, at, "a cut-off in microseconds")
        if point.distance_m in (0, race_m(spec)):
            message = f"{point.name!r} is no point between start and finish: cut_off_us of the event is for the finish"
            raise Invalid(at, "cut_off_at_an_end", message)
        if before is not None and limit <= (before.cut_off_us or 0):
            message = f"{point.name!r} closes before {before.name!r}, which comes earlier on the course (R66)"
            raise Invalid(at, "cut_off_unordered", message)
        if spec.cut_off_us is not None and limit >= spec.cut_off_us:
            message = f"{point.name!r} closes after the finish, which has the cut_off_us of the event (R66)"
            raise Invalid(at, "cut_off_unordered", message)
        before = point


def _trimmed(point: TimingPoint) -> TimingPoint:
    return replace(point, name=point.name.strip(), place=point.place.strip())
