"""What became of each read of a runner, in words: the passing that it is, or the rule by which it is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.timing.columns import Bucket
from app.timing.course import LONGEST, Course, Span
from app.timing.field import MISSING
from app.timing.passings import Seen, Times, may_pass, start_twins, twins
from app.timing.race import Race

ReadStateName = Literal[
    "used",
    "duplicate",
    "ghost",
    "early",
    "late",
    "superseded",
    "after_finish",
    "not_on_course",
    "no_heat",
    "not_a_starter",
    "unknown_chip",
    "conflict_lost",
    "ruled_out",
]


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate read of a runner."""

    seq: int
    seen: Seen
    bucket: Bucket | None
    tag: int


Verdict = tuple[ReadStateName, int | None, str]
"""State, index of the point it stands for, reason."""


def verdicts(race: Race, slot: int, found: Sequence[Found]) -> dict[int, Verdict]:
    """What became of each read of a runner, by log position."""
    course, span = race.course, race.span(slot)
    times: Times = [None if at == MISSING else int(at) for at in race.times[:, slot]]
    start = times[0] if course.start is not None else None
    origin = max(span.gun, start or span.gun)
    inside = [f.seen for f in found if span.opens <= f.seen.at < span.ends]
    ghosts = start_twins(course, span, sorted(inside)) | twins(course, origin, inside)
    used: dict[int, int] = {}
    for j, at in enumerate(times):
        here = (f for f in found if f.seen.at == at and f.seen.place == course.place_of[j] and f.seen not in ghosts)
        chosen = [f for f in here if may_pass(course, j, f.seen)]
        if chosen:
            used[j] = min(chosen, key=lambda f: (not f.seen.main, f.seen.estimated, f.seen.by_hand, f.seq)).seq
    taken = {seq: j for j, seq in used.items()}
    mains = {j: next(f.seen.main for f in found if f.seq == seq) for j, seq in used.items()}
    return {f.seq: _verdict(course, span, origin, times, mains, ghosts, f, taken.get(f.seq)) for f in found}


def _verdict(
    course: Course,
    span: Span,
    origin: int,
    times: Times,
    mains: dict[int, bool],
    ghosts: frozenset[Seen],
    found: Found,
    used: int | None,
) -> Verdict:
    seen = found.seen
    if used is not None:
        return "used", used, _chosen(course, used, seen)
    if seen.at < span.opens:
        return "early", None, f"more than {course.before / 1e6:g} s before the gun (R62)"
    if seen.at >= span.ends:
        long = seen.at >= span.gun + LONGEST
        return "late", None, "more than 24 h after the gun" if long else "after the heat was closed"
    if seen in ghosts:
        return (
            "ghost",
            None,
            f"within {course.twins // 1_000:,} ms of a read at another place: the mats are misconfigured (R63)",
        )
    if seen.leg and not any(may_pass(course, j, seen) for j in _points_at(course, seen)):
        place = course.places[seen.place]
        return "not_on_course", None, f"the runner of leg {seen.leg} passes no point at {place} (R78)"
    near = _nearest(course, times, seen)
    if near is not None:
        return _beside(course, times, mains, seen, near)
    if course.start is not None and seen.place == course.place_of[0] and seen.at <= span.gun + course.start_span:
        return "superseded", 0, "the last read on the start mat counts (R62)"
    finish = times[-1]
    if finish is not None and seen.at > finish:
        return "after_finish", None, "after the runner's finish (R62)"
    return _impossible(course, span, origin, times, seen)


def _chosen(course: Course, j: int, seen: Seen) -> str:
    if seen.estimated:
        return f"no reader saw {course.points[j].name}: an official confirmed it, half way between two crossings (R102)"
    which = "last" if j == course.start else "first"
    note = "" if seen.main else ", by a backup as no main source read it"
    if seen.by_hand:
        note = ", taken by hand as no reader saw it"
    if seen.leg:
        return f"the {which} valid read of the runner of leg {seen.leg} at {course.points[j].name}{note} (R62, R78)"
    return f"the {which} valid read at {course.points[j].name}{note} (R62)"


def _nearest(course: Course, times: Times, seen: Seen) -> int | None:
    """The passing that a read is part of: at its place, within seconds (R63)."""
    near = [
        (abs(seen.at - at), j)
        for j, at in enumerate(times)
        if at is not None
        and course.place_of[j] == seen.place
        and abs(seen.at - at) <= course.same_passing
        and may_pass(course, j, seen)
    ]
    return min(near)[1] if near else None


def _beside(course: Course, times: Times, mains: dict[int, bool], seen: Seen, j: int) -> Verdict:
    name = course.points[j].name
    if mains.get(j) and not seen.main:
        return "superseded", j, f"a main source read the same passing at {name}"
    return "duplicate", j, f"within {course.same_passing / 1e6:g} s of the read that counts at {name} (R63)"


def _points_at(course: Course, seen: Seen) -> list[int]:
    return [j for j, place in enumerate(course.place_of) if place == seen.place]


def _impossible(course: Course, span: Span, origin: int, times: Times, seen: Seen) -> Verdict:
    points = [j for j in course.at_place[seen.place] if may_pass(course, j, seen)]
    if not points:
        return "late", None, "after the start window (R62)"
    passed = [j for j in points if (at := times[j]) is not None and at < seen.at]
    if seen.at < origin + course.from_start[points[0]]:
        return "ghost", None, f"too fast for {course.points[points[0]].name} (R63, R100)"
    if passed and passed[-1] == points[-1]:
        return "superseded", passed[-1], f"the first read at {course.points[passed[-1]].name} counts (R62)"
    following = points[points.index(passed[-1]) + 1] if passed else points[0]
    if times[following] is None and times[-1] is not None:
        return "ghost", None, f"leaves no time to run from {course.points[following].name} to the finish (R63)"
    return "ghost", None, f"too fast for {course.points[following].name} (R63, R100)"
