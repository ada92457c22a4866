"""One round of an event as it stands: spans, passings and results of every starter, in columns.

`refresh` makes all of it anew from the columns of reads; `runner` does the same for one runner, by the obvious
definitions. Both give the same, and a property test says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.domain.ids import RegistrationId
from app.domain.state import Evaluation, Heat, MeetState
from app.rules.rounding import round_up
from app.timing import heard
from app.timing.columns import Ints
from app.timing.course import LONGEST, Course, Span
from app.timing.decisions import Said, decide
from app.timing.field import MISSING, NEVER, Bound, Column, Spans, choose_all
from app.timing.grade import error_at
from app.timing.order import Placed, in_order
from app.timing.penalties import Penalty, penalties_of
from app.timing.results import By, Outcome, S
from app.timing.roster import Lineup, Roster
from app.timing.tally import Bools, Tally, tally

NOBODY: Final = -1


def _none() -> Ints:
    return np.empty(0, np.int64)


@dataclass(slots=True)
class Race:
    """`gun`, `opens` and `ends` by slot: MISSING, NEVER and NEVER where there was no gun."""

    roster: Roster
    lineup: Lineup
    athlete: Ints = field(init=False)
    withdrawn: Bools = field(init=False)
    """Who has given up the entry: no read is theirs."""
    gun: Ints = field(default_factory=_none)
    guns: Ints = field(default_factory=_none)
    """Of its heats, the first one first."""
    opens: Ints = field(default_factory=_none)
    ends: Ints = field(default_factory=_none)
    closed: Bools = field(default_factory=lambda: np.empty(0, np.bool_))
    times: Ints = field(default_factory=lambda: np.empty((0, 0), np.int64))
    latest: Ints = field(default_factory=lambda: np.empty((0, 0), np.int64))
    """By place and slot, the last read inside the span."""
    tally: Tally = field(default_factory=Tally.nothing)
    key: Ints = field(default_factory=_none)
    """What ranks over the round: smaller is ahead, equal is a tie, NEVER for who has no place."""
    heat_key: Ints = field(default_factory=_none)
    """The same inside a heat, where a judge may separate more."""
    judged: bool = False
    """Whether places depend on more than each runner's own time."""
    evaluations: dict[int, Evaluation] = field(default_factory=dict)
    said: dict[int, list[Said]] = field(default_factory=dict)
    """Rulings, and what follows from other facts, by slot in log order."""
    running: list[Heat] = field(default_factory=list)
    """Its heats, as they were when decisions were last collected."""
    chip_error: int = 0
    """How far a time of the readers at the finish may be off."""
    by_hand: dict[int, list[int]] = field(default_factory=dict)
    """Times taken by hand at the line, by slot, where the bib is known."""
    estimated: dict[int, list[int]] = field(default_factory=dict)
    """Crossings of the line that no reader saw and an official confirmed (R102)."""
    own_ends: Ints | None = None
    stale: bool = True
    next_change: int = NEVER
    """The instant at which the passing of time alone makes somebody a DNS or DNF."""

    @property
    def course(self) -> Course:
        return self.roster.course

    def __len__(self) -> int:
        return len(self.lineup)

    def heats(self, state: MeetState) -> list[Heat]:
        return [state.heats[id] for id in self.lineup.heats]

    def __post_init__(self) -> None:
        self.athlete = self.roster.athlete[self.lineup.entry]
        self.withdrawn = self.roster.withdrawn[self.lineup.entry]

    def start_seq(self, state: MeetState, slot: int) -> int:
        """The log position of the start signal that counts for a runner."""
        start = state.heats[self.lineup.heats[self.lineup.heat[slot]]].now.start
        return start[0] if start else 0

    def was_absent(self, state: MeetState, slot: int) -> bool:
        """Whether the last word of the officials on a runner is that there was no start."""
        return heard.was_absent(self.heats(state), self.roster.entries[self.lineup.entry[slot]].entry.registration)

    def set_spans(self, state: MeetState) -> None:
        """From the guns and closings of its own heats; other heats of the same runners may `cut` them further."""
        guns, ends, closed = [], [], []
        for heat in self.heats(state):
            start, end = heat.now.start, heat.now.closed_at
            gun = int(start[1].at) if start else MISSING
            guns.append(gun)
            ends.append(min(NEVER if end is None else int(end), gun + LONGEST if start else NEVER))
            closed.append(end is not None)
        heat_of = self.lineup.heat
        self.guns = np.array(sorted({gun for gun in guns if gun != MISSING}), np.int64)
        self.gun, self.ends = np.array(guns, np.int64)[heat_of], np.array(ends, np.int64)[heat_of]
        self.own_ends = self.ends
        self.closed = np.array(closed, np.bool_)[heat_of]
        self.opens = np.where(self.gun == MISSING, NEVER, self.gun - self.course.before)

    def cut(self, slot: int, at: int) -> None:
        """What a runner does from `at` on belongs to another race."""
        if self.ends is self.own_ends:
            self.ends = self.ends.copy()
        self.ends[slot] = min(int(self.ends[slot]), at)

    def span(self, slot: int) -> Span:
        return Span(self.gun.item(slot), self.opens.item(slot), self.ends.item(slot))

    @property
    def _spans(self) -> Spans:
        return Spans(_bound(self.gun, MISSING), _bound(self.opens, NEVER), _bound(self.ends, NEVER))

    # ── all runners ──────────────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self, state: MeetState, columns: Sequence[Sequence[Column]], known: int) -> None:
        """Everything anew. `columns` has the reads of each place of the course; `known` is what the log knows of
        the time of day.
        """
        chosen = choose_all(self.course, len(self), self._spans, columns)
        self.times, self.latest = chosen.times, chosen.latest
        start_closed, over = self._lateness(known)
        ghost, mismatch = self._ghosts(chosen.latest), self._mismatches(columns)
        by_hand = self._finished_by_hand()
        self.tally = tally(self.course, self.gun, self.times, ghost, mismatch, start_closed, over, by_hand)
        self.tally.flags += self.roster.role_flags[self.lineup.entry]
        self._hear(state)
        decided = self._decided()
        if decided:
            base = self.tally.outcomes() if 2 * len(decided) > len(self) else self.tally
            for slot in decided:
                self.tally[slot] = self.decided(slot, base[slot])
        self.rank()
        self.stale = False

    def _lateness(self, known: int) -> tuple[Bools, Bools]:
        """For whom the start has closed, and for whom the race is over (R65)."""
        running: Bools = self.gun != MISSING
        self.next_change = NEVER
        if not running.any():
            return running, running
        starts, ends = self.gun + self.course.start_closes, self.gun + self.course.all_in
        waiting = np.concatenate([starts, ends])[np.tile(running & ~self.closed, 2)]
        later = waiting[waiting > known]
        if len(later):
            self.next_change = int(later.min())
        return running & (self.closed | (known >= starts)), running & (self.closed | (known >= ends))

    def _ghosts(self, latest: Ints) -> Bools:
        ghost: Bools = np.zeros(len(self), np.bool_)
        for j in self.course.lone_mids:
            ghost |= (self.times[j] == MISSING) & (latest[self.course.place_of[j]] >= self.gun)
        return ghost

    def _mismatches(self, columns: Sequence[Sequence[Column]]) -> Bools:
        """Who crossed the start after the gun of a later wave, or only before the window of the own one (R61)."""
        guns = self.guns
        n, nobody = len(self), np.zeros(len(self), np.bool_)
        if len(guns) < 2 or self.course.start is None:
            return nobody
        started = self.times[0] != MISSING
        following = np.append(guns, NEVER)[np.searchsorted(guns, self.gun, side="right")]
        late = started & (self.times[0] >= following)
        early = np.zeros(n + 1, np.bool_)
        for column in columns[self.course.place_of[0]]:
            opens = np.append(self.opens, MISSING).take(column.slot)
            early[column.slot[(column.at >= guns[0] - self.course.before) & (column.at < opens)]] = True
        mismatched: Bools = late | (~started & early[:n] & (self.gun != MISSING))
        return mismatched

    def _finished_by_hand(self) -> Bools:
        """Whose chosen finish was taken at the line."""
        out: Bools = np.zeros(len(self), np.bool_)
        for slot, ats in self.by_hand.items():
            out[slot] = self.course.finish is not None and self.times.item(-1, slot) in ats
        return out

    def _hear(self, state: MeetState) -> None:
        self.running, course = self.heats(state), self.course
        finish = course.places[course.place_of[-1]] if course.finish is not None else None
        self.chip_error = error_at(finish, list(state.sources.values()), course.rules.timing.chip_errors)
        self.evaluations = heard.evaluations(self.running, self.slot_of)
        self.said = heard.said(self.running, self.penalties(state), self.slot_of)

    def penalties(self, state: MeetState) -> dict[RegistrationId, list[Penalty]]:
        """What follows from false starts, cards and steps over a line."""
        return penalties_of(state, state.events[self.roster.event], self.heats(state), self.course.rules)

    def hear_line_times(self, state: MeetState) -> None:
        heats = self.heats(state)
        self.by_hand = heard.times_at_line(heats, self.slot_of)
        self.estimated = heard.crossings_confirmed(heats, self.slot_of)

    def slot_of(self, registration: RegistrationId) -> int | None:
        """Where a registration stands here; None where it does not start."""
        entry = self.roster.index.get(registration)
        slot = NOBODY if entry is None else int(self.lineup.slot_of_entry[entry])
        return None if slot == NOBODY else slot

    def _decided(self) -> set[int]:
        return {*self.evaluations, *self.said, *map(int, np.flatnonzero(self.withdrawn))}

    def decided(self, slot: int, base: Outcome) -> Outcome:
        """A result by the mats alone, after all that officials read and ruled."""
        said = self.said.get(slot, ())
        if slot in self.evaluations or said or self.withdrawn[slot]:
            one = self.roster.entries[self.lineup.entry[slot]]
            went_off = self._went_off(slot, one.entry.registration) if one.withdrawn_seq or said else 0
            return decide(self.course, base, self.evaluations.get(slot), said, one.withdrawn_seq, went_off)
        return base

    def _went_off(self, slot: int, id: RegistrationId) -> int:
        heat = self.lineup.heat.item(slot)
        return self.running[heat].running_of(id).went_off

    # ── order ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def rank(self) -> None:
        out = self.tally
        has_place = (out.status == S.OK) & (out.elapsed != MISSING) & self.roster.ranked[self.lineup.entry]
        self.key = self.heat_key = np.where(has_place, out.elapsed, NEVER)
        self.judged = bool((out.method[has_place] != By.TRANSPONDER).any())
        if self.judged:
            runners = self._runners(np.flatnonzero(has_place))
            self.key = self.heat_key = self._positions([runners])
            if len(self.lineup.heats) > 1:
                self.heat_key = self._positions(self._by_heat(runners))

    def _positions(self, groups: Iterable[Sequence[Placed]]) -> Ints:
        """Of each runner within its group; NEVER for who has none."""
        key = np.full(len(self), NEVER)
        found = [item for group in groups for item in in_order(group).items()]
        if found:
            slots, positions = zip(*found, strict=True)
            key[list(slots)] = positions
        return key

    def _by_heat(self, runners: Iterable[Placed]) -> Iterable[Sequence[Placed]]:
        heats: list[list[Placed]] = [[] for _ in self.lineup.heats]
        for runner in runners:
            heats[runner.heat].append(runner)
        return heats

    def own_key(self, slot: int, out: Outcome) -> int:
        """What one runner ranks by where places follow from the time alone."""
        if out.status != S.OK or out.elapsed is None or not self.roster.ranked[self.lineup.entry[slot]]:
            return NEVER
        return out.elapsed

    def time_key(self) -> Ints:
        """Microseconds for who has a place, without a judge's word; NEVER for the others."""
        return np.where(self.key == NEVER, NEVER, self.tally.elapsed)

    def _runners(self, slots: Ints) -> list[Placed]:
        spec, course, heats = self.roster.spec, self.course, self.lineup.heat[slots].tolist()
        times, methods = self.tally.elapsed[slots].tolist(), self.tally.method[slots].tolist()
        out = []
        for slot, heat, elapsed, method in zip(slots.tolist(), heats, times, methods, strict=True):
            by_image = method == By.PHOTO_FINISH and spec.surface == "track"
            evaluation = self.evaluations.get(slot)
            out.append(
                Placed(
                    slot=slot,
                    heat=heat,
                    time_key=round_up(elapsed, course.image) if by_image else elapsed,
                    mark=(method, round_up(elapsed, course.units[method])),
                    judge=evaluation.reading.place if evaluation else None,
                )
            )
        return out


def _bound(values: Ints, nobody: int) -> Bound:
    """One number where all runners share it, else one for each and one for nobody."""
    if len(values) and (values == values[0]).all():
        return int(values[0])
    return np.append(values, nobody)
