"""Start lists made elsewhere: the heats of a round as they are given, checked, but not drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.facts import HeatDrawn, RoundDrawn, Starter
from app.domain.ids import Bib, EventId, HeatId, RegistrationId
from app.domain.refusals import Invalid, LaneTwice, OutOfMeet, ResultsDepend, RunnerTwice
from app.domain.state import Event, Heat, MeetState
from app.operations.checks import within
from app.operations.entrants import Field, not_qualified
from app.operations.find import bib_of, event_of, registered, round_of, spec_of
from app.operations.sheet import Sheet, writable
from app.operations.waves import NewId
from app.timing.penalties import excluded_by


@dataclass(frozen=True, slots=True)
class Place:
    """A runner on the start list; without lanes they stand in the order given."""

    bib: Bib
    lane: int | None = None
    group: str | None = None
    """Of a start from two lines with one gun (R107)."""


@dataclass(frozen=True, slots=True)
class HeatList:
    number: int
    starters: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class StartLists:
    heats: tuple[HeatDrawn, ...]
    not_qualified: frozenset[RegistrationId]
    """Accepted, and to be looked at by an official."""


def put_heats(sheet: Sheet, event: EventId, round: str, lists: Sequence[HeatList]) -> StartLists:
    """Replace the heats of a round. A heat keeps its id by its number; the same lists again record nothing."""
    state = writable(sheet.state)
    found = event_of(state, event)
    index, _ = round_of(found, round)
    drawn = decide(state, found, round, lists, sheet.new_id)
    starting = [starter.registration for heat in drawn.heats for starter in heat.starters]
    # Asked before the start list is recorded, as that makes all results of the event anew.
    flagged = not_qualified(Field(state, found, sheet.projection, sheet.people), index, starting)
    if drawn.heats != tuple(heat.drawn for heat in found.rounds.get(round, {}).values()):
        sheet.record(drawn)
    return StartLists(drawn.heats, flagged)


def decide(state: MeetState, event: Event, round: str, lists: Sequence[HeatList], new_id: NewId) -> RoundDrawn:
    if not lists:
        raise Invalid("/heats", "empty", "a round has at least one heat: withdraw heats one by one to empty it")
    before = {heat.drawn.number: heat for heat in event.rounds.get(round, {}).values()}
    heats: dict[int, HeatDrawn] = {}
    seen = set[RegistrationId]()
    for index, given in enumerate(lists):
        at = f"/heats/{index}"
        within(given.number, 1, 10_000, f"{at}/number", "the number of a heat")
        if given.number in heats:
            raise Invalid(f"{at}/number", "heat_twice", f"heat {given.number} is listed twice: number each heat once")
        kept = before.get(given.number)
        starters = _starters(state, event, kept, given, at, seen)
        heats[given.number] = HeatDrawn(
            heat=kept.id if kept else HeatId(new_id("heat")), number=given.number, starters=starters
        )
    _keeps_results(state, before.values(), heats)
    return RoundDrawn(event=event.id, round=round, heats=tuple(heats[number] for number in sorted(heats)))


def _starters(
    state: MeetState, event: Event, before: Heat | None, given: HeatList, at: str, seen: set[RegistrationId]
) -> tuple[Starter, ...]:
    lanes: dict[int, Bib] = {}
    out = []
    for position, place in enumerate(given.starters, 1):
        here = f"{at}/starters/{position - 1}"
        id = registered(event, place.bib, f"{here}/bib").entry.registration
        if id in seen:
            raise RunnerTwice(place.bib, at=f"{here}/bib")
        seen.add(id)
        _refuse_out_of_meet(state, event, before, id, f"{here}/bib")
        if place.lane is not None:
            within(place.lane, 1, spec_of(state).lanes, f"{here}/lane", "a lane of this track")
            if place.lane in lanes:
                raise LaneTwice(place.lane, lanes[place.lane], at=f"{here}/lane")
            lanes[place.lane] = place.bib
        on_line = position if place.lane is None else None
        out.append(Starter(registration=id, lane=place.lane, position=on_line, group=place.group or None))
    return tuple(out)


def _refuse_out_of_meet(state: MeetState, event: Event, before: Heat | None, id: RegistrationId, at: str) -> None:
    """Unless the heat was run before the card was shown (R38)."""
    red = excluded_by(state, event, id, [] if before is None else [before])
    if red is not None:
        raise OutOfMeet(bib_of(state, id), red.card, red.seq, red.rule, at=at)


def _keeps_results(state: MeetState, before: Iterable[Heat], after: dict[int, HeatDrawn]) -> None:
    """A heat that was started stays, and so does everybody in it who has a time or a ruling."""
    for heat in before:
        if not heat.has_evidence:
            continue
        drawn = after.get(heat.drawn.number)
        if drawn is None or heat.drawn.open:
            raise ResultsDepend(f"heat {heat.drawn.number}", "it has a start, a time or a ruling")
        missing = _with_results(heat) - {starter.registration for starter in drawn.starters}
        if missing:
            bibs = ", ".join(sorted(bib_of(state, id) for id in missing))
            raise ResultsDepend(f"the start of bib {bibs} in heat {heat.drawn.number}", "there is a time or a ruling")


def _with_results(heat: Heat) -> set[RegistrationId]:
    found = set[RegistrationId]()
    for attempt in heat.attempts:
        found.update(one.registration for _, fact in attempt.false_starts for one in fact.runners)
        found.update(attempt.evaluations, (ruling.registration for _, ruling in attempt.rulings))
        found.update(crossing.registration for _, crossing in attempt.crossings)
        found.update(time.registration for _, time in attempt.line_times.values() if time.registration is not None)
    return found
