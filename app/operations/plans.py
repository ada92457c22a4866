"""The rounds of an event planned from its entries and the ruleset's tables (R20–R22)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.ids import EventId
from app.domain.meet import RoundSpec
from app.domain.refusals import Contradicts, Invalid
from app.domain.state import Event, MeetState
from app.operations import events
from app.operations.checks import within
from app.operations.entrants import Field
from app.operations.find import event_of
from app.operations.meets import refuse_if_run
from app.operations.sheet import Results, Sheet, writable
from app.rules.plans import LEAST_ROOM, Planned, planned
from app.rules.rulesets import Under, under
from app.rules.seeding import capacity

MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """`entries` and `lanes` that it was made for; `room` is what one heat takes."""

    planned: Planned
    entries: int
    lanes: int
    room: int
    under: Under


def preview(state: MeetState, event: EventId, results: Results, entries: int | None = None) -> Plan:
    """What would be planned for the active entries, or for as many as are said."""
    return decide(Field(state, event_of(state, event), results, {}), entries)


def plan(sheet: Sheet, id: EventId, entries: int | None = None) -> Plan:
    """Describe the event with the rounds planned. Names and times of the rounds that it has are kept by their place."""
    state = writable(sheet.state)
    event = event_of(state, id)
    refuse_if_run(event, f"the plan of {event.spec.name!r}")
    made = preview(state, id, sheet.projection, entries)
    events.change(sheet, id, {"rounds": _scheduled(event, made.planned.rounds)})
    return made


def decide(field: Field, entries: int | None) -> Plan:
    spec = field.event.spec
    if spec.surface == "road":
        raise Contradicts("no_plan", "rounds are planned for races on the track: on the road a wave is a heat")
    within(entries, 1, MOST_ENTRIES, "/entries", "entries")
    count = sum(1 for _ in field.active()) if entries is None else entries
    if not count:
        message = "nobody is entered yet: register runners first, or say for how many entries to plan"
        raise Invalid("/entries", "no_entries", message)
    lanes, table = len(field.lanes()), field.rules.rounds
    held, room = under(field.state.spec, spec), capacity(spec, lanes, table)
    if room < LEAST_ROOM and count > table.counted.to_final_from * room:
        message = (
            f"two of each heat go on (R20): with {room} lanes in use nobody is left behind; "
            f"give back lanes_out, or describe the rounds yourself"
        )
        raise Contradicts("too_few_lanes", message)
    return Plan(planned(spec, count, lanes, table), count, lanes, room, held)


def _scheduled(event: Event, rounds: Sequence[RoundSpec]) -> tuple[RoundSpec, ...]:
    times = {round.name: round.scheduled_at for round in event.spec.rounds}
    return tuple(replace(round, scheduled_at=times.get(round.name)) for round in rounds)
