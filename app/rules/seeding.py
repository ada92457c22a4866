"""Who runs in which heat (R22–R27, R35): ranking, zigzag, nations apart, the order of the heats by lot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.ids import RegistrationId
from app.domain.meet import EventSpec
from app.domain.units import Duration
from app.rules.draw import Draw
from app.rules.rounding import round_up
from app.rules.rounds import Rounds
from app.rules.table import row_for

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entrant:
    """One entry to be seeded. `team`: the nation, or the club, whose runners are kept apart.

    In later rounds above 400 m, `mark_us` is the better of the mark before and the mark run in the rounds (R24).
    """

    registration: RegistrationId
    mark_us: Duration | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Advanced:
    """One qualifier of the round before. `how`: `Q`, `q`, `qR`, `qJ` or `qD`."""

    registration: RegistrationId
    how: str
    place: int | None = None
    elapsed_us: Duration | None = None
    team: str | None = None


def capacity(spec: EventSpec, lanes: int, table: Rounds) -> int:
    """Most runners in one heat: the lanes, or what a curved start line of that distance takes."""
    if spec.start == "lanes" or spec.relay_legs > 1 or spec.distance_m <= table.laned_to_m:
        return lanes
    room = row_for(table.room, spec.distance_m)
    return room.most if room else lanes


def heat_count(entries: int, capacity: int) -> int:
    """As few heats as take everyone (R22)."""
    return -(-entries // capacity)


def ranked(entrants: Sequence[Entrant], draw: Draw, image: Duration, label: str = "ranking") -> list[Entrant]:
    """Before round 1 (R23): best mark first, without a mark last; equal to what an image tells apart by lot (R35)."""
    lots = draw.order(entrants, label)
    return sorted(lots, key=lambda e: (e.mark_us is None, _in_image(e.mark_us, image)))


def ranked_again(qualifiers: Sequence[Advanced], draw: Draw, image: Duration, label: str = "ranking") -> list[Advanced]:
    """Before later rounds up to 400 m (R24): winners by time, second places by time, …, then those by time.

    Winners stand above every second place even if slower. Who advanced by a ruling comes last, by time.
    """
    lots = draw.order(qualifiers, label)
    return sorted(lots, key=lambda q: (*_level(q), q.elapsed_us is None, _in_image(q.elapsed_us, image)))


def _level(qualifier: Advanced) -> tuple[int, int]:
    if qualifier.how == "Q":
        return 0, qualifier.place or 0
    return (1, 0) if qualifier.how in ("q", "qD") else (2, 0)


def _in_image(elapsed: Duration | None, image: Duration) -> Duration:
    return round_up(elapsed or Duration(0), image)


def zigzag(ranking: Sequence[T], heats: int) -> list[list[T]]:
    """Serpentine (R25): 1 6 7 12 … | 2 5 8 11 … | 3 4 9 10 …"""
    out: list[list[T]] = [[] for _ in range(heats)]
    for start in range(0, len(ranking), max(heats, 1)):
        row = ranking[start : start + heats]
        for heat, athlete in zip(out if start // heats % 2 == 0 else reversed(out), row, strict=False):
            heat.append(athlete)
    return out


def apart(heats: Sequence[Sequence[T]], team: Callable[[T], str | None]) -> list[list[T]]:
    """Team mates in different heats as far as swaps inside a row of the zigzag can do it (R26).

    Row by row from the top, whoever meets a team mate of the rows above changes with the nearest of the same row by
    whom that gets better, if the other heat gets no worse. Deterministic.
    """
    out = [list(heat) for heat in heats]
    for row in range(max(map(len, out), default=0)):
        in_row = [heat for heat in out if len(heat) > row]
        for index, heat in enumerate(in_row):
            nearest = sorted(range(len(in_row)), key=lambda other: abs(other - index))
            other = next((in_row[i] for i in nearest if _better_swapped(heat, in_row[i], row, team)), None)
            if other is not None:
                heat[row], other[row] = other[row], heat[row]
    return out


def _mates(athlete: T, above: Sequence[T], team: Callable[[T], str | None]) -> int:
    own = team(athlete)
    return 0 if own is None else sum(team(other) == own for other in above)


def _better_swapped(one: list[T], other: list[T], row: int, team: Callable[[T], str | None]) -> bool:
    now = _mates(one[row], one[:row], team), _mates(other[row], other[:row], team)
    then = _mates(other[row], one[:row], team), _mates(one[row], other[:row], team)
    return then[0] < now[0] and then[1] <= now[1]


def seeded_heats(ranking: Sequence[T], heats: int, team: Callable[[T], str | None], draw: Draw) -> list[list[T]]:
    """Heats in the order in which they are run, which is drawn by lot once they are composed (R27)."""
    return draw.order(apart(zigzag(ranking, heats), team), "heat order")
