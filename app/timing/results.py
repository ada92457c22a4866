"""From passings to a result as the mats saw it (R60, R65, R66): one runner, in the words of the rules."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from app.domain.facts import Status
from app.domain.meet import EventSpec
from app.domain.units import Instant
from app.rules.laps import Opening, missed_crossings
from app.timing.course import Course
from app.timing.passings import Times


class S:
    """Status. Plain integers: they go into columns, and enum members are slow to name."""

    NONE: Final = 0
    OK: Final = 1
    DNF: Final = 2
    DQ: Final = 3
    DNS: Final = 4


class At:
    """State: how far a runner has come."""

    ENTERED: Final = 0
    STARTED: Final = 1
    FINISHED: Final = 2
    WITHDRAWN: Final = 3


class By:
    """What the time was taken with."""

    TRANSPONDER: Final = 0
    PHOTO_FINISH: Final = 1
    HAND: Final = 2
    SEMI: Final = 3


class Flag:
    """Said beside a result, one bit each; the names in `FLAGS` are what the world sees, bits beyond stay inside."""

    NO_START_READ: Final = 1
    MISSED_SPLIT: Final = 2
    GHOST_READ: Final = 4
    CUT: Final = 8
    WAVE_MISMATCH: Final = 16
    PROVISIONAL: Final = 32
    TIME_RULED: Final = 64
    PENALTY: Final = 128
    CARD: Final = 256
    OC: Final = 512
    PACEMAKER: Final = 1024
    FALSE_START: Final = 2048
    POSSIBLE_FALSE_START: Final = 4096
    YRC: Final = 8192
    RC: Final = 16384
    LANE: Final = 32768
    EXCLUDED: Final = 65536
    UNOFFICIAL: Final = 131072
    TOO_CLOSE: Final = 262144
    AT_LINE: Final = 1 << 40
    """The finish was taken by hand at the line."""
    CUT_ON_WAY: Final = 1 << 41
    """A point before the finish had closed (R66): with `CUT`."""
    WAS_RUNNING: Final = 1 << 42
    """Would still be in the race, had no point closed."""


STATUSES: Final[tuple[Status | None, ...]] = (None, "OK", "DNF", "DQ", "DNS")
STATES: Final = ("entered", "started", "finished", "withdrawn")
FLAGS: Final = (
    "no_start_read",
    "missed_split",
    "ghost_read",
    "CUT",
    "wave_mismatch",
    "provisional",
    "time_ruled",
    "penalty",
    "card",
    "OC",
    "pacemaker",
    "false_start",
    "possible_false_start",
    "YRC",
    "RC",
    "L",
    "excluded",
    "no_official_time",
    "too_close_to_call",
)


@cache
def flag_names(flags: int) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(FLAGS) if flags >> bit & 1)


class Sighting(NamedTuple):
    """What the mats say of one runner. `gun` is None before the start signal."""

    gun: int | None
    times: Times
    ghost: bool = False
    """A mat between start and finish has reads, but none that is possible (R63)."""
    mismatch: bool = False
    """Crossed the start with another wave (R61)."""
    start_closed: bool = False
    over: bool = False
    by_hand: bool = False
    """The finish was taken at the line."""


class Outcome(NamedTuple):
    """A result. `elapsed` is on the clock that ranks; with a penalty it differs from the clocks beside it."""

    status: int = S.NONE
    state: int = At.ENTERED
    elapsed: int | None = None
    gun_us: int | None = None
    net_us: int | None = None
    method: int = By.TRANSPONDER
    flags: int = 0
    rule: str | None = None
    reaction_us: int | None = None


def by_reads(course: Course, seen: Sighting) -> Outcome:
    """The result as the mats saw it (R65)."""
    spec = course.spec
    if seen.gun is None or course.finish is None:
        return Outcome()
    start = seen.times[course.start] if course.start is not None else None
    finish = seen.times[course.finish]
    flags: int = Flag.WAVE_MISMATCH if seen.mismatch else 0
    if _missed(course, seen.gun, seen.times):
        flags |= Flag.MISSED_SPLIT
        if seen.ghost:
            flags |= Flag.GHOST_READ
    cut = any((at := seen.times[j]) is not None and at - seen.gun > limit for j, limit in course.closings)
    if cut:
        flags |= Flag.CUT | Flag.CUT_ON_WAY
    if finish is None:
        out = _unfinished(spec, seen, flags)
        return _cut(out) if cut else out
    gun_us = finish - seen.gun
    net_us = None if start is None else finish - max(start, seen.gun)
    if start is None and says_no_start(course):
        flags |= Flag.NO_START_READ
    if is_provisional(spec, seen.by_hand):
        flags |= Flag.PROVISIONAL
    elapsed = net_us if spec.ranking == "net" and net_us is not None else gun_us
    late = cut or is_late(course, gun_us)
    if late:
        flags |= Flag.CUT
    method = By.TRANSPONDER
    if seen.by_hand:
        method, flags = method_at_line(spec), flags | Flag.AT_LINE
    return Outcome(S.DNF if late else S.OK, At.FINISHED, elapsed, gun_us, net_us, method, flags)


def is_late(course: Course, elapsed: int) -> bool:
    """Exactly at the cut-off is inside, by the raw time (R66)."""
    return course.cut_off is not None and elapsed > course.cut_off


def _cut(out: Outcome) -> Outcome:
    running = Flag.WAS_RUNNING if out.status == S.NONE else 0
    return out._replace(status=S.DNF, flags=out.flags | running)


def method_at_line(spec: EventSpec) -> int:
    """What a time taken at the line is written as (R2); the road knows no difference."""
    return By.HAND if spec.surface == "track" else By.TRANSPONDER


def is_provisional(spec: EventSpec, by_hand: bool) -> bool:
    """Whether a finish seen at the line waits for the reading that the event is timed by (R109)."""
    return spec.timing == "photo_finish" or (spec.timing == "hand" and not by_hand)


def says_no_start(course: Course) -> bool:
    """On a track the start is often no mat at all; there its absence matters only to net times."""
    return course.spec.ranking == "net" or (course.spec.surface == "road" and course.start is not None)


def _missed(course: Course, gun: int, times: Times) -> bool:
    """Whether a point was passed without a read although a later one was passed (R65), or a lap seems so (R102)."""
    first = 0 if course.start is None else 1
    if None in times[first:]:
        gap = times.index(None, first)
        if any(at is not None for at in times[gap:]):
            return True
    start = None if course.start is None else times[course.start]
    crossed = [at for j in course.lap_points if (at := times[j]) is not None]
    return bool(crossed) and missed_lap(course, course.opening(gun, start), crossed)


def missed_lap(course: Course, opening: Opening | None, crossed_at: Sequence[int]) -> bool:
    """Whether a lap took as long as two (R102): a read is missing, and all later ones count as one lap too few."""
    table = course.rules.laps.missed
    crossed = [Instant(at) for at in crossed_at]
    return len(crossed) > table.least_laps and bool(missed_crossings(crossed, table, opening))


def _unfinished(spec: EventSpec, seen: Sighting, flags: int) -> Outcome:
    on_mat = any(at is not None for at in seen.times)
    if spec.timing != "transponder":
        return Outcome(S.NONE, At.STARTED, flags=flags)
    if on_mat:
        return Outcome(S.DNF if seen.over else S.NONE, At.STARTED, flags=flags)
    return Outcome(S.DNS if seen.start_closed else S.NONE, At.ENTERED, flags=flags)
