"""One fact of any kind, made up at random wherever the state of the meet allows it: what officials do in a meet.

Operations would let all of them pass.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

from app.domain.facts import (
    AnomalyAccepted,
    ConflictRuled,
    CrossingConfirmed,
    DesignChosen,
    EventWithdrawn,
    Fact,
    FalseStart,
    FinishesRead,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    LegsNamed,
    LotsDrawn,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    Published,
    QualifiersFixed,
    ReadRuledOut,
    Recorded,
    RecordsListed,
    RegistrationWithdrawn,
    RosterImported,
    Ruling,
    StartRecalled,
    StartSignal,
    TakeoversRead,
    Undone,
    WeatherRead,
)
from app.domain.state import MeetState
from tests.timing.builders import Script
from tests.timing.deeds import decisions, entries, evidence, heats, meet
from tests.timing.deeds.choosing import Deed, any_of

HARMLESS_UNDONE: Final = (
    Ruling, FinishesRead, FalseStart, StartSignal, StartRecalled, HeatClosed, HeatReopened, HeatRerun, TakeoversRead,
    CrossingConfirmed, RegistrationWithdrawn, EventWithdrawn, AnomalyAccepted, Published, LotsDrawn, RecordsListed,
    MeetDescribed, MeetClosed, MeetReopened, MeetWithdrawn, ConflictRuled, ReadRuledOut, LegsNamed, QualifiersFixed,
    DesignChosen, WeatherRead,
)  # fmt: skip
"""Nothing that comes after these needs them."""


def _undone(script: Script, r: Random, state: MeetState) -> Fact | None:
    """Also an import, as long as nothing was done to those whom it brought."""
    here = [one for one in state.log if one.seq not in state.voided]
    able = [one.seq for one in here if isinstance(_at_bottom(state, one), HARMLESS_UNDONE)]
    able += [one.seq for one in here[-1:] if isinstance(one.fact, RosterImported)]
    target = any_of(r, able)
    return None if target is None else Undone(target_seq=target)


def _at_bottom(state: MeetState, one: Recorded) -> Fact:
    """What was undone, brought back and undone again."""
    facts = {recorded.seq: recorded.fact for recorded in state.log}
    fact = one.fact
    while isinstance(fact, Undone):
        fact = facts[fact.target_seq]
    return fact


DEEDS: Final[Mapping[type, Deed]] = {
    **meet.DEEDS,
    **entries.DEEDS,
    **heats.DEEDS,
    **evidence.DEEDS,
    **decisions.DEEDS,
    Undone: _undone,
}


def do(script: Script, r: Random, kind: type) -> None:
    """A fact of that kind, where it is possible now."""
    fact = DEEDS[kind](script, r, script.state())
    if fact is not None:
        script.record(fact)
