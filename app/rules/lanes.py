"""Lanes and starting positions (R28–R31): by lot over all, or by lots among equals where rounds came before."""

from collections.abc import Collection, Iterable, Sequence
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
    preference: tuple[Some, ...] = ()
    """Lanes in the order in which they are filled, for every race; those not named stay free. In place of the groups
    and of the inside lanes that stay free."""


def lanes_in_use(lanes: int, table: Lanes, out: Iterable[int] = ()) -> tuple[int, ...]:
    """The lanes that may be drawn into, from the inside: all of the track but those out, or those preferred."""
    left_free = frozenset(out)
    wanted = table.preference or range(1, lanes + 1)
    return tuple(sorted(lane for lane in wanted if lane <= lanes and lane not in left_free))


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


def groups_in_use(race: Race, lanes: int, table: Lanes, usable: Collection[int]) -> Groups:
    """The groups of the track without its lanes that are out, or each preferred lane by itself."""
    groups = tuple((lane,) for lane in table.preference) or groups_of(race, lanes, table.groups)
    left = (tuple(lane for lane in group if lane in usable) for group in groups)
    return tuple(group for group in left if group)


def by_lot(
    runners: Sequence[T], usable: Sequence[int], draw: Draw, label: str, preference: Sequence[int] = ()
) -> list[tuple[int, T]]:
    """Round 1 and straight finals (R28, R30): (lane, runner) by lane. With fewer runners than lanes the inside ones
    stay free, or those that are preferred least."""
    _fit(runners, usable)
    first = [lane for lane in preference if lane in usable] or list(reversed(usable))
    return list(zip(sorted(first[: len(runners)]), draw.order(runners, label), strict=True))


def by_rank(ranking: Sequence[T], groups: Groups, draw: Draw, label: str) -> list[tuple[int, T]]:
    """Later rounds (R29): lots among the best for the best lanes, and so on down; (lane, runner) by lane."""
    _fit(ranking, [lane for group in groups for lane in group])
    out: list[tuple[int, T]] = []
    for group in groups:
        runners = ranking[len(out) : len(out) + len(group)]
        usable = group[len(group) - len(runners) :]
        out += zip(usable, draw.order(runners, f"{label} {usable}"), strict=True)
    return sorted(out, key=lambda placed: placed[0])


def _fit(runners: Sequence[T], lanes: Sequence[int]) -> None:
    if len(runners) > len(lanes):
        raise ValueError(f"{len(runners)} runners do not fit in {len(lanes)} lanes")


def positions_by_lot(runners: Sequence[T], draw: Draw, label: str) -> list[tuple[int, T]]:
    """Where nobody has a lane (R30): (position on the line from the inside, runner)."""
    return list(enumerate(draw.order(runners, label), 1))
