"""Lanes and starting positions (R28–R31): by lot over all, or by lots among equals where rounds came before."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeVar

from app.domain.meet import EventSpec
from app.rules.draw import Draw

T = TypeVar("T")

Race = Literal["straight", "bend", "lap"]
Groups = tuple[tuple[int, ...], ...]
"""Lanes of the best ranked, of the next, … Inside a group lots decide."""

LANES: Final[Mapping[tuple[Race, int], Groups]] = {
    ("straight", 8): ((3, 4, 5, 6), (2, 7), (1, 8)),
    ("bend", 8): ((5, 6, 7), (3, 4, 8), (1, 2)),
    ("lap", 8): ((4, 5, 6, 7), (3, 8), (1, 2)),
    ("straight", 9): ((4, 5, 6, 7), (3, 8), (2, 9), (1,)),
    ("bend", 9): ((6, 7, 8), (4, 5, 9), (2, 3), (1,)),
    ("lap", 9): ((5, 6, 7, 8), (4, 9), (2, 3), (1,)),
    ("straight", 6): ((3, 4), (2, 5), (1, 6)),
    ("bend", 6): ((4, 5, 6), (3,), (1, 2)),
    ("lap", 6): ((4, 5, 6), (3,), (1, 2)),
}
"""Eight lanes: in force since August 2023. Nine: lane 1 stays free as long as it can. Six: this product's proposal."""

LONGEST_STRAIGHT_M: Final = 110


def race_of(spec: EventSpec) -> Race:
    """Which lanes are the good ones: on the straight, on the bend of 200 m, or over a lap and more."""
    if spec.relay_legs == 1 and spec.distance_m <= LONGEST_STRAIGHT_M:
        return "straight"
    return "bend" if spec.relay_legs == 1 and spec.distance_m == 200 else "lap"


def groups_of(race: Race, lanes: int, table: Mapping[tuple[Race, int], Groups] = LANES) -> Groups:
    """The table's groups, or pairs from the middle outwards for a number of lanes that it does not have."""
    known = table.get((race, lanes))
    if known is not None:
        return known
    outwards = sorted(range(1, lanes + 1), key=lambda lane: (abs(2 * lane - lanes - 1), -lane))
    return tuple(tuple(sorted(outwards[i : i + 2])) for i in range(0, lanes, 2))


def by_lot(runners: Sequence[T], lanes: int, draw: Draw, label: str) -> list[tuple[int, T]]:
    """Round 1 and straight finals (R28, R30): (lane, runner) by lane; with fewer runners the inside lanes stay free."""
    _fit(runners, lanes)
    return list(enumerate(draw.order(runners, label), lanes - len(runners) + 1))


def by_rank(ranking: Sequence[T], race: Race, lanes: int, draw: Draw, label: str) -> list[tuple[int, T]]:
    """Later rounds (R29): lots among the best for the best lanes, and so on down; (lane, runner) by lane."""
    _fit(ranking, lanes)
    out: list[tuple[int, T]] = []
    for group in groups_of(race, lanes):
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
