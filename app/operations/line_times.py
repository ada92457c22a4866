"""Manual entry at the line: the time when somebody crosses, the bib when it has been read."""

from contextlib import suppress
from dataclasses import replace

from app.domain.facts import LineTimeDropped, LineTimeTaken
from app.domain.ids import HeatId, RegistrationId, TimeId
from app.domain.refusals import Invalid, NotFound, NotInHeat
from app.domain.state import Heat, MeetState
from app.domain.units import Instant
from app.operations.find import heat_of, starter_as_typed
from app.operations.sheet import Given, Sheet, writable


def take(sheet: Sheet, id: HeatId, at: Instant, bib: str | None = None) -> TimeId:
    """A time, with its runner if the bib is known already; zeros, case and spaces in it are forgiven."""
    state = writable(sheet.state)
    heat = heat_of(state, id)
    where, runner = (heat, None) if bib is None else _whose(state, heat, bib)
    time = TimeId(sheet.new_id("time"))
    sheet.record(LineTimeTaken(time=time, heat=where.id, at=at, registration=runner))
    return time


def _whose(state: MeetState, heat: Heat, bib: str) -> tuple[Heat, RegistrationId]:
    """The runner, and the heat: whoever stands at the line of a road race does not see the wave of a runner."""
    try:
        return heat, starter_as_typed(state, heat, bib, "/bib")
    except NotInHeat:
        for other in waves_beside(state, heat):
            with suppress(NotInHeat):
                return other, starter_as_typed(state, other, bib, "/bib")
        raise


def waves_beside(state: MeetState, heat: Heat) -> list[Heat]:
    """The other waves of its round; none on the track."""
    if not heat.drawn.open:
        return []
    return [other for other in state.events[heat.event].rounds[heat.round].values() if other.id != heat.id]


def change(sheet: Sheet, id: TimeId, given: Given) -> None:
    """Another `bib`, none (None), or another `at`."""
    state = writable(sheet.state)
    heat, before = line_time_of(state, id)
    after = before
    if "at" in given:
        if given["at"] is None:
            raise Invalid("/at", "null", "a time at the line has an instant: delete it instead")
        after = replace(after, at=given["at"])
    if "bib" in given:
        bib = given["bib"]
        where, runner = (heat, None) if bib is None else _whose(state, heat, bib)
        after = replace(after, heat=where.id, registration=runner)
    if after != before:
        sheet.record(after)


def drop(sheet: Sheet, id: TimeId) -> None:
    line_time_of(writable(sheet.state), id)
    sheet.record(LineTimeDropped(time=id))


def line_time_of(state: MeetState, id: TimeId) -> tuple[Heat, LineTimeTaken]:
    """Of the running that counts: what was taken in a void one stays as it was."""
    heat = state.heats.get(state.line_times.get(id, HeatId("")))
    found = heat.now.line_times.get(id) if heat is not None else None
    if heat is None or found is None:
        raise NotFound("time", id)
    return heat, found[1]
