"""Precision (R1, R2, R8): times are kept raw, and rounded once, to the slower side, by the rule of the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.meet import EventSpec, Surface
from app.domain.units import Duration
from app.rules.table import Metres, Micros, Text, Unit, row_for

TimedBy = Literal["photo_finish", "hand", "transponder"]

THOUSANDTH: Final = Duration(1_000)
HUNDREDTH: Final = Duration(10_000)
TENTH: Final = Duration(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSeeding:
    """What is added to hand times of entries in races up to `longest_m`, only ever to sort them (R12)."""

    longest_m: Metres
    add_us: Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """One row of the table: what official times are rounded up to in races up to `longest_m` (None: any)."""

    method: TimedBy
    surface: Surface
    unit_us: Unit
    longest_m: Metres | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    precision: tuple[Precision, ...]
    """Searched from the top; the first row that fits counts (R2, R8)."""
    image_us: Unit
    """What the image of a photo finish tells apart where marks are equal (R9, R34, R35)."""
    hand_seeding: tuple[HandSeeding, ...]
    chip_note: Text | None
    """Stands on sheets of races on a track that were timed by transponder alone (R8)."""


def round_up(elapsed: Duration, unit: Duration) -> Duration:
    """To the next longer unit, unless exact (World Athletics TR19)."""
    return Duration(-(-elapsed // unit) * unit)


def unit_of(spec: EventSpec, method: TimedBy, table: Sequence[Precision]) -> Duration:
    """The unit that official times of the event are rounded up to, when timed by `method`."""
    rows = [row for row in table if (row.method, row.surface) == (method, spec.surface)]
    found = row_for(rows, spec.distance_m * spec.relay_legs)
    if found is None:
        raise LookupError(f"no row for {method} on the {spec.surface}")
    return found.unit_us
