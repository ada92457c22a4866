"""The standings of one event while it runs: tables on demand, and places kept sorted between them."""

from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from app.domain.ids import HeatId
from app.timing.columns import Ints
from app.timing.field import NEVER
from app.timing.heats import HeatResult
from app.timing.race import Race
from app.timing.roster import Roster
from app.timing.standings import Sheet, StandingsTable

Filter = tuple[int | None, str | None, str | None]
Places = tuple[int | None, int | None, int | None]
"""Overall, within the sex, within sex and category."""

TABLES_KEPT = 8


class Ladders:
    """Sorted keys overall, by sex and by category: a place is one bisection, a new result one insertion."""

    def __init__(self, roster: Roster, key: Ints) -> None:
        self._roster = roster
        self._overall = _rungs(key)
        self._by_sex = [_rungs(key[roster.sex == code]) for code in range(3)]
        self._by_category = [_rungs(key[roster.category == code]) for code in range(len(roster.category_keys))]
        self.last: tuple[int, Places] | None = None
        """The runner who moved last, and where to."""

    def _of(self, entry: int) -> tuple[list[int], ...]:
        category = self._roster.category.item(entry)
        ladders = self._overall, self._by_sex[self._roster.sex.item(entry)]
        return ladders if category < 0 else (*ladders, self._by_category[category])

    def move(self, entry: int, before: int, after: int) -> None:
        if before == after:
            return
        found = []
        for rungs in self._of(entry):
            if before != NEVER:
                del rungs[bisect_left(rungs, before)]
            if after != NEVER:
                rung = bisect_left(rungs, after)
                rungs.insert(rung, after)
                found.append(rung + 1)
        self.last = entry, _places(found)

    def places(self, entry: int, key: int) -> Places:
        return _places([] if key == NEVER else [bisect_left(rungs, key) + 1 for rungs in self._of(entry)])


def _places(found: list[int]) -> Places:
    return found[0] if found else None, found[1] if found else None, found[2] if len(found) > 2 else None


def _rungs(key: Ints) -> list[int]:
    rungs: list[int] = np.sort(key[key != NEVER]).tolist()
    return rungs


@dataclass(slots=True)
class Board:
    """An event's roster and races, and what was derived from them since the last change."""

    roster: Roster
    races: list[Race]
    sheet: Sheet | None = None
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
        self.sheet, self.ladders = None, None
        self.tables.clear()
        self.rounds.clear()
        self.heats.clear()

    def moved(self, race: Race, slot: int, before: int, after: int) -> None:
        """The key of one runner has changed, or something else in the runner's line."""
        self.sheet = None
        self.tables.clear()
        self.rounds.clear()
        self.heats.clear()
        if self.ladders is not None:
            self.ladders.move(int(race.lineup.entry[slot]), before, after)

    def table(self, seq: int, point: int | None, sex: str | None, category: str | None) -> StandingsTable:
        wanted = point, sex, category
        found = self.tables.get(wanted)
        if found is None:
            if self.sheet is None:
                self.sheet = Sheet(self.roster, self.races, seq)
            if len(self.tables) >= TABLES_KEPT:
                self.tables.clear()
            found = self.tables[wanted] = StandingsTable(self.sheet, point, sex, category)
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
