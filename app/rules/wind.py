"""Wind (R15–R17): read to mm/s, printed to 0.1 m/s with its sign, next higher in the positive direction."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from app.domain.meet import Discipline, EventSpec
from app.rules.table import Metres, Number, Some, row_for

WindFlag = Literal["w", "NWI"]
"""`w`: too much for records, `NWI`: none was read."""

_TENTH: Final = 100
_WIND: Final = re.compile(r"([+-]?)(\d{1,2})(?:\.(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """For races up to `longest_m`: from when, and for how long (R15)."""

    longest_m: Metres
    start: Literal["gun", "straight"]
    """From the start signal, or when the leader enters the straight."""
    seconds: Some
    discipline: Discipline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wind:
    measured: tuple[Measured, ...]
    legal_mm_per_s: Number
    """More than this is too much for records and bests (R17)."""
    backward: bool
    """Whether it counts for those who run backwards too (R98)."""


def official_wind(mm_per_s: int) -> int:
    """To the next higher tenth of a metre per second, towards +∞ (World Athletics TR17.13)."""
    return -(-mm_per_s // _TENTH) * _TENTH


@lru_cache(maxsize=1_000)
def wind_text(mm_per_s: int) -> str:
    """`+2.1`, `-0.1`, and `0.0` without a sign."""
    tenths = official_wind(mm_per_s) // _TENTH
    sign = "+" if tenths > 0 else "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def parse_wind(text: str) -> int:
    """`+0.3` as 300 mm/s. ValueError for anything but metres per second with up to three decimals."""
    found = _WIND.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no wind: write metres per second as +0.3")
    sign, whole, decimals = found.groups()
    speed = int(whole) * 1_000 + int((decimals or "").ljust(3, "0"))
    return -speed if sign == "-" else speed


def wind_counts(spec: EventSpec, table: Wind) -> bool:
    """Whether the wind of a race is measured (R15); backwards it is not, unless an organizer asks (R98)."""
    single = spec.surface == "track" and spec.relay_legs == 1
    return single and (table.backward or spec.direction == "forward") and measured(spec, table) is not None


def measured(spec: EventSpec, table: Wind) -> Measured | None:
    """The first row for the discipline, or for any, that reaches so far."""
    rows = [row for row in table.measured if row.discipline in (None, spec.discipline)]
    return row_for(rows, spec.distance_m)


def wind_flag(spec: EventSpec, mm_per_s: int | None, table: Wind) -> WindFlag | None:
    """Exactly the limit is legal (R17)."""
    if not wind_counts(spec, table):
        return None
    if mm_per_s is None:
        return "NWI"
    return "w" if official_wind(mm_per_s) > table.legal_mm_per_s else None


def wind_flags(spec: EventSpec, table: Wind) -> Callable[[int | None], WindFlag | None]:
    """The same for all marks of an event: few winds, asked once each."""
    return cache(lambda mm_per_s: wind_flag(spec, mm_per_s, table))
