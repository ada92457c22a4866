"""How many rounds, how many heats, who goes on (R20, R21): the default tables, as text that an organizer can replace.

A line is `entries: heats x places P + times T, …`, each round leading to the next and the last one to the final.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.meet import Advance, RoundSpec

_ROUND: Final = re.compile(r"(\d+)x(\d+)P\+(\d+)T")

SPRINTS: Final = """
1-8:
9-16: 2x3P+2T
17-24: 3x2P+2T
25-32: 4x3P+4T 2x3P+2T
33-40: 5x4P+4T 3x2P+2T
41-48: 6x3P+6T 3x2P+2T
49-56: 7x3P+3T 3x2P+2T
57-64: 8x2P+8T 3x2P+2T
65-72: 9x2P+6T 3x2P+2T
73-80: 10x2P+4T 3x2P+2T
81-88: 11x3P+7T 5x3P+1T 2x3P+2T
89-96: 12x3P+4T 5x3P+1T 2x3P+2T
97-104: 13x3P+9T 6x3P+6T 3x2P+2T
105-112: 14x3P+6T 6x3P+6T 3x2P+2T
"""
EIGHT_HUNDRED: Final = SPRINTS.replace("9x2P+6T 3x2P+2T", "9x3P+5T 4x3P+4T 2x3P+2T").replace(
    "10x2P+4T 3x2P+2T", "10x3P+2T 4x3P+4T 2x3P+2T"
)
"""800 m and relays."""
FIFTEEN_HUNDRED: Final = """
1-15:
16-30: 2x4P+4T
31-45: 3x6P+6T 2x5P+2T
46-60: 4x5P+4T 2x5P+2T
61-75: 5x4P+4T 2x5P+2T
"""
THREE_THOUSAND: Final = """
1-19:
20-34: 2x5P+5T
35-51: 3x7P+5T 2x6P+3T
52-68: 4x5P+6T 2x6P+3T
69-85: 5x4P+6T 2x6P+3T
"""
FIVE_THOUSAND: Final = """
1-19:
20-38: 2x5P+5T
39-57: 3x8P+6T 2x6P+3T
58-76: 4x6P+6T 2x6P+3T
77-95: 5x5P+5T 2x6P+3T
"""
TEN_THOUSAND: Final = """
1-27:
28-54: 2x8P+4T
55-81: 3x5P+5T
82-108: 4x4P+4T
"""

TABLES: Final[tuple[tuple[int, str], ...]] = (
    (400, SPRINTS),
    (800, EIGHT_HUNDRED),
    (1_500, FIFTEEN_HUNDRED),
    (3_000, THREE_THOUSAND),
    (5_000, FIVE_THOUSAND),
    (10_000, TEN_THOUSAND),
)
"""(races up to so many metres, table)."""

NAMES: Final = ("round-1", "round-2", "semi-final")


@dataclass(frozen=True, slots=True)
class Step:
    """One round before the final: so many heats, and who goes on."""

    heats: int
    advance: Advance

    @property
    def qualifiers(self) -> int:
        return self.heats * self.advance.places + self.advance.times


def parse_table(text: str) -> list[tuple[range, tuple[Step, ...]]]:
    """(numbers of entries, rounds before the final) for each line."""
    out = []
    for line in text.strip().splitlines():
        entries, _, rounds = line.partition(":")
        low, high = map(int, entries.split("-"))
        steps = [Step(int(h), Advance(places=int(p), times=int(t))) for h, p, t in _ROUND.findall(rounds)]
        out.append((range(low, high + 1), tuple(steps)))
    return out


def steps_for(distance_m: int, entries: int, relay_legs: int = 1) -> tuple[Step, ...] | None:
    """The default rounds before the final; empty for a straight final, None where the tables end."""
    text = next(table for longest_m, table in TABLES if distance_m <= longest_m)
    if relay_legs > 1:
        text = EIGHT_HUNDRED
    return next((steps for numbers, steps in parse_table(text) if entries in numbers), None)


def default_rounds(distance_m: int, entries: int, relay_legs: int = 1) -> tuple[RoundSpec, ...] | None:
    """`round-1`, `round-2`, `semi-final`, `final` as far as the number of entries asks for them."""
    steps = steps_for(distance_m, entries, relay_legs)
    if steps is None:
        return None
    named = zip(_names(steps), steps, strict=True)
    before = (RoundSpec(name=name, heats=step.heats, advance=step.advance) for name, step in named)
    return *before, RoundSpec(name="final", heats=1)


def _names(steps: Sequence[Step]) -> list[str]:
    """The round before the final is the semi-final only where another one comes before it."""
    return [*NAMES[: len(steps) - 1], "semi-final"] if len(steps) > 1 else ["round-1"][: len(steps)]
