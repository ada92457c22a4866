"""Fixing who goes on from a round, so that the next one can be drawn from it."""

from collections.abc import Sequence

from app.domain.facts import Qualifier, QualifiersFixed
from app.domain.ids import EventId
from app.domain.refusals import Contradicts, Undecided
from app.domain.state import Event
from app.operations.find import event_of, round_of
from app.operations.sheet import HeatLine, Sheet, writable
from app.rules.qualification import UNDECIDED


def fix_qualifiers(sheet: Sheet, id: EventId, round: str) -> QualifiersFixed:
    """As the results of the round stand now. Once fixed they stay, until that is undone in the log."""
    event = event_of(writable(sheet.state), id)
    fixed = event.qualifiers.get(round)
    if fixed is None:
        fixed = decide(event, round, sheet.projection.round_results(id, round))
        sheet.record(fixed)
    return fixed


def decide(event: Event, round: str, lines: Sequence[HeatLine]) -> QualifiersFixed:
    index, _ = round_of(event, round)
    if index == len(event.spec.rounds) - 1:
        raise Contradicts("no_later_round", f"{round!r} is the last round: nobody advances from it")
    undecided = tuple(line.bib for line in lines if line.qualification == UNDECIDED)
    if undecided:
        raise Undecided(round, undecided)
    waiting = [line.bib for line in lines if line.status is None]
    if waiting:
        message = f"bibs {', '.join(waiting[:20])} have no result in {round!r} yet: give each a time or a status first"
        raise Contradicts("not_finished", message)
    qualifiers = tuple(
        Qualifier(registration=line.registration, how=line.qualification) for line in lines if line.qualification
    )
    if not qualifiers:
        message = f"nobody qualifies from {round!r}: say in the event how many advance, or rule who does"
        raise Contradicts("nobody_qualifies", message)
    return QualifiersFixed(event=event.id, round=round, qualifiers=qualifiers)
