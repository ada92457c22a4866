"""Precision (R1, R2, R8): times are kept raw, and rounded once, to the slower side, by the rule of the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.meet import EventSpec, Surface
from app.domain.units import SECOND, Duration

TimedBy = Literal["photo_finish", "hand", "transponder"]

THOUSANDTH: Final = Duration(1_000)
HUNDREDTH: Final = Duration(10_000)
TENTH: Final = Duration(100_000)


@dataclass(frozen=True, slots=True)
class Precision:
    """One row of the table: what holds for races up to `longest_m` (None: any), under `ruleset` (None: any)."""

    method: TimedBy
    surface: Surface
    unit: Duration
    longest_m: int | None = None
    ruleset: str | None = None


PRECISION: Final[tuple[Precision, ...]] = (
    Precision("photo_finish", "track", HUNDREDTH, longest_m=10_000),
    Precision("photo_finish", "track", TENTH),
    Precision("photo_finish", "road", SECOND),
    Precision("hand", "track", TENTH),
    Precision("hand", "road", SECOND),
    # No World Athletics method inside a stadium (TR19.24); club meets print tenths and a note (R8).
    Precision("transponder", "track", TENTH, ruleset="local"),
    Precision("transponder", "track", SECOND),
    Precision("transponder", "road", SECOND),
)
"""Searched from the top; the first row that fits counts."""


def round_up(elapsed: Duration, unit: Duration) -> Duration:
    """To the next longer unit, unless exact (World Athletics TR19)."""
    return Duration(-(-elapsed // unit) * unit)


def unit_of(spec: EventSpec, method: TimedBy, table: Sequence[Precision] = PRECISION) -> Duration:
    """The unit that official times of the event are rounded up to, when timed by `method`."""
    race_m = spec.distance_m * spec.relay_legs
    return next(
        row.unit
        for row in table
        if (row.method, row.surface) == (method, spec.surface)
        and (row.longest_m is None or race_m <= row.longest_m)
        and row.ruleset in (None, spec.ruleset)
    )
