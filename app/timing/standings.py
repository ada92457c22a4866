"""The standings of an event: one line for each registration, from the last round that it starts in."""

from functools import cached_property

import numpy as np

from app.domain.ids import RegistrationId
from app.domain.units import Duration
from app.rules.rounding import round_up
from app.timing.columns import Ints
from app.timing.event_results import EventResults
from app.timing.field import MISSING
from app.timing.grade import graded, resolution
from app.timing.marks import official, written
from app.timing.ranking import ordered, places_in_order
from app.timing.results import STATES, STATUSES, At, By, Flag, S, flag_names
from app.timing.standing import Split, Standing


class StandingsTable:
    """Lines in the order of a results sheet (R46), places filled in. Immutable."""

    def __init__(
        self, results: EventResults, point: int | None = None, sex: str | None = None, category: str | None = None
    ):
        self.results, self.roster, self.seq = results, results.roster, results.seq
        self._point = point
        if point is None:
            self.place, self.place_sex, self.place_category = (
                results.places(),
                results.places(self.roster.sex),
                results.places(self.roster.category),
            )
        else:
            key = results.split_key(point)
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
        was, now = before.results, self.results
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
        results = self.results
        status, out = results.status, ~self.roster.ranked
        seen = np.full(len(status), -1)
        for j in self.roster.course.later:
            seen = np.where(results.times[j] != MISSING, j, seen)
        racing = (results.state == At.STARTED) | (seen >= 0)
        of = {name: number for number, name in enumerate(self.roster.course.rules.order.blocks)}
        block = np.select(
            [self.place > 0, status == S.DNS, out & racing, status == S.DQ, status == S.DNF, racing],
            [of["placed"], of["DNS"], of["guest"], of["DQ"], of["DNF"], of["racing"]],
            of["entered"],
        )
        last = np.take_along_axis(results.times, np.maximum(seen, 0)[None], axis=0)[0] if len(results.times) else seen
        since = np.clip(np.where(seen >= 0, last - results.gun, 0), 0, 2**44)
        far = ((len(results.times) - seen) << 45) + since
        by_far = np.isin(block, [of["racing"], of["DNF"], of["guest"]])
        within = np.select([block == of["placed"], by_far], [self.place, far])
        lines = np.argsort((block << 58) + within, kind="stable")
        if sex is not None:
            lines = lines[np.array([s == sex for s in self.roster.sexes], np.bool_)[lines]]
        if category is not None:
            lines = lines[np.array([c == category for c in self.roster.categories], np.bool_)[lines]]
        return lines

    def line(self, r: int, *, splits: bool = True) -> Standing:
        results, entry = self.results, self.roster.entries[r].entry
        heat = int(results.heat[r])
        elapsed, method, flags = _optional(results.elapsed[r]), int(results.method[r]), int(results.flags[r])
        if self._point is not None:
            elapsed, method = _optional(results.split(self._point)[r]), self._method(r, self._point)
            if not self._finished(r, self._point):
                flags &= ~(Flag.AT_LINE | Flag.TIME_RULED)
        elif results.close[r]:
            flags |= Flag.TOO_CLOSE
        return Standing(
            registration=entry.registration,
            athlete=entry.athlete,
            bib=entry.bib,
            role=entry.role,
            sex=self.roster.sexes[r],
            category=self.roster.categories[r],
            wave=entry.wave,
            round=results.names[results.round[r]] if heat >= 0 else None,
            heat=results.heats[heat] if heat >= 0 else None,
            place=int(self.place[r]) or None,
            place_sex=int(self.place_sex[r]) or None,
            place_category=int(self.place_category[r]) or None,
            status=STATUSES[results.status[r]],
            rule=results.rules.get(r),
            state=STATES[results.state[r]],
            elapsed_us=elapsed,
            mark=None if elapsed is None else self._mark(r, elapsed, method),
            gun_us=_optional(results.gun_us[r]),
            net_us=_optional(results.net_us[r]),
            splits=self._splits(r) if splits else (),
            flags=flag_names(flags),
            timed_by=None if elapsed is None else graded(self.roster.course, method, flags),
            resolution_us=None
            if elapsed is None
            else resolution(self.roster.course, method, flags, int(results.error[r])),
            start_us=self._start(r),
            gap_us=None if elapsed is None or not self.place[r] else self._gap(r),
        )

    def _start(self, r: int) -> int | None:
        results = self.results
        if self.roster.course.start is None or MISSING in (results.gun[r], results.times[0, r]):
            return None
        return max(0, int(results.times[0, r] - results.gun[r]))

    def _official(self, r: int) -> int:
        """The official time of somebody who has one, at the point that ranks."""
        results, units = self.results, self.roster.course.units
        if self._point is not None:
            return round_up(Duration(int(results.split(self._point)[r])), units[self._method(r, self._point)])
        return round_up(Duration(int(results.elapsed[r])), units[int(results.method[r])])

    def _method(self, r: int, j: int) -> int:
        """What the time at a point was taken with."""
        return int(self.results.method[r]) if self._finished(r, j) else By.TRANSPONDER

    def _finished(self, r: int, j: int) -> bool:
        return j == self.roster.course.finish and bool(self.results.finished[r])

    def _gap(self, r: int) -> int | None:
        """To the first; across rounds, where times are not of one race, there is none."""
        return None if self._first is None or self.results.rounds > 1 else self._official(r) - self._first

    @cached_property
    def _first(self) -> int | None:
        """The best official time of those in first place: the judge's word may have put several there."""
        timed = self.results.elapsed if self._point is None else self.results.split(self._point)
        return min(
            (self._official(int(r)) for r in np.flatnonzero((self.place == 1) & (timed != MISSING))), default=None
        )

    def _splits(self, r: int) -> tuple[Split, ...]:
        results, course = self.results, self.roster.course
        if results.gun[r] == MISSING:
            return ()
        origin, out = int(results.origin[r]), []
        for j in course.later:
            if results.times[j, r] != MISSING:
                elapsed = int(results.elapsed[r] if self._finished(r, j) else results.times[j, r] - origin)
                mark = written(course, elapsed, self._method(r, j))
                place = int(results.split_places[j][r]) or None
                out.append(Split(course.points[j].name, elapsed, mark + self._doubt(r, j), place))
        return tuple(out)

    def _mark(self, r: int, elapsed: int, method: int) -> str | None:
        text = official(self.roster.course, elapsed, method)
        return text if text is None or self._point is None else text + self._doubt(r, self._point)

    def _doubt(self, r: int, j: int) -> str:
        """A question mark while a crossing is only proposed (R102)."""
        return "?" if j in self.results.proposed.get(r, ()) else ""


def _optional(value: np.int64) -> int | None:
    return None if value == MISSING else int(value)
