"""What no runner can do, and what reads of one passing are (R63): a read faster than this is a ghost."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.meet import Direction
from app.domain.units import Duration
from app.rules.table import Metres, Micros, Speed, row_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Fastest:
    """For legs up to `longest_m` (None: any), a little above the best marks."""

    mm_per_s: Speed
    longest_m: Metres | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BothWays:
    """One table for those who run forwards, one for those who run backwards."""

    forward: tuple[Fastest, ...]
    backward: tuple[Fastest, ...]

    def of(self, direction: Direction) -> tuple[Fastest, ...]:
        return self.forward if direction == "forward" else self.backward


@dataclass(frozen=True, slots=True, kw_only=True)
class Passings:
    fastest: BothWays
    same_us: Micros
    """Reads of one runner at one place closer together than this are one passing."""
    twins_us: Micros
    """Nobody is at two places within this: the mats are misconfigured."""
    slowest_mm_per_s: Speed
    """A walk. Who could have walked the distance and was not seen at the finish did not finish."""


def least_time(leg_m: int, table: Sequence[Fastest]) -> Duration:
    """The shortest believable time for a leg, rounded up to the microsecond; 0 for a leg of 0 m."""
    row = row_for(table, leg_m)
    if row is None:
        raise LookupError(f"no row for a leg of {leg_m} m")
    return Duration(-(-leg_m * 1_000_000_000 // row.mm_per_s))
