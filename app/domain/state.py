"""What a meet looks like at a position of its log: the fold of its decisions, in plain dictionaries.

Reads are not in here; `timing` joins the two. `fold` says what each kind of fact does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.design import Design
from app.domain.facts import (
    AnomalyAccepted,
    ChipAssigned,
    ConflictRuled,
    CrossingConfirmed,
    FalseStart,
    FinishesRead,
    Handed,
    HeatDrawn,
    LegsNamed,
    LineTimeTaken,
    LotsDrawn,
    Method,
    Published,
    QualifierReplaced,
    QualifiersFixed,
    ReadConflict,
    Reading,
    Recorded,
    RecordsListed,
    Registered,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Starter,
    StartSignal,
    TakeoverMethod,
    WeatherRead,
)
from app.domain.ids import (
    AnomalyId,
    AssignmentId,
    AthleteId,
    Bib,
    Chip,
    EventId,
    HeatId,
    ImportId,
    RegistrationId,
    RulingId,
    SourceId,
    TimeId,
)
from app.domain.meet import Ages, EventSpec, MeetSpec, Sex
from app.domain.units import Duration, Instant


@dataclass(slots=True)
class Athlete:
    id: AthleteId
    sex: Sex
    ages: Ages | None
    erased: bool = False


@dataclass(slots=True)
class Registration:
    entry: Registered
    withdrawn: bool = False
    withdrawn_seq: int = 0
    """Where in the log; 0 for who has not."""


@dataclass(slots=True)
class Evaluation:
    """The reading of one runner that counts, and where it came from."""

    reading: Reading
    method: Method
    seq: int
    offset_us: Duration = Duration(0)

    @property
    def measured_us(self) -> Duration | None:
        """What one system read, without its known offset (R6); None for watches, which the rules make one time of."""
        elapsed = self.reading.elapsed_us
        return None if elapsed is None else Duration(elapsed - self.offset_us)


@dataclass(frozen=True, slots=True)
class Takeover:
    """One takeover as an official read it, and where in the log."""

    handed: Handed
    method: TakeoverMethod
    seq: int


@dataclass(slots=True)
class Attempt:
    """One running of a heat. A re-run opens another and leaves this one as it was, void."""

    starts: list[tuple[int, StartSignal]] = field(default_factory=list)
    """Every start signal with its position; the last one counts unless the heat was recalled after it."""
    recalled_seq: int = 0
    closed_at: Instant | None = None
    evaluations: dict[RegistrationId, Evaluation] = field(default_factory=dict)
    finishes: list[tuple[int, FinishesRead]] = field(default_factory=list)
    wind_mm_per_s: int | None = None
    weather: WeatherRead | None = None
    rulings: list[tuple[int, Ruling]] = field(default_factory=list)
    false_starts: list[tuple[int, FalseStart]] = field(default_factory=list)
    line_times: dict[TimeId, tuple[int, LineTimeTaken]] = field(default_factory=dict)
    crossings: list[tuple[int, CrossingConfirmed]] = field(default_factory=list)
    opened_seq: int = 0
    """Position of the re-run that this running began with; 0 for the first one."""
    only: tuple[RegistrationId, ...] = ()
    """Who runs again, where the others keep what they had before."""
    takeovers: dict[tuple[RegistrationId, int], Takeover] = field(default_factory=dict)
    """By team and leg, as it was last read."""

    @property
    def start(self) -> tuple[int, StartSignal] | None:
        """The signal that counts and its position, or None before the gun and after a recall."""
        if self.starts and self.starts[-1][0] > self.recalled_seq:
            return self.starts[-1]
        return None

    @property
    def has_evidence(self) -> bool:
        known = self.starts, self.false_starts, self.finishes, self.rulings, self.line_times, self.crossings
        return any(known) or bool(self.takeovers)

    @property
    def went_off(self) -> int:
        """Where in the log the start that counts was first recorded, however often it was corrected; 0 before it."""
        return next((seq for seq, _ in self.starts if seq > self.recalled_seq), 0)

    @property
    def began(self) -> int:
        """Where in the log it was first known to have been run; 0 before that."""
        return min((seq for seq, _ in (*self.starts, *self.finishes)), default=0)


@dataclass(slots=True)
class Heat:
    drawn: HeatDrawn
    event: EventId
    round: str
    attempts: list[Attempt] = field(default_factory=lambda: [Attempt()])
    legs: dict[RegistrationId, LegsNamed] = field(default_factory=dict)
    withdrawn: bool = False

    @property
    def id(self) -> HeatId:
        return self.drawn.heat

    @property
    def now(self) -> Attempt:
        return self.attempts[-1]

    def running_of(self, id: RegistrationId) -> Attempt:
        """The one that a runner's result comes from: a re-run of some leaves the others theirs (R40)."""
        for attempt in reversed(self.attempts):
            if not attempt.only or id in attempt.only:
                return attempt
        return self.attempts[0]

    @property
    def counting(self) -> Sequence[Attempt]:
        """The runnings that results may come from: the last one of all, and those of some after it (R40)."""
        last = max((index for index, one in enumerate(self.attempts) if not one.only), default=0)
        return self.attempts[last:]

    def wind_of(self, id: RegistrationId) -> int | None:
        """What a runner's mark was made with: re-runs of some have their own wind (R17, R40)."""
        return self.running_of(id).wind_mm_per_s

    @property
    def has_evidence(self) -> bool:
        """Whether a result may depend on it: a gun, a false start, a reading, a time or a ruling was recorded."""
        return any(a.has_evidence for a in self.attempts)


@dataclass(slots=True)
class Event:
    id: EventId
    spec: EventSpec
    withdrawn: bool = False
    registrations: dict[RegistrationId, Registration] = field(default_factory=dict)
    by_bib: dict[Bib, RegistrationId] = field(default_factory=dict)
    by_athlete: dict[AthleteId, RegistrationId] = field(default_factory=dict)
    rounds: dict[str, dict[HeatId, Heat]] = field(default_factory=dict)
    draw_seeds: dict[str, int | None] = field(default_factory=dict)
    draws: dict[str, tuple[int, RoundDrawn]] = field(default_factory=dict)
    """The last draw of each round, or start list made elsewhere, with its position."""
    qualifiers: dict[str, QualifiersFixed] = field(default_factory=dict)
    lots: dict[str, list[tuple[int, LotsDrawn]]] = field(default_factory=dict)
    replaced: dict[str, dict[RegistrationId, QualifierReplaced]] = field(default_factory=dict)
    """By the round that they would have run in: who does not."""
    publications: list[tuple[int, Published]] = field(default_factory=list)

    def starters(self, heat: Heat) -> Sequence[Starter]:
        """Those drawn, with lane and position; in an open heat all entries of its wave, late ones too (road).

        Who has withdrawn is still among them.
        """
        if not heat.drawn.open:
            return heat.drawn.starters
        return [Starter(registration=id) for id in self.registrations if self._runs_in_wave_of(heat, id)]

    def starts(self, heat: Heat, registration: RegistrationId) -> bool:
        """Whether a registration of the event is among the `starters`."""
        if heat.drawn.open:
            return self._runs_in_wave_of(heat, registration)
        return any(one.registration == registration for one in heat.drawn.starters)

    def _runs_in_wave_of(self, heat: Heat, registration: RegistrationId) -> bool:
        return self.registrations[registration].entry.wave == heat.drawn.wave


@dataclass(slots=True)
class MeetState:
    """Everything decided up to `head`. `touched` holds, per id, the last position that changed what it shows."""

    spec: MeetSpec | None = None
    head: int = 0
    closed: bool = False
    withdrawn: bool = False
    events: dict[EventId, Event] = field(default_factory=dict)
    athletes: dict[AthleteId, Athlete] = field(default_factory=dict)
    registrations: dict[RegistrationId, Registration] = field(default_factory=dict)
    by_athlete: dict[AthleteId, list[RegistrationId]] = field(default_factory=dict)
    by_bib: dict[Bib, set[AthleteId]] = field(default_factory=dict)
    """Over the whole meet: one athlete a bib where bibs are meet-wide, several where each event has its own."""
    heats: dict[HeatId, Heat] = field(default_factory=dict)
    sources: dict[SourceId, SourceDescribed] = field(default_factory=dict)
    source_names: dict[str, SourceId] = field(default_factory=dict)
    assignments: dict[AssignmentId, ChipAssigned] = field(default_factory=dict)
    chips: dict[Chip, list[AssignmentId]] = field(default_factory=dict)
    carried: dict[AthleteId, list[AssignmentId]] = field(default_factory=dict)
    """Every assignment that named the athlete at some time, those released too."""
    imports: dict[ImportId, tuple[int, RosterImported]] = field(default_factory=dict)
    """Lists of entries that were brought in, each with its position, in log order."""
    legs: dict[AthleteId, set[HeatId]] = field(default_factory=dict)
    """Every heat that named the athlete as a runner of a relay team at some time."""
    line_times: dict[TimeId, HeatId] = field(default_factory=dict)
    rulings: dict[RulingId, HeatId] = field(default_factory=dict)
    cards: dict[AthleteId, list[tuple[int, Ruling]]] = field(default_factory=dict)
    """Of who was shown one: cards and reinstatements in log order, over all events and void runnings too (R38)."""
    conflicts: dict[int, ReadConflict] = field(default_factory=dict)
    conflict_rulings: dict[int, ConflictRuled] = field(default_factory=dict)
    ruled_out: dict[int, int] = field(default_factory=dict)
    """Reads that an official ruled out, each with the position of the ruling."""
    accepted: dict[AnomalyId, tuple[int, AnomalyAccepted]] = field(default_factory=dict)
    records: RecordsListed | None = None
    """The lists of records, without names and sources."""
    design: Design | None = None
    touched: dict[str, int] = field(default_factory=dict)
    log: list[Recorded] = field(default_factory=list)
    voided: set[int] = field(default_factory=set)
    """Positions of facts that were undone."""
