"""What photo finish or watches say about a heat."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import FinishesRead, Method, Reading, Status
from app.domain.ids import Bib, HeatId, RegistrationId
from app.domain.refusals import Invalid, RunnerTwice
from app.domain.state import Heat, MeetState
from app.domain.units import Duration
from app.operations.checks import within
from app.operations.find import bib_of, heat_of, starter, starter_in_lane
from app.operations.sheet import Sheet, writable
from app.rules.wind import parse_wind

LONGEST_US = 24 * 3_600_000_000
MOST_OFFSET_US = 10_000_000
MOST_WATCHES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """One runner, by bib or by lane. `place` is the judge's word where times are equal."""

    bib: Bib | None = None
    lane: int | None = None
    elapsed_us: Duration | None = None
    reaction_us: Duration | None = None
    status: Status | None = None
    rule: str | None = None
    place: int | None = None
    watches_us: tuple[Duration, ...] = ()
    """One to three watches in place of `elapsed_us`: the rules make one time of them (R3)."""


def read_finishes(
    sheet: Sheet,
    id: HeatId,
    method: Method,
    finishes: Sequence[Finish],
    wind_mps: str | None = None,
    offset_us: Duration = Duration(0),
) -> int:
    """Record the readings; the position in the log. Sent again word for word, it is the position of the first time.

    `offset_us` is what the clock of the system is known to be too long by; times are recorded as read (R6). A runner
    read again is corrected; those who are not named keep their reading.
    """
    state = writable(sheet.state)
    heat = heat_of(state, id)
    fact = decide(state, heat, method, finishes, wind_mps, offset_us)
    if heat.now.finishes and heat.now.finishes[-1][1] == fact:
        return heat.now.finishes[-1][0]
    return sheet.record(fact)


def decide(
    state: MeetState,
    heat: Heat,
    method: Method,
    finishes: Sequence[Finish],
    wind_mps: str | None = None,
    offset_us: Duration = Duration(0),
) -> FinishesRead:
    """The readings as a fact that is not recorded."""
    _check_offset(method, offset_us)
    return FinishesRead(
        heat=heat.id,
        method=method,
        readings=_readings(state, heat, method, offset_us, finishes),
        wind_mm_per_s=None if wind_mps is None else _wind(wind_mps),
        offset_us=offset_us,
    )


def _check_offset(method: Method, offset_us: Duration) -> None:
    within(offset_us, -MOST_OFFSET_US, MOST_OFFSET_US, "/offset_us", "a known offset in microseconds")
    if offset_us and method == "hand":
        raise Invalid(
            "/offset_us", "not_with_this_method", "watches have no offset: leave it out, or say which system read"
        )


def _readings(
    state: MeetState, heat: Heat, method: Method, offset_us: Duration, finishes: Sequence[Finish]
) -> tuple[Reading, ...]:
    if not finishes:
        raise Invalid("/finishes", "empty", "list at least one runner")
    seen = set[RegistrationId]()
    out = []
    for index, finish in enumerate(finishes):
        at = f"/finishes/{index}"
        id = _runner(state, heat, finish, at)
        if id in seen:
            raise RunnerTwice(bib_of(state, id), at=f"{at}/{'lane' if finish.bib is None else 'bib'}")
        seen.add(id)
        _check_watches(method, finish, at)
        if finish.elapsed_us is not None and finish.elapsed_us <= offset_us:
            raise Invalid(f"{at}/elapsed_us", "out_of_range", "without the offset of the system nothing is left of it")
        out.append(_reading(id, finish, at))
    return tuple(out)


def _runner(state: MeetState, heat: Heat, finish: Finish, at: str) -> RegistrationId:
    if finish.bib is not None:
        id = starter(state, heat, finish.bib, f"{at}/bib")
        if finish.lane is not None and starter_in_lane(heat, finish.lane, f"{at}/lane") != id:
            message = f"bib {finish.bib} does not run in lane {finish.lane}: name the runner by one of the two"
            raise Invalid(f"{at}/lane", "bib_and_lane_differ", message)
        return id
    if finish.lane is None:
        raise Invalid(at, "no_runner", "name the runner: give a bib or a lane")
    return starter_in_lane(heat, finish.lane, f"{at}/lane")


def _check_watches(method: Method, finish: Finish, at: str) -> None:
    if not finish.watches_us:
        return
    if method != "hand":
        raise Invalid(f"{at}/watches_us", "not_with_this_method", "watches are read by hand: say so as the method")
    if finish.elapsed_us is not None:
        raise Invalid(f"{at}/elapsed_us", "time_twice", "the time follows from the watches: leave out elapsed_us")
    if len(finish.watches_us) > MOST_WATCHES:
        raise Invalid(f"{at}/watches_us", "too_many", "a runner is timed by up to three watches (R3)")
    for number, watch in enumerate(finish.watches_us):
        within(watch, 1, LONGEST_US, f"{at}/watches_us/{number}", "a time in microseconds")


def _reading(id: RegistrationId, finish: Finish, at: str) -> Reading:
    within(finish.elapsed_us, 1, LONGEST_US, f"{at}/elapsed_us", "a time in microseconds")
    # Negative: the runner moved before the gun.
    within(finish.reaction_us, -10_000_000, 60_000_000, f"{at}/reaction_us", "a reaction in microseconds")
    within(finish.place, 1, 1_000_000, f"{at}/place", "a place")
    if finish.status in ("DNS", "DNF") and (finish.elapsed_us is not None or finish.watches_us):
        field = "watches_us" if finish.watches_us else "elapsed_us"
        message = f"a runner with {finish.status} has no time: leave out {field}, or the status"
        raise Invalid(f"{at}/{field}", "time_without_finish", message)
    return Reading(
        registration=id,
        elapsed_us=finish.elapsed_us,
        reaction_us=finish.reaction_us,
        status=finish.status,
        rule=finish.rule,
        place=finish.place,
        watches_us=finish.watches_us,
    )


def _wind(text: str) -> int:
    try:
        return parse_wind(text)
    except ValueError as problem:
        raise Invalid("/wind_mps", "not_a_wind", str(problem)) from problem
