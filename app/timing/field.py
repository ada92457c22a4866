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
Bools = NDArray[np.bool_]


class Column(NamedTuple):
    """Reads of one source at one place: the runner's slot and the corrected instant of each."""

    slot: Ints
    at: Ints
    main: bool = True
    by_hand: bool = False
    estimated: bool = False
    leg: int = 0


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
    nobody_runs = isinstance(spans.gun, int) and spans.gun == MISSING
    if nobody_runs or not any(at_place):
        return Chosen(*(np.full((len(each), n), MISSING) for each in (course.points, at_place)))
    inside = [[_inside(n, spans, column) for column in columns] for columns in at_place]
    latest = np.stack([_last(n, columns) for columns in inside]) if inside else np.empty((0, n + 1), np.int64)
    times = np.full((len(course.points), n + 1), MISSING)
    if course.finish is None:
        return Chosen(times[:, :n], latest[:, :n])
    origin: Bound = spans.gun
    alone = list[int]()
    if course.start is not None:
        limit = _start_limit(course, n, spans, inside, latest)
        times[0] = _last_main(n, _start_columns(course, inside), limit)
        origin = np.maximum(spans.gun, times[0])
        alone = _start_twins(course, n, spans.gun, inside, limit)
    first = [_first_possible(course, n, origin, inside, k) for k in range(len(inside))]
    last_finish = latest[course.place_of[-1]] if course.finish_alone else None
    for j in course.later:
        times[j] = _passing(course, n, origin, times, last_finish, inside, first, j)
    alone += _twins(course, n, origin, inside, first, latest)
    alone += _of_legs(n, inside)
    _one_by_one(course, n, spans, at_place, times, sorted(set(alone)))
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


def _start_columns(course: Course, inside: Sequence[Sequence[Column]]) -> list[Column]:
    return [column for column in inside[course.place_of[0]] if not column.estimated]


def _start_limit(course: Course, n: int, spans: Spans, inside: Sequence[Sequence[Column]], latest: Ints) -> Bound:
    """The latest instant at which a read on the start mat may be the start."""
    end = spans.gun + course.start_span
    if not course.finish_alone:
        return end
    finish, least = latest[course.place_of[-1]], course.from_start[-1]
    limit = np.where(finish >= spans.gun + least, np.minimum(finish - least, end), end)
    lost = (limit < end) & (_last(n, _start_columns(course, inside), limit) == MISSING)
    return np.where(lost, end, limit)


def _start_twins(course: Course, n: int, gun: Bound, inside: Sequence[Sequence[Column]], limit: Bound) -> list[int]:
    """Slots with a read on the start mat and one elsewhere at about the same time, that an earlier start leads to."""
    on_mat, k = _start_columns(course, inside), course.place_of[0]
    origin = np.maximum(gun, _earliest(n, on_mat, MISSING, limit))
    reach = [course.from_start[j] for m, j in enumerate(course.first_at) if j is not None and m != k]
    suspects = _last(n, on_mat, limit) >= origin + min(reach, default=NEVER) - course.twins
    if not suspects.any():
        return []
    rows = [_rows(column, 0, suspects, MISSING, limit) for column in on_mat if not column.by_hand]
    for m, first in enumerate(course.first_at):
        if first is not None and m != k:
            least = origin + course.from_start[first]
            rows += [_rows(column, 1, suspects, least) for column in inside[m] if not column.by_hand]
    return _side_by_side(course, n, rows) if rows else []


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
    suspects: Bools = np.zeros(n + 1, np.bool_)
    for k, first_k in enumerate(first):
        for m in range(k):
            suspects |= (first_k - course.twins <= latest[m]) & (first[m] - course.twins <= latest[k])
    if not suspects.any():
        return []
    rows = [
        _rows(column, k, suspects, origin + course.from_start[at_first])
        for k, columns in enumerate(inside)
        if (at_first := course.first_at[k]) is not None
        for column in columns
        if not column.by_hand
    ]
    return _side_by_side(course, n, rows)


Rows = tuple[Ints, Ints, Ints]
"""Slots, instants and places."""


def _rows(column: Column, place: int, suspects: Bools, low: Bound, high: Bound = NEVER) -> Rows:
    """The reads of suspects in a column, from `low` to `high`."""
    inside = (column.at >= per_slot(low, column.slot)) & (column.at <= per_slot(high, column.slot))
    found = np.flatnonzero(suspects.take(column.slot) & inside)
    return column.slot[found], column.at[found], np.full(len(found), place)


def _side_by_side(course: Course, n: int, rows: Sequence[Rows]) -> list[int]:
    """Slots that were read at two places at about the same time."""
    if not rows:
        return []
    slot, at, place = (np.concatenate(values) for values in zip(*rows, strict=True))
    order = np.lexsort((at, slot))
    slot, at, place = slot[order], at[order], place[order]
    twin = (slot[1:] == slot[:-1]) & (place[1:] != place[:-1]) & (at[1:] - at[:-1] <= course.twins)
    return [int(s) for s in np.unique(slot[1:][twin]) if s < n]


def _of_legs(n: int, inside: Sequence[Sequence[Column]]) -> list[int]:
    """Slots of relay teams whose runners wear chips of their own."""
    found = {int(slot) for columns in inside for column in columns if column.leg for slot in np.unique(column.slot)}
    return sorted(found - {n})


def _one_by_one(
    course: Course, n: int, spans: Spans, at_place: Sequence[Sequence[Column]], times: Ints, slots: Sequence[int]
) -> None:
    """The rare runners with twin reads, by the obvious definition."""
    reads: dict[int, list[Seen]] = {slot: [] for slot in slots}
    wanted = np.isin(np.arange(n + 1), slots)
    for k, columns in enumerate(at_place):
        for column in columns:
            rows = np.flatnonzero(wanted.take(column.slot))
            for slot, at in zip(column.slot[rows].tolist(), column.at[rows].tolist(), strict=True):
                reads[slot].append(Seen(at, k, column.main, column.by_hand, column.estimated, column.leg))
    for slot, seen in reads.items():
        gun, opens, ends = (int(np.broadcast_to(bound, n + 1)[slot]) for bound in spans)
        for j, at in enumerate(choose(course, Span(gun, opens, ends), seen)):
            times[j, slot] = MISSING if at is None else at
