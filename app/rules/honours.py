"""Tables of what results are worth: points and teams, and when results are official."""

from dataclasses import dataclass
from typing import Literal

from app.rules.table import Micros, Number, Text
from app.rules.teams import TeamRules


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
class Teams:
    scored: Literal["by_surface", "cross_country", "road"]
    """By which of the two; `by_surface`: races on the road by the second."""
    cross_country: TeamRules
    """R80."""
    road: TeamRules
    """R81."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcing:
    """R55, R56."""

    protest_us: Micros
    """From the announcement until the results are official."""
    summary: Literal["time", "seeding"]
    """The order of a summary over the heats of a round."""
