"""What a fact changed, by id: the keys of `touched`, which ETags are made of."""

from collections.abc import Callable
from typing import Any, Final

from app.domain.ids import AthleteId, EventId, HeatId
from app.domain.state import MeetState

MEET: Final = "meet"
"""The key in `touched` for the meet itself."""
RECORDS: Final = "records"
"""The key in `touched` for its lists of records."""
DESIGN: Final = "design"
"""The key in `touched` for what its sheets look like."""

Touched = tuple[str, ...]
"""The ids of what a fact changed; their ETags move."""
Effect = Callable[[MeetState, int, Any], Touched]
"""What a fact at a position of the log does to the state of its meet."""


def qualifiers_of(event: EventId) -> str:
    """The key in `touched` for who goes on from the rounds of an event: heats before and after show it."""
    return f"{event}/qualifiers"


def heats_of(state: MeetState, event: EventId) -> tuple[HeatId, ...]:
    found = state.events.get(event)
    return tuple(heat for heats in found.rounds.values() for heat in heats) if found and found.rounds else ()


def events_of(state: MeetState, athlete: AthleteId) -> Touched:
    """The events that an athlete runs in."""
    if athlete not in state.by_athlete:
        return ()
    return tuple([state.registrations[r].entry.event for r in state.by_athlete[athlete]])


def relays_of(state: MeetState, athlete: AthleteId) -> Touched:
    """The heats that show an athlete as a runner of a team, and their events."""
    if athlete not in state.legs:
        return ()
    heats = [state.heats[heat] for heat in state.legs[athlete] if heat in state.heats]
    return *(heat.id for heat in heats), *(heat.event for heat in heats)
