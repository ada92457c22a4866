"""All that the races of a meet share: the decisions, the reads, and which runner of which race a read belongs to."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Final, NamedTuple

import numpy as np

from app.domain.ids import AthleteId, Bib, Chip, EventId
from app.domain.state import MeetState
from app.timing.clock import Clock, offset_of
from app.timing.columns import Bucket, Ints, ReadLog
from app.timing.field import MISSING, Column
from app.timing.index import ByTag, Found
from app.timing.legs import Legs, legs_of
from app.timing.owners import Owners
from app.timing.passings import Seen
from app.timing.race import Race

Home = tuple[Race, int]
"""A race and the slot in it."""
NOWHERE: Final = -1
SEVERAL: Final = -2


class Spot(NamedTuple):
    """The place and role of a source, and what is added to the times that it reports."""

    place: str
    offset: int
    main: bool


@dataclass(slots=True)
class Evidence:
    state: MeetState
    log: ReadLog = field(default_factory=ReadLog)
    owners: Owners = field(default_factory=Owners)
    clock: Clock = field(default_factory=Clock)
    races: dict[EventId, list[Race]] = field(default_factory=dict)
    numbers: dict[AthleteId, int] = field(default_factory=dict)
    athletes: list[AthleteId] = field(default_factory=list)
    by_tag: ByTag | None = None
    _legs: Legs = field(default_factory=Legs)
    _race_of: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    _slot_of: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """By athlete, the one race and slot: NOWHERE for who starts in none, SEVERAL for who starts in more."""
    _all_races: list[Race] = field(default_factory=list)
    _homes_known: bool = False
    _spots: dict[int, Spot] = field(default_factory=dict)

    def number_athletes(self) -> None:
        new = [id for id in self.state.athletes if id not in self.numbers]
        self.numbers.update(zip(new, count(len(self.athletes)), strict=False))
        self.athletes += new

    # ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def spot(self, bucket: Bucket) -> Spot:
        """Where the reads of a bucket were made, and how."""
        spot = self._spots.get(bucket.number)
        if spot is None:
            source = self.state.sources.get(bucket.source)
            place = bucket.place or (source.place if source else None)
            main = source is None or source.role == "main"
            spot = self._spots[bucket.number] = Spot(place or "", offset_of(bucket, self.state.sources), main)
        return spot

    # ── whose ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def homes(self, athlete: int) -> Sequence[Home]:
        """Every race that an athlete starts in and has not withdrawn from, whether its gun has gone or not."""
        if not self._homes_known:
            self._settle_homes()
        race = self._race_of.item(athlete)
        if race >= 0:
            return ((self._all_races[race], self._slot_of.item(athlete)),)
        return () if race == NOWHERE else list(self._several_homes(athlete))

    def _several_homes(self, athlete: int) -> Iterator[Home]:
        for id in self.state.by_athlete.get(self.athletes[athlete], ()):
            for race in self.races.get(self.state.registrations[id].entry.event, ()):
                slot = race.slot_of(id)
                if slot is not None and not race.withdrawn[slot]:
                    yield race, slot
        for race, slot, _ in self._legs.of.get(athlete, ()):
            yield race, slot

    @property
    def legs(self) -> Legs:
        """Runners of relay teams, whose own chips count for the team."""
        if not self._homes_known:
            self._settle_homes()
        return self._legs

    def home_at(self, athlete: int, at: int) -> Home | None:
        """The one race that runs for an athlete at an instant; of a relay and a race of their own the later one."""
        running = [(race, slot) for race, slot in self.homes(athlete) if race.opens[slot] <= at < race.ends[slot]]
        return max(running, key=lambda home: home[0].opens[home[1]]) if running else None

    def runner_at(self, tag: int, at: int) -> tuple[int, Home | None] | None:
        """Athlete and race of a read; None for an unknown tag, or a bib whose wearers run at the same time."""
        named = self.owners.of(tag, at)
        if len(named) == 1:
            return named[0], self.home_at(named[0], at)
        running = [(who, home) for who in named if (home := self.home_at(who, at))]
        return running[0] if len(running) == 1 else None

    def note_draws(self, events: Set[EventId]) -> None:
        """Races of these were drawn, none has started, no other race hangs on them: no read is anybody else's now."""
        for race in (race for event in events for race in self.races[event]):
            race.set_spans(self.state)
        if events:
            self._homes_known = False

    def part_spans(self, moved: Set[EventId] | None = None) -> None:
        """A read belongs to the heat that opened last: each start of an athlete ends the heat before, unless an
        official says that the athlete did not start there.

        Guns and closings have changed in the events that `moved`; None: anywhere.
        """
        races = [race for races in self.races.values() for race in races]
        before = [race.ends for race in races]
        self._spots.clear()
        self._homes_known = False
        for race in races:
            if moved is None or race.roster.event in moved or race.own_ends is None:
                race.set_spans(self.state)
            else:
                race.ends = race.own_ends
        running = [race.athlete[race.gun != MISSING] for race in races if len(race.guns)]
        counts = np.bincount(np.concatenate(running), minlength=1) if running else np.zeros(1, np.int64)
        for athlete in np.flatnonzero(counts > 1):
            homes = [(race, slot) for race, slot in self.homes(int(athlete)) if race.gun[slot] != MISSING]
            homes.sort(key=lambda home: (home[0].opens[home[1]], home[0].start_seq(self.state, home[1])))
            for number, (race, slot) in enumerate(homes):
                started = (home for home in homes[number + 1 :] if not home[0].was_absent(self.state, home[1]))
                for following, its_slot in islice(started, 1):
                    race.cut(slot, int(following.opens[its_slot]))
        pairs = zip(races, before, strict=True)
        parted = [race for race, ends in pairs if race.ends is not ends and not np.array_equal(race.ends, ends)]
        # A bib that several wear is whose heat runs: the reads of another race may hang on the end of this one.
        for race in races if parted and self.owners.shared else parted:
            race.stale = True

    def _settle_homes(self) -> None:
        """The one home of each athlete who has one: nearly everybody."""
        self._all_races = [race for races in self.races.values() for race in races]
        self._race_of, self._slot_of = np.full(len(self.athletes), NOWHERE), np.zeros(len(self.athletes), np.int64)
        for number, race in enumerate(self._all_races):
            slots = np.flatnonzero(~race.withdrawn)
            athletes = race.athlete[slots]
            self._race_of[athletes] = np.where(self._race_of[athletes] == NOWHERE, number, SEVERAL)
            self._slot_of[athletes] = slots
        self._legs = legs_of(self.state, self.races, self.numbers)
        self._race_of[list(self._legs)] = SEVERAL
        self._homes_known = True

    # ── all reads of a race ──────────────────────────────────────────────────────────────────────────────────────────

    def columns(self, race: Race) -> list[list[Column]]:
        """The reads at each place of the course, by slot; slot n is nobody."""
        at_place: list[list[Column]] = [[] for _ in race.course.places]
        for k, column, _ in self.read_columns(race):
            at_place[k].append(column)
        race.hear_line_times(self.state)
        for estimated, found in enumerate((race.by_hand, race.estimated)):
            taken = [(slot, at) for slot, ats in found.items() for at in ats]
            if taken and race.course.finish is not None:
                slots, ats = (np.array(values, np.int64) for values in zip(*taken, strict=True))
                at_place[race.course.place_of[-1]].append(Column(slots, ats, False, True, bool(estimated)))
        return at_place

    def read_columns(self, race: Race) -> Iterator[tuple[int, Column, Bucket]]:
        """The place on the course and the reads of each bucket that stands there, rows as in the bucket."""
        slot_of_tag = self._slots(race).take(self.owners.plain)
        for bucket in self.log.counting:
            spot = self.spot(bucket)
            k = race.course.place_index.get(spot.place)
            if k is not None and len(bucket):
                slot = slot_of_tag.take(bucket.tag)
                at = bucket.at + spot.offset if spot.offset else bucket.at
                self._resolve(race, bucket.tag, at, slot)
                for leg, part in self._by_leg(race, bucket.tag, at, slot):
                    yield k, Column(part, at, spot.main, leg=leg), bucket

    def _by_leg(self, race: Race, tag: Ints, at: Ints, slot: Ints) -> Iterator[tuple[int, Ints]]:
        """The slots of reads apart: those of the teams' chips (0), then of the runners of each leg."""
        if race.roster.spec.relay_legs == 1 or not self.legs:
            yield 0, slot
            return
        legs = np.zeros_like(slot)
        for row in np.flatnonzero(np.isin(tag, self._tags_of_runners()) & (slot < len(race))):
            (athlete,) = self.owners.of(int(tag[row]), int(at[row]))
            legs[row] = self.legs.leg(athlete, race, int(slot[row]))
        for leg in np.unique(legs).tolist():
            yield leg, np.where(legs == leg, slot, len(race))

    def _tags_of_runners(self) -> list[int]:
        return [tag for athlete in self.legs for tag in self.owners.tags_of(athlete)]

    def _slots(self, race: Race) -> Ints:
        """Slot by athlete, for those who run; one more entry for nobody."""
        n = len(race)
        slots = np.full(len(self.athletes) + 1, n, np.int64)
        slots[race.athlete] = np.where(race.withdrawn, n, np.arange(n))
        return slots

    def _resolve(self, race: Race, tag: Ints, at: Ints, slot: Ints) -> None:
        """Tags whose athlete depends on the time, one by one."""
        special = [*self.owners.special, *self._tags_of_runners()]
        if not special:
            return
        for row in np.flatnonzero(np.isin(tag, special)):
            slot[row] = self._slot_at(race, int(tag[row]), int(at[row]))

    def _slot_at(self, race: Race, tag: int, at: int) -> int:
        named = self.owners.of(tag, at)
        if len(named) == 1 and named[0] not in self.legs:
            return next((slot for home, slot in self.homes(named[0]) if home is race), len(race))
        found = self.runner_at(tag, at)
        home = found[1] if found else None
        return home[1] if home and home[0] is race else len(race)

    # ── the reads of one runner ──────────────────────────────────────────────────────────────────────────────────────

    def index(self) -> ByTag:
        if self.by_tag is None:
            self.by_tag = ByTag(self.log)
        return self.by_tag

    def found(self, athlete: int) -> Iterator[tuple[int, Found]]:
        """Every read whose tag names an athlete at its time, with the tag. A shared bib's reads are among them."""
        index, plain = self.index(), self.owners.plain
        for tag in self.owners.tags_of(athlete):
            for read in index.of(tag):
                if plain[tag] == athlete or athlete in self.owners.of(tag, read[1] + self.spot(read[2]).offset):
                    yield tag, read

    def tags_named(self, chip: Chip | None, bib: Bib | None) -> set[int] | None:
        """The tags of a chip, or of all that athletes with a bib carry; None where neither is asked for."""
        tags = self.log.tags
        if chip is not None:
            return {tags[chip]} if chip in tags else set()
        if bib is None:
            return None
        own = {tags[bib,]} if (bib,) in tags else set()
        wearers = (self.numbers[a] for a in self.state.by_bib.get(bib, ()))
        return own.union(*(self.owners.tags_of(who) for who in wearers))

    def reads_of(self, race: Race, slot: int) -> list[Seen]:
        """All reads of one runner at places of the course, inside the span and outside."""
        out = [Seen(at, race.course.place_of[-1], False, True) for at in race.by_hand.get(slot, ())]
        out += [Seen(at, race.course.place_of[-1], False, True, True) for at in race.estimated.get(slot, ())]
        if race.withdrawn[slot]:
            return out
        for athlete, leg in self.legs.runners(race, slot):
            for tag, (_, reported, bucket) in self.found(athlete):
                spot = self.spot(bucket)
                k, at = race.course.place_index.get(spot.place), reported + spot.offset
                if k is not None and self.belongs(race, slot, tag, at):
                    out.append(Seen(at, k, spot.main, leg=leg))
        return out

    def belongs(self, race: Race, slot: int, tag: int, at: int) -> bool:
        """Whether a read found for an athlete is this runner's; a bib that several wear is whose heat runs, and so is
        a chip of who runs for a team too."""
        depends = tag in self.owners.shared or self.legs.any_of(self.owners.of(tag, at))
        return not depends or self._slot_at(race, tag, at) == slot
