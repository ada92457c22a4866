"""The results of an event over all of its rounds, in columns: what standings are made of."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from app.domain.ids import HeatId
from app.timing.columns import Ints
from app.timing.field import MISSING, NEVER
from app.timing.grade import by_chip, too_close
from app.timing.lap_line import line_of
from app.timing.race import Race
from app.timing.ranking import ordered, places_in_order
from app.timing.results import At, S
from app.timing.roster import Roster
from app.timing.tally import Bools, uneven

_COPIED: Final = ("status", "state", "elapsed", "gun_us", "net_us", "method", "flags")


class EventResults:
    """By index in the roster. Nothing in it changes once it is made."""

    def __init__(self, roster: Roster, races: Sequence[Race], seq: int) -> None:
        self.roster, self.seq = roster, seq
        n, points = len(roster), len(roster.course.points)
        self.status, self.state, self.method, self.flags = (np.zeros(n, np.int64) for _ in range(4))
        self.flags += roster.role_flags
        self.elapsed, self.gun_us, self.net_us, self.gun = (np.full(n, MISSING) for _ in range(4))
        self.times, self.error = np.full((points, n), MISSING), np.zeros(n, np.int64)
        self.key, self.round = np.full(n, NEVER), np.full(n, -1)
        self.heat = np.full(n, -1)
        self.heats: list[HeatId] = []
        self.rules: dict[int, str] = {}
        self.proposed: dict[int, set[int]] = {}
        """The points whose crossing is only proposed."""
        self.state[roster.withdrawn], self.status[roster.withdrawn] = At.WITHDRAWN, S.DNS
        self.names = list(dict.fromkeys(race.lineup.round for race in races))
        """Of the rounds that were drawn, in running order: what `round` counts."""
        for race in races:
            self._take(race, self.names.index(race.lineup.round))
        self.rounds = len(self.names)
        self.unplaced: Bools = (self.round > 0) & (self.key == NEVER) & roster.ranked
        """Starters of a later round without a place in it, or without one yet: it stays free for nobody out before."""
        self._combine(len(races) > 1)

    def _take(self, race: Race, number: int) -> None:
        entry, tally = race.lineup.entry, race.tally
        for name in _COPIED:
            getattr(self, name)[entry] = getattr(tally, name)
        self.times[:, entry], self.gun[entry], self.key[entry] = race.times, race.gun, race.key
        self._propose(race)
        self.round[entry], self.error[entry] = number, race.chip_error
        self.heat[entry] = race.lineup.heat + len(self.heats)
        self.heats += race.lineup.heats
        self.rules = {r: rule for r, rule in self.rules.items() if race.lineup.slot_of_entry[r] < 0}
        self.rules |= {entry.item(slot): rule for slot, rule in tally.rule.items()}

    def _propose(self, race: Race) -> None:
        """Crossings that were probably not read stand half way and move those behind them on; no finish is (R102)."""
        self.proposed = {r: points for r, points in self.proposed.items() if race.lineup.slot_of_entry[r] < 0}
        for slot in uneven(race.course, race.gun, race.times):
            r, line = race.lineup.entry.item(slot), line_of(race.course, race.gun.item(slot), race.times[:, slot])
            self.proposed[r] = {one.point for one in line if one.proposed}
            for j, at, _ in line:
                if j != race.course.finish:
                    self.times[j, r] = at

    def _combine(self, several: bool) -> None:
        """Who was in a later round is ahead of all who were not, and keeps a place of it even without a result."""
        if not several:
            return
        key = np.where(self.unplaced, NEVER - 1, self.key)
        has = np.flatnonzero(key != NEVER)
        order = has[np.lexsort((key[has], -self.round[has]))]
        changed = np.ones(len(order), np.bool_)
        changed[1:] = (key[order][1:] != key[order][:-1]) | (self.round[order][1:] != self.round[order][:-1])
        self.key = np.full(len(key), NEVER)
        self.key[order] = np.cumsum(changed)

    @cached_property
    def order(self) -> Ints:
        return ordered(self.key)

    def places(self, group: Ints | None = None) -> Ints:
        places = places_in_order(self.key, self.order, group)
        if self.rounds > 1:
            places[self.unplaced] = 0
        return places

    @cached_property
    def close(self) -> Bools:
        """Whose margin to a neighbour in the order is within the error of the readers."""
        chips = by_chip(self.method, self.flags, self.elapsed) & ~self.unplaced
        return too_close(self.order, self.round, self.elapsed, chips, self.error)

    # ── splits ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def origin(self) -> Ints:
        """Where the clock that ranks begins: at the start read where there is one and net times rank, else the gun."""
        course = self.roster.course
        if self.roster.spec.ranking == "net" and course.start is not None and len(course.points):
            return np.where(self.times[0] == MISSING, self.gun, np.maximum(self.times[0], self.gun))
        return self.gun

    def split(self, j: int) -> Ints:
        """Elapsed of everyone at point j, MISSING where none; at the finish the official time of who has one there."""
        read = np.where((self.times[j] == MISSING) | (self.gun == MISSING), MISSING, self.times[j] - self.origin)
        return np.where(self.finished, self.elapsed, read) if j == self.roster.course.finish else read

    @cached_property
    def finished(self) -> Bools:
        """Whose split at the finish is the official time, whatever the mat saw there."""
        finish = self.roster.course.finish
        if finish is None:
            return np.zeros(len(self.status), np.bool_)
        out: Bools = (self.status == S.OK) & (self.elapsed != MISSING) & (self.times[finish] != MISSING)
        return out

    def split_key(self, j: int) -> Ints:
        elapsed = self.split(j)
        counts = (elapsed != MISSING) & self.roster.ranked & (self.status != S.DQ) & (self.status != S.DNS)
        return np.where(counts, elapsed, NEVER)

    @cached_property
    def split_places(self) -> list[Ints]:
        keys = [self.split_key(j) for j in range(len(self.roster.course.points))]
        return [places_in_order(key, ordered(key)) for key in keys]
