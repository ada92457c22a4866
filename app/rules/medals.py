"""Medal table (R58) and placing table (R59) of a meet, from the places of its finals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat

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


def placing_table(finals: Iterable[Placings], tables: Iterable[Sequence[int]] | None = None) -> list[PlacingLine]:
    """By points, then number of 1sts, 2nds, …, then nation; equal ones share the rank. Only nations with points.

    `tables` has the points of places 1, 2, … for each final; None: the usual ones for all of them.
    """
    scored = list(zip(finals, repeat(POINTS.placing) if tables is None else tables, strict=tables is not None))
    points, counts = defaultdict[str, Fraction](Fraction), defaultdict[str, Counter[int]](Counter)
    for final, table in scored:
        shares = placing_points([placed.place for placed in final], table)
        for placed, share in zip(final, shares, strict=True):
            if placed.nation is not None and share:
                points[placed.nation] += share
                counts[placed.nation][placed.place] += 1
    scoring = range(1, max((len(table) for _, table in scored), default=0) + 1)
    by_place = {nation: tuple(counts[nation][place] for place in scoring) for nation in points}
    keys: Keys = {nation: (-points[nation], *(-count for count in by_place[nation])) for nation in points}
    return [
        PlacingLine(rank=rank, nation=nation, points=points[nation], counts=by_place[nation])
        for rank, nation in _ranked(keys)
    ]


def _ranked(keys: Keys) -> list[tuple[int, str]]:
    return sorted(zip(places(list(keys.values())), keys, strict=True))
