"""Of heats: who starts where, and each start."""

from dataclasses import dataclass

from app.domain.ids import EventId, FalseStartId, HeatId, RegistrationId, TextId
from app.domain.units import Duration, Instant


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
    reason: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherRead:
    """At the start of a heat (R49): whole degrees Celsius and relative humidity. The latest counts; None: not said."""

    heat: HeatId
    temperature_c: int | None = None
    humidity_percent: int | None = None


HeatFact = (
    RoundDrawn
    | HeatWithdrawn
    | StartSignal
    | StartRecalled
    | FalseStart
    | HeatClosed
    | HeatReopened
    | HeatRerun
    | WeatherRead
)
