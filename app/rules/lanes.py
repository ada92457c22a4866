"""Lanes and starting positions (R28–R31): by lot over all, or by lots among equals where rounds came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from app.domain.meet import EventSpec
from app.rules.draw import Draw
from app.rules.table import Number, Some

T = TypeVar("T")

Race = Literal["straight", "bend", "lap"]
Groups = tuple[tuple[Some, ...], ...]
"""Lanes of the best ranked, of the next, … Inside a group lots decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneGroups:
    """Which lanes of a track go to the best ranked, to the next, …"""

    race: Race
    lanes: Some
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """R28, R29."""

    straight_to_m: Number
    """Races up to here are run on the straight."""
    bend_to_m: Number
    """Longer ones up to here start in the bend."""
    groups: tuple[LaneGroups, ...]


def race_of(spec: EventSpec, table: Lanes) -> Race:
    """Which lanes are the good ones: on the straight, on the bend of 200 m, or over a lap and more."""
    if spec.relay_legs > 1 or spec.distance_m > table.bend_to_m:
        return "lap"
    return "straight" if spec.distance_m <= table.straight_to_m else "bend"


def groups_of(race: Race, lanes: int, table: Sequence[LaneGroups]) -> Groups:
    """The table's groups, or pairs from the middle outwards for a number of lanes that it does not have."""
    known = next((row.groups for row in table if (row.race, row.lanes) == (race, lanes)), None)
    if known is not None:
        return known
    outwards = sorted(range(1, lanes + 1), key=lambda lane: (abs(2 * lane - lanes - 1), -lane))
    return tuple(tuple(sorted(outwards[i : i + 2])) for i in range(0, lanes, 2))


def by_lot(runners: Sequence[T], lanes: int, draw: Draw, label: str) -> list[tuple[int, T]]:
    """Round 1 and straight finals (R28, R30): (lane, runner) by lane; with fewer runners the inside lanes stay free."""
    _fit(runners, lanes)
    return list(enumerate(draw.order(runners, label), lanes - len(runners) + 1))


def by_rank(ranking: Sequence[T], groups: Groups, draw: Draw, label: str) -> list[tuple[int, T]]:
    """Later rounds (R29): lots among the best for the best lanes, and so on down; (lane, runner) by lane."""
    _fit(ranking, sum(map(len, groups)))
    out: list[tuple[int, T]] = []
    for group in groups:
        runners = ranking[len(out) : len(out) + len(group)]
        usable = group[len(group) - len(runners) :]
        out += zip(usable, draw.order(runners, f"{label} {usable}"), strict=True)
    return sorted(out, key=lambda placed: placed[0])


def _fit(runners: Sequence[T], lanes: int) -> None:
    if len(runners) > lanes:
        raise ValueError(f"{len(runners)} runners do not fit in {lanes} lanes")


def positions_by_lot(runners: Sequence[T], draw: Draw, label: str) -> list[tuple[int, T]]:
    """Where nobody has a lane (R30): (position on the line from the inside, runner)."""
    return list(enumerate(draw.order(runners, label), 1))


def filled(placed: Sequence[tuple[int, T]], withdrawn: Sequence[T], reserves: Sequence[T]) -> list[tuple[int, T]]:
    """Vacant lanes go to the next best ranked who stand by, best first; no new draw (R31)."""
    standing_by = iter(reserves)
    out: list[tuple[int, T]] = []
    for lane, runner in placed:
        if runner not in withdrawn:
            out.append((lane, runner))
        elif (reserve := next(standing_by, None)) is not None:
            out.append((lane, reserve))
    return out
