"""Medal table (R58) and placing table (R59) of a meet, from the places of its finals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.rules.places import places
from app.rules.points import POINTS, placing_points


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in a final; a relay team is one. Without a nation it counts for nobody, but takes its place up."""

    place: int
    nation: str | None


Placings = Sequence[Placed]
"""All who have a place in one final; whoever did not finish or was disqualified is not in it."""


Keys = dict[str, tuple[Fraction | int, ...]]
"""Nation → what it is sorted by, the smallest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedalLine:
    rank: int
    nation: str
    gold: int
    silver: int
    bronze: int

    @property
    def total(self) -> int:
        return self.gold + self.silver + self.bronze


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacingLine:
    """`counts`: how many 1sts, 2nds, … as far as places score."""

    rank: int
    nation: str
    points: Fraction
    counts: tuple[int, ...]


def medal_table(finals: Iterable[Placings]) -> list[MedalLine]:
    """By gold, silver, bronze, then nation; equal ones share the rank. Only nations with a medal.

    Shared places make shared medals by themselves: after two firsts comes a third, and no silver.
    """
    won = Counter((placed.nation, placed.place) for final in finals for placed in final if placed.place <= 3)
    counts = {nation: tuple(won[nation, place] for place in (1, 2, 3)) for nation, _ in won if nation is not None}
    keys: Keys = {nation: tuple(-count for count in medals) for nation, medals in counts.items()}
    return [
        MedalLine(rank=rank, nation=nation, gold=gold, silver=silver, bronze=bronze)
        for rank, nation in _ranked(keys)
        for gold, silver, bronze in [counts[nation]]
    ]


def placing_table(finals: Iterable[Placings], table: Sequence[int] = POINTS.placing) -> list[PlacingLine]:
    """By points, then number of 1sts, 2nds, …, then nation; equal ones share the rank. Only nations with points."""
    points = defaultdict[str, Fraction](Fraction)
    counts = defaultdict[str, list[int]](lambda: [0] * len(table))
    for final in finals:
        scored = zip(final, placing_points([placed.place for placed in final], table), strict=True)
        for placed, share in scored:
            if placed.nation is not None and share:
                points[placed.nation] += share
                counts[placed.nation][placed.place - 1] += 1
    keys: Keys = {nation: (-points[nation], *(-count for count in counts[nation])) for nation in points}
    return [
        PlacingLine(rank=rank, nation=nation, points=points[nation], counts=tuple(counts[nation]))
        for rank, nation in _ranked(keys)
    ]


def _ranked(keys: Keys) -> list[tuple[int, str]]:
    return sorted(zip(places(list(keys.values())), keys, strict=True))
