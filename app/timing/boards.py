"""Keeps the boards of a meet in step with its log: what facts and reads put out of date is made anew when asked for.

A few new reads renew the runners they belong to, many make their races anew in bulk: both give the same.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from app.domain.facts import Recorded
from app.domain.ids import EventId, HeatId
from app.domain.reads import ReadRows
from app.domain.refusals import NotFound
from app.domain.state import MeetState
from app.timing.board import Board
from app.timing.columns import Row
from app.timing.evidence import Evidence
from app.timing.owners import Owners
from app.timing.passings import Seen
from app.timing.race import Race
from app.timing.results import By
from app.timing.roster import Lineup, Roster, make_lineups, make_roster
from app.timing.runner import renew, step
from app.timing.stale import Stale

FEW: Final = 300
"""So many reads at once are applied runner by runner; more make their races anew."""


class Boards:
    """`known` is what all boards rest on."""

    def __init__(self) -> None:
        self.known = Evidence(MeetState())
        self.boards: dict[EventId, Board] = {}
        self._stale = Stale()
        self._behind = False
        """Whether owners and the clock have not seen all reads yet."""
        self._unread: dict[int, int] = {}
        """By bucket, the first row of those that came in bulk."""

    @property
    def nbytes(self) -> int:
        state, by_tag = self.known.state, self.known.by_tag
        index = by_tag.nbytes if by_tag else 0
        # Lists: it is asked without the meet's lock, while another thread may add an event.
        people = sum(len(board.roster) for board in list(self.boards.values()))
        # The log holds what was announced word for word: megabytes, where the other facts are small.
        announced = sum(len(one.content) for event in list(state.events.values()) for _, one in event.publications)
        return self.known.log.nbytes + index + 2_000 * people + 1_500 * len(state.log) + announced

    def note(self, facts: list[Recorded], before: int) -> None:
        self._stale.note(facts, self.known.state, before)

    def add(self, run: ReadRows) -> None:
        if self._stale.pending or self._behind or len(run.rows) > FEW:
            self._add_many(run)
            return
        if len(run.rows) == 1:
            for race, slot, seen in self._add_one(run.rows[0], run):
                self._renew(race, slot, [seen])
            return
        touched: dict[tuple[int, int], tuple[Race, int, list[Seen]]] = {}
        for row in run.rows:
            for race, slot, seen in self._add_one(row, run):
                touched.setdefault((id(race), slot), (race, slot, []))[2].append(seen)
        for race, slot, news in touched.values():
            self._renew(race, slot, news)

    def copy_reads(self, other: "Boards") -> None:
        self.known.log = other.known.log.copy()
        self._stale.owners = self._stale.pending = self._behind = True

    def _add_many(self, run: ReadRows) -> None:
        log, self._behind, self.known.by_tag = self.known.log, True, None
        sizes = {bucket.number: len(bucket) for bucket in log.buckets}
        log.extend(run)
        for bucket in log.buckets:
            size = sizes.get(bucket.number, 0)
            if len(bucket) > size:
                self._unread.setdefault(bucket.number, size)

    def _add_one(self, row: Row, run: ReadRows) -> list[tuple[Race, int, Seen]]:
        """Whom the read may concern, as they would see it."""
        known = self.known
        read = known.log.add(row, run)
        if known.by_tag is not None:
            known.by_tag.note(read)
        known.owners.sync(known.state, known.log.tags, known.numbers)
        bucket, _, tag, reported = read
        place, offset, main = known.spot(bucket)
        at = reported + offset
        known.clock.saw(at, bucket)
        return [
            (race, slot, Seen(at, k, main))
            for athlete in known.owners.of(tag, at)
            for race, slot in known.homes(athlete)
            if (k := race.course.place_index.get(place)) is not None and not race.stale
        ]

    def _renew(self, race: Race, slot: int, news: list[Seen]) -> None:
        known, before, judged = self.known, race.key.item(slot), race.judged
        board = self.boards[race.roster.event]
        out = None
        runs_for_a_team = race.roster.spec.relay_legs > 1 or race.athlete.item(slot) in known.legs
        if len(news) == 1 and not known.owners.shared and not runs_for_a_team:
            out = step(race, slot, news[0], known.clock.known)
        if out is None:
            out = renew(race, slot, known.reads_of(race, slot), known.clock.known)
        if judged or out.method != By.TRANSPONDER:
            race.rank()
            board.changed()
        else:
            race.key[slot] = after = race.own_key(slot, out)
            board.moved(race, slot, before, after)

    # ── catching up with decisions ───────────────────────────────────────────────────────────────────────────────────

    def settle(self) -> None:
        """Make ready what decisions and many reads left out of date; results follow race by race."""
        known, stale = self.known, self._stale
        if stale.pending:
            if stale.owners:
                known.number_athletes()
                known.owners, known.by_tag = Owners(), None
            if self._reach_others(stale.lineups):
                stale.everything, stale.events = True, stale.events | stale.lineups
            self._make_rosters(stale)
            if stale.everything or stale.partings:
                known.part_spans(None if stale.all_rosters else stale.events)
            else:
                known.note_draws(stale.lineups)
            if stale.everything:
                self._rule_conflicts()
                known.clock.restart(known.state)
            else:
                known.clock.hear(known.state)
            # Reads may be another race's from now on; without any, races stand by themselves.
            self.make_stale(None if stale.everything and known.log.buckets else stale.events)
            self._make_stale_around(stale.heats)
            self._stale, self._behind = Stale(), True
        if self._behind:
            known.owners.sync(known.state, known.log.tags, known.numbers)
            known.clock.catch_up(known.log, known.state.sources)
            self._races_of_unread_are_stale()
            self._behind = False

    def _races_of_unread_are_stale(self) -> None:
        """Reads that came in bulk concern the races of those whose tags they name, and of the teams they run for."""
        log, owners = self.known.log, self.known.owners
        tags = [bucket.tag[self._unread[bucket.number] :] for bucket in log.buckets if bucket.number in self._unread]
        self._unread.clear()
        if not tags:
            return
        read = np.zeros(len(self.known.athletes) + 1, np.bool_)
        for tag in tags:
            read[owners.plain.take(tag)] = True
        special = bool(owners.special)
        for board in self.boards.values():
            for race in board.races:
                race.stale |= special or bool(read[race.athlete].any())
        for athlete, runs in self.known.legs.of.items():
            for one in runs if read[athlete] else ():
                one.race.stale = True

    def make_stale(self, events: set[EventId] | None = None) -> None:
        """Some events, or all."""
        for id, board in self.boards.items():
            if events is None or id in events:
                for race in board.races:
                    race.stale = True

    def _make_stale_around(self, heats: set[HeatId]) -> None:
        for id in heats & self.known.state.heats.keys():
            board = self.boards[self.known.state.heats[id].event]
            for race in board.races:
                race.stale |= id in race.lineup.heats

    def _reach_others(self, events: set[EventId]) -> bool:
        """Whether another draw of these may change other races, as far as their own knew: reads belong elsewhere where
        a heat had started, what was ruled counts in later rounds, and runners of a relay have races of their own.
        """
        races = (race for id in events & self.boards.keys() for race in self.boards[id].races)
        return any(len(race.guns) or race.said or race.roster.spec.relay_legs > 1 for race in races)

    def _make_rosters(self, stale: Stale) -> None:
        for id in self.boards.keys() - self.known.state.events.keys():
            del self.boards[id]
        for id, event in self.known.state.events.items():
            board = self.boards.get(id)
            if board is None or stale.all_rosters or id in stale.rosters:
                roster, races = make_roster(self.known.state, event, self.known.numbers), []
            elif id in stale.lineups:
                roster, races = board.roster, board.races
            else:
                continue
            lineups = [] if event.withdrawn else make_lineups(event, roster, [race.lineup for race in races])
            self.boards[id] = Board(roster, [_race(roster, lineup, races) for lineup in lineups])
        self.known.races = {id: board.races for id, board in self.boards.items()}

    def _rule_conflicts(self) -> None:
        taken = {
            conflict.first_seq: (seq, conflict)
            for seq, conflict in sorted(self.known.state.conflicts.items())
            if (ruling := self.known.state.conflict_rulings.get(seq)) and ruling.take == "offered"
        }
        out = self.known.state.ruled_out
        if taken or out or self.known.log.voided:
            self.known.by_tag = None
            self.known.log.rule(taken, out)

    def board(self, event: EventId) -> Board:
        """The event with all its races up to date; `NotFound` if there is none."""
        self.settle()
        board = self.boards.get(event)
        if board is None:
            raise NotFound("event", event)
        for race in board.races:
            if race.stale or self.known.clock.known >= race.next_change:
                race.refresh(self.known.state, self.known.columns(race), self.known.clock.known)
                board.changed()
        return board

    def all_up_to_date(self) -> Evidence:
        self.settle()
        for event in self.boards:
            self.board(event)
        return self.known


def _race(roster: Roster, lineup: Lineup, before: Iterable[Race]) -> Race:
    """The one that has this lineup already, or a new one."""
    return next((race for race in before if race.lineup is lineup), None) or Race(roster, lineup)
