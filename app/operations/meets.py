"""Meets: open, describe, close, withdraw, copy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.facts import (
    AthleteDescribed,
    EventDescribed,
    Fact,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
)
from app.domain.ids import AthleteId, EventId, MeetId, SourceId
from app.domain.meet import MeetSpec, Person
from app.domain.records import RecordList
from app.domain.refusals import Contradicts, Invalid, ResultsDepend
from app.domain.state import Event, MeetState
from app.domain.units import Duration
from app.operations.ages import ages_of
from app.operations.checks import changed, check_lanes, day, named, within, zone
from app.operations.courses import course, has_default_course
from app.operations.find import events_of, spec_of
from app.operations.records import list_records
from app.operations.rulebooks import check_event, check_meet
from app.operations.sheet import Given, Sheet, standing, writable

MOST_LANES = 20
LAP_M = (50, 2_000)


def settled(spec: MeetSpec) -> MeetSpec:
    """The description, checked."""
    zone(spec.timezone, "/timezone")
    if day(spec.starts_on, "/starts_on") > day(spec.ends_on, "/ends_on"):
        message = f"the meet ends on {spec.ends_on}, before it starts on {spec.starts_on}: swap the two days"
        raise Invalid("/ends_on", "ends_before_it_starts", message)
    within(spec.lanes, 1, MOST_LANES, "/lanes", "lanes")
    within(spec.lap_m, *LAP_M, "/lap_m", "a lap in metres")
    check_lanes(spec.lanes_out, spec.lanes, "/lanes_out")
    check_meet(spec)
    return replace(spec, name=named(spec.name, "/name"))


def open_meet(sheet: Sheet, spec: MeetSpec) -> MeetId:
    """Describe the meet that this new sheet begins."""
    sheet.record(MeetDescribed(spec=settled(spec)))
    return sheet.meet_id


def change(sheet: Sheet, given: Given) -> None:
    """Describe it anew. Other dates make other ages: each athlete whose ages differ is described anew too.

    Who may see it is the one thing that a closed meet lets be changed.
    """
    state = standing(sheet.state)
    before = spec_of(state)
    asked = changed(before, given)
    if replace(asked, visibility=before.visibility) != before:
        writable(state)
    facts = list(decide_change(state, sheet.people, asked))
    if facts:
        sheet.record(*facts)


def decide_change(state: MeetState, people: Mapping[AthleteId, Person], asked: MeetSpec) -> Iterator[Fact]:
    before, after = spec_of(state), settled(asked)
    if after == before:
        return
    if after.bib_scope == "meet" != before.bib_scope:
        _one_athlete_a_bib(state)
    if after.rehearsal != before.rehearsal:
        message = "a meet is a rehearsal from the start or never: open another one"
        raise Contradicts("rehearsal_fixed", message, "/rehearsal")
    for event in events_of(state):
        check_event(after, event.spec)
    yield MeetDescribed(spec=after)
    if (after.starts_on, after.ends_on) != (before.starts_on, before.ends_on):
        yield from _ages_anew(state, people, after)
    if (after.lap_m, after.rules) != (before.lap_m, before.rules):
        yield from _courses_anew(state, before, after)


def close(sheet: Sheet) -> None:
    """Read only from here on."""
    writable(sheet.state)
    sheet.record(MeetClosed())


def reopen(sheet: Sheet) -> None:
    if not sheet.state.closed:
        raise Contradicts("not_closed", "the meet is open: there is nothing to reopen")
    sheet.record(MeetReopened())


def withdraw(sheet: Sheet) -> None:
    """Only while no result depends on it."""
    state = writable(sheet.state)
    _nothing_depends(state.events.values(), "the meet")
    sheet.record(MeetWithdrawn())


def clone(sheet: Sheet, model: MeetState, given: Given | None = None, records: Sequence[RecordList] = ()) -> MeetId:
    """The set-up of another meet in this new sheet: its events, sources and `records`, no people, heats or results.

    The copy is private whatever the model was; `given` may name other fields to change. Records are the lists as they
    were given: what was broken at the model is in them when whoever keeps the lists has put it there.
    """
    spec = settled(changed(replace(spec_of(model), visibility="private"), given or {}))
    events = [EventDescribed(event=EventId(sheet.new_id("event")), spec=event.spec) for event in events_of(model)]
    sources = [
        # A clock correction belongs to the day, not to the set-up.
        replace(source, source=SourceId(sheet.new_id("source")), offset_us=Duration(0))
        for source in model.sources.values()
    ]
    sheet.record(MeetDescribed(spec=spec), *events, *sources)
    list_records(sheet, records)
    return sheet.meet_id


def _one_athlete_a_bib(state: MeetState) -> None:
    shared = sorted(bib for bib, athletes in state.by_bib.items() if len(athletes) > 1)
    if shared:
        message = f"bibs {', '.join(shared[:10])} name several athletes: give each athlete its own bib first"
        raise Contradicts("bibs_shared", message, "/bib_scope", tuple(shared))


def _nothing_depends(events: Iterable[Event], what: str) -> None:
    for event in events:
        refuse_if_run(event, what)


def refuse_if_run(event: Event, what: str) -> None:
    """Refuses when a gun, a time, a ruling or a publication was recorded in the event."""
    if event.publications:
        raise ResultsDepend(what, f"results of {event.spec.name!r} were published")
    for round, heats in event.rounds.items():
        for heat in heats.values():
            if heat.has_evidence:
                run = f"heat {heat.drawn.number} of {event.spec.name!r}, round {round!r}"
                raise ResultsDepend(what, f"{run}, has a start, a time or a ruling")


def _ages_anew(state: MeetState, people: Mapping[AthleteId, Person], spec: MeetSpec) -> Iterator[Fact]:
    for athlete in state.athletes.values():
        person = people.get(athlete.id)
        if athlete.erased or person is None or person.birth_date is None:
            continue
        ages = ages_of(person.birth_date, spec)
        if ages != athlete.ages:
            yield AthleteDescribed(athlete=athlete.id, sex=athlete.sex, ages=ages)


def _courses_anew(state: MeetState, before: MeetSpec, after: MeetSpec) -> Iterator[Fact]:
    for event in events_of(state):
        if has_default_course(event.spec, before):
            points = course(replace(event.spec, points=()), after)
            if points != event.spec.points:
                yield EventDescribed(event=event.id, spec=replace(event.spec, points=points))
