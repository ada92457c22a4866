"""The crossings of a whole heat in columns: the bulk form of `lap_line.passed_by`, and who was where among the others.

A field of 50,000 is put in order without an object for each runner; only those of a page are told in full.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.domain.units import Duration
from app.rules.rounding import round_up
from app.timing.columns import Ints
from app.timing.field import MISSING, NEVER
from app.timing.lap_line import line_of
from app.timing.race import Race
from app.timing.ranking import ordered, places_in_order
from app.timing.results import S
from app.timing.tally import Bools, uneven


@dataclass(frozen=True, slots=True)
class Crossings:
    """`at[j, i]` is when the runner of `slots[i]` crossed point j, else MISSING; the start is no crossing.

    The finish is as the officials have it. `gun` is 0 where there was none: then there is a finish at most.
    """

    race: Race
    slots: Ints
    at: Ints
    gun: Ints

    def in_running_order(self) -> Ints:
        """Slots: who has finished by place, the others by how far and then how early, who is out last (R104)."""
        status, finished = self.race.tally.status[self.slots], self.finished
        far, last = np.full(len(self.slots), -1), np.zeros(len(self.slots), np.int64)
        for j, at in enumerate(self.at):
            far, last = np.where(at == MISSING, far, j), np.where(at == MISSING, last, at)
        group = np.where(finished, 0, np.where((status == S.NONE) | (status == S.OK), 1, 2))
        rank = np.where(finished, self.race.heat_key[self.slots], -far)
        return self.slots[np.lexsort((last, rank, group))]

    @property
    def finished(self) -> Bools:
        """Who has an official finish."""
        if self.race.course.finish is None:
            return np.zeros(len(self.slots), np.bool_)
        finished: Bools = (self.race.tally.status[self.slots] == S.OK) & (self.at[self.race.course.finish] != MISSING)
        return finished


def crossings_of(race: Race, heat: int) -> Crossings:
    """Of all starters of the heat of this number in the race who have not withdrawn."""
    slots, course = np.flatnonzero((race.lineup.heat == heat) & ~race.withdrawn), race.course
    started = race.gun[slots] != MISSING
    gun, at = np.where(started, race.gun[slots], 0), race.times[:, slots].copy()
    at[:, ~started] = MISSING
    for i in uneven(course, race.gun[slots], at):
        for j, when, _ in line_of(course, gun.item(i), race.times[:, slots[i]]):
            at[j, i] = when
    if course.start is not None:
        at[course.start] = MISSING
    if course.finish is not None:
        elapsed, status = race.tally.elapsed[slots], race.tally.status[slots]
        official = (status == S.OK) & (elapsed != MISSING)
        at[course.finish] = np.where(official, gun + elapsed, at[course.finish])
    return Crossings(race, slots, at, gun)


@dataclass(frozen=True, slots=True)
class Abreast:
    """All who passed a point. Guests and who is out take no place, and at the finish nobody without a result."""

    place: Ints
    """By slot; 0 for none."""
    leader: int | None
    """The slot of the first by time and then by bib; at the finish by place."""
    first: Duration | None
    """The best official time."""
    first_at: int | None


def abreast(crossed: Crossings) -> list[Abreast]:
    """By index of the point."""
    return list(_abreast(crossed))


def _abreast(crossed: Crossings) -> Iterator[Abreast]:
    race, slots = crossed.race, crossed.slots
    status = race.tally.status[slots]
    counts = race.roster.ranked[race.lineup.entry[slots]] & (status != S.DQ) & (status != S.DNS)
    for j, at in enumerate(crossed.at):
        here = counts & (at != MISSING)
        rank = np.where(here, at - crossed.gun, NEVER)
        if j == race.course.finish:
            rank = np.where(here & crossed.finished, race.heat_key[slots], NEVER)
        order, place = ordered(rank), np.zeros(len(race), np.int64)
        place[slots] = places_in_order(rank, order)
        timed = np.flatnonzero(rank != NEVER)
        yield Abreast(
            place=place,
            leader=slots.item(order[0]) if len(order) else None,
            first=_first(crossed, j, timed),
            first_at=int(at[timed].min()) if len(timed) else None,
        )


def _first(crossed: Crossings, j: int, timed: Ints) -> Duration | None:
    """The best official time at a point; at the finish times may be taken with several methods."""
    race, elapsed = crossed.race, (crossed.at[j] - crossed.gun)[timed]
    course, method = race.course, race.tally.method[crossed.slots][timed]
    if j != course.finish:
        method = np.zeros_like(method)
    best = (round_up(Duration(int(elapsed[method == one].min())), course.units[one]) for one in set(method.tolist()))
    return min(best, default=None)
