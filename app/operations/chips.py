"""Chips: handed out, ended, taken back. At any instant a chip names one athlete; an athlete may carry several."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.facts import ChipAssigned, ChipReleased
from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, EventId
from app.domain.refusals import ChipTaken, Invalid, NotFound
from app.domain.state import MeetState
from app.domain.units import Instant
from app.operations.checks import changed
from app.operations.find import event_of, registered, sole
from app.operations.sheet import Given, Sheet, writable


def assign(
    sheet: Sheet,
    chip: Chip,
    bib: Bib,
    since: Instant | None = None,
    until: Instant | None = None,
    event: EventId | None = None,
) -> AssignmentId:
    """From `since` (included) until `until` (excluded); without them always. Assigned just so already: no new fact."""
    state = writable(sheet.state)
    wanted = ChipAssigned(
        assignment=AssignmentId(sheet.new_id("assignment")),
        chip=_text(chip),
        athlete=_wearer(state, bib, event),
        since=since,
        until=until,
    )
    held = _same(state, wanted)
    if held is not None:
        return held
    check(state, wanted)
    sheet.record(wanted)
    return wanted.assignment


def change(sheet: Sheet, id: AssignmentId, given: Given) -> None:
    """Other times (`since`, `until`): how a chip is ended before it goes to somebody else."""
    state = writable(sheet.state)
    before = assignment_of(state, id)
    after = changed(before, given)
    if after != before:
        check(state, after)
        sheet.record(after)


def release(sheet: Sheet, id: AssignmentId) -> None:
    """As if it had never been handed out."""
    assignment_of(writable(sheet.state), id)
    sheet.record(ChipReleased(assignment=id))


def check(state: MeetState, wanted: ChipAssigned) -> None:
    if wanted.since is not None and wanted.until is not None and wanted.since >= wanted.until:
        raise Invalid("/until", "ends_before_it_begins", "an assignment ends after it begins: check from and until")
    taken = clash((state.assignments[id] for id in state.chips.get(wanted.chip, ())), wanted)
    if taken is not None:
        raise ChipTaken(wanted.chip, wearer_bib(state, taken.athlete), at="/chip")


def clash(held: Iterable[ChipAssigned], wanted: ChipAssigned) -> ChipAssigned | None:
    """The assignment of the same chip to another athlete that shares an instant with the wanted one."""
    for one in held:
        if one.athlete != wanted.athlete and one.assignment != wanted.assignment and _share_an_instant(one, wanted):
            return one
    return None


def assignment_of(state: MeetState, id: AssignmentId) -> ChipAssigned:
    found = state.assignments.get(id)
    if found is None:
        raise NotFound("chip assignment", id)
    return found


def wearer_bib(state: MeetState, athlete: AthleteId) -> Bib:
    """A bib to name an athlete by: the last one given."""
    registrations = state.by_athlete.get(athlete)
    return state.registrations[registrations[-1]].entry.bib if registrations else Bib("without registration")


def _share_an_instant(one: ChipAssigned, other: ChipAssigned) -> bool:
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: ChipAssigned, other: ChipAssigned) -> bool:
    return one.since is None or other.until is None or one.since < other.until


def _wearer(state: MeetState, bib: Bib, event: EventId | None) -> AthleteId:
    if event is not None:
        return registered(event_of(state, event), bib, "/bib").entry.athlete
    return sole(state.by_bib.get(bib, ()), bib, "/bib")


def _same(state: MeetState, wanted: ChipAssigned) -> AssignmentId | None:
    for id in state.chips.get(wanted.chip, ()):
        if replace(state.assignments[id], assignment=wanted.assignment) == wanted:
            return id
    return None


def _text(chip: Chip) -> Chip:
    if not chip or any(letter.isspace() for letter in chip):
        raise Invalid("/chip", "not_a_chip", f"{chip!r} is no chip: write its code, without spaces")
    return chip
