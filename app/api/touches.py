"""The last position of the log that changed what a derived answer shows: the number in its ETag.

Runners are shown with names and bibs, so what happens to those counts too. A heat does not move because another does.
"""

from app.domain.fold import MEET, qualifiers_of
from app.domain.ids import EventId, HeatId
from app.domain.state import Heat
from app.operations.find import event_of, heat_of, round_of
from app.timing.projection import Projection


def of_event(now: Projection, id: EventId) -> int:
    """`NotFound` where there is no such event."""
    event_of(now.state, id)
    return max(now.touched(id), now.state.touched[MEET])


def of_heat(now: Projection, id: HeatId) -> int:
    """Ranks, and who goes on, come from all heats of the round. `NotFound` where there is no such heat."""
    state, heat = now.state, heat_of(now.state, id)
    if heat.drawn.open:
        return of_event(now, heat.event)
    decided = state.touched.get(qualifiers_of(heat.event), 0), state.touched[MEET]
    clocks = (state.touched[source] for source in state.sources)
    return max(
        *decided, *clocks, *(_of_starters(now, one) for one in state.events[heat.event].rounds[heat.round].values())
    )


def _of_starters(now: Projection, heat: Heat) -> int:
    """The heat, and what its starters are called and carry."""
    state, touched = now.state, now.state.touched
    registrations = [one.registration for one in heat.drawn.starters]
    athletes = [state.registrations[id].entry.athlete for id in registrations]
    legs = [athlete for named in heat.legs.values() for athlete in named.athletes]
    chips = [chip for athlete in athletes for chip in state.carried.get(athlete, ())]
    return max(now.touched(heat.id), *(touched[id] for id in (*registrations, *athletes, *legs, *chips)), 0)


def of_round(now: Projection, event: EventId, round: str) -> int:
    """Who advances from a round depends on all of its heats, and on what the event says of it."""
    round_of(event_of(now.state, event), round)
    return of_event(now, event)
