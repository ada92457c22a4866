"""Marks: official times as text and back (R9, R19). Dot for decimals, colon for the rest, in every language."""

import re
from typing import Final

from app.domain.meet import Surface
from app.domain.units import SECOND, Duration
from app.rules.rounding import HUNDREDTH, TENTH, THOUSANDTH, round_up

_MARK: Final = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,4})(?:\.(\d{1,6}))?", re.ASCII)


def mark(elapsed_us: Duration, unit: Duration, hand: bool = False) -> str:
    """Rounded up to `unit` and written: `9.79`, `1:00.00`, `38:51`, `1:35:49`, `10.2h`.

    Whole seconds always show minutes (`0:38`), and never the `h` of hand timing, which the road does not know.
    """
    rounded = round_up(elapsed_us, unit)
    seconds, fraction = divmod(abs(rounded), SECOND)
    decimals = _decimals(unit)
    text = _clock(seconds, minutes_always=decimals == 0)
    if decimals:
        text += f".{fraction:06}"[: decimals + 1] + ("h" if hand else "")
    return f"-{text}" if rounded < 0 else text


def entry_mark(elapsed_us: Duration, surface: Surface, hand: bool = False) -> str:
    """A mark brought along, as exact as it was given: `9.79`, `10.00`, `10.2h`; whole seconds on the road: `38:51`."""
    units = (HUNDREDTH, THOUSANDTH) if surface == "track" else (SECOND, HUNDREDTH, THOUSANDTH)
    units = (TENTH, *units) if hand and surface == "track" else units
    return mark(elapsed_us, next((unit for unit in units if elapsed_us % unit == 0), THOUSANDTH), hand)


def thousandths(elapsed_us: Duration) -> str:
    """What stands beside two equal marks: `(.213)`."""
    return f"(.{round_up(elapsed_us, THOUSANDTH) % SECOND // THOUSANDTH:03})"


def parse_mark(text: str) -> Duration:
    """`10.02`, `1:10.14` or `1:02:03.45`; plain seconds may exceed 59. ValueError for what is no time above zero."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no mark: write seconds as 10.02, or 1:02:03.45")
    hours, minutes, seconds, decimals = found.groups()
    if minutes is not None and (len(seconds) != 2 or int(seconds) > 59):
        raise ValueError(f"{text!r} is no mark: seconds after a colon have two digits, up to 59")
    if hours is not None and (len(minutes) != 2 or int(minutes) > 59):
        raise ValueError(f"{text!r} is no mark: minutes after a colon have two digits, up to 59")
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    elapsed = Duration(whole * SECOND + int((decimals or "").ljust(6, "0")))
    if not elapsed:
        raise ValueError(f"{text!r} is no mark: a time is longer than zero")
    return elapsed


def _decimals(unit: Duration) -> int:
    """Digits after the dot: 0 for a second, 2 for a hundredth."""
    return len(str(SECOND // unit)) - 1


def _clock(seconds: int, *, minutes_always: bool) -> str:
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    if hours:
        return f"{hours}:{m:02}:{s:02}"
    return f"{m}:{s:02}" if m or minutes_always else f"{s}"
