"""Hand timing: the time of several watches (R3), and what makes a hand time comparable for seeding (R12)."""

from collections.abc import Sequence

from app.domain.units import Duration
from app.rules.rounding import HandSeeding, round_up
from app.rules.table import row_for


def of_watches(readings: Sequence[Duration], unit: Duration) -> Duration:
    """One to three watches, each rounded up to the unit: the middle of three, the slower of two."""
    return sorted(round_up(reading, unit) for reading in readings)[len(readings) // 2]


def for_seeding(elapsed: Duration, distance_m: int, table: Sequence[HandSeeding]) -> Duration:
    """A hand time as if taken by photo finish. Only ever to sort entries, never in a result."""
    row = row_for(table, distance_m)
    return Duration(elapsed + (row.add_us if row else 0))
