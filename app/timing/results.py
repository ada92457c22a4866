"""From passings, readings and rulings to a result (R42, R60, R65, R66): one runner, in the words of the rules."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from app.domain.facts import Reading, Ruling, Status
from app.domain.meet import EventSpec
from app.domain.state import Evaluation
from app.domain.units import Instant
from app.rules.laps import missed_crossings
from app.timing.course import METHODS, Course
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


class Flag:
    """Said beside a result, one bit each; the names in `FLAGS` are what the world sees."""

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
)
STATUS_CODES: Final = {status: code for code, status in enumerate(STATUSES)}
METHOD_CODES: Final = {method: code for code, method in enumerate(METHODS)}
TOLD: Final[Mapping[str, int]] = {"dq": S.DQ, "dns": S.DNS, "dnf": S.DNF}


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
    if _missed(course, seen.times):
        flags |= Flag.MISSED_SPLIT
        if seen.ghost:
            flags |= Flag.GHOST_READ
    if finish is None:
        return _unfinished(spec, seen, flags)
    gun_us = finish - seen.gun
    net_us = None if start is None else finish - max(start, seen.gun)
    if start is None and says_no_start(course):
        flags |= Flag.NO_START_READ
    if spec.timing != "transponder":
        flags |= Flag.PROVISIONAL
    elapsed = net_us if spec.ranking == "net" and net_us is not None else gun_us
    late = course.cut_off is not None and gun_us > course.cut_off
    if late:
        flags |= Flag.CUT
    return Outcome(S.DNF if late else S.OK, At.FINISHED, elapsed, gun_us, net_us, flags=flags)


def says_no_start(course: Course) -> bool:
    """On a track the start is often no mat at all; there its absence matters only to net times."""
    return course.spec.ranking == "net" or (course.spec.surface == "road" and course.start is not None)


def _missed(course: Course, times: Times) -> bool:
    """Whether a point was passed without a read although a later one was passed (R65), or a lap seems so (R102)."""
    first = 0 if course.start is None else 1
    if None in times[first:]:
        gap = times.index(None, first)
        if any(at is not None for at in times[gap:]):
            return True
    laps = course.lap_points
    return bool(laps) and missed_lap([at for j in laps if (at := times[j]) is not None])


def missed_lap(crossed_at: Sequence[int]) -> bool:
    """Whether a lap took as long as two (R102): a read is missing, and all later ones count as one lap too few."""
    return len(crossed_at) > 3 and bool(missed_crossings([Instant(at) for at in crossed_at]))


def _unfinished(spec: EventSpec, seen: Sighting, flags: int) -> Outcome:
    on_mat = any(at is not None for at in seen.times)
    if spec.timing != "transponder":
        return Outcome(S.NONE, At.STARTED, flags=flags)
    if on_mat:
        return Outcome(S.DNF if seen.over else S.NONE, At.STARTED, flags=flags)
    return Outcome(S.DNS if seen.start_closed else S.NONE, At.ENTERED, flags=flags)


def decide(
    course: Course, base: Outcome, evaluation: Evaluation | None, rulings: Iterable[Ruling], withdrawn: bool = False
) -> Outcome:
    """The result after the reading at the finish and the rulings, in log order. The last word counts."""
    out = base if evaluation is None else _with_reading(course, base, evaluation)
    told: int = S.NONE
    gone, lifted = withdrawn, False
    rule = out.rule
    for ruling in rulings:
        match ruling.kind:
            case "dq" | "dns" | "dnf":
                told, rule, gone = TOLD[ruling.kind], ruling.rule, withdrawn
            case "withdrawn":
                gone, rule = True, ruling.rule
            case "reinstate":
                told, gone, rule, lifted = S.NONE, withdrawn, None, True
            case "card":
                out = out._replace(flags=out.flags | Flag.CARD)
                if ruling.card in ("YRC", "RC"):
                    told, rule = S.DQ, ruling.rule
            case "time" | "penalty":
                out = _with_time(course.spec, out, ruling)
    if lifted:
        out = _lifted(out, evaluation)
    if gone:
        started = out.state in (At.STARTED, At.FINISHED)
        return _without_time(out._replace(status=told or (S.DNF if started else S.DNS), state=At.WITHDRAWN, rule=rule))
    if told:
        out = out._replace(status=told, state=_state(told, out.state))
    return _without_time(out._replace(rule=rule))


def _with_reading(course: Course, base: Outcome, evaluation: Evaluation) -> Outcome:
    reading, spec = evaluation.reading, course.spec
    out = base._replace(reaction_us=reading.reaction_us, rule=reading.rule)
    if reading.elapsed_us is not None and (spec.timing != "transponder" or base.elapsed is None):
        out = _timed(course, out, reading.elapsed_us, METHOD_CODES[evaluation.method])
    status = STATUS_CODES[reading.status]
    if status == S.OK and out.elapsed is None:
        return out._replace(status=S.OK, state=At.FINISHED)
    if status not in (S.NONE, S.OK):
        return out._replace(status=status, state=_state(status, out.state))
    return out


def _timed(course: Course, out: Outcome, elapsed: int, method: int) -> Outcome:
    flags = out.flags & ~(Flag.PROVISIONAL | Flag.CUT)
    if course.spec.ranking == "net":
        flags |= Flag.NO_START_READ
    late = course.cut_off is not None and elapsed > course.cut_off
    if late:
        flags |= Flag.CUT
    status = S.DNF if late else S.OK
    return out._replace(
        status=status, state=At.FINISHED, elapsed=elapsed, gun_us=elapsed, net_us=None, method=method, flags=flags
    )


def _with_time(spec: EventSpec, out: Outcome, ruling: Ruling) -> Outcome:
    given = ruling.elapsed_us or 0
    if ruling.kind == "penalty":
        late = None if out.elapsed is None else out.elapsed + given
        return out._replace(elapsed=late, flags=out.flags | Flag.PENALTY)
    method = METHOD_CODES[spec.timing] if out.elapsed is None else out.method
    flags = (out.flags | Flag.TIME_RULED) & ~(Flag.CUT | Flag.PROVISIONAL)
    out = out._replace(status=S.OK, state=At.FINISHED, elapsed=given, method=method, flags=flags)
    return out._replace(net_us=given) if spec.ranking == "net" else out._replace(gun_us=given)


def _lifted(out: Outcome, evaluation: Evaluation | None) -> Outcome:
    """Reinstated: what stood against the runner before, in a reading or by the cut-off, no longer counts."""
    reading: Reading | None = evaluation.reading if evaluation else None
    if out.elapsed is not None:
        return out._replace(status=S.OK, state=At.FINISHED, flags=out.flags & ~Flag.CUT)
    if reading is not None and out.status != S.OK:
        return out._replace(status=S.NONE)
    return out


def _state(status: int, state: int) -> int:
    """A disqualified runner has finished or not; who did not start has not, whatever a mat saw."""
    if status == S.DNS:
        return At.ENTERED
    return At.STARTED if status == S.DNF or state == At.ENTERED else state


def _without_time(out: Outcome) -> Outcome:
    """No official time without a valid finish (R42); behind the cut-off the time is kept (R66)."""
    if out.status == S.OK or (out.status == S.DNF and out.flags & Flag.CUT and out.state == At.FINISHED):
        return out
    return out._replace(elapsed=None, gun_us=None, net_us=None)
