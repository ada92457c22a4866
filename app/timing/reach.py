"""How far each kind of fact reaches: what it may put out of date. Neither local nor idle: any race."""

from collections.abc import Mapping
from typing import Final

from app.domain.facts import (
    AnomalyAccepted,
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    ChipReleased,
    ConflictRuled,
    CrossingConfirmed,
    DesignChosen,
    EventDescribed,
    EventWithdrawn,
    FalseStart,
    FinishesRead,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeDropped,
    LineTimeTaken,
    LotsDrawn,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    Published,
    QualifierReplaced,
    QualifiersFixed,
    ReadConflict,
    ReadRuledOut,
    RecordsListed,
    Registered,
    RegistrationWithdrawn,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    StartRecalled,
    StartSignal,
    TakeoversRead,
    Undone,
    WeatherRead,
)

ROSTER_KINDS: Final = frozenset(
    {
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
    }
)
"""These change the event itself, who is in it and as what, or who runs in a round."""
OWNER_KINDS: Final = frozenset({AthleteDescribed, Registered, ChipAssigned, ChipReleased, Undone})
"""These change whose a chip or a bib is."""
LINEUP_KINDS: Final = frozenset({RoundDrawn, HeatWithdrawn})
"""Of `ROSTER_KINDS`, those that change who runs in a round, and not who is in the event."""
HEAT_KINDS: Final = (Ruling, FinishesRead, FalseStart)
"""These change nothing outside the race of their heat, but for rulings on who was there (`ABSENCE_KINDS`) and those
that are carried over to other races (`CARRIED_KINDS`)."""
LOCAL_KINDS: Final = frozenset(
    {*HEAT_KINDS, LineTimeTaken, LineTimeDropped, CrossingConfirmed, QualifiersFixed, LotsDrawn}
)
"""These change nothing outside their event."""
IDLE_KINDS: Final = frozenset(
    {
        AthleteErased,
        TakeoversRead,
        MeetClosed,
        MeetReopened,
        AnomalyAccepted,
        DesignChosen,
        Published,
        ReadConflict,
        RecordsListed,
        RosterImported,
        WeatherRead,
    }
)
"""These change no passing and no result."""
ANYWHERE_KINDS: Final[Mapping[type, str]] = {
    SourceDescribed: "moves all that the reader reported, in whatever race",
    ConflictRuled: "takes another read in place of one, and it may be somebody else's",
    ReadRuledOut: "takes a read away, in whatever race it counted",
    LegsNamed: "what its runners do while the relay runs is no longer of races of their own",
    StartSignal: "what its runners do from the gun on is no longer of their races before it",
    StartRecalled: "gives those reads back",
    HeatRerun: "gives those reads back, and forgets the gun",
    HeatClosed: "what its runners do after it may be another race's",
    HeatReopened: "takes those reads again",
    MeetWithdrawn: "the last fact of a meet: not worth a way of its own",
}
"""These change no roster, no lineup and no owner, but which read belongs to which race, and so any race; and why."""
