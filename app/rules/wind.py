"""Wind (R15–R17): read to mm/s, printed to 0.1 m/s with its sign, next higher in the positive direction."""

import re
from typing import Final, Literal

from app.domain.meet import EventSpec

LONGEST_WITH_WIND_M: Final = 200
LEGAL_MM_PER_S: Final = 2_000

WindFlag = Literal["w", "NWI"]
"""`w`: too much for records, `NWI`: none was read."""

_TENTH: Final = 100
_WIND: Final = re.compile(r"([+-]?)(\d{1,2})(?:\.(\d{1,3}))?", re.ASCII)


def official_wind(mm_per_s: int) -> int:
    """To the next higher tenth of a metre per second, towards +∞ (World Athletics TR17.13)."""
    return -(-mm_per_s // _TENTH) * _TENTH


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


def wind_counts(spec: EventSpec) -> bool:
    """Whether the wind of a race is measured (R15); backwards it is not, unless an organizer asks (R98)."""
    single = spec.surface == "track" and spec.relay_legs == 1
    return single and spec.direction == "forward" and spec.distance_m <= LONGEST_WITH_WIND_M


def wind_flag(spec: EventSpec, mm_per_s: int | None) -> WindFlag | None:
    """Exactly +2.0 is legal (R17)."""
    if not wind_counts(spec):
        return None
    if mm_per_s is None:
        return "NWI"
    return "w" if official_wind(mm_per_s) > LEGAL_MM_PER_S else None
