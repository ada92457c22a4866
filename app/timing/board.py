"""The standings of one event while it runs: tables on demand, and places kept sorted between them."""

from bisect import bisect_left, insort_left
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.domain.ids import HeatId
from app.timing.columns import Ints
from app.timing.event_results import EventResults
from app.timing.field import NEVER
from app.timing.heats import HeatResult
from app.timing.race import Race
from app.timing.roster import Roster
from app.timing.standings import StandingsTable

Filter = tuple[int | None, str | None, str | None]
Places = tuple[int | None, int | None, int | None]
"""Overall, within the sex, within sex and category."""

TABLES_KEPT = 8
LATELY: Final = 1_000
"""So many keys are kept apart from those that were there before."""


class Ladder:
    """Sorted keys. Those that came and went lately are apart: into few, a key goes in no time."""

    __slots__ = ("_came", "_keys", "_went")

    def __init__(self, keys: Ints) -> None:
        self._keys: list[int] = np.sort(keys[keys != NEVER]).tolist()
        self._came: list[int] = []
        self._went: list[int] = []

    def rung(self, key: int) -> int:
        """How many are smaller."""
        smaller = bisect_left(self._keys, key) + bisect_left(self._came, key)
        return smaller - bisect_left(self._went, key) if self._went else smaller

    def add(self, key: int) -> int:
        """Another one; its rung."""
        at = bisect_left(self._came, key)
        smaller = at + bisect_left(self._keys, key)
        if self._went:
            smaller -= bisect_left(self._went, key)
        self._came.insert(at, key)
        if len(self._came) > LATELY:
            self._settle()
        return smaller

    def remove(self, key: int) -> None:
        """One of those that are equal to it."""
        at = bisect_left(self._came, key)
        if at < len(self._came) and self._came[at] == key:
            del self._came[at]
        else:
            insort_left(self._went, key)
            if len(self._went) > LATELY:
                self._settle()

    def _settle(self) -> None:
        for key in self._went:
            del self._keys[bisect_left(self._keys, key)]
        self._keys = sorted(self._keys + self._came)
        self._came, self._went = [], []


class Ladders:
    """Keys overall, by sex and by category: a place is one bisection, a new result one insertion."""

    def __init__(self, roster: Roster, key: Ints) -> None:
        self._roster = roster
        self._overall = Ladder(key)
        self._by_sex = [Ladder(key[roster.sex == code]) for code in range(3)]
        self._by_category = [Ladder(key[roster.category == code]) for code in range(len(roster.category_keys))]
        self.last: tuple[int, Places] | None = None
        """The runner who moved last, and where to."""

    def _of(self, entry: int) -> tuple[Ladder, ...]:
        category = self._roster.category.item(entry)
        ladders = self._overall, self._by_sex[self._roster.sex.item(entry)]
        return ladders if category < 0 else (*ladders, self._by_category[category])

    def move(self, entry: int, before: int, after: int) -> None:
        if before == after:
            return
        found = []
        for ladder in self._of(entry):
            if before != NEVER:
                ladder.remove(before)
            if after != NEVER:
                found.append(ladder.add(after) + 1)
        self.last = entry, _places(found)

    def places(self, entry: int, key: int) -> Places:
        return _places([] if key == NEVER else [ladder.rung(key) + 1 for ladder in self._of(entry)])


def _places(found: list[int]) -> Places:
    return found[0] if found else None, found[1] if found else None, found[2] if len(found) > 2 else None


@dataclass(slots=True)
class Board:
    """An event's roster and races, and what was derived from them since the last change."""

    roster: Roster
    races: list[Race]
    results: EventResults | None = None
    tables: dict[Filter, StandingsTable] = field(default_factory=dict)
    ladders: Ladders | None = None
    rounds: dict[str, list[HeatResult]] = field(default_factory=dict)
    heats: dict[HeatId, list[HeatResult]] = field(default_factory=dict)

    @property
    def simple(self) -> bool:
        """One race whose places follow from each runner's own time."""
        return len(self.races) == 1 and not self.races[0].judged

    def changed(self) -> None:
        """Everything derived is out of date."""
        self.results, self.ladders = None, None
        self.tables.clear()
        self.rounds.clear()
        self.heats.clear()

    def moved(self, race: Race, slot: int, before: int, after: int) -> None:
        """The key of one runner has changed, or something else in the runner's line."""
        self.results = None
        self.tables.clear()
        self.rounds.clear()
        self.heats.clear()
        if self.ladders is not None:
            self.ladders.move(race.lineup.entry.item(slot), before, after)

    def table(self, seq: int, point: int | None, sex: str | None, category: str | None) -> StandingsTable:
        wanted = point, sex, category
        found = self.tables.get(wanted)
        if found is None:
            if self.results is None:
                self.results = EventResults(self.roster, self.races, seq)
            if len(self.tables) >= TABLES_KEPT:
                self.tables.clear()
            found = self.tables[wanted] = StandingsTable(self.results, point, sex, category)
        return found

    def places(self, seq: int, entry: int) -> Places:
        """Where one runner stands now, without making a table where that can be helped."""
        if not self.simple:
            line = self.table(seq, None, None, None).line(entry)
            return line.place, line.place_sex, line.place_category
        if self.ladders is not None and (last := self.ladders.last) is not None and last[0] == entry:
            return last[1]
        race = self.races[0]
        slot = int(race.lineup.slot_of_entry[entry])
        if slot < 0:
            return None, None, None
        if self.ladders is None:
            self.ladders = Ladders(self.roster, _by_entry(self.roster, race))
        return self.ladders.places(entry, int(race.key[slot]))


def _by_entry(roster: Roster, race: Race) -> Ints:
    key = np.full(len(roster), NEVER)
    key[race.lineup.entry] = race.key
    return key
