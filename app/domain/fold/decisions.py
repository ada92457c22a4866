"""What decisions of officials do to the state of a meet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.domain.facts import (
    AnomalyAccepted,
    LotsDrawn,
    Published,
    Qualifier,
    QualifierReplaced,
    QualifiersFixed,
    Ruling,
    Starter,
)
from app.domain.fold.touched import Effect, Touched, events_of, heats_of, qualifiers_of
from app.domain.state import MeetState

CARRIED_KINDS: Final = frozenset({"card", "lane", "reinstate"})
"""Rulings that show in other races than their own."""


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
    rounds = heats_of(state, entry.event)
    if fact.kind != "card" and not (fact.kind == "reinstate" and entry.athlete in state.cards):
        return rounds
    state.cards.setdefault(entry.athlete, []).append((seq, fact))
    return entry.athlete, *rounds, *events_of(state, entry.athlete)


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
    return fact.event, qualifiers_of(fact.event), *heats_of(state, fact.event)


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


EFFECTS: Final[Mapping[type, Effect]] = {
    Ruling: _ruling,
    QualifiersFixed: _qualifiers_fixed,
    LotsDrawn: _lots_drawn,
    QualifierReplaced: _qualifier_replaced,
    AnomalyAccepted: _anomaly_accepted,
    Published: _published,
}
