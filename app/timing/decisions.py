"""What officials make of a result: the reading at the finish, then rulings in log order (R42, R66).

Between rulings stands what follows from other facts: false starts, cards, steps over a line.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain.facts import Reading, Ruling
from app.domain.meet import EventSpec
from app.domain.state import Evaluation
from app.rules.conduct import possibly_false
from app.rules.hand import of_watches
from app.timing.course import METHODS, Course
from app.timing.penalties import Penalty
from app.timing.results import STATUSES, At, By, Flag, Outcome, S, is_late

STATUS_CODES: Final = {status: code for code, status in enumerate(STATUSES)}
METHOD_CODES: Final = {method: code for code, method in enumerate(METHODS)}
TOLD: Final[Mapping[str, int]] = {"dq": S.DQ, "dns": S.DNS, "dnf": S.DNF}
CUTS: Final = Flag.CUT | Flag.CUT_ON_WAY | Flag.WAS_RUNNING

Said = tuple[int, Ruling | Penalty]
"""With its position in the log."""


def decide(
    course: Course,
    base: Outcome,
    evaluation: Evaluation | None,
    said: Iterable[Said],
    withdrawn: int = 0,
    went_off: int = 0,
) -> Outcome:
    """The result after the reading at the finish and what was said, in log order. The last word counts.

    `withdrawn` is where in the log the entry was given up, `went_off` where the heat started; 0 for neither.
    """
    out = base if evaluation is None else _with_reading(course, base, evaluation)
    told: int = S.NONE
    gone, lifted = withdrawn, False
    rule = out.rule
    for seq, ruling in said:
        if isinstance(ruling, Penalty):
            out = out._replace(flags=out.flags | ruling.flags)
            if ruling.out:
                absent = ruling.kind == "excluded" and out.elapsed is None
                told, rule = S.DNS if absent else S.DQ, ruling.rule
            continue
        match ruling.kind:
            case "dq" | "dns" | "dnf":
                told, rule, gone = TOLD[ruling.kind], ruling.rule, withdrawn
            case "withdrawn":
                gone, rule = seq, ruling.rule
            case "reinstate":
                told, gone, rule, lifted = S.NONE, withdrawn, None, True
            case "time" | "penalty":
                out = _with_time(course.spec, out, ruling)
    if lifted:
        out = _lifted(out, evaluation)
    if gone:
        started = out.state in (At.STARTED, At.FINISHED) and not (gone < went_off and _unseen(course, out))
        return _without_time(out._replace(status=told or (S.DNF if started else S.DNS), state=At.WITHDRAWN, rule=rule))
    if told:
        out = out._replace(status=told, state=_state(told, out.state))
    return _without_time(out if out.rule == rule else out._replace(rule=rule))


def _unseen(course: Course, out: Outcome) -> bool:
    """Whether the gun alone says that the runner started: without mats it says so of all on the start list."""
    return course.spec.timing != "transponder" and out.elapsed is None


def _with_reading(course: Course, base: Outcome, evaluation: Evaluation) -> Outcome:
    reading, spec = evaluation.reading, course.spec
    out = base._replace(reaction_us=reading.reaction_us, rule=reading.rule)
    if possibly_false(reading.reaction_us, course.rules.starts):
        out = out._replace(flags=out.flags | Flag.POSSIBLE_FALSE_START)
    elapsed = _measured(course, evaluation)
    if elapsed is not None and (spec.timing != "transponder" or base.elapsed is None):
        out = _timed(course, out, elapsed, METHOD_CODES[evaluation.method])
    status = STATUS_CODES[reading.status]
    if status == S.OK and out.elapsed is None:
        return out._replace(status=S.DNF if out.flags & Flag.CUT_ON_WAY else S.OK, state=At.FINISHED)
    if status not in (S.NONE, S.OK):
        return out._replace(status=status, state=_state(status, out.state))
    return out


def _measured(course: Course, evaluation: Evaluation) -> int | None:
    """Of watches the one time that they give together (R3); of a system its own, without its known offset (R6)."""
    if evaluation.reading.watches_us:
        return of_watches(evaluation.reading.watches_us, course.units[By.HAND])
    return evaluation.measured_us


def _timed(course: Course, out: Outcome, elapsed: int, method: int) -> Outcome:
    flags = out.flags & ~(Flag.PROVISIONAL | Flag.CUT | Flag.AT_LINE)
    if not course.official[method]:
        flags |= Flag.UNOFFICIAL
    if course.spec.ranking == "net":
        flags |= Flag.NO_START_READ
    late = flags & Flag.CUT_ON_WAY or is_late(course, elapsed)
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
    taken = out.elapsed is not None and not out.flags & Flag.UNOFFICIAL
    method = out.method if taken else METHOD_CODES[spec.timing]
    flags = (out.flags | Flag.TIME_RULED) & ~(CUTS | Flag.PROVISIONAL | Flag.UNOFFICIAL)
    out = out._replace(status=S.OK, state=At.FINISHED, elapsed=given, method=method, flags=flags)
    return out._replace(net_us=given) if spec.ranking == "net" else out._replace(gun_us=given)


def _lifted(out: Outcome, evaluation: Evaluation | None) -> Outcome:
    """Reinstated: what stood against the runner before, in a reading or by the cut-off, no longer counts."""
    reading: Reading | None = evaluation.reading if evaluation else None
    again = out._replace(flags=out.flags & ~CUTS)
    if out.elapsed is not None or out.state == At.FINISHED:
        return again._replace(status=S.OK, state=At.FINISHED)
    if (reading is not None and out.status != S.OK) or out.flags & Flag.WAS_RUNNING:
        return again._replace(status=S.NONE)
    return again


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
