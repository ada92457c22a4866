"""What facts of the meet and its events do to its state."""

from collections.abc import Mapping
from typing import Final

from app.domain.facts import (
    DesignChosen,
    EventDescribed,
    EventWithdrawn,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    RecordsListed,
)
from app.domain.fold.touched import DESIGN, MEET, RECORDS, Effect, Touched, heats_of
from app.domain.state import Event, MeetState


def _meet_described(state: MeetState, seq: int, fact: MeetDescribed) -> Touched:
    state.spec = fact.spec
    return MEET, *state.events


def _meet_closed(state: MeetState, seq: int, fact: MeetClosed) -> Touched:
    state.closed = True
    return (MEET,)


def _meet_reopened(state: MeetState, seq: int, fact: MeetReopened) -> Touched:
    state.closed = False
    return (MEET,)


def _meet_withdrawn(state: MeetState, seq: int, fact: MeetWithdrawn) -> Touched:
    state.withdrawn = True
    return MEET, *state.events


def _event_described(state: MeetState, seq: int, fact: EventDescribed) -> Touched:
    event = state.events.get(fact.event)
    if event is None:
        state.events[fact.event] = Event(fact.event, fact.spec)
    else:
        event.spec = fact.spec
    others = (*state.events, *state.heats) if state.cards else ()
    return fact.event, *heats_of(state, fact.event), *others


def _event_withdrawn(state: MeetState, seq: int, fact: EventWithdrawn) -> Touched:
    state.events[fact.event].withdrawn = True
    return (fact.event,)


def _records_listed(state: MeetState, seq: int, fact: RecordsListed) -> Touched:
    state.records = fact
    return (RECORDS,)


def _design_chosen(state: MeetState, seq: int, fact: DesignChosen) -> Touched:
    state.design = fact.design
    return (DESIGN,)


EFFECTS: Final[Mapping[type, Effect]] = {
    MeetDescribed: _meet_described,
    MeetClosed: _meet_closed,
    MeetReopened: _meet_reopened,
    MeetWithdrawn: _meet_withdrawn,
    EventDescribed: _event_described,
    EventWithdrawn: _event_withdrawn,
    RecordsListed: _records_listed,
    DesignChosen: _design_chosen,
}
