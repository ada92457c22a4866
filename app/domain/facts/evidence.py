"""Of what was seen: evidence other than reads, and reads that contradict one another."""

from dataclasses import dataclass
from typing import Literal

from app.domain.ids import Bib, Chip, HeatId, RegistrationId, SourceId, TextId, TimeId
from app.domain.units import Duration, Instant

Status = Literal["OK", "DNF", "DQ", "DNS"]
Method = Literal["photo_finish", "hand", "semi"]
"""`semi`: automatic at one end only (R5)."""
TakeoverMethod = Literal["photo_finish", "hand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDescribed:
    """A reader at a place. `offset_us` is added to every time that it reports."""

    source: SourceId
    name: str
    place: str
    role: Literal["main", "backup"] = "main"
    protocol: str | None = None
    timezone: str | None = None
    date_hint: str | None = None
    offset_us: Duration = Duration(0)
    error_us: Duration | None = None
    """How far its times may be off; None: as the rules have it for its protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One runner in one photo-finish or hand evaluation. `place` is the judge's word where times are equal."""

    registration: RegistrationId
    elapsed_us: Duration | None = None
    reaction_us: Duration | None = None
    status: Status | None = None
    rule: str | None = None
    place: int | None = None
    watches_us: tuple[Duration, ...] = ()
    """Up to three watches, as read, in place of `elapsed_us` (R3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishesRead:
    """Readings at the finish. A runner read again is corrected; those not named keep their reading."""

    heat: HeatId
    method: Method
    readings: tuple[Reading, ...]
    wind_mm_per_s: int | None = None
    offset_us: Duration = Duration(0)
    """What the clock of the system is known to be too long by: taken off before rounding (R6). Readings stay raw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTimeTaken:
    """Manual entry at the line: the time first, the runner when the bib has been read. Recorded again to correct."""

    time: TimeId
    heat: HeatId
    at: Instant
    registration: RegistrationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTimeDropped:
    time: TimeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """The baton of a team was handed on at the end of its `leg`-th leg (from 1)."""

    registration: RegistrationId
    leg: int
    elapsed_us: Duration
    """From the gun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoversRead:
    """Takeovers of a relay by photo or by watch. One that is read again is corrected; the others stay (R78)."""

    heat: HeatId
    method: TakeoverMethod
    takeovers: tuple[Handed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingConfirmed:
    """A crossing of a lapped line that no reader saw, proposed from the laps around it: an official says so (R102)."""

    heat: HeatId
    registration: RegistrationId
    at: Instant
    reason: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConflict:
    """A read offered under an identity that another one already has. The first counts until an official rules."""

    source: SourceId
    epoch: str
    source_seq: int
    first_seq: int
    """The log position of the read that counts."""
    at: Instant
    chip: Chip | None = None
    bib: Bib | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRuled:
    conflict_seq: int
    take: Literal["first", "offered"]
    reason: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRuledOut:
    """A read is kept and counts no longer: an official says so, and undoing it lets the read count again."""

    read_seq: int
    """Its position in the log."""
    reason: TextId | None = None


EvidenceFact = (
    SourceDescribed
    | FinishesRead
    | LineTimeTaken
    | LineTimeDropped
    | TakeoversRead
    | CrossingConfirmed
    | ReadConflict
    | ConflictRuled
    | ReadRuledOut
)
