"""Lots among those level for the last places out of a round: drawn once, recorded with their seed, shown as `qD`."""

from collections.abc import Sequence

from app.domain.facts import LotsDrawn
from app.domain.ids import EventId
from app.domain.refusals import Contradicts
from app.domain.state import MeetState
from app.operations.find import bib_of, event_of, round_of
from app.operations.sheet import Sheet, writable
from app.rules.draw import Draw
from app.rules.order import bib_key
from app.rules.qualification import Tie


def draw_lots(sheet: Sheet, id: EventId, round: str, seed: int) -> tuple[LotsDrawn, ...]:
    """For every tie of the round that nobody has ruled on: places of a heat first, as times between heats follow."""
    state = writable(sheet.state)
    event = event_of(state, id)
    round_of(event, round)
    if round in event.qualifiers:
        raise Contradicts("already_advanced", f"who goes on from {round!r} is fixed: undo that in the log first")
    done: list[LotsDrawn] = []
    for by in ("place", "time"):
        ties = [tie for tie in sheet.projection.as_it_stands(id, round)[1] if tie.by == by]
        drawn = [_lots(state, id, round, tie, seed) for tie in ties]
        if drawn:
            sheet.record(*drawn)
        done += drawn
    if not done:
        raise Contradicts(
            "nobody_level", f"nobody in {round!r} is level for a place to go on: there is nothing to draw"
        )
    return tuple(done)


def _lots(state: MeetState, event: EventId, round: str, tie: Tie, seed: int) -> LotsDrawn:
    if tie.mixed:
        bibs = _bibs(state, tie)
        message = f"bibs {', '.join(bibs)} were timed by different systems (R11): the referee rules who goes on"
        raise Contradicts("times_not_comparable", message)
    among = tuple(sorted(tie.level, key=lambda one: bib_key(bib_of(state, one))))
    label = f"{round} {tie.by}" if tie.heat is None else f"{round} {tie.by} heat {tie.heat}"
    order = Draw(seed).order(among, label)
    return LotsDrawn(event=event, round=round, among=among, winners=tuple(order[: tie.spots]), seed=seed, label=label)


def _bibs(state: MeetState, tie: Tie) -> Sequence[str]:
    return sorted((bib_of(state, id) for id in tie.level), key=bib_key)
