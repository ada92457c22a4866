"""Undoing: one more fact, by which an earlier one counts as never recorded. Undoing that brings it back."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.codec import kind_of
from app.domain.facts import (
    AnomalyAccepted,
    ChipAssigned,
    ChipReleased,
    ConflictRuled,
    CrossingConfirmed,
    FalseStart,
    FinishesRead,
    HeatClosed,
    HeatDrawn,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeDropped,
    LineTimeTaken,
    LotsDrawn,
    QualifierReplaced,
    QualifiersFixed,
    ReadRuledOut,
    Recorded,
    RosterImported,
    RoundDrawn,
    Ruling,
    StartRecalled,
    StartSignal,
    TakeoversRead,
    Undone,
)
from app.domain.fold import undone
from app.domain.ids import AssignmentId, HeatId
from app.domain.refusals import Contradicts, FactsDepend, NotFound
from app.domain.state import MeetState
from app.operations import imports
from app.operations.chips import clash
from app.operations.running import Runnings, standing
from app.operations.sheet import Sheet, writable

UNDOABLE: Final = (
    Ruling,
    StartSignal,
    StartRecalled,
    FalseStart,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    ChipAssigned,
    ChipReleased,
    RoundDrawn,
    RosterImported,
    QualifiersFixed,
    LotsDrawn,
    QualifierReplaced,
    ConflictRuled,
    ReadRuledOut,
    FinishesRead,
    LineTimeTaken,
    LineTimeDropped,
    TakeoversRead,
    CrossingConfirmed,
    AnomalyAccepted,
    Undone,
)
"""Whatever else was described is described anew instead."""


def undo(sheet: Sheet, seq: int, reason: str | None = None) -> int:
    """The position of the undoing."""
    state = writable(sheet.state)
    check(state, seq, sheet.projection.head)
    target = fact_at(state, seq).fact
    if not isinstance(target, RosterImported):
        return sheet.record(Undone(target_seq=seq, reason=sheet.text(reason)))
    imports.check(sheet, seq, target)
    brought = imports.brought_by(state, seq, target)
    at = sheet.record(Undone(target_seq=seq, reason=sheet.text(reason)))
    imports.forget(sheet, brought)
    return at


def check(state: MeetState, seq: int, head: int) -> None:
    """Refuses what cannot be undone, what is undone already, and what later facts stand on."""
    # A log has no gaps, and what is no fact in it is a read.
    if 1 <= seq <= head and _at(state, seq) is None:
        message = f"position {seq} is a read: reads are never removed; rule it out (reads/{seq}/rule-out)"
        raise Contradicts("is_a_read", f"{message}, or rule on the time of the runner (rulings, kind time)")
    target = fact_at(state, seq)
    if isinstance(target.fact, Undone) and isinstance(_root(state, target).fact, RosterImported):
        message = (
            f"number {seq} of the log took an import back, and whom it brought is forgotten: import the list again"
        )
        raise Contradicts("not_undoable", message)
    if not isinstance(target.fact, UNDOABLE):
        kind = kind_of(target.fact)
        message = f"number {seq} of the log ({kind}) is not undone but changed: describe the thing anew"
        raise Contradicts("not_undoable", message)
    if seq in state.voided:
        message = f"number {seq} of the log is undone already: undo that undoing to bring it back"
        raise Contradicts("already_undone", message)
    later = list(dependents(state, target))
    if later:
        raise FactsDepend(seq, tuple(f"{kind_of(one.fact)} {one.seq}" for one in later))


def is_fact(state: MeetState, seq: int) -> bool:
    """Whether a position is a fact's: all others are reads'."""
    return _at(state, seq) is not None


def fact_at(state: MeetState, seq: int) -> Recorded:
    found = _at(state, seq)
    if found is None:
        raise NotFound("fact", str(seq))
    return found


def _at(state: MeetState, seq: int) -> Recorded | None:
    index = bisect_left(state.log, seq, key=lambda recorded: recorded.seq)
    return state.log[index] if index < len(state.log) and state.log[index].seq == seq else None


def dependents(state: MeetState, target: Recorded) -> Iterator[Recorded]:
    """Facts that count, and that would mean something else, or nothing, when the target is undone."""
    before = standing(state.log, state.voided)
    last = Recorded(state.head + 1, target.recorded_at, target.actor, Undone(target_seq=target.seq))
    after = standing(state.log, undone([*state.log, last]))
    root = _root(state, target)
    found = {one.seq: one for one in (*_orphans(after), *_moved(root, before, after), *_clashing(root, after))}
    refused = {one.seq for one in _refused(root, before)}
    found |= {one.seq: one for one in _refused(root, after) if one.seq not in refused}
    return (found[seq] for seq in sorted(found))


def _root(state: MeetState, target: Recorded) -> Recorded:
    """The fact that is voided or restored in the end."""
    while isinstance(target.fact, Undone):
        target = fact_at(state, target.fact.target_seq)
    return target


def _orphans(log: Sequence[Recorded]) -> Iterator[Recorded]:
    """Facts about a heat, an assignment or a time at the line that would not be there."""
    heats: dict[HeatId, tuple[str, str]] = {}
    others = set[str]()
    for one in log:
        fact = one.fact
        if isinstance(fact, RoundDrawn):
            heats = {id: of for id, of in heats.items() if of != (fact.event, fact.round)}
            heats |= dict.fromkeys((drawn.heat for drawn in fact.heats), (fact.event, fact.round))
        elif _needs(fact) - heats.keys() - others:
            yield one
        elif isinstance(fact, HeatWithdrawn):
            del heats[fact.heat]
        elif isinstance(fact, ChipAssigned):
            others.add(fact.assignment)
        elif isinstance(fact, LineTimeTaken):
            others.add(fact.time)


def _needs(fact: object) -> set[str]:
    if isinstance(fact, ChipReleased):
        return {fact.assignment}
    if isinstance(fact, LineTimeDropped):
        return {fact.time}
    heat = getattr(fact, "heat", None)
    return set() if heat is None else {heat}


def _moved(root: Recorded, before: Sequence[Recorded], after: Sequence[Recorded]) -> Iterator[Recorded]:
    """Facts recorded about a draw, a running or a list of qualifiers that would become another one, and those that
    say the whole of an assignment or a time anew: the one before them shows nowhere."""
    fact = root.fact
    later = [one for one in after if one.seq > root.seq]
    if isinstance(fact, HeatRerun):
        yield from (one for one in later if _needs(one.fact) == {fact.heat})
    elif isinstance(fact, RoundDrawn):
        then, now = ({d.heat: d for d in _drawn(log, fact)} for log in (after, before))
        other = {id for id in then.keys() | now.keys() if then.get(id) != now.get(id)}
        yield from (one for one in later if _needs(one.fact) & other)
    elif isinstance(fact, QualifiersFixed):
        kinds = (RoundDrawn, QualifierReplaced)
        yield from (one for one in later if isinstance(one.fact, kinds) and one.fact.event == fact.event)
    elif isinstance(fact, QualifierReplaced):
        yield from _run_since(fact, before, later)
    elif isinstance(fact, ChipAssigned):
        yield from (one for one in later if getattr(one.fact, "assignment", None) == fact.assignment)
    elif isinstance(fact, LineTimeTaken):
        yield from (one for one in later if getattr(one.fact, "time", None) == fact.time)


def _run_since(fact: QualifierReplaced, before: Sequence[Recorded], later: Sequence[Recorded]) -> Iterator[Recorded]:
    """Once somebody stands in for another: lists and draws made anew, further replacements, and whatever was recorded
    in the heats of the round."""
    round = RoundDrawn(event=fact.event, round=fact.into, heats=())
    heats = {drawn.heat for drawn in _drawn(before, round)}
    for one in later:
        match one.fact:
            case RoundDrawn(event=fact.event, round=fact.into) | QualifierReplaced(event=fact.event, into=fact.into):
                yield one
            case QualifiersFixed(event=fact.event, round=fact.round):
                yield one
            case other if _needs(other) & heats:
                yield one


def _drawn(log: Sequence[Recorded], like: RoundDrawn) -> tuple[HeatDrawn, ...]:
    """The heats of the same round in the last draw of the log."""
    for one in reversed(log):
        if isinstance(one.fact, RoundDrawn) and (one.fact.event, one.fact.round) == (like.event, like.round):
            return one.fact.heats
    return ()


def _clashing(root: Recorded, after: Sequence[Recorded]) -> Iterator[Recorded]:
    """Assignments of the same chip that two athletes would share an instant of."""
    if not isinstance(root.fact, ChipAssigned | ChipReleased):
        return
    held: dict[AssignmentId, tuple[ChipAssigned, Recorded]] = {}
    for one in after:
        if isinstance(one.fact, ChipAssigned):
            held[one.fact.assignment] = one.fact, one
        elif isinstance(one.fact, ChipReleased):
            held.pop(one.fact.assignment, None)
    if root.fact.assignment in held:
        restored, _ = held[root.fact.assignment]
        yield from (one for chip, one in held.values() if chip.chip == restored.chip and clash([chip], restored))


def _refused(root: Recorded, log: Sequence[Recorded]) -> Iterator[Recorded]:
    """Facts that the verbs of their heats would not have recorded."""
    runnings = Runnings()
    for one in log:
        running = runnings.of(one)
        if running is not None:
            if running.refuses(one):
                yield one
            running.take(one)
    for now in runnings.heats.values():
        yield from now.against(root)
