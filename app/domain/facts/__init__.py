"""Everything that can change a result, each kind as one frozen value. A fact says what happened; it is never edited.

A fact that describes a thing again (same id) replaces the earlier description from then on. No fact holds a name, a
birth date or a free text: those live in tables of their own and are referred to by id.
"""

from typing import NamedTuple

from app.domain.facts.decisions import (
    AnomalyAccepted,
    DecisionFact,
    How,
    LotsDrawn,
    Published,
    Qualifier,
    QualifierReplaced,
    QualifiersFixed,
    Ruling,
    RulingKind,
    Undone,
)
from app.domain.facts.entries import (
    AthleteDescribed,
    AthleteErased,
    Brought,
    ChipAssigned,
    ChipReleased,
    EntryFact,
    LegsNamed,
    Registered,
    RegistrationWithdrawn,
    RosterImported,
)
from app.domain.facts.evidence import (
    ConflictRuled,
    CrossingConfirmed,
    EvidenceFact,
    FinishesRead,
    Handed,
    LineTimeDropped,
    LineTimeTaken,
    Method,
    ReadConflict,
    Reading,
    ReadRuledOut,
    SourceDescribed,
    Status,
    TakeoverMethod,
    TakeoversRead,
)
from app.domain.facts.heats import (
    Charged,
    FalseStart,
    HeatClosed,
    HeatDrawn,
    HeatFact,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    RoundDrawn,
    Starter,
    StartRecalled,
    StartSignal,
    WeatherRead,
)
from app.domain.facts.meet import (
    DesignChosen,
    EventDescribed,
    EventWithdrawn,
    MeetClosed,
    MeetDescribed,
    MeetFact,
    MeetReopened,
    MeetWithdrawn,
    RecordsListed,
)
from app.domain.ids import ActorId
from app.domain.units import Instant

__all__ = [
    "AnomalyAccepted",
    "AthleteDescribed",
    "AthleteErased",
    "Brought",
    "Charged",
    "ChipAssigned",
    "ChipReleased",
    "ConflictRuled",
    "CrossingConfirmed",
    "DesignChosen",
    "EventDescribed",
    "EventWithdrawn",
    "Fact",
    "FalseStart",
    "FinishesRead",
    "Handed",
    "HeatClosed",
    "HeatDrawn",
    "HeatReopened",
    "HeatRerun",
    "HeatWithdrawn",
    "How",
    "LegsNamed",
    "LineTimeDropped",
    "LineTimeTaken",
    "LotsDrawn",
    "MeetClosed",
    "MeetDescribed",
    "MeetReopened",
    "MeetWithdrawn",
    "Method",
    "Published",
    "Qualifier",
    "QualifierReplaced",
    "QualifiersFixed",
    "ReadConflict",
    "ReadRuledOut",
    "Reading",
    "Recorded",
    "RecordsListed",
    "Registered",
    "RegistrationWithdrawn",
    "RosterImported",
    "RoundDrawn",
    "Ruling",
    "RulingKind",
    "SourceDescribed",
    "StartRecalled",
    "StartSignal",
    "Starter",
    "Status",
    "TakeoverMethod",
    "TakeoversRead",
    "Undone",
    "WeatherRead",
]

Fact = MeetFact | EntryFact | HeatFact | EvidenceFact | DecisionFact


class Recorded(NamedTuple):
    """A fact in its place in the log."""

    seq: int
    recorded_at: Instant
    actor: ActorId
    fact: Fact
