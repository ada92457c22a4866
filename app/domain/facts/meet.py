"""Of the meet, its events, the records that hold at it and what its sheets look like."""

from dataclasses import dataclass

from app.domain.design import Design
from app.domain.ids import EventId, TextId
from app.domain.meet import EventSpec, MeetSpec
from app.domain.records import RecordList


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetDescribed:
    spec: MeetSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetClosed:
    """Read only from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetReopened:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetWithdrawn:
    """It does not take place, and nothing is recorded after this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDescribed:
    event: EventId
    spec: EventSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWithdrawn:
    event: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsListed:
    """The records that hold at the meet, all of its lists anew. Names and sources are empty here: `words` has them."""

    lists: tuple[RecordList, ...]
    words: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignChosen:
    """What sheets look like from here on; without a design, as they come."""

    design: Design | None = None


MeetFact = (
    MeetDescribed
    | MeetClosed
    | MeetReopened
    | MeetWithdrawn
    | EventDescribed
    | EventWithdrawn
    | RecordsListed
    | DesignChosen
)
