"""Rest between rounds (R41): a warning to whoever draws up the programme, never a refusal."""

from collections.abc import Sequence

from app.domain.units import SECOND
from app.rules.duties import Rest
from app.rules.table import row_for


def short_rest(distance_m: int, rested_us: int, same_day: bool, table: Sequence[Rest]) -> str | None:
    """What is wrong with so much time from one race of an event to the next, in words; None where it is enough."""
    row = row_for(table, distance_m)
    if row is None:
        return None
    if row.another_day and same_day:
        return "on the day of the round before: rounds of this distance are run on different days (R41)"
    if rested_us < row.least_us:
        return f"{_minutes(rested_us)} min after the round before: {_minutes(row.least_us)} min are the least (R41)"
    return None


def _minutes(us: int) -> str:
    """Whole minutes, down."""
    return str(us // (60 * SECOND))
