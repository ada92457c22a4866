"""Tables of what results are worth: points, awards, records, teams, and when they are official."""

from dataclasses import dataclass
from typing import Literal

from app.rules.table import Micros, Number, Some, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    placing: tuple[Number, ...]
    """For the first, the second, … of a final (R59)."""
    percent_of_best: bool
    """A time is worth its percentage of the best mark (R85)."""
    combined: Text
    scoring: Text
    """Names of the tables of formulas, of combined events (R83) and of times of one event (R84)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRace:
    """How many of a team start, how many score, and whether the others' places close up."""

    by: Literal["places", "times", "slowest"]
    scoring: Some
    starting: Some | None = None
    min_women: Number = 0
    max_gap_us: Micros | None = None
    renumber: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    cross_country: TeamRace
    """R80."""
    road: TeamRace
    """R81."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awards:
    """R66, R67."""

    overall_top: Number
    """So many of each sex take the overall awards and none of their age group."""
    basis: Literal["gun", "net"]
    cut_off: Literal["wave_gun", "first_gun", "net"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What a record asks for (R17, R71)."""

    photo_finish_to_m: Number
    hand: bool
    transponder_on_track: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcing:
    """R55, R56."""

    protest_us: Micros
    """From the announcement until the results are official."""
    summary: Literal["time", "seeding"]
    """The order of a summary over the heats of a round."""
