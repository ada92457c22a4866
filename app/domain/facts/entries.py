"""Of people, their entries, and the bibs and chips that they wear."""

from dataclasses import dataclass
from typing import Literal

from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, EventId, HeatId, ImportId, RegistrationId, TextId
from app.domain.meet import Ages, Role, Sex
from app.domain.units import Duration, Instant

Brought = Literal["seed_mark", "pb", "sb"]
"""The marks that an entry brings along."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported:
    """A list of entries was brought in. All facts from `first_seq` up to this one are of its newcomers: when this one
    is undone, none of them counts."""

    roster_import: ImportId
    event: EventId
    first_seq: int
    updated: int = 0
    """Entries that were there already and took over something."""
    source: str | None = None
    """Where lists with these columns come from; the next one is read alike."""
    columns: TextId | None = None
    """Which title stands for which column, as JSON."""


EntryFact = (
    AthleteDescribed
    | AthleteErased
    | Registered
    | RegistrationWithdrawn
    | ChipAssigned
    | ChipReleased
    | LegsNamed
    | RosterImported
)
