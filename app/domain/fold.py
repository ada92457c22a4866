"""What each kind of fact does to the state of a meet.

`fold(state, facts)` is the only way to change a `MeetState`. Undoing a fact folds the whole log anew without it, so a
state never depends on the way that led to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from app.domain import newcomers
from app.domain.facts import (
    AnomalyAccepted,
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    ChipReleased,
    ConflictRuled,
    CrossingConfirmed,
    EventDescribed,
    EventWithdrawn,
    FalseStart,
    FinishesRead,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeDropped,
    LineTimeTaken,
    LotsDrawn,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    Published,
    Qualifier,
    QualifierReplaced,
    QualifiersFixed,
    ReadConflict,
    Recorded,
    RecordsListed,
    Registered,
    RegistrationWithdrawn,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Starter,
    StartRecalled,
    StartSignal,
    TakeoversRead,
    Undone,
)
from app.domain.ids import AthleteId, Bib, EventId, HeatId
from app.domain.state import Athlete, Attempt, Evaluation, Event, Heat, MeetState, Registration, Takeover

MANY: Final = 500
"""So many facts of newcomers in a row are folded together."""

MEET: Final = "meet"
"""The key in `touched` for the meet itself."""
RECORDS: Final = "records"
"""The key in `touched` for its lists of records."""

CARRIED_KINDS: Final = frozenset({"card", "lane", "reinstate"})
"""Rulings that show in other races than their own."""

Touched = tuple[str, ...]
"""The ids of what a fact changed; their ETags move."""


def fold(state: MeetState, facts: Iterable[Recorded]) -> MeetState:
    """The same state, moved on by facts in log order."""
    for entering, group in groupby(facts, _may_be_newcomers):
        run = list(group)
        if entering and len(run) >= MANY and newcomers.enter(state, run):
            state.log += run
        else:
            for recorded in run:
                _note(state, recorded)
    return state


def _may_be_newcomers(recorded: Recorded) -> bool:
    return type(recorded.fact) in newcomers.KINDS


def _note(state: MeetState, recorded: Recorded) -> None:
    state.log.append(recorded)
    if isinstance(recorded.fact, Undone):
        _fold_anew(state, recorded)
    else:
        _apply(state, recorded)


def _apply(state: MeetState, recorded: Recorded) -> None:
    seq, _, _, fact = recorded
    for id in EFFECTS[type(fact)](state, seq, fact):
        state.touched[id] = seq
    state.head = seq


def _fold_anew(state: MeetState, last: Recorded) -> None:
    """Everything again without what was undone. That may show anywhere, so every position moves."""
    fresh, log = MeetState(), state.log
    voided = undone(log)
    for recorded in log:
        if recorded.seq not in voided and not isinstance(recorded.fact, Undone):
            _apply(fresh, recorded)
    fresh.log, fresh.voided, fresh.head = log, voided, last.seq
    fresh.touched = dict.fromkeys(state.touched.keys() | fresh.touched.keys(), last.seq)
    for name in MeetState.__slots__:
        setattr(state, name, getattr(fresh, name))


def undone(log: Iterable[Recorded]) -> set[int]:
    """Positions that do not count. The last word wins: an undoing may itself have been undone."""
    voided: set[int] = set()
    for recorded in sorted(log, key=lambda r: -r.seq):
        if isinstance(recorded.fact, Undone) and recorded.seq not in voided:
            voided.add(recorded.fact.target_seq)
    return voided


# ── one function a kind ──────────────────────────────────────────────────────────────────────────────────────────────


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
    return fact.event, *_heats_of(state, fact.event), *others


def _event_withdrawn(state: MeetState, seq: int, fact: EventWithdrawn) -> Touched:
    state.events[fact.event].withdrawn = True
    return (fact.event,)


def _records_listed(state: MeetState, seq: int, fact: RecordsListed) -> Touched:
    state.records = fact
    return (RECORDS,)


def _athlete_described(state: MeetState, seq: int, fact: AthleteDescribed) -> Touched:
    state.athletes[fact.athlete] = Athlete(fact.athlete, fact.sex, fact.ages)
    return fact.athlete, *_entered(state, fact.athlete), *_in_relays(state, fact.athlete)


def _athlete_erased(state: MeetState, seq: int, fact: AthleteErased) -> Touched:
    state.athletes[fact.athlete].erased = True
    return fact.athlete, *_entered(state, fact.athlete), *_in_relays(state, fact.athlete)


def _registered(state: MeetState, seq: int, fact: Registered) -> Touched:
    event, before = state.events[fact.event], state.registrations.get(fact.registration)
    if before is not None and before.entry.bib != fact.bib and event.by_bib.get(before.entry.bib) == fact.registration:
        # Not where two runners change bibs: the other one wears it already.
        del event.by_bib[before.entry.bib]
    registration = Registration(fact)
    state.registrations[fact.registration] = event.registrations[fact.registration] = registration
    event.by_bib[fact.bib] = event.by_athlete[fact.athlete] = fact.registration
    state.by_bib.setdefault(fact.bib, set()).add(fact.athlete)
    if before is None:
        state.by_athlete.setdefault(fact.athlete, []).append(fact.registration)
    elif before.entry.bib not in _bibs(state, fact.athlete):
        state.by_bib[before.entry.bib].discard(fact.athlete)
    open_heats = [h for h in _heats_of(state, fact.event) if state.heats[h].drawn.open]
    return fact.registration, fact.event, *open_heats, *_in_relays(state, fact.athlete)


def _registration_withdrawn(state: MeetState, seq: int, fact: RegistrationWithdrawn) -> Touched:
    registration = state.registrations[fact.registration]
    registration.withdrawn, registration.withdrawn_seq = True, seq
    return fact.registration, registration.entry.event, *_heats_of(state, registration.entry.event)


def _chip_assigned(state: MeetState, seq: int, fact: ChipAssigned) -> Touched:
    if fact.assignment not in state.assignments:
        state.chips.setdefault(fact.chip, []).append(fact.assignment)
    if fact.assignment not in (carried := state.carried.setdefault(fact.athlete, [])):
        carried.append(fact.assignment)
    state.assignments[fact.assignment] = fact
    return fact.assignment, *_entered(state, fact.athlete)


def _chip_released(state: MeetState, seq: int, fact: ChipReleased) -> Touched:
    assigned = state.assignments.pop(fact.assignment)
    state.chips[assigned.chip].remove(fact.assignment)
    return fact.assignment, *_entered(state, assigned.athlete)


def _legs_named(state: MeetState, seq: int, fact: LegsNamed) -> Touched:
    heat = state.heats[fact.heat]
    heat.legs[fact.registration] = fact
    for athlete in fact.athletes:
        state.legs.setdefault(athlete, set()).add(heat.id)
    return heat.id, heat.event


def _round_drawn(state: MeetState, seq: int, fact: RoundDrawn) -> Touched:
    event = state.events[fact.event]
    before = event.rounds.get(fact.round, {})
    event.rounds[fact.round] = heats = {}
    event.draw_seeds[fact.round] = fact.seed
    event.draws[fact.round] = seq, fact
    for drawn in fact.heats:
        heat = before.get(drawn.heat) or Heat(drawn, fact.event, fact.round)
        heat.drawn = drawn
        heats[drawn.heat] = state.heats[drawn.heat] = heat
    for gone in before.keys() - heats.keys():
        del state.heats[gone]
    return fact.event, *before, *heats


def _heat_withdrawn(state: MeetState, seq: int, fact: HeatWithdrawn) -> Touched:
    heat = state.heats.pop(fact.heat)
    heat.withdrawn = True
    del state.events[heat.event].rounds[heat.round][fact.heat]
    return fact.heat, heat.event


def _start_signal(state: MeetState, seq: int, fact: StartSignal) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.starts.append((seq, fact))
    return heat.id, heat.event


def _start_recalled(state: MeetState, seq: int, fact: StartRecalled) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.recalled_seq = seq
    return heat.id, heat.event


def _false_start(state: MeetState, seq: int, fact: FalseStart) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.false_starts.append((seq, fact))
    return fact.false_start, heat.id, heat.event


def _heat_closed(state: MeetState, seq: int, fact: HeatClosed) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.closed_at = fact.at
    return heat.id, heat.event


def _heat_reopened(state: MeetState, seq: int, fact: HeatReopened) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.closed_at = None
    return heat.id, heat.event


def _heat_rerun(state: MeetState, seq: int, fact: HeatRerun) -> Touched:
    heat = state.heats[fact.heat]
    void, now = heat.now, Attempt(opened_seq=seq, only=fact.only)
    heat.attempts.append(now)
    if fact.only:
        now.wind_mm_per_s = void.wind_mm_per_s
        now.evaluations = {id: one for id, one in void.evaluations.items() if id not in fact.only}
        now.takeovers = {key: one for key, one in void.takeovers.items() if key[0] not in fact.only}
        now.rulings = [one for one in void.rulings if one[1].registration not in fact.only]
    return heat.id, heat.event, *_heats_of(state, heat.event)


def _source_described(state: MeetState, seq: int, fact: SourceDescribed) -> Touched:
    before = state.sources.get(fact.source)
    if before is not None and before.name != fact.name:
        del state.source_names[before.name]
    state.sources[fact.source] = fact
    state.source_names[fact.name] = fact.source
    return fact.source, *state.events


def _finishes_read(state: MeetState, seq: int, fact: FinishesRead) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.finishes.append((seq, fact))
    heat.now.evaluations.update(
        (r.registration, Evaluation(r, fact.method, seq, fact.offset_us)) for r in fact.readings
    )
    if fact.wind_mm_per_s is not None:
        heat.now.wind_mm_per_s = fact.wind_mm_per_s
    return heat.id, heat.event


def _line_time_taken(state: MeetState, seq: int, fact: LineTimeTaken) -> Touched:
    heat = state.heats[fact.heat]
    attempt = next((a for a in heat.attempts if fact.time in a.line_times), heat.now)
    attempt.line_times[fact.time] = (seq, fact)
    state.line_times[fact.time] = fact.heat
    return fact.time, heat.id, heat.event


def _line_time_dropped(state: MeetState, seq: int, fact: LineTimeDropped) -> Touched:
    heat = state.heats[state.line_times.pop(fact.time)]
    for attempt in heat.attempts:
        attempt.line_times.pop(fact.time, None)
    return fact.time, heat.id, heat.event


def _takeovers_read(state: MeetState, seq: int, fact: TakeoversRead) -> Touched:
    heat = state.heats[fact.heat]
    read = (((one.registration, one.leg), Takeover(one, fact.method, seq)) for one in fact.takeovers)
    heat.now.takeovers.update(read)
    return heat.id, heat.event


def _crossing_confirmed(state: MeetState, seq: int, fact: CrossingConfirmed) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.crossings.append((seq, fact))
    return heat.id, heat.event


def _read_conflict(state: MeetState, seq: int, fact: ReadConflict) -> Touched:
    state.conflicts[seq] = fact
    return fact.source, *state.events


def _conflict_ruled(state: MeetState, seq: int, fact: ConflictRuled) -> Touched:
    state.conflict_rulings[fact.conflict_seq] = fact
    return state.conflicts[fact.conflict_seq].source, *state.events


def _ruling(state: MeetState, seq: int, fact: Ruling) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.rulings.append((seq, fact))
    state.rulings[fact.ruling] = fact.heat
    return fact.ruling, heat.id, heat.event, *_carried(state, seq, fact)


def _carried(state: MeetState, seq: int, fact: Ruling) -> Touched:
    """A step over the line shows in all rounds (R39), a card in whatever the athlete runs after it (R38), and so does
    what takes them back."""
    if fact.kind not in CARRIED_KINDS:
        return ()
    entry = state.registrations[fact.registration].entry
    rounds = _heats_of(state, entry.event)
    if fact.kind != "card" and not (fact.kind == "reinstate" and entry.athlete in state.cards):
        return rounds
    state.cards.setdefault(entry.athlete, []).append((seq, fact))
    return entry.athlete, *rounds, *_entered(state, entry.athlete)


def _qualifiers_fixed(state: MeetState, seq: int, fact: QualifiersFixed) -> Touched:
    state.events[fact.event].qualifiers[fact.round] = fact
    return fact.event, qualifiers_of(fact.event)


def _lots_drawn(state: MeetState, seq: int, fact: LotsDrawn) -> Touched:
    state.events[fact.event].lots.setdefault(fact.round, []).append((seq, fact))
    return fact.event, qualifiers_of(fact.event), *state.events[fact.event].rounds.get(fact.round, {})


def _qualifier_replaced(state: MeetState, seq: int, fact: QualifierReplaced) -> Touched:
    event = state.events[fact.event]
    event.replaced.setdefault(fact.into, {})[fact.out] = fact
    if (fixed := event.qualifiers.get(fact.round)) is not None:
        kept = (one for one in fixed.qualifiers if fact.why == "withdrawn" or one.registration != fact.out)
        new = () if fact.by is None else (Qualifier(registration=fact.by, how=fact.how or "q"),)
        event.qualifiers[fact.round] = replace(fixed, qualifiers=(*kept, *new))
    for heat in event.rounds.get(fact.into, {}).values():
        heat.drawn = replace(heat.drawn, starters=tuple(_replaced(heat.drawn.starters, fact)))
    return fact.event, qualifiers_of(fact.event), *_heats_of(state, fact.event)


def _replaced(starters: Iterable[Starter], fact: QualifierReplaced) -> Iterator[Starter]:
    for one in starters:
        if one.registration != fact.out:
            yield one
        elif fact.by is not None:
            yield replace(one, registration=fact.by)


def _anomaly_accepted(state: MeetState, seq: int, fact: AnomalyAccepted) -> Touched:
    state.accepted[fact.anomaly] = (seq, fact)
    return (fact.anomaly,)


def _published(state: MeetState, seq: int, fact: Published) -> Touched:
    state.events[fact.event].publications.append((seq, fact))
    return fact.publication, fact.event


def qualifiers_of(event: EventId) -> str:
    """The key in `touched` for who goes on from the rounds of an event: heats before and after show it."""
    return f"{event}/qualifiers"


def _heats_of(state: MeetState, event: EventId) -> tuple[HeatId, ...]:
    found = state.events.get(event)
    return tuple(heat for heats in found.rounds.values() for heat in heats) if found and found.rounds else ()


def _bibs(state: MeetState, athlete: AthleteId) -> set[Bib]:
    return {state.registrations[r].entry.bib for r in state.by_athlete[athlete]}


def _entered(state: MeetState, athlete: AthleteId) -> Touched:
    """The events that an athlete runs in."""
    if athlete not in state.by_athlete:
        return ()
    return tuple([state.registrations[r].entry.event for r in state.by_athlete[athlete]])


def _in_relays(state: MeetState, athlete: AthleteId) -> Touched:
    """The heats that show an athlete as a runner of a team, and their events."""
    if athlete not in state.legs:
        return ()
    heats = [state.heats[heat] for heat in state.legs[athlete] if heat in state.heats]
    return *(heat.id for heat in heats), *(heat.event for heat in heats)


EFFECTS: Final[Mapping[type, Callable[[MeetState, int, Any], Touched]]] = {
    MeetDescribed: _meet_described,
    MeetClosed: _meet_closed,
    MeetReopened: _meet_reopened,
    MeetWithdrawn: _meet_withdrawn,
    EventDescribed: _event_described,
    EventWithdrawn: _event_withdrawn,
    RecordsListed: _records_listed,
    AthleteDescribed: _athlete_described,
    AthleteErased: _athlete_erased,
    Registered: _registered,
    RegistrationWithdrawn: _registration_withdrawn,
    ChipAssigned: _chip_assigned,
    ChipReleased: _chip_released,
    LegsNamed: _legs_named,
    RoundDrawn: _round_drawn,
    HeatWithdrawn: _heat_withdrawn,
    StartSignal: _start_signal,
    StartRecalled: _start_recalled,
    FalseStart: _false_start,
    HeatClosed: _heat_closed,
    HeatReopened: _heat_reopened,
    HeatRerun: _heat_rerun,
    SourceDescribed: _source_described,
    FinishesRead: _finishes_read,
    LineTimeTaken: _line_time_taken,
    LineTimeDropped: _line_time_dropped,
    TakeoversRead: _takeovers_read,
    CrossingConfirmed: _crossing_confirmed,
    ReadConflict: _read_conflict,
    ConflictRuled: _conflict_ruled,
    Ruling: _ruling,
    QualifiersFixed: _qualifiers_fixed,
    LotsDrawn: _lots_drawn,
    QualifierReplaced: _qualifier_replaced,
    AnomalyAccepted: _anomaly_accepted,
    Published: _published,
}
