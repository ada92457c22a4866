"""The bulk form of `results.by_reads`: the results of all runners of a field, in columns."""

from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.timing.columns import Ints
from app.timing.course import LONGEST, Course
from app.timing.field import MISSING
from app.timing.results import At, By, Flag, Outcome, S, is_provisional, method_at_line, missed_lap, says_no_start

Bools = NDArray[np.bool_]

_CLOCKS: Final = ("elapsed", "gun_us", "net_us")
_CODES: Final = ("status", "state", "method", "flags")

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """One `Outcome` for each slot, in columns; MISSING stands for None. Rules and reactions are rare: by slot."""

    status: Ints
    state: Ints
    elapsed: Ints
    gun_us: Ints
    net_us: Ints
    method: Ints
    flags: Ints
    rule: dict[int, str] = field(default_factory=dict)
    reaction_us: dict[int, int] = field(default_factory=dict)

    @classmethod
    def nothing(cls) -> "Tally":
        empty = np.empty(0, np.int64)
        return cls(empty, empty, empty, empty, empty, empty, empty)

    def __getitem__(self, slot: int) -> Outcome:
        elapsed, gun_us, net_us = (_optional(getattr(self, name)[slot]) for name in _CLOCKS)
        return Outcome(
            int(self.status[slot]),
            int(self.state[slot]),
            elapsed,
            gun_us,
            net_us,
            int(self.method[slot]),
            int(self.flags[slot]),
            self.rule.get(slot),
            self.reaction_us.get(slot),
        )

    def outcomes(self) -> list[Outcome]:
        """Of all slots at once."""
        status, state, method, flags = (getattr(self, name).tolist() for name in _CODES)
        clocks = ([None if at == MISSING else at for at in getattr(self, name).tolist()] for name in _CLOCKS)
        rows = zip(status, state, *clocks, method, flags, strict=True)
        return [Outcome._make((*row, self.rule.get(slot), self.reaction_us.get(slot))) for slot, row in enumerate(rows)]

    def __setitem__(self, slot: int, out: Outcome) -> None:
        self.status[slot], self.state[slot] = out.status, out.state
        self.elapsed[slot] = MISSING if out.elapsed is None else out.elapsed
        self.gun_us[slot] = MISSING if out.gun_us is None else out.gun_us
        self.net_us[slot] = MISSING if out.net_us is None else out.net_us
        self.method[slot], self.flags[slot] = out.method, out.flags
        if out.rule is not None or self.rule:
            _note(self.rule, slot, out.rule)
        if out.reaction_us is not None or self.reaction_us:
            _note(self.reaction_us, slot, out.reaction_us)


def _optional(value: np.int64) -> int | None:
    return None if value == MISSING else int(value)


def _note(notes: dict[int, T], slot: int, value: T | None) -> None:
    if value is None:
        notes.pop(slot, None)
    else:
        notes[slot] = value


def tally(
    course: Course,
    gun: Ints,
    times: Ints,
    ghost: Bools,
    mismatch: Bools,
    start_closed: Bools,
    over: Bools,
    by_hand: Bools,
) -> Tally:
    """The results as the mats saw them (R65). `gun` is MISSING for runners without a start signal."""
    n, spec = len(gun), course.spec
    flags = np.zeros(n, np.int64)
    elapsed, gun_us, net_us = (np.full(n, MISSING) for _ in _CLOCKS)
    out = Tally(
        np.zeros(n, np.int64), np.zeros(n, np.int64), elapsed, gun_us, net_us, np.full(n, By.TRANSPONDER), flags
    )
    running = gun != MISSING
    if course.finish is None or not running.any():
        return out
    finish, done = times[-1], (times[-1] != MISSING) & running
    flags += np.where(mismatch & running, Flag.WAVE_MISMATCH, 0)
    missed = _missed(course, gun, times) & running
    flags += np.where(missed, Flag.MISSED_SPLIT, 0) + np.where(missed & ghost, Flag.GHOST_READ, 0)
    out.gun_us = np.where(done, finish - gun, MISSING)
    if course.start is not None:
        out.net_us = np.where(done & (times[0] != MISSING), finish - np.maximum(times[0], gun), MISSING)
    out.elapsed = out.gun_us.copy()
    if spec.ranking == "net":
        out.elapsed = np.where(out.net_us != MISSING, out.net_us, out.gun_us)
    if says_no_start(course):
        flags += np.where(done & (out.net_us == MISSING), Flag.NO_START_READ, 0)
    for taken, counts in ((False, done & ~by_hand), (True, done & by_hand)):
        if is_provisional(spec, taken):
            flags += np.where(counts, Flag.PROVISIONAL, 0)
    out.method[done & by_hand] = method_at_line(spec)
    flags += np.where(done & by_hand, Flag.AT_LINE, 0)
    late = np.zeros(n, np.bool_) if course.cut_off is None else done & (out.gun_us > course.cut_off)
    cut = _cut_on_way(course, gun, times) & running
    flags += np.where(late | cut, Flag.CUT, 0) + np.where(cut, Flag.CUT_ON_WAY, 0)
    out.status, out.state = _unfinished(course, running, times, start_closed, over)
    flags += np.where(cut & ~done & (out.status == S.NONE), Flag.WAS_RUNNING, 0)
    out.status[done], out.state[done] = S.OK, At.FINISHED
    out.status[late | cut] = S.DNF
    return out


def _cut_on_way(course: Course, gun: Ints, times: Ints) -> Bools:
    """Who passed a point after it had closed (R66)."""
    cut: Bools = np.zeros(times.shape[1], np.bool_)
    for j, limit in course.closings:
        cut |= (times[j] != MISSING) & (times[j] - gun > limit)
    return cut


def _missed(course: Course, gun: Ints, times: Ints) -> Bools:
    missed: Bools = np.zeros(times.shape[1], np.bool_)
    before: Bools = np.zeros(times.shape[1], np.bool_)
    for j in course.later:
        known = times[j] != MISSING
        missed |= before & known
        before |= ~known
    for slot in uneven(course, gun, times):
        start = None if course.start is None else _optional(times[course.start, slot])
        crossed = [at for at in times[course.lap_points, slot].tolist() if at != MISSING]
        missed[slot] |= missed_lap(course, course.opening(gun.item(slot), start), crossed)
    return missed


def uneven(course: Course, gun: Ints, times: Ints) -> list[int]:
    """Slots with a lap, or a way to the first crossing, much longer than another lap: few others missed a crossing."""
    table, crossings = course.rules.laps.missed, times[course.lap_points]
    if len(crossings) <= table.least_laps:
        return []
    laps = np.where((crossings[1:] == MISSING) | (crossings[:-1] == MISSING), 0, crossings[1:] - crossings[:-1])
    shortest = np.where(laps > 0, laps, LONGEST).min(axis=0)
    long = 100 * laps.max(axis=0) >= table.from_percent * shortest
    opening = course.opening(0, 0)
    if opening is not None:
        start = np.full_like(gun, MISSING) if course.start is None else times[course.start]
        took = np.clip(crossings[0] - np.maximum(gun, start), 0, LONGEST)
        long |= 200 * took * opening.lap_m >= table.from_percent * shortest * (opening.metres + opening.lap_m)
    slots: list[int] = np.flatnonzero(long & (gun != MISSING)).tolist()
    return slots


def _unfinished(course: Course, running: Bools, times: Ints, start_closed: Bools, over: Bools) -> tuple[Ints, Ints]:
    if course.spec.timing != "transponder":
        return np.zeros(len(running), np.int64), np.where(running, At.STARTED, At.ENTERED)
    on_mat = (times != MISSING).any(axis=0) & running
    status = np.where(on_mat & over, S.DNF, S.NONE) + np.where(~on_mat & start_closed & running, S.DNS, S.NONE)
    return status, np.where(on_mat, At.STARTED, At.ENTERED)
