"""Hand timing: the time of several watches (R3), and what makes a hand time comparable for seeding (R12)."""

from collections.abc import Sequence
from typing import Final

from app.domain.units import Duration
from app.rules.marks import parse_mark
from app.rules.rounding import TENTH, round_up

SEEDING_ADDS: Final[tuple[tuple[int, Duration], ...]] = ((200, Duration(240_000)), (400, Duration(140_000)))
"""(races up to so many metres, what is added), shortest first; nothing above. The statisticians' convention."""


def of_watches(readings: Sequence[Duration]) -> Duration:
    """One to three watches, each rounded up to the tenth: the middle of three, the slower of two."""
    return sorted(round_up(reading, TENTH) for reading in readings)[len(readings) // 2]


def for_seeding(elapsed: Duration, distance_m: int) -> Duration:
    """A hand time as if taken by photo finish. Only ever to sort entries, never in a result."""
    return Duration(elapsed + next((added for longest, added in SEEDING_ADDS if distance_m <= longest), 0))


def parse_seed_mark(text: str, distance_m: int) -> Duration:
    """An entry's mark for seeding; `10.2h` is a hand time and converted. ValueError for what is no mark."""
    text = text.strip()
    if text.endswith("h"):
        return for_seeding(round_up(parse_mark(text[:-1]), TENTH), distance_m)
    return parse_mark(text)
