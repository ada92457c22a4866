"""The last position of the log that changed what a derived answer shows: the number in its ETag.

Runners are shown with names and bibs, so what happens to those counts too. A heat does not move because another does.
"""

from itertools import takewhile

from app.domain.fold import MEET, RECORDS, qualifiers_of
from app.domain.ids import EventId, HeatId
from app.domain.meet import EventSpec
from app.domain.state import Heat, MeetState
from app.operations.find import event_of, heat_of, round_of
from app.rules.records import kind_of
from app.timing.projection import Projection
from app.timing.roster import rounds_in_order


def of_event(now: Projection, id: EventId) -> int:
    """`NotFound` where there is no such event."""
    spec = event_of(now.state, id).spec
    return max(now.touched(id), now.state.touched[MEET], of_records(now, spec))


def of_heat(now: Projection, id: HeatId) -> int:
    """Ranks, and who goes on, come from all heats of the round, bests from the rounds before it too.

    `NotFound` where there is no such heat.
    """
    state, heat = now.state, heat_of(now.state, id)
    if heat.drawn.open:
        return of_event(now, heat.event)
    decided = state.touched.get(qualifiers_of(heat.event), 0), state.touched[MEET]
    clocks = (state.touched[source] for source in state.sources)
    event = state.events[heat.event]
    earlier = takewhile(lambda name: name != heat.round, rounds_in_order(event))
    heats = [one for name in (*earlier, heat.round) for one in event.rounds[name].values()]
    return max(*decided, *clocks, of_records(now, event.spec), *(_of_starters(now, one) for one in heats))


def of_records(now: Projection, spec: EventSpec) -> int:
    """The meet's lists of records, and every race that one of them may have been broken in (R50)."""
    state = now.state
    if state.records is None:
        return 0
    kin = (event for event in state.events.values() if kind_of(event.spec) == kind_of(spec))
    return max(state.touched[RECORDS], *(now.touched(event.id) for event in kin))


def _of_starters(now: Projection, heat: Heat) -> int:
    """The heat, and what its starters are called and carry."""
    state, touched = now.state, now.state.touched
    registrations = [one.registration for one in heat.drawn.starters]
    athletes = [state.registrations[id].entry.athlete for id in registrations]
    legs = [athlete for named in heat.legs.values() for athlete in named.athletes]
    chips = [chip for athlete in (*athletes, *legs) for chip in state.carried.get(athlete, ())]
    return max(now.touched(heat.id), *(touched[id] for id in (*registrations, *athletes, *legs, *chips)), 0)


def of_decisions(state: MeetState, id: HeatId) -> int:
    """What officials recorded in a heat, in words that may have been erased since and with the bibs of today. No read
    moves it, and no other heat.

    `NotFound` where there is no such heat.
    """
    heat = heat_of(state, id)
    runners = [one.registration for one in heat.drawn.starters]
    athletes = [state.registrations[id].entry.athlete for id in runners]
    everybody = (heat.event,) if heat.drawn.open else ()
    return max(state.touched[one] for one in (heat.id, *everybody, *runners, *athletes))


def of_meet_records(now: Projection) -> int:
    """Lists, results and names of the whole meet: whatever happens may break a record."""
    return now.head


def of_round(now: Projection, event: EventId, round: str) -> int:
    """Who advances from a round depends on all of its heats, and on what the event says of it."""
    round_of(event_of(now.state, event), round)
    return of_event(now, event)
