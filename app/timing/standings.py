"""The standings of an event: one line for each registration, from the last round that it starts in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from app.domain.facts import Status
from app.domain.ids import AthleteId, Bib, HeatId, RegistrationId
from app.domain.meet import Role, Sex
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.rounding import round_up
from app.timing.columns import Ints
from app.timing.course import Course
from app.timing.field import MISSING, NEVER
from app.timing.grade import Grade, by_chip, graded, resolution, too_close
from app.timing.race import Race
from app.timing.ranking import ordered, places_in_order
from app.timing.results import STATES, STATUSES, At, By, Flag, S, flag_names
from app.timing.roster import Roster
from app.timing.tally import Bools


@dataclass(frozen=True, slots=True)
class Split:
    """Elapsed at a point, on the clock that ranks. `place`: among all who were read there."""

    point: str
    elapsed_us: int
    mark: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One registration. Everything that is not known yet, or does not apply, is None."""

    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    role: Role
    sex: Sex
    category: str | None
    wave: str | None
    heat: HeatId | None
    place: int | None
    place_sex: int | None
    place_category: int | None
    status: Status | None
    state: str
    elapsed_us: int | None
    mark: str | None
    gun_us: int | None
    net_us: int | None
    splits: tuple[Split, ...]
    flags: tuple[str, ...]
    start_us: int | None = None
    """From the gun to the read at the start; 0 before the gun, None without a read."""
    gap_us: int | None = None
    """Behind the first, by official times (R51); None without a place, and over several rounds."""
    timed_by: Grade | None = None
    resolution_us: int | None = None


_COPIED: Final = ("status", "state", "elapsed", "gun_us", "net_us", "method", "flags")


class Sheet:
    """All results of an event in columns, by index in the roster. Nothing in it changes once it is made."""

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
        self.state[roster.withdrawn], self.status[roster.withdrawn] = At.WITHDRAWN, S.DNS
        rounds = list(dict.fromkeys(race.lineup.round for race in races))
        for race in races:
            self._take(race, rounds.index(race.lineup.round))
        self.rounds = len(rounds)
        self._combine(sum(1 for _ in races) > 1)

    def _take(self, race: Race, number: int) -> None:
        entry, tally = race.lineup.entry, race.tally
        for name in _COPIED:
            getattr(self, name)[entry] = getattr(tally, name)
        self.times[:, entry], self.gun[entry], self.key[entry] = race.times, race.gun, race.key
        self.round[entry], self.error[entry] = number, race.chip_error
        self.heat[entry] = race.lineup.heat + len(self.heats)
        self.heats += race.lineup.heats
        for slot, rule in tally.rule.items():
            self.rules[int(entry[slot])] = rule

    def _combine(self, several: bool) -> None:
        """Who ran in a later round is ahead of all who did not; who may still get a place there keeps one free."""
        if not several:
            return
        waiting = self.pending
        key = np.where(waiting, NEVER - 1, self.key)
        has = np.flatnonzero(key != NEVER)
        order = has[np.lexsort((key[has], -self.round[has]))]
        changed = np.ones(len(order), np.bool_)
        changed[1:] = (key[order][1:] != key[order][:-1]) | (self.round[order][1:] != self.round[order][:-1])
        self.key = np.full(len(key), NEVER)
        self.key[order] = np.cumsum(changed)

    @cached_property
    def pending(self) -> Bools:
        """Starters of a round after the first who have no result yet."""
        waiting: Bools = (self.round > 0) & (self.status == S.NONE) & self.roster.ranked
        return waiting

    @cached_property
    def order(self) -> Ints:
        return ordered(self.key)

    def places(self, group: Ints | None = None) -> Ints:
        places = places_in_order(self.key, self.order, group)
        if self.rounds > 1:
            places[self.pending] = 0
        return places

    @cached_property
    def close(self) -> Bools:
        """Whose margin to a neighbour in the order is within the error of the readers."""
        chips = by_chip(self.method, self.flags, self.elapsed)
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
        """Elapsed of everyone at point j, MISSING where none."""
        return np.where((self.times[j] == MISSING) | (self.gun == MISSING), MISSING, self.times[j] - self.origin)

    def split_key(self, j: int) -> Ints:
        elapsed = self.split(j)
        counts = (elapsed != MISSING) & self.roster.ranked & (self.status != S.DQ) & (self.status != S.DNS)
        return np.where(counts, elapsed, NEVER)

    @cached_property
    def split_places(self) -> list[Ints]:
        keys = [self.split_key(j) for j in range(len(self.roster.course.points))]
        return [places_in_order(key, ordered(key)) for key in keys]


class StandingsTable:
    """Lines in the order of a results sheet (R46), places filled in. Immutable."""

    def __init__(self, sheet: Sheet, point: int | None = None, sex: str | None = None, category: str | None = None):
        self.sheet, self.roster, self.seq = sheet, sheet.roster, sheet.seq
        self._point = point
        if point is None:
            self.place, self.place_sex, self.place_category = (
                sheet.places(),
                sheet.places(self.roster.sex),
                sheet.places(self.roster.category),
            )
        else:
            key = sheet.split_key(point)
            order = ordered(key)
            self.place, self.place_sex, self.place_category = (
                places_in_order(key, order, group) for group in (None, self.roster.sex, self.roster.category)
            )
        self._lines = self._ordered(sex, category)

    def __len__(self) -> int:
        return len(self._lines)

    def rows(self, start: int, stop: int) -> list[Standing]:
        """Lines `start` (from 0, included) to `stop` (excluded)."""
        return [self.line(int(entry)) for entry in self._lines[start:stop]]

    def moved_since(self, before: "StandingsTable") -> list[tuple[Standing, Standing]]:
        """(line before, line now) where place, time or status is another, in the order of now, without splits.

        Both are of the same event and hold the same registrations.
        """
        was, now = before.sheet, self.sheet
        same = (self.place == before.place) & (now.elapsed == was.elapsed) & (now.status == was.status)
        same &= now.method == was.method
        if self.roster.course.units != before.roster.course.units:
            same[:] = False
        return [
            (before.line(int(r), splits=False), self.line(int(r), splits=False))
            for r in self._lines[~same[self._lines]]
        ]

    def find(self, registration: RegistrationId) -> Standing:
        """The line of one registration, filtered out or not; KeyError if it is in another event."""
        return self.line(self.roster.index[registration])

    def _ordered(self, sex: str | None, category: str | None) -> Ints:
        """Block by block: racing, DNF and out of competition by how far and how fast, the others by bib (R46)."""
        sheet = self.sheet
        status, out = sheet.status, ~self.roster.ranked
        seen = np.full(len(status), -1)
        for j in self.roster.course.later:
            seen = np.where(sheet.times[j] != MISSING, j, seen)
        racing = (sheet.state == At.STARTED) | (seen >= 0)
        of = {name: number for number, name in enumerate(self.roster.course.rules.order.blocks)}
        block = np.select(
            [self.place > 0, status == S.DNS, out & racing, status == S.DQ, status == S.DNF, racing],
            [of["placed"], of["DNS"], of["guest"], of["DQ"], of["DNF"], of["racing"]],
            of["entered"],
        )
        last = np.take_along_axis(sheet.times, np.maximum(seen, 0)[None], axis=0)[0] if len(sheet.times) else seen
        since = np.clip(np.where(seen >= 0, last - sheet.gun, 0), 0, 2**44)
        far = ((len(sheet.times) - seen) << 45) + since
        by_far = np.isin(block, [of["racing"], of["DNF"], of["guest"]])
        within = np.select([block == of["placed"], by_far], [self.place, far], 0)
        lines = np.argsort((block << 58) + within, kind="stable")
        if sex is not None:
            lines = lines[np.array([s == sex for s in self.roster.sexes], np.bool_)[lines]]
        if category is not None:
            lines = lines[np.array([c == category for c in self.roster.categories], np.bool_)[lines]]
        return lines

    def line(self, r: int, *, splits: bool = True) -> Standing:
        sheet, entry = self.sheet, self.roster.entries[r].entry
        heat = int(sheet.heat[r])
        elapsed, method, flags = _optional(sheet.elapsed[r]), int(sheet.method[r]), int(sheet.flags[r])
        if self._point is not None:
            elapsed, method = _optional(sheet.split(self._point)[r]), By.TRANSPONDER
            flags &= ~(Flag.AT_LINE | Flag.TIME_RULED)
        elif sheet.close[r]:
            flags |= Flag.TOO_CLOSE
        return Standing(
            registration=entry.registration,
            athlete=entry.athlete,
            bib=entry.bib,
            role=entry.role,
            sex=self.roster.sexes[r],
            category=self.roster.categories[r],
            wave=entry.wave,
            heat=sheet.heats[heat] if heat >= 0 else None,
            place=int(self.place[r]) or None,
            place_sex=int(self.place_sex[r]) or None,
            place_category=int(self.place_category[r]) or None,
            status=STATUSES[sheet.status[r]],
            state=STATES[sheet.state[r]],
            elapsed_us=elapsed,
            mark=None if elapsed is None else official(self.roster.course, elapsed, method),
            gun_us=_optional(sheet.gun_us[r]),
            net_us=_optional(sheet.net_us[r]),
            splits=self._splits(r) if splits else (),
            flags=flag_names(flags),
            timed_by=None if elapsed is None else graded(self.roster.course, method, flags),
            resolution_us=None
            if elapsed is None
            else resolution(self.roster.course, method, flags, int(sheet.error[r])),
            start_us=self._start(r),
            gap_us=None if elapsed is None or not self.place[r] else self._gap(r),
        )

    def _start(self, r: int) -> int | None:
        sheet = self.sheet
        if self.roster.course.start is None or MISSING in (sheet.gun[r], sheet.times[0, r]):
            return None
        return max(0, int(sheet.times[0, r] - sheet.gun[r]))

    def _official(self, r: int) -> int:
        """The official time of somebody who has one, at the point that ranks."""
        sheet, units = self.sheet, self.roster.course.units
        if self._point is not None:
            return round_up(Duration(int(sheet.split(self._point)[r])), units[By.TRANSPONDER])
        return round_up(Duration(int(sheet.elapsed[r])), units[int(sheet.method[r])])

    def _gap(self, r: int) -> int | None:
        """To the first; across rounds, where times are not of one race, there is none."""
        return None if self._first is None or self.sheet.rounds > 1 else self._official(r) - self._first

    @cached_property
    def _first(self) -> int | None:
        """The best official time of those in first place: the judge's word may have put several there."""
        timed = self.sheet.elapsed if self._point is None else self.sheet.split(self._point)
        return min(
            (self._official(int(r)) for r in np.flatnonzero((self.place == 1) & (timed != MISSING))), default=None
        )

    def _splits(self, r: int) -> tuple[Split, ...]:
        sheet, course = self.sheet, self.roster.course
        if sheet.gun[r] == MISSING:
            return ()
        origin, out = int(sheet.origin[r]), []
        for j in course.later:
            if sheet.times[j, r] != MISSING:
                elapsed = int(sheet.times[j, r]) - origin
                place = int(sheet.split_places[j][r]) or None
                out.append(Split(course.points[j].name, elapsed, written(course, elapsed), place))
        return tuple(out)


def official(course: Course, elapsed: int, method: int) -> str | None:
    """The official mark; None where times taken so are not official (R5)."""
    return written(course, elapsed, method) if course.official[method] else None


def written(course: Course, elapsed: int, method: int = By.TRANSPONDER) -> str:
    """A time as printed (R2, R19)."""
    return mark(Duration(elapsed), course.units[method], hand=method == By.HAND)


def _optional(value: np.int64) -> int | None:
    return None if value == MISSING else int(value)
