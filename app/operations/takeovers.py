"""Where and when a baton was handed on, as photo or watches say (R78)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import Handed, TakeoverMethod, TakeoversRead
from app.domain.ids import Bib, HeatId, RegistrationId
from app.domain.refusals import Contradicts, Invalid
from app.domain.state import Heat, MeetState
from app.domain.units import Duration
from app.operations.checks import within
from app.operations.find import bib_of, heat_of, starter, starter_in_lane
from app.operations.finishes import LONGEST_US
from app.operations.sheet import Sheet, writable


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One takeover of a team, by bib or by lane, at the end of its `leg`-th leg."""

    leg: int
    elapsed_us: Duration
    bib: Bib | None = None
    lane: int | None = None


def read_takeovers(sheet: Sheet, id: HeatId, method: TakeoverMethod, seen: Sequence[Seen]) -> int:
    """Record them; the position in the log. Sent again word for word, it is the position of the first time.

    They may come in any order, one by one or all at once; one that was read before is corrected.
    """
    state = writable(sheet.state)
    heat = heat_of(state, id)
    spec = state.events[heat.event].spec
    if spec.relay_legs == 1:
        raise Contradicts("no_relay", f"{spec.name!r} is no relay: only relay teams hand a baton on")
    fact = TakeoversRead(heat=id, method=method, takeovers=_handed(state, heat, seen, spec.relay_legs))
    known = [heat.now.takeovers.get((one.registration, one.leg)) for one in fact.takeovers]
    for one in known:
        if one is None or one.method != method or one.handed not in fact.takeovers:
            return sheet.record(fact)
    return max(one.seq for one in known if one is not None)


def _handed(state: MeetState, heat: Heat, seen: Sequence[Seen], legs: int) -> tuple[Handed, ...]:
    if not seen:
        raise Invalid("/takeovers", "empty", "list at least one takeover")
    found: dict[tuple[RegistrationId, int], Handed] = {}
    for index, one in enumerate(seen):
        at = f"/takeovers/{index}"
        team = _team(state, heat, one, at)
        within(one.elapsed_us, 1, LONGEST_US, f"{at}/elapsed_us", "a time in microseconds")
        if not 1 <= one.leg < legs:
            message = f"a relay of {legs} legs has takeovers after legs 1 to {legs - 1}, none after leg {one.leg} (R78)"
            raise Invalid(f"{at}/leg", "out_of_range", message)
        if (team, one.leg) in found:
            message = f"the takeover of {bib_of(state, team)} after leg {one.leg} is listed twice: keep one of them"
            raise Invalid(f"{at}/leg", "takeover_twice", message)
        found[team, one.leg] = Handed(registration=team, leg=one.leg, elapsed_us=one.elapsed_us)
    return tuple(found.values())


def _team(state: MeetState, heat: Heat, one: Seen, at: str) -> RegistrationId:
    if one.bib is not None:
        return starter(state, heat, one.bib, f"{at}/bib")
    if one.lane is None:
        raise Invalid(at, "no_runner", "name the team: give its bib or its lane")
    return starter_in_lane(heat, one.lane, f"{at}/lane")
