"""What the formats carry between them: a competition, its contests, their races, and a line for each runner."""

from dataclasses import dataclass

from app.domain.facts import Status
from app.domain.units import Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Athlete:
    """As far as whoever gets the file may know."""

    bib: str
    family_name: str = ""
    given_name: str = ""
    sex: str = ""
    birth_date: str | None = None
    age: int | None = None
    nation: str = ""
    club: str = ""
    team: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A crossing of the line: official time from the gun, and since the crossing before."""

    mark: str
    lap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One runner in one race. `mark` is the official text; `place` and `mark` stand only with status OK."""

    athlete: Athlete
    status: Status | None = None
    place: int | None = None
    rank: int | None = None
    """Over all races of the round."""
    mark: str | None = None
    elapsed_us: Duration | None = None
    """As measured."""
    lane: int | None = None
    reaction_us: Duration | None = None
    qualification: str = ""
    guest: bool = False
    gun: str | None = None
    net: str | None = None
    place_sex: int | None = None
    place_category: int | None = None
    legs: tuple[Athlete, ...] = ()
    """Of a relay team: its runners in running order."""
    splits: tuple[Split, ...] = ()
    """Of a race with more than a finish; the finish is the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A heat. `started` is a time of day at the track, `started_on` its day."""

    round: int
    round_name: str
    heat: int
    wind: str | None = None
    started: str = ""
    started_on: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    athlete: Athlete
    seed_mark: str | None = None
    withdrawn: bool = False
    legs: tuple[Athlete, ...] = ()
    """Of a relay team: its runners as they were named last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """An event. `number` is its place in the meet: programs that know numbers only know it by that."""

    number: int
    name: str
    code: str
    sex: str
    distance_m: int
    discipline: str = "flat"
    relay_legs: int = 1
    legs_m: tuple[int, ...] = ()
    """Of a medley relay, whose `distance_m` is what the team runs; of any other, it is what each runner runs."""
    rounds: tuple[str, ...] = ()
    races: tuple[Race, ...] = ()
    entries: tuple[Entry, ...] = ()
    standings: tuple[Line, ...] = ()
    """Over all rounds and waves."""

    @property
    def race_m(self) -> int:
        """What a team or a runner covers from gun to finish."""
        return sum(self.legs_m) or self.distance_m * self.relay_legs


@dataclass(frozen=True, slots=True, kw_only=True)
class Competition:
    """Days are ISO 8601."""

    name: str
    starts_on: str
    ends_on: str
    venue: str = ""
    city: str = ""
    country: str = ""
    contests: tuple[Contest, ...] = ()
