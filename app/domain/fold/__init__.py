"""What each kind of fact does to the state of a meet, one module a noun.

`fold(state, facts)` is the only way to change a `MeetState`. Undoing a fact folds the whole log anew without it, so a
state never depends on the way that led to it.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from app.domain import newcomers
from app.domain.facts import Recorded, RosterImported, Undone
from app.domain.fold import decisions, entries, evidence, heats, meet
from app.domain.fold.decisions import CARRIED_KINDS
from app.domain.fold.touched import DESIGN, MEET, RECORDS, Effect, Touched, qualifiers_of
from app.domain.state import MeetState

__all__ = ["CARRIED_KINDS", "DESIGN", "EFFECTS", "MEET", "RECORDS", "Touched", "fold", "qualifiers_of", "undone"]

EFFECTS: Final[Mapping[type, Effect]] = {
    **meet.EFFECTS,
    **entries.EFFECTS,
    **heats.EFFECTS,
    **evidence.EFFECTS,
    **decisions.EFFECTS,
}

MANY: Final = 500
"""So many facts of newcomers in a row are folded together."""


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
    """Positions that do not count. The last word wins: an undoing may itself have been undone. An import takes along
    what it brought."""
    voided: set[int] = set()
    brought: dict[int, range] = {}
    for recorded in sorted(log, key=lambda r: -r.seq):
        if isinstance(recorded.fact, Undone) and recorded.seq not in voided:
            voided.add(recorded.fact.target_seq)
        elif isinstance(recorded.fact, RosterImported):
            brought[recorded.seq] = range(recorded.fact.first_seq, recorded.seq)
    return voided.union(*(brought[seq] for seq in brought.keys() & voided))
