"""A crossing that no reader saw: proposed from the laps around it, and confirmed by an official (R102)."""

from app.domain.facts import CrossingConfirmed
from app.domain.ids import Bib, HeatId
from app.domain.refusals import Contradicts
from app.domain.units import Instant
from app.operations.find import heat_of, starter
from app.operations.sheet import TimedSheet, writable
from app.timing.laps import Crossing


def confirm(
    sheet: TimedSheet, id: HeatId, bib: Bib, point: str | None = None, reason: str | None = None
) -> CrossingConfirmed:
    """The first one that is proposed for the runner, or the one at a point."""
    state = writable(sheet.state)
    heat = heat_of(state, id)
    runner = starter(state, heat, bib, "/bib")
    found = [one.at_us for one in proposed(sheet, id, bib) if point in (None, one.point) and one.at_us is not None]
    if not found:
        where = f" at {point}" if point else ""
        message = f"no crossing of bib {bib}{where} is proposed: take the time at the line, or rule on the time"
        raise Contradicts("nothing_proposed", message, "/bib" if point is None else "/point")
    confirmed = CrossingConfirmed(heat=id, registration=runner, at=Instant(found[0]), reason=sheet.text(reason))
    sheet.record(confirmed)
    return confirmed


def proposed(sheet: TimedSheet, heat: HeatId, bib: Bib) -> list[Crossing]:
    runners = sheet.projection.lap_chart(heat).runners
    return [one for runner in runners if runner.bib == bib for one in runner.crossings if not one.confirmed]
