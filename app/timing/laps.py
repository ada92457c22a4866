"""What a lap chart says: runners and their crossings, leaders, kilometre marks, and who is about to be lapped."""

from dataclasses import dataclass

from app.domain.ids import AthleteId, Bib, HeatId, RegistrationId


@dataclass(frozen=True, slots=True)
class Crossing:
    """A runner at a point. `elapsed_us` is official, from the gun; `lap_us` is the difference to the one before.

    `estimated`: no reader saw it. `confirmed` is False while it is only proposed.
    """

    point: str
    distance_m: int
    at_us: int | None
    elapsed_us: int
    mark: str
    lap_us: int
    lap: str
    place: int | None
    gap_us: int | None
    """Behind the first at this point, official times."""
    estimated: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LapRunner:
    """One starter, in running order. `laps_done` counts crossings of the finish line, proposed ones too."""

    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    lane: int | None
    status: str | None
    state: str
    laps_done: int
    laps_to_go: int
    bell: bool
    """The next crossing of the line is the finish (R103)."""
    laps_down: int
    """Whole laps that the leader had gained when the runner last crossed the line."""
    crossings: tuple[Crossing, ...]
    last_lap: str | None
    last_kilometre: str | None


@dataclass(frozen=True, slots=True)
class Leader:
    """The first at a point."""

    point: str
    distance_m: int
    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    elapsed_us: int
    mark: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Kilometre:
    """A 1000 m mark: `before_line_m` metres before the finish line, and timed where the course has a point there."""

    distance_m: int
    before_line_m: int
    point: str | None


@dataclass(frozen=True, slots=True)
class Caught:
    """A runner who is about to be lapped, and makes way where the rules say so (R93)."""

    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    by: Bib
    at_us: int


@dataclass(frozen=True, slots=True)
class LapChart:
    heat: HeatId
    laps: int
    yields: bool
    """Whoever is overtaken makes way to the outside (R93)."""
    total: int
    runners: list[LapRunner]
    """In running order (R104), or the part of them that was asked for."""
    leaders: list[Leader]
    kilometres: list[Kilometre]
    caught: list[Caught]
