"""How far each kind of fact reaches: what it may put out of date. A kind that is named nowhere may change anything."""

from typing import Final

from app.domain.facts import (
    AnomalyAccepted,
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    ChipReleased,
    CrossingConfirmed,
    EventDescribed,
    EventWithdrawn,
    FalseStart,
    FinishesRead,
    HeatWithdrawn,
    LegsNamed,
    LineTimeDropped,
    LineTimeTaken,
    LotsDrawn,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    Published,
    QualifierReplaced,
    QualifiersFixed,
    ReadConflict,
    RecordsListed,
    Registered,
    RegistrationWithdrawn,
    RoundDrawn,
    Ruling,
    TakeoversRead,
    Undone,
)

ROSTER_KINDS: Final = (
    MeetDescribed,
    EventDescribed,
    EventWithdrawn,
    AthleteDescribed,
    Registered,
    RegistrationWithdrawn,
    RoundDrawn,
    HeatWithdrawn,
    QualifierReplaced,
    Undone,
)
"""These change the event itself, who is in it and as what, or who runs in a round."""
OWNER_KINDS: Final = (AthleteDescribed, Registered, ChipAssigned, ChipReleased, Undone)
"""These change whose a chip or a bib is."""
LINEUP_KINDS: Final = frozenset({RoundDrawn, HeatWithdrawn})
"""Of `ROSTER_KINDS`, those that change who runs in a round, and not who is in the event."""
HEAT_KINDS: Final = (Ruling, FinishesRead, FalseStart)
"""These change nothing outside the race of their heat, but for rulings on who was there (`ABSENCE_KINDS`) and those
that are carried over to other races (`CARRIED_KINDS`)."""
LOCAL_KINDS: Final = (*HEAT_KINDS, LineTimeTaken, LineTimeDropped, CrossingConfirmed, QualifiersFixed, LotsDrawn)
"""These change nothing outside their event."""
IDLE_KINDS: Final = (
    AthleteErased,
    LegsNamed,
    TakeoversRead,
    MeetClosed,
    MeetReopened,
    AnomalyAccepted,
    Published,
    ReadConflict,
    RecordsListed,
)
"""These change no passing and no result."""
