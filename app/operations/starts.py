"""The life of a heat: start, recall, close, reopen, run again."""

from collections.abc import Sequence

from app.domain.facts import HeatClosed, HeatReopened, HeatRerun, StartRecalled, StartSignal, WeatherRead
from app.domain.ids import Bib, HeatId, RegistrationId
from app.domain.refusals import Contradicts, Invalid
from app.domain.state import Attempt
from app.domain.units import Instant, format_instant
from app.operations.find import heat_of, starter
from app.operations.running import running_of
from app.operations.sheet import HeatLine, Sheet, writable


def start(sheet: Sheet, id: HeatId, at: Instant, source: str | None = None) -> int:
    """The gun; its position in the log. Again with another time it corrects the one before, also after the reads."""
    heat = heat_of(writable(sheet.state), id)
    signal = StartSignal(heat=id, at=at, source=source)
    if heat.now.closed_at is not None and heat.now.closed_at <= at:
        message = f"the heat was closed at {format_instant(heat.now.closed_at)}: reopen it before a later start"
        raise Contradicts("closed_before_start", message, "/at")
    counted = heat.now.start
    return counted[0] if counted and counted[1] == signal else sheet.record(signal)


def recall(sheet: Sheet, id: HeatId) -> int:
    """The start that counts is void; the heat waits for another one."""
    heat = heat_of(writable(sheet.state), id)
    if heat.now.start is None:
        raise Contradicts("not_started", f"heat {heat.drawn.number} was not started: there is no start to recall")
    return sheet.record(StartRecalled(heat=id))


def close(sheet: Sheet, id: HeatId, at: Instant | None = None) -> int:
    """Reads from `at` (default: now) on are no longer of this heat. Again with a time: that one counts."""
    heat = heat_of(writable(sheet.state), id)
    if heat.now.closed_at is not None and at in (None, heat.now.closed_at):
        raise Contradicts(
            "already_closed", f"heat {heat.drawn.number} is closed: reopen it first, or give another time"
        )
    end = sheet.now if at is None else at
    signal = heat.now.start
    if signal is not None and end <= signal[1].at:
        started = format_instant(signal[1].at)
        raise Invalid("/at", "ends_before_it_starts", f"the heat was started at {started} and cannot end before that")
    return sheet.record(HeatClosed(heat=id, at=end))


def reopen(sheet: Sheet, id: HeatId) -> int:
    """It takes reads again, up to its default end."""
    heat = heat_of(writable(sheet.state), id)
    if heat.now.closed_at is None:
        raise Contradicts("not_closed", f"heat {heat.drawn.number} is open: there is nothing to reopen")
    return sheet.record(HeatReopened(heat=id))


def rerun(sheet: Sheet, id: HeatId, bibs: Sequence[Bib] = (), reason: str | None = None) -> int:
    """What was run so far is void and kept; the same runners start anew, or those with these bibs: the others keep what
    they have (R40)."""
    state = writable(sheet.state)
    heat = heat_of(state, id)
    only = tuple(dict.fromkeys(starter(state, heat, bib, f"/bibs/{index}") for index, bib in enumerate(bibs)))
    if not running_of(state, id).was_run:
        raise Contradicts("not_started", f"heat {heat.drawn.number} was not run yet: there is nothing to run again")
    if only and state.events[heat.event].spec.timing == "transponder":
        message = "reads go with the gun, and a heat has one: run all of it again, or rule on times"
        raise Contradicts("reads_go_with_the_gun", message, "/bibs")
    lost = [line.bib for line in sheet.projection.heat_results(id) if only and _ends_with_the_gun(line, heat.now, only)]
    if lost:
        message = f"times at the line go with the gun, and a heat has one: enter those of bibs {', '.join(lost)} first"
        raise Contradicts("reads_go_with_the_gun", message, "/bibs")
    return sheet.record(HeatRerun(heat=id, only=only, reason=sheet.text(reason)))


def _ends_with_the_gun(line: HeatLine, attempt: Attempt, again: Sequence[RegistrationId]) -> bool:
    """Whether somebody who does not run again has a time that nobody read or ruled."""
    ruled = any(one.registration == line.registration and one.kind == "time" for _, one in attempt.rulings)
    kept = line.registration in attempt.evaluations or ruled
    return line.elapsed_us is not None and not kept and line.registration not in again


def weather(sheet: Sheet, id: HeatId, temperature_c: int | None, humidity_percent: int | None) -> None:
    """At its start, before or after it; what was said before is said anew. Sheets print it, nothing else changes."""
    heat = heat_of(writable(sheet.state), id)
    read = WeatherRead(heat=id, temperature_c=temperature_c, humidity_percent=humidity_percent)
    if read != (heat.now.weather or WeatherRead(heat=id)):
        sheet.record(read)
