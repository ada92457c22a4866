"""Who stands in for a qualifier before the next round starts: the next best who may (R31, R47). No new draw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.domain.facts import Qualifier, QualifierReplaced, QualifiersFixed
from app.domain.ids import Bib, EventId, RegistrationId
from app.domain.refusals import Contradicts, NotRegistered, Undecided
from app.domain.state import Event
from app.operations.entrants import Field, reserves
from app.operations.find import bib_of, event_of, round_of
from app.operations.rounds import refuse_if_started
from app.operations.sheet import HeatLine, Sheet, writable
from app.rules.qualification import UNDECIDED
from app.rules.rounds import feeding

Words = Mapping[RegistrationId, str | None]


@dataclass(frozen=True, slots=True)
class _Won:
    """What somebody won in an earlier round: `line` is the result there as it stands now."""

    round: str
    how: str
    line: HeatLine | None


def replace_qualifier(
    sheet: Sheet, id: EventId, into: str, bib: Bib, by: Bib | None = None, reason: str | None = None
) -> tuple[QualifierReplaced, int]:
    """The fact and its position. `into` is the round that `bib` will not run. Without `by` the next best stands in, or
    nobody where nobody is left.

    Who withdrew leaves the place to the next reserve; who was disqualified in the round before, to whom the results of
    that round put through now.
    """
    state = writable(sheet.state)
    event = event_of(state, id)
    index, _ = round_of(event, into)
    if index == 0:
        raise Contradicts("no_earlier_round", f"{into!r} is drawn from the entries: nobody stands by for it")
    refuse_if_started(event, into)
    field = Field(state, event, sheet.projection, sheet.people)
    out = event.by_bib.get(bib)
    if out is None:
        raise NotRegistered(bib, event.spec.name, at="/bib")
    won = _won(field, index, out)
    if won.line is None or won.line.status == "OK":
        fact = _withdrawn(field, index, out, won, by)
    else:
        fact = _disqualified(field, index, out, won, sheet.projection.as_it_stands(id, won.round)[0], by)
    fact = replace(fact, reason=sheet.text(reason))
    seq = sheet.record(fact)
    if fact.why == "disqualified":
        _letters_anew(sheet, event, won.round)
    return fact, seq


def _won(field: Field, index: int, out: RegistrationId) -> _Won:
    event, into = field.event, field.event.spec.rounds[index].name
    if out in event.replaced.get(into, {}):
        message = f"bib {bib_of(field.state, out)} has been replaced in {into!r} already: undo that in the log first"
        raise Contradicts("already_replaced", message, "/bib")
    for round in reversed(feeding(event.spec.rounds, index)):
        fixed = event.qualifiers.get(round.name)
        how = next((one.how for one in fixed.qualifiers if one.registration == out), None) if fixed else None
        if how is not None:
            line = next((one for one in field.lines(round.name) if one.registration == out), None)
            return _Won(round.name, how, line)
    message = f"bib {bib_of(field.state, out)} is no qualifier for {into!r}: only who goes on can be replaced"
    raise Contradicts("no_qualifier", message, "/bib")


def _withdrawn(field: Field, index: int, out: RegistrationId, won: _Won, by: Bib | None) -> QualifierReplaced:
    standing_by = [line for line, _ in reserves(field, index)]
    chosen = _chosen(standing_by, by) if by is not None else next(iter(standing_by), None)
    runner = chosen.registration if chosen else None
    return _fact(field, index, won, out, "withdrawn", runner, "q" if chosen else None)


def _disqualified(
    field: Field, index: int, out: RegistrationId, won: _Won, words: Words, by: Bib | None
) -> QualifierReplaced:
    open_ties = tuple(bib_of(field.state, id) for id, word in words.items() if word == UNDECIDED)
    if open_ties:
        raise Undecided(won.round, open_ties)
    fixed = {one.registration for one in field.event.qualifiers[won.round].qualifiers}
    withdrawn = {one.registration for one in field.lines(won.round)} - {
        one.entry.registration for one in field.active()
    }
    new = [one for one in field.lines(won.round) if words.get(one.registration) and one.registration not in fixed]
    new = [one for one in new if one.registration not in withdrawn]
    chosen = _chosen(new, by) if by is not None else next(iter(new), None)
    runner = chosen.registration if chosen else None
    return _fact(field, index, won, out, "disqualified", runner, words.get(runner) if runner else None)


def _chosen(standing_by: list[HeatLine], by: Bib) -> HeatLine:
    found = next((line for line in standing_by if line.bib == by), None)
    if found is None:
        there = ", ".join(line.bib for line in standing_by[:20]) or "nobody"
        raise Contradicts("not_a_reserve", f"bib {by} does not stand by: in order of their rank, {there} does", "/by")
    return found


def _fact(
    field: Field,
    index: int,
    won: _Won,
    out: RegistrationId,
    why: Literal["withdrawn", "disqualified"],
    by: RegistrationId | None,
    how: str | None,
) -> QualifierReplaced:
    return QualifierReplaced(
        event=field.event.id,
        round=won.round,
        into=field.event.spec.rounds[index].name,
        out=out,
        why=why,
        by=by,
        how=how,
    )


def _letters_anew(sheet: Sheet, event: Event, round: str) -> None:
    """Who goes on by place now and did by time before says so."""
    fixed, words = event.qualifiers[round], sheet.projection.as_it_stands(event.id, round)[0]
    letters = tuple(
        Qualifier(registration=one.registration, how=words.get(one.registration) or one.how) for one in fixed.qualifiers
    )
    if letters != fixed.qualifiers:
        sheet.record(QualifiersFixed(event=event.id, round=round, qualifiers=letters))
