"""Splits and what follows from them: net times, laps, halves (R70), the gap to the first (R51), pace (R69)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.domain.meet import EventSpec
from app.domain.state import MeetState
from app.domain.units import Duration
from app.rules.laps import race_m
from app.rules.marks import mark, parse_mark
from app.rules.pace import halves, pace
from app.rules.rounding import round_up, unit_of
from app.rules.rulesets import rules_of
from app.timing.standing import Split, Standing
from app.views.audience import Item

_written: Final = lru_cache(maxsize=20_000)(mark)
"""Of times that are rounded already: the same few thousand in every table."""


@dataclass(frozen=True, slots=True)
class Course:
    """What the splits of an event are told by. `half` is the point half way, where there is one."""

    spec: EventSpec
    unit: Duration
    half: str | None

    @classmethod
    def of(cls, state: MeetState, spec: EventSpec) -> "Course":
        unit = unit_of(spec, "transponder", rules_of(state.spec, spec).timing.precision)
        half = next((point.name for point in spec.points if 2 * point.distance_m == race_m(spec)), None)
        return cls(spec, unit, half)


def split_items(course: Course, row: Standing) -> Iterator[Item]:
    """`lap_us` is since the point before, a difference of the printed times: they add up to the mark (R53)."""
    before, finest = Duration(0), None
    for split in row.splits:
        net, unit = _net(course.spec, row, split), _unit_of(split.mark)
        official, finest = parse_mark(split.mark.rstrip("h?")), min(unit, finest or unit)
        doubt = "?" if split.mark.endswith("?") else ""
        yield {
            "point": split.point,
            "elapsed_us": split.elapsed_us,
            "mark": split.mark,
            "place": split.place,
            "net_us": net,
            "net_mark": None if net is None else _written(round_up(net, unit), unit) + doubt,
            "lap_us": official - before,
            "lap_mark": _written(Duration(official - before), finest) + doubt,
        }
        before, finest = official, unit


def _unit_of(mark: str) -> Duration:
    """What a mark is written in: a hundredth, a tenth, a second."""
    return Duration(1_000_000 // 10 ** len(mark.rstrip("h?").partition(".")[2]))


def _net(spec: EventSpec, row: Standing, split: Split) -> Duration | None:
    """Since the read at the start; raw, so that it is rounded once (R7)."""
    if row.start_us is None:
        return None
    return Duration(split.elapsed_us - (0 if spec.ranking == "net" else row.start_us))


def halves_of(course: Course, row: Standing) -> str | None:
    """`negative`, `even` or `positive`, from raw times; None without a read half way: nothing is interpolated (R70)."""
    if course.half is None or row.status != "OK" or not row.splits:
        return None
    times = {split.point: _net(course.spec, row, split) or Duration(split.elapsed_us) for split in row.splits}
    last = row.splits[-1].point
    return halves(times[course.half], times[last]) if course.half in times and last == _finish(course.spec) else None


def second_half_of(course: Course, row: Standing) -> str | None:
    """`19:51`, a difference of the printed times: the halves add up to the mark (R53)."""
    marks = {split.point: split.mark for split in row.splits}
    if halves_of(course, row) is None or course.half is None:
        return None
    first, whole = marks[course.half], row.splits[-1].mark
    between = Duration(parse_mark(whole.rstrip("h?")) - parse_mark(first.rstrip("h?")))
    return _written(between, min(_unit_of(first), _unit_of(whole)))


def _finish(spec: EventSpec) -> str:
    return max(spec.points, key=lambda point: point.distance_m).name


def gap_item(row: Standing, course: Course) -> str | None:
    """`+1:32` behind the first, a difference of official times."""
    if row.gap_us is None:
        return None
    return f"+{mark(Duration(row.gap_us), _unit_of(row.mark) if row.mark else course.unit)}"


def pace_of(row: Standing, course: Course) -> str | None:
    """`4:01/km`, of the official time."""
    if row.mark is None or row.status != "OK":
        return None
    return pace(parse_mark(row.mark.rstrip("h?")), race_m(course.spec))
