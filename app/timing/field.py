"""The bulk form of `passings.choose`: all runners of a field at once, in columns.

The one primitive is "the earliest read of each runner not before the runner's own bound": a gather, a comparison and
one `minimum.at`. Nothing is sorted, except for runners who might have been read at two places at once.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.timing.columns import Ints
from app.timing.course import Course, Span
from app.timing.passings import Seen, choose

MISSING: Final = -(2**62)
NEVER: Final = 2**62

Bound = Ints | int
"""One for each slot, or one for all."""


class Column(NamedTuple):
    """Reads of one source at one place: the runner's slot and the corrected instant of each."""

    slot: Ints
    at: Ints
    main: bool = True
    by_hand: bool = False
    estimated: bool = False


class Spans(NamedTuple):
    """When reads count, for each of n slots and for one more that stands for nobody."""

    gun: Bound
    opens: Bound
    ends: Bound


class Chosen(NamedTuple):
    """`times[j, slot]` is the passing at point j, `latest[k, slot]` the last read at place k; MISSING where none."""

    times: Ints
    latest: Ints


def choose_all(course: Course, n: int, spans: Spans, at_place: Sequence[Sequence[Column]]) -> Chosen:
    """The passings of slots 0 … n-1. `at_place` has the columns of each place of the course; slot n is nobody."""
    inside = [[_inside(n, spans, column) for column in columns] for columns in at_place]
    latest = np.stack([_last(n, columns) for columns in inside]) if inside else np.empty((0, n + 1), np.int64)
    times = np.full((len(course.points), n + 1), MISSING)
    if course.finish is None:
        return Chosen(times[:, :n], latest[:, :n])
    origin: Bound = spans.gun
    if course.start is not None:
        times[0] = _start(course, n, spans, inside, latest)
        origin = np.maximum(spans.gun, times[0])
    first = [_first_possible(course, n, origin, inside, k) for k in range(len(inside))]
    last_finish = latest[course.place_of[-1]] if course.finish_alone else None
    for j in course.later:
        times[j] = _passing(course, n, origin, times, last_finish, inside, first, j)
    for slot in _twins(course, n, origin, inside, first, latest):
        _one_by_one(course, n, spans, at_place, times, slot)
    return Chosen(times[:, :n], latest[:, :n])


def per_slot(bound: Bound, slot: Ints) -> Bound:
    return bound.take(slot) if isinstance(bound, np.ndarray) else bound


def _inside(n: int, spans: Spans, column: Column) -> Column:
    """Reads outside the runner's span become nobody's."""
    counts = (column.at >= per_slot(spans.opens, column.slot)) & (column.at < per_slot(spans.ends, column.slot))
    if counts.all():
        return column
    return column._replace(slot=np.where(counts, column.slot, n))


def _last(n: int, columns: Sequence[Column], high: Bound | None = None) -> Ints:
    """The latest read of each slot, not after `high`; MISSING where none."""
    out = np.full(n + 1, MISSING)
    for column in columns:
        at = column.at if high is None else np.where(column.at <= per_slot(high, column.slot), column.at, MISSING)
        np.maximum.at(out, column.slot, at)
    out[n] = MISSING
    return out


def _earliest(n: int, columns: Sequence[Column], low: Bound, high: Bound | None = None) -> Ints:
    """The earliest read of each slot, not before `low` and not after `high`; NEVER where none."""
    out = np.full(n + 1, NEVER)
    for column in columns:
        counts = column.at >= per_slot(low, column.slot)
        if high is not None:
            counts &= column.at <= per_slot(high, column.slot)
        np.minimum.at(out, column.slot, np.where(counts, column.at, NEVER))
    out[n] = NEVER
    return out


def _start(course: Course, n: int, spans: Spans, inside: Sequence[Sequence[Column]], latest: Ints) -> Ints:
    columns = [column for column in inside[course.place_of[0]] if not column.estimated]
    end = spans.gun + course.start_span
    if not course.finish_alone:
        return _last_main(n, columns, end)
    finish, least = latest[course.place_of[-1]], course.from_start[-1]
    limit = np.where(finish >= spans.gun + least, np.minimum(finish - least, end), end)
    start = _last_main(n, columns, limit)
    lost = (start == MISSING) & (limit < end)
    return np.where(lost, _last_main(n, columns, end), start) if lost.any() else start


def _last_main(n: int, columns: Sequence[Column], high: Bound) -> Ints:
    main = [column for column in columns if column.main]
    last = _last(n, main, high)
    if len(main) == len(columns):
        return last
    return np.where(last == MISSING, _last(n, columns, high), last)


def _first_possible(course: Course, n: int, origin: Bound, inside: Sequence[Sequence[Column]], k: int) -> Ints:
    """The first read at place k that is possible measured from the start alone."""
    first = course.first_at[k]
    if first is None:
        return np.full(n + 1, NEVER)
    return _earliest(n, inside[k], origin + course.from_start[first])


def _passing(
    course: Course,
    n: int,
    origin: Bound,
    times: Ints,
    last_finish: Ints | None,
    inside: Sequence[Sequence[Column]],
    first: Sequence[Ints],
    j: int,
) -> Ints:
    columns, k = inside[course.place_of[j]], course.place_of[j]
    low, high = _bounds(course, origin, times, last_finish, j)
    known = first[k]
    if j == course.finish and any(column.estimated for column in columns):
        columns = [column for column in columns if not column.estimated]
        known = _earliest(n, columns, low, high)
    if ((known >= low) & (known <= (NEVER if high is None else high)) | (known == NEVER)).all():
        earliest = known
    else:
        earliest = _earliest(n, columns, low, high)
    main = [column for column in columns if column.main]
    if len(main) < len(columns):
        by_main = _earliest(n, main, low, high)
        earliest = np.where(by_main <= earliest + course.same_passing, by_main, earliest)
    return np.where(earliest == NEVER, MISSING, earliest)


def _bounds(course: Course, origin: Bound, times: Ints, last_finish: Ints | None, j: int) -> tuple[Bound, Ints | None]:
    low = origin + course.from_start[j]
    for q in course.later:
        if q >= j:
            break
        low = np.maximum(low, times[q] + course.gap[q][j])
    if last_finish is None or j == course.finish:
        return low, None
    possible = last_finish >= origin + course.from_start[-1]
    return low, np.where(possible, last_finish - course.gap[j][-1], NEVER)


def _twins(
    course: Course, n: int, origin: Bound, inside: Sequence[Sequence[Column]], first: Sequence[Ints], latest: Ints
) -> list[int]:
    """Slots with reads at two places at about the same time. Only those of runners whose places overlap are sorted."""
    suspects: NDArray[np.bool_] = np.zeros(n + 1, np.bool_)
    for k, first_k in enumerate(first):
        for m in range(k):
            suspects |= (first_k - course.twins <= latest[m]) & (first[m] - course.twins <= latest[k])
    if not suspects.any():
        return []
    slots, ats, places = [], [], []
    for k, columns in enumerate(inside):
        at_first = course.first_at[k]
        if at_first is None:
            continue
        for column in columns:
            possible = column.at >= per_slot(origin + course.from_start[at_first], column.slot)
            rows = np.flatnonzero(suspects.take(column.slot) & possible & (not column.by_hand))
            slots.append(column.slot[rows])
            ats.append(column.at[rows])
            places.append(np.full(len(rows), k))
    slot, at, place = np.concatenate(slots), np.concatenate(ats), np.concatenate(places)
    order = np.lexsort((at, slot))
    slot, at, place = slot[order], at[order], place[order]
    twin = (slot[1:] == slot[:-1]) & (place[1:] != place[:-1]) & (at[1:] - at[:-1] <= course.twins)
    return [int(s) for s in np.unique(slot[1:][twin]) if s < n]


def _one_by_one(
    course: Course, n: int, spans: Spans, at_place: Sequence[Sequence[Column]], times: Ints, slot: int
) -> None:
    """The rare runner with twin reads, by the obvious definition."""
    reads = [
        Seen(int(at), k, column.main, column.by_hand, column.estimated)
        for k, columns in enumerate(at_place)
        for column in columns
        for at in column.at[column.slot == slot]
    ]
    gun, opens, ends = (int(np.broadcast_to(bound, n + 1)[slot]) for bound in spans)
    for j, at in enumerate(choose(course, Span(gun, opens, ends), reads)):
        times[j, slot] = MISSING if at is None else at
