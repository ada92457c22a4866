"""The bulk form of three effects: athletes, entries and chips of which a meet knew nothing before.

`fold` says what each of these facts does, one at a time. A field of 50,000 comes in 150,000 of them: kind by kind, they
take a third of that time and leave the same state.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from app.domain.facts import AthleteDescribed, ChipAssigned, Recorded, Registered
from app.domain.ids import EventId
from app.domain.state import Athlete, MeetState, Registration

KINDS: Final = frozenset({AthleteDescribed, Registered, ChipAssigned})


def enter(state: MeetState, run: Sequence[Recorded]) -> bool:
    """What facts of these kinds do to the state. False, and nothing is done, where not all are of somebody new."""
    kinds: defaultdict[type, list[Recorded]] = defaultdict(list)
    for recorded in run:
        kinds[type(recorded.fact)].append(recorded)
    described, registered, assigned = (_Some(kinds[kind]) for kind in (AthleteDescribed, Registered, ChipAssigned))
    athletes = {one.athlete: Athlete(one.athlete, one.sex, one.ages) for one in described.facts}
    registrations = {one.registration: Registration(one) for one in registered.facts}
    assignments = {one.assignment: one for one in assigned.facts}
    news = (athletes, state.athletes), (registrations, state.registrations), (assignments, state.assignments)
    if state.legs or sum(len(new) for new, _ in news) < len(run) or not all(_unheard_of(*pair) for pair in news):
        return False
    for new, known in news:
        known.update(new)
    _register(state, registered.facts)
    _assign(state, assigned.facts)
    for new, some in ((athletes, described), (registrations, registered), (assignments, assigned)):
        state.touched.update(zip(new, some.seqs, strict=True))
    entered = {one.event: seq for one, seq in zip(registered.facts, registered.seqs, strict=True)}
    _touch(state, entered)
    _touch(state, {heat: seq for event, seq in entered.items() for heat in _open_heats(state, event)})
    _touch(state, _last_by_event(state, assigned))
    state.head = run[-1].seq
    return True


class _Some:
    """Facts of one kind and their positions."""

    def __init__(self, log: Sequence[Recorded]) -> None:
        self.facts: list[Any] = [recorded.fact for recorded in log]
        self.seqs = [recorded.seq for recorded in log]


def _unheard_of(new: Mapping[str, object], known: Mapping[str, object]) -> bool:
    return known.keys().isdisjoint(new)


def _register(state: MeetState, registered: Iterable[Registered]) -> None:
    by_event: defaultdict[EventId, list[Registered]] = defaultdict(list)
    for one in registered:
        by_event[one.event].append(one)
        state.by_bib.setdefault(one.bib, set()).add(one.athlete)
        state.by_athlete.setdefault(one.athlete, []).append(one.registration)
    for id, entries in by_event.items():
        event, ids = state.events[id], [one.registration for one in entries]
        event.registrations.update(zip(ids, map(state.registrations.__getitem__, ids), strict=True))
        event.by_bib.update(zip([one.bib for one in entries], ids, strict=True))
        event.by_athlete.update(zip([one.athlete for one in entries], ids, strict=True))


def _assign(state: MeetState, assigned: Iterable[ChipAssigned]) -> None:
    for one in assigned:
        state.chips.setdefault(one.chip, []).append(one.assignment)
        if one.assignment not in (carried := state.carried.setdefault(one.athlete, [])):
            carried.append(one.assignment)


def _last_by_event(state: MeetState, some: _Some) -> dict[str, int]:
    """The last of these assignments by event of its athlete. An entry that is made after it touches the event later."""
    last: dict[str, int] = {}
    for one, seq in zip(reversed(some.facts), reversed(some.seqs), strict=True):
        for id in state.by_athlete.get(one.athlete, ()):
            last.setdefault(state.registrations[id].entry.event, seq)
        if len(last) == len(state.events):
            break
    return last


def _open_heats(state: MeetState, event: EventId) -> list[str]:
    return [id for heats in state.events[event].rounds.values() for id, heat in heats.items() if heat.drawn.open]


def _touch(state: MeetState, last: Mapping[str, int]) -> None:
    for id, seq in last.items():
        state.touched[id] = max(seq, state.touched.get(id, 0))
