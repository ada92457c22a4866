"""What an official has to look at before results are official: which kinds, and from where on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from msgspec import Meta

from app.domain.meet import Direction, Sex
from app.domain.units import Duration
from app.rules.table import Metres, Micros, Some, Speed

Kind = Literal[
    "impossible_speed",
    "too_fast_for_category",
    "net_over_gun",
    "ghost_read",
    "missing_point",
    "missed_lap",
    "wrong_wave",
    "two_places",
    "chips_apart",
    "read_conflict",
    "clock_ahead",
    "clocks_apart",
    "bib_like_chip",
    "no_evidence",
    "finisher_dns",
    "undecided",
    "qualifier_missing",
    "dq_rule",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Age = Annotated[int, Meta(ge=0, le=150)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Believable:
    """Whoever fits and runs faster than this over up to `longest_m` is asked about. What is left out fits everybody."""

    mm_per_s: Speed
    direction: Direction = "forward"
    sex: Sex | None = None
    min_age: Age | None = None
    max_age: Age | None = None
    longest_m: Metres | None = None

    def fits(self, direction: Direction, sex: Sex, age: int | None, metres: int) -> bool:
        """A row for ages fits nobody whose age is not known."""
        if direction != self.direction or self.sex not in (None, sex):
            return False
        if self.longest_m is not None and metres > self.longest_m:
            return False
        if self.min_age is None and self.max_age is None:
            return True
        return age is not None and (self.min_age or 0) <= age <= (age if self.max_age is None else self.max_age)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomalies:
    """Ages are those on the race day."""

    chips_apart_us: Micros
    """Two chips of one runner that cross a point further apart than this are on two people."""
    clocks_apart_us: Micros
    """Two readers at one place that see the same chips further apart than this have different clocks."""
    clocks_compared: Some
    """So many chips that both have seen say something about their clocks."""
    believable: tuple[Believable, ...]
    """Searched from the top for sex, age and distance."""
    ignored: tuple[Kind, ...] = ()
    """Kinds that nobody is asked about."""


def least_believable(
    rows: Sequence[Believable], direction: Direction, sex: Sex, age: int | None, metres: int
) -> Duration:
    """The shortest believable time of a runner of this sex and age, up to the microsecond; 0 where no row fits."""
    row = next((row for row in rows if row.fits(direction, sex, age, metres)), None)
    return Duration(0 if row is None else -(-metres * 1_000_000_000 // row.mm_per_s))
