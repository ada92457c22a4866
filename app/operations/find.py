"""Looking things up as a request names them: by id, by bib, by lane. What is not there is refused in words."""

from collections.abc import Iterable, Iterator

from app.domain.ids import AthleteId, Bib, EventId, HeatId, RegistrationId
from app.domain.meet import MeetSpec, RoundSpec
from app.domain.refusals import AmbiguousBib, Contradicts, NotFound, NotInHeat, NotRegistered
from app.domain.state import Athlete, Event, Heat, MeetState, Registration


def spec_of(state: MeetState) -> MeetSpec:
    if state.spec is None:
        raise NotFound("meet", "without a description")
    return state.spec


def event_of(state: MeetState, id: EventId) -> Event:
    event = state.events.get(id)
    if event is None or event.withdrawn:
        raise NotFound("event", id)
    return event


def events_of(state: MeetState) -> Iterator[Event]:
    return (event for event in state.events.values() if not event.withdrawn)


def heat_of(state: MeetState, id: HeatId) -> Heat:
    heat = state.heats.get(id)
    if heat is None or state.events[heat.event].withdrawn:
        raise NotFound("heat", id)
    return heat


def registration_of(state: MeetState, id: RegistrationId) -> Registration:
    registration = state.registrations.get(id)
    if registration is None or state.events[registration.entry.event].withdrawn:
        raise NotFound("registration", id)
    return registration


def athlete_of(state: MeetState, id: AthleteId) -> Athlete:
    athlete = state.athletes.get(id)
    if athlete is None or athlete.erased:
        raise NotFound("athlete", id)
    return athlete


def round_of(event: Event, name: str) -> tuple[int, RoundSpec]:
    """The round and its index in running order."""
    for index, spec in enumerate(event.spec.rounds):
        if spec.name == name:
            return index, spec
    raise NotFound("round", name, known=tuple(spec.name for spec in event.spec.rounds))


def registered(event: Event, bib: Bib, at: str | None = None) -> Registration:
    """Who wears the bib in the event and has not withdrawn."""
    id = event.by_bib.get(bib)
    if id is None or event.registrations[id].withdrawn:
        raise NotRegistered(bib, event.spec.name, at=at)
    return event.registrations[id]


def bib_of(state: MeetState, id: RegistrationId) -> Bib:
    return state.registrations[id].entry.bib


def starter(state: MeetState, heat: Heat, bib: Bib, at: str | None = None) -> RegistrationId:
    """The registration that starts in the heat with exactly this bib."""
    event = state.events[heat.event]
    id = event.by_bib.get(bib)
    if id is None or not event.starts(heat, id):
        raise NotInHeat(f"bib {bib}", _elsewhere(event, heat, [bib]), at=at)
    return id


def starter_as_typed(state: MeetState, heat: Heat, typed: str, at: str | None = None) -> RegistrationId:
    """As `starter`, but forgiving leading zeros, case and spaces where only one runner can be meant."""
    event = state.events[heat.event]
    if Bib(typed) in event.by_bib:
        return starter(state, heat, Bib(typed), at)
    alike = [bib for bib in event.by_bib if plain(bib) == plain(typed)]
    meant = [bib for bib in alike if event.starts(heat, event.by_bib[bib])]
    if len(meant) > 1:
        raise AmbiguousBib(Bib(typed), tuple(sorted(meant)), at=at)
    if not meant:
        raise NotInHeat(f"bib {typed}", _elsewhere(event, heat, alike), at=at)
    return event.by_bib[meant[0]]


def _elsewhere(event: Event, heat: Heat, bibs: Iterable[Bib]) -> str | None:
    """Where else in the round they start: who stands at the line of a road race does not see the wave of a runner."""
    ids = [event.by_bib[bib] for bib in bibs if bib in event.by_bib]
    for other in event.rounds[heat.round].values():
        if any(event.starts(other, id) for id in ids):
            wave = f" (wave {other.drawn.wave})" if other.drawn.wave else ""
            return f"heat {other.drawn.number}{wave}"
    return None


def starter_in_lane(heat: Heat, lane: int, at: str | None = None) -> RegistrationId:
    for one in heat.drawn.starters:
        if one.lane == lane:
            return one.registration
    raise NotInHeat(f"lane {lane}", at=at)


def plain(bib: str) -> str:
    """A bib as it is compared in manual entry."""
    return "".join(bib.split()).casefold().lstrip("0") or "0"


def sole(athletes: Iterable[AthleteId], bib: Bib, at: str | None = None) -> AthleteId:
    """The one athlete whom a bib names in the meet; where each event has bibs of its own it may name several."""
    found = list(athletes)
    if not found:
        raise NotRegistered(bib, "this meet", at=at)
    if len(found) > 1:
        message = f"bib {bib} names several athletes, as each event of this meet has its own bibs: name the event too"
        raise Contradicts("ambiguous_bib", message, at, tuple(found))
    return found[0]
