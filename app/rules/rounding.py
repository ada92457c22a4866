"""Precision (R1, R2, R8): times are kept raw, and rounded once, to the slower side, by the rule of the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.meet import EventSpec, Surface
from app.domain.units import Duration
from app.rules.table import Metres, Micros, Text, Unit, row_for

TimedBy = Literal["photo_finish", "hand", "transponder", "semi"]

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
class Fineness:
    """How fine evidence is that no reader and no image gives."""

    hand_us: Unit
    semi_us: Unit
    line_us: Unit
    """Taken by hand at the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipError:
    """How far the times of readers that speak a protocol may be off; without one, those of all other readers."""

    error_us: Micros
    protocol: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    precision: tuple[Precision, ...]
    """Searched from the top; the first row that fits counts (R2, R8). Semi-automatic times without a row for the
    surface are not official there (R5)."""
    fineness: Fineness
    chip_errors: tuple[ChipError, ...]
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
    found = row_for(rows, sum(spec.legs))
    if found is None:
        raise LookupError(f"no row for {method} on the {spec.surface}")
    return found.unit_us


def is_official(spec: EventSpec, method: TimedBy, table: Sequence[Precision]) -> bool:
    """Whether times taken so are official on the surface at all: semi-automatic ones are not on a track (R5)."""
    return any((row.method, row.surface) == (method, spec.surface) for row in table)


def chip_error(protocol: str | None, table: Sequence[ChipError]) -> Duration:
    """What holds for a protocol, else for all others (R8: no rule; a default of this product)."""
    rows = (row for named in (protocol, None) for row in table if row.protocol == named)
    return next((row.error_us for row in rows), Duration(0))
