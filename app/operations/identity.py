"""The clock and chance of the shell. Pure code is given what comes from here."""

import os
import time

from app.domain.ids import PREFIXES
from app.domain.units import Instant


def now() -> Instant:
    """This machine's clock. A read's own time comes from its reader, never from here."""
    return Instant(time.time_ns() // 1_000)


def new_id(noun: str) -> str:
    """`meet_` and so on over a UUIDv7 (RFC 9562): sorts by the millisecond of its making, and cannot be guessed."""
    random = int.from_bytes(os.urandom(10), "big")
    bits = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return f"{PREFIXES[noun]}_{bits:032x}"


def draw_seed() -> int:
    """Lots nobody can foresee; the seed is kept and draws them again. JSON keeps it exact."""
    return int.from_bytes(os.urandom(6), "big")
