"""Events: describe, change, withdraw, copy. What may be asked for stands in `courses.py` and below."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from app.domain.facts import EventDescribed, EventWithdrawn, Fact
from app.domain.ids import EventId
from app.domain.meet import EventSpec, MeetSpec, RoundSpec
from app.domain.refusals import Contradicts, Invalid, SexDoesNotFit
from app.domain.state import Event, MeetState
from app.operations.checks import LONGEST_WINDOW_US, changed, check_lanes, named, within
from app.operations.courses import course, has_default_course
from app.operations.find import event_of, events_of, spec_of
from app.operations.meets import refuse_if_run
from app.operations.rulebooks import check_event, pinned, repinned
from app.operations.sheet import Given, Sheet, writable
from app.rules.categories import check_categories
from app.rules.relays import check_legs


def describe(sheet: Sheet, spec: EventSpec) -> EventId:
    """A new event of the meet. Without points it gets a start, its laps and a finish."""
    state = writable(sheet.state)
    id = EventId(sheet.new_id("event"))
    sheet.record(EventDescribed(event=id, spec=settled(spec, spec_of(state), _codes(events_of(state)))))
    return id


def change(sheet: Sheet, id: EventId, given: Given) -> None:
    """Describe it anew, for all of its results, those already there too; published versions stay."""
    state = writable(sheet.state)
    facts = list(decide_change(state, event_of(state, id), given))
    if facts:
        sheet.record(*facts)


def decide_change(state: MeetState, event: Event, given: Given) -> Iterator[Fact]:
    asked, meet = repinned(event.spec, changed(event.spec, given), given), spec_of(state)
    if "points" not in given and has_default_course(event.spec, meet):
        asked = replace(asked, points=())
    spec = settled(asked, meet, _codes(other for other in events_of(state) if other.id != event.id))
    if spec == repinned(event.spec, event.spec, {}):
        return
    _keeps_drawn_rounds(event, spec.rounds)
    _sexes_fit(state, event, spec)
    yield EventDescribed(event=event.id, spec=spec)


def withdraw(sheet: Sheet, id: EventId) -> None:
    """Only while no result depends on it."""
    event = event_of(writable(sheet.state), id)
    refuse_if_run(event, f"event {event.spec.name!r}")
    sheet.record(EventWithdrawn(event=id))


def clone(sheet: Sheet, id: EventId) -> EventId:
    """The same description as another event, without entries, heats, results or the code that only one can have."""
    model = event_of(writable(sheet.state), id)
    return describe(sheet, replace(repinned(model.spec, model.spec, {}), code=None))


def settled(spec: EventSpec, meet: MeetSpec, codes: frozenset[str] = frozenset()) -> EventSpec:
    """The description, checked and with its course; `codes` are those of the meet's other events."""
    if spec.relay_legs not in (1, 4):
        raise Invalid(
            "/relay_legs", "out_of_range", f"a relay has 4 legs, any other event 1, none {spec.relay_legs} (R78)"
        )
    _check_medley(spec)
    if spec.code is not None and spec.code in codes:
        raise Contradicts("code_taken", f"another event of the meet has the code {spec.code!r}", "/code")
    within(spec.cut_off_us, 1, LONGEST_WINDOW_US, "/cut_off_us", "a cut-off in microseconds")
    within(spec.min_lap_us, 1, LONGEST_WINDOW_US, "/min_lap_us", "a shortest lap in microseconds")
    within(spec.start_window_before_us, 0, LONGEST_WINDOW_US, "/start_window_before_s", "a start window")
    within(spec.start_window_after_us, 0, LONGEST_WINDOW_US, "/start_window_after_s", "a start window")
    check_categories(spec.categories)
    check_lanes(spec.lanes_out, meet.lanes, "/lanes_out")
    check_rounds(spec.rounds)
    _check_sizes(spec, meet)
    spec = pinned(spec)
    check_event(meet, spec)
    return replace(spec, name=named(spec.name, "/name"), points=course(spec, meet))


def _check_medley(spec: EventSpec) -> None:
    if not spec.legs_m:
        return
    if spec.relay_legs == 1:
        raise Invalid("/legs_m", "no_relay", "legs of their own are for relays: say relay_legs 4, or leave legs_m out")
    check_legs(spec.legs_m, spec.relay_legs, spec.distance_m)
    if len(set(spec.legs_m)) == 1:
        message = f"all legs are {spec.legs_m[0]} m long: leave legs_m out, and say that as distance_m"
        raise Invalid("/legs_m", "legs_alike", message)


def check_rounds(rounds: tuple[RoundSpec, ...]) -> None:
    """Refuses rounds that share a name, come from nowhere or lead nowhere."""
    if not rounds:
        raise Invalid("/rounds", "empty", "an event has at least one round: leave rounds out for a single final")
    seen = set[str]()
    for index, round in enumerate(rounds):
        at = f"/rounds/{index}"
        if named(round.name, f"{at}/name") in seen:
            raise Invalid(f"{at}/name", "round_twice", f"two rounds are called {round.name!r}: give each its own name")
        seen.add(round.name)
        within(round.heats, 1, 1_000, f"{at}/heats", "heats")
        within(round.per_heat, 1, 100_000, f"{at}/per_heat", "runners in a heat")
        if index == 0 and round.source in ("qualifiers", "non_qualifiers"):
            message = "the first round is drawn from the registrations: leave its source out"
            raise Invalid(f"{at}/source", "no_earlier_round", message)
        _check_advance(round, at, last=index == len(rounds) - 1)


def _check_advance(round: RoundSpec, at: str, *, last: bool) -> None:
    if round.advance is None:
        return
    if last:
        message = f"{round.name!r} is the last round and nobody advances from it: leave advance out"
        raise Invalid(f"{at}/advance", "no_later_round", message)
    within(round.advance.places, 0, 1_000, f"{at}/advance/places", "places that advance")
    within(round.advance.times, 0, 1_000, f"{at}/advance/times", "times that advance")
    if not round.advance.places + round.advance.times:
        raise Invalid(f"{at}/advance", "nobody_advances", "advance by places, by times or by both: one of them above 0")


def _check_sizes(spec: EventSpec, meet: MeetSpec) -> None:
    """Refuses more who go on than the next round takes, where both say how many that are (R21).

    A heat in lanes takes as many as the track has: that one of them is bad is found out on the day.
    """
    lanes = meet.lanes if spec.start == "lanes" else None
    for index, (round, following) in enumerate(pairwise(spec.rounds)):
        advance, room = round.advance, following.per_heat or lanes
        if round.heats and advance and following.heats and room and following.source != "non_qualifiers":
            through, takes = round.heats * advance.places + advance.times, following.heats * room
            if through > takes:
                message = (
                    f"{round.heats} heats × {advance.places} places + {advance.times} times are {through}, and "
                    f"{following.name!r} takes {following.heats} × {room} = {takes} (R21): change one of them"
                )
                raise Invalid(f"/rounds/{index}/advance", "does_not_add_up", message)


def _keeps_drawn_rounds(event: Event, rounds: Iterable[RoundSpec]) -> None:
    names = {round.name for round in rounds}
    gone = sorted(name for name, heats in event.rounds.items() if heats and name not in names)
    if gone:
        message = f"round {gone[0]!r} has heats: withdraw them before the round is renamed or removed"
        raise Contradicts("round_drawn", message, "/rounds", tuple(event.rounds[gone[0]]))


def _sexes_fit(state: MeetState, event: Event, spec: EventSpec) -> None:
    if spec.sex in ("X", event.spec.sex):
        return
    for registration in event.registrations.values():
        sex = state.athletes[registration.entry.athlete].sex
        if sex != spec.sex and not registration.withdrawn:
            raise SexDoesNotFit(sex, spec.sex, at="/sex")


def _codes(events: Iterable[Event]) -> frozenset[str]:
    return frozenset(event.spec.code for event in events if event.spec.code is not None)
