"""Which read is a runner's passing at each point. One obvious definition, for one runner; `field` is its bulk form.

`choose` is a function of the set of reads: neither their order nor their number of deliveries changes it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from app.timing.course import Course, Span

Times = list[int | None]


class Seen(NamedTuple):
    """One read of the runner at a place of the course, its clock corrected. `place` is the course's number for it."""

    at: int
    place: int
    main: bool = True
    """False for a backup reader and for a time taken by hand at the line."""
    by_hand: bool = False
    estimated: bool = False
    """A crossing that an official confirmed between two others; it is never a start or a finish (R102)."""
    leg: int = 0
    """Of a relay, the leg whose runner wears the chip, from 1; 0 for a chip of the team, which runs all of them."""


NO_READS: Final[Sequence[Seen]] = ()


def choose(course: Course, span: Span, reads: Iterable[Seen]) -> Times:
    """For each point the instant of its passing, or None. The start's may lie before the gun (it counts as the gun)."""
    inside = sorted(read for read in reads if span.opens <= read.at < span.ends)
    times: Times = [None] * len(course.points)
    if course.finish is None:
        return times
    ghosts = start_twins(course, span, inside)
    if course.start is not None:
        times[course.start] = _start(course, span, inside, ghosts)
    origin = max(span.gun, times[course.start] or 0) if course.start is not None else span.gun
    ghosts |= twins(course, origin, inside)
    by_place = _by_place(course, [read for read in inside if read not in ghosts])
    latest = _latest_finish(course, origin, by_place)
    for j in course.later:
        low, high = bounds(course, origin, times, latest, j)
        possible = by_place[course.place_of[j]]
        if j == course.finish:
            possible = [read for read in possible if not read.estimated]
        if course.spec.relay_legs > 1:
            possible = [read for read in possible if may_pass(course, j, read)]
        times[j] = _passing(course, possible, low, high)
    return times


def may_pass(course: Course, j: int, read: Seen) -> bool:
    """A runner's own chip passes the points of the runner's leg, its end among them, and no others (R78)."""
    return read.leg in (0, course.leg_of[j])


def _by_place(course: Course, reads: Sequence[Seen]) -> list[list[Seen]]:
    out: list[list[Seen]] = [[] for _ in course.places]
    for read in reads:
        out[read.place].append(read)
    return out


def _start(course: Course, span: Span, reads: Sequence[Seen], ghosts: frozenset[Seen]) -> int | None:
    """The last read on the start mat that may be the start (R62), a main source's before a backup's."""
    on_mat = [read for read in _on_start(course, span, reads) if read not in ghosts]
    chosen = [read for read in on_mat if read.main] or on_mat
    return chosen[-1].at if chosen else None


def _on_start(course: Course, span: Span, reads: Sequence[Seen]) -> list[Seen]:
    """Reads on the start mat in its window (R62).

    Whoever walks over the mat again after the race has not started again: while an earlier read leaves time to have
    run to the finish read, one that does not gives way.
    """
    place, end = course.place_of[0], span.gun + course.start_span
    on_mat = [one for one in reads if one.place == place and one.at <= end and not one.estimated and one.leg < 2]
    if course.finish_alone and on_mat:
        latest = max((read.at for read in reads if _at_finish(course, read)), default=0)
        possible = [read for read in on_mat if read.at <= latest - course.from_start[-1]]
        if latest >= span.gun + course.from_start[-1] and possible:
            return possible
    return on_mat


def _at_finish(course: Course, read: Seen) -> bool:
    return read.place == course.place_of[-1] and may_pass(course, len(course.points) - 1, read)


def start_twins(course: Course, span: Span, reads: Sequence[Seen]) -> frozenset[Seen]:
    """A read on the start mat and one at another place at about the same time: neither can be trusted (R63).

    Only where the other place can be reached from an earlier read on the mat. Who leaves the start is often read by
    mats nearby too: then the start is the start, and the others are too fast.
    """
    on_mat = _on_start(course, span, reads) if course.start is not None else []
    found: set[Seen] = set()
    if len(on_mat) > 1:
        origin = max(span.gun, on_mat[0].at)
        elsewhere = [one for one in reads if one.place != course.place_of[0] and not one.by_hand]
        for other in (one for one in elsewhere if _possible(course, origin, one)):
            same = {one for one in on_mat if abs(one.at - other.at) <= course.twins and not one.by_hand}
            found |= same | {other} if same else same
    return frozenset(found)


def twins(course: Course, origin: int, reads: Sequence[Seen]) -> frozenset[Seen]:
    """Reads at two places at about the same time, both possible from the start: neither can be trusted (R63)."""
    possible = [read for read in reads if not read.by_hand and _possible(course, origin, read)]
    found: set[Seen] = set()
    for i, read in enumerate(possible):
        for other in possible[i + 1 :]:
            if other.at - read.at > course.twins:
                break
            if other.place != read.place and other.leg == read.leg:
                found |= {read, other}
    return frozenset(found)


def _possible(course: Course, origin: int, read: Seen) -> bool:
    first = course.first_at[read.place]
    return first is not None and read.at >= origin + course.from_start[first]


def _latest_finish(course: Course, origin: int, by_place: Sequence[Sequence[Seen]]) -> int | None:
    """The last read that could be the finish, where the finish place is no point of the course before."""
    if not course.finish_alone:
        return None
    at_finish = [read for read in by_place[course.place_of[-1]] if _at_finish(course, read)]
    possible = at_finish and at_finish[-1].at >= origin + course.from_start[-1]
    return at_finish[-1].at if possible else None


def bounds(course: Course, origin: int, times: Times, latest: int | None, j: int) -> tuple[int, int | None]:
    """The earliest and the latest instant that point j can have been passed, from what is chosen before it.

    A stray late read at a mat in between must not cost a finish: it leaves time to reach the last finish read.
    """
    low = origin + course.from_start[j]
    for q in course.later:
        if q >= j:
            break
        before = times[q]
        if before is not None:
            low = max(low, before + course.gap[q][j])
    if latest is None or j == course.finish:
        return low, None
    return low, latest - course.gap[j][-1]


def _passing(course: Course, reads: Sequence[Seen], low: int, high: int | None) -> int | None:
    """The earliest read (R62); a main source within the same passing is better than a backup just before it."""
    first = bisect_left(reads, (low,))
    possible = [read for read in reads[first:] if high is None or read.at <= high]
    if not possible:
        return None
    start = possible[0].at
    return next((read.at for read in possible if read.main and read.at <= start + course.same_passing), start)


def following(course: Course, span: Span, times: Times, latest: Sequence[int], read: Seen) -> int | None:
    """The point that a read later than all before it is the passing of, where nothing else changes by it; else None.

    What a race is full of: the first read at the next mat. `choose` with that read added gives `times` with this point
    set: the read has no twin, it is the only one at its place, everything behind that place is still to come, and no
    read at the finish reaches back on what is chosen.
    """
    at, place, *_ = read
    j = course.next_at[place]
    if j is None or latest[place] > 0 or latest[course.place_of[-1]] > 0 or at <= max(latest) + course.twins:
        return None
    if times[j:].count(None) < len(times) - j:
        return None
    start = times[0] if course.start is not None else None
    origin = span.gun if start is None or start < span.gun else start
    return j if at >= bounds(course, origin, times, None, j)[0] else None
