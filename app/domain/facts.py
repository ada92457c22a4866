"""Everything that can change a result, each kind as one frozen value. A fact says what happened; it is never edited.

A fact that describes a thing again (same id) replaces the earlier description from then on. No fact holds a name, a
birth date or a free text: those live in tables of their own and are referred to by id.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.domain.ids import (
    ActorId,
    AnomalyId,
    AssignmentId,
    AthleteId,
    Bib,
    Chip,
    EventId,
    FalseStartId,
    HeatId,
    PublicationId,
    RegistrationId,
    RulingId,
    SourceId,
    TextId,
    TimeId,
)
from app.domain.meet import Ages, EventSpec, MeetSpec, Role, Sex
from app.domain.records import RecordList
from app.domain.units import Duration, Instant

Status = Literal["OK", "DNF", "DQ", "DNS"]
Method = Literal["photo_finish", "hand", "semi"]
"""`semi`: automatic at one end only (R5)."""
RulingKind = Literal["dq", "dns", "dnf", "withdrawn", "reinstate", "time", "penalty", "advance", "card", "lane", "note"]
How = Literal["all", "lots", "referee", "jury", "draw"]
Brought = Literal["seed_mark", "pb", "sb"]
"""The marks that an entry brings along."""
TakeoverMethod = Literal["photo_finish", "hand"]


# ── the meet and its events ──────────────────────────────────────────────────────────────────────────────────────────


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


# ── people, bibs and chips ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteDescribed:
    """What ranking needs to know of a person. Also recorded when only the identity beside the log has changed."""

    athlete: AthleteId
    sex: Sex
    ages: Ages | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteErased:
    """The identity is gone; places, times and bibs stay."""

    athlete: AthleteId


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An athlete (or a relay team) in an event. `category` overrides the event's own rules."""

    registration: RegistrationId
    event: EventId
    athlete: AthleteId
    bib: Bib
    role: Role = "competitor"
    category: str | None = None
    wave: str | None = None
    team: str | None = None
    seed_mark_us: Duration | None = None
    pb_us: Duration | None = None
    sb_us: Duration | None = None
    hand: tuple[Brought, ...] = ()
    """Which of the marks were taken by hand: seeding makes them comparable (R12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationWithdrawn:
    registration: RegistrationId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipAssigned:
    """From `since` (included) until `until` (excluded) the chip names this athlete."""

    assignment: AssignmentId
    chip: Chip
    athlete: AthleteId
    since: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipReleased:
    assignment: AssignmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class LegsNamed:
    """The runners of one relay team in one heat, in running order."""

    heat: HeatId
    registration: RegistrationId
    athletes: tuple[AthleteId, ...]


# ── heats and starts ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    registration: RegistrationId
    lane: int | None = None
    position: int | None = None
    group: str | None = None
    """Which start line, where the field sets off from two of them with one gun (R107)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatDrawn:
    heat: HeatId
    number: int
    wave: str | None = None
    starters: tuple[Starter, ...] = ()
    open: bool = False
    """Its starters are all registrations of its wave, those made after the gun too (the road's mass start)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDrawn:
    """All heats of a round, replacing those drawn before. `seed` is set when lots were drawn, and replays them."""

    event: EventId
    round: str
    heats: tuple[HeatDrawn, ...]
    seed: int | None = None
    lanes_out: tuple[int, ...] = ()
    """Lanes that this draw was asked to leave free, besides those of the meet and the event."""
    rules: tuple[str, ...] = ()
    """By which rules it was drawn, of which ruleset."""
    ruleset: str | None = None
    ruleset_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatWithdrawn:
    heat: HeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSignal:
    """The gun. It may be recorded again; the latest counts."""

    heat: HeatId
    at: Instant
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecalled:
    heat: HeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """Who caused a false start."""

    registration: RegistrationId
    reaction_us: Duration | None = None
    """As the start information system has it; below zero before the gun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseStart:
    """One start that was no start, and who caused it. What follows is the rules' to say."""

    false_start: FalseStartId
    heat: HeatId
    runners: tuple[Charged, ...]
    reason: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatClosed:
    """Reads from `at` on no longer belong to the heat."""

    heat: HeatId
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatReopened:
    heat: HeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRerun:
    """What was run so far is void and kept; the heat starts anew. With `only`, for these alone: the others keep their
    results (R40)."""

    heat: HeatId
    only: tuple[RegistrationId, ...] = ()


# ── evidence other than reads ────────────────────────────────────────────────────────────────────────────────────────


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


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    ruling: RulingId
    heat: HeatId
    registration: RegistrationId
    kind: RulingKind
    how: How | None = None
    rule: str | None = None
    reason: TextId | None = None
    elapsed_us: Duration | None = None
    """With `time`: the time that counts. With `penalty`: what is added."""
    card: Literal["YC", "YRC", "RC"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    registration: RegistrationId
    how: str
    """`Q`, `q`, `qR`, `qJ` or `qD`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiersFixed:
    event: EventId
    round: str
    qualifiers: tuple[Qualifier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsDrawn:
    """Of those level for the last places out of a round, who goes on: `winners` by lots of this seed (R33, R34).

    Anybody can draw them again: `among` is in the order in which the lots were drawn over them, under `label`.
    """

    event: EventId
    round: str
    among: tuple[RegistrationId, ...]
    winners: tuple[RegistrationId, ...]
    seed: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifierReplaced:
    """Before the round `into` starts, `by` runs in place of `out` and in the same lane; no new draw (R31, R47).

    Both come from `round`. Who withdrew keeps the letter that was won there, who was disqualified does not. Without
    `by` the place stays vacant.
    """

    event: EventId
    round: str
    into: str
    out: RegistrationId
    why: Literal["withdrawn", "disqualified"]
    by: RegistrationId | None = None
    how: str | None = None
    """The letter of `by`."""
    reason: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalyAccepted:
    """An official has looked at something odd, and it stands as it is. What it concerns is named where it was found."""

    anomaly: AnomalyId
    kind: str
    official: TextId
    """Who said so, in words."""
    reason: TextId
    event: EventId | None = None
    heat: HeatId | None = None
    registration: RegistrationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was announced, word for word: `content` is canonical JSON without names, `digest` its SHA-256 in hex."""

    publication: PublicationId
    event: EventId
    version: int
    status: Literal["provisional", "official"]
    at_seq: int
    content: str
    digest: str
    engine: str
    note: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The fact at that position counts as never recorded. Undoing this one brings it back."""

    target_seq: int
    reason: TextId | None = None


Fact = (
    MeetDescribed
    | MeetClosed
    | MeetReopened
    | MeetWithdrawn
    | EventDescribed
    | EventWithdrawn
    | RecordsListed
    | AthleteDescribed
    | AthleteErased
    | Registered
    | RegistrationWithdrawn
    | ChipAssigned
    | ChipReleased
    | LegsNamed
    | RoundDrawn
    | HeatWithdrawn
    | StartSignal
    | StartRecalled
    | FalseStart
    | HeatClosed
    | HeatReopened
    | HeatRerun
    | SourceDescribed
    | FinishesRead
    | LineTimeTaken
    | LineTimeDropped
    | TakeoversRead
    | CrossingConfirmed
    | ReadConflict
    | ConflictRuled
    | Ruling
    | QualifiersFixed
    | LotsDrawn
    | QualifierReplaced
    | AnomalyAccepted
    | Published
    | Undone
)


class Recorded(NamedTuple):
    """A fact in its place in the log."""

    seq: int
    recorded_at: Instant
    actor: ActorId
    fact: Fact
