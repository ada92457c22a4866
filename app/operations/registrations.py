"""Registrations: enter, change, withdraw. An athlete is in an event at most once."""

from dataclasses import replace
from typing import Any, Final

from app.domain.facts import Registered, RegistrationWithdrawn
from app.domain.ids import EventId, RegistrationId
from app.domain.refusals import BibTaken, Contradicts, Invalid, ResultsDepend
from app.domain.state import Event, MeetState
from app.operations.entries import MARKS, Entry, enter, marks_of
from app.operations.find import event_of, registration_of, spec_of
from app.operations.roll import Roll
from app.operations.sheet import Given, Sheet, writable
from app.operations.waves import late_waves, spelled

_SAME_NAME: Final = ("bib", "role", "category", "wave", "team")


def register(sheet: Sheet, event: EventId, entry: Entry) -> RegistrationId:
    """Enter one runner or relay team, found by bib or external id, else made. On the road also after the gun."""
    state = writable(sheet.state)
    roll = Roll(state, event_of(state, event), sheet.people, sheet.new_id)
    id, _ = enter(roll, entry)
    settle(sheet, roll)
    return id


def settle(sheet: Sheet, roll: Roll) -> None:
    """Record what was put on the roll."""
    if roll.persons:
        sheet.tx.people.put_many(sheet.meet_id, roll.persons)
    if roll.facts:
        sheet.record(*roll.facts, *late_waves(roll.event, roll.waves, sheet.new_id))


def change(sheet: Sheet, id: RegistrationId, given: Given) -> None:
    """Other bib, role, category, wave, team or marks (as text); None clears what may be empty."""
    state = writable(sheet.state)
    registration = registration_of(state, id)
    event = state.events[registration.entry.event]
    after = decide_change(state, event, registration.entry, given)
    if after == registration.entry:
        return
    sheet.record(after, *late_waves(event, {after.wave}, sheet.new_id))
    if registration.withdrawn:
        sheet.record(RegistrationWithdrawn(registration=id))


def decide_change(state: MeetState, event: Event, entry: Registered, given: Given) -> Registered:
    for name in ("bib", "role"):
        if name in given and not given[name]:
            raise Invalid(f"/{name}", "null", f"a registration has a {name}: leave it out to keep it as it is")
    fields: dict[str, Any] = {name: given[name] or None for name in _SAME_NAME if name in given}
    if "wave" in fields:
        fields["wave"] = spelled(event, fields["wave"], but=entry.registration)
    fields |= marks_of({name: given[name] for name in MARKS if name in given}, entry.hand)
    after = replace(entry, **fields)
    if after.bib != entry.bib:
        _bib_free(state, event, after)
    return after


def withdraw(sheet: Sheet, id: RegistrationId) -> None:
    """Before the race. Once there is a time or a ruling for the runner, a ruling of kind `withdrawn` says it."""
    state = writable(sheet.state)
    registration = registration_of(state, id)
    if registration.withdrawn:
        raise Contradicts("already_withdrawn", f"bib {registration.entry.bib} has already withdrawn")
    if _has_result(state.events[registration.entry.event], id):
        why = "the runner has a time or a ruling"
        instead = (
            "Rule (dq, dnf, withdrawn) in the heat that is not run or not finished; "
            "who goes on to a round and does not run there is replaced in it"
        )
        raise ResultsDepend(f"the registration of bib {registration.entry.bib}", why, instead)
    sheet.record(RegistrationWithdrawn(registration=id))


def _bib_free(state: MeetState, event: Event, wanted: Registered) -> None:
    held = event.by_bib.get(wanted.bib)
    if held is not None:
        raise BibTaken(wanted.bib, f"event {event.spec.name!r}", at="/bib")
    if spec_of(state).bib_scope == "meet" and state.by_bib.get(wanted.bib, set()) - {wanted.athlete}:
        raise BibTaken(wanted.bib, "this meet", at="/bib")


def _has_result(event: Event, id: RegistrationId) -> bool:
    for heats in event.rounds.values():
        for attempt in (attempt for heat in heats.values() for attempt in heat.attempts):
            timed = any(time.registration == id for _, time in attempt.line_times.values())
            timed |= any(one.registration == id for _, fact in attempt.false_starts for one in fact.runners)
            if timed or id in attempt.evaluations or any(r.registration == id for _, r in attempt.rulings):
                return True
    return False
