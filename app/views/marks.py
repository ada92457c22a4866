"""What is said beside marks: personal and season bests, records of the meet's lists, and too much wind.

Races of one kind are looked at in the order of their starts, so that one leads to the next; whoever is disqualified
later has never broken anything.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

from app.domain.facts import RecordsListed
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId
from app.domain.meet import Person
from app.domain.records import RecordList
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Duration
from app.rules.areas import origins
from app.rules.broken_records import Broken, Performance, Race, broken
from app.rules.categories import category_of
from app.rules.marks import parse_mark
from app.rules.record_lists import with_words
from app.rules.records import Runner, bests, kind_of, print_order
from app.rules.rounding import TimedBy
from app.rules.rulesets import rules_of
from app.rules.wind import WindFlag, wind_flags
from app.timing.heats import HeatResult
from app.timing.projection import Projection
from app.timing.roster import rounds_in_order
from app.views.names import NOBODY

_parsed: Final = lru_cache(maxsize=10_000)(parse_mark)
"""The same few thousand marks are looked at again with every race that follows."""
NOBODYS_BEST_US: Final = 99 * 3_600_000_000
"""A gun or a clock that was entered wrong by days; no mark of an entry is that long."""

Who = tuple[HeatId, RegistrationId]


@dataclass(frozen=True, slots=True)
class Run:
    """A finisher whose mark counts for something."""

    registration: RegistrationId
    athlete: AthleteId
    mark: str
    official_us: Duration
    method: TimedBy
    guest: bool
    wind: WindFlag | None

    @classmethod
    def of(cls, row: HeatResult, wind: WindFlag | None) -> "Run | None":
        if row.mark is None or row.status != "OK" or (row.elapsed_us or 0) >= NOBODYS_BEST_US:
            return None
        official = _parsed(row.mark.removesuffix("h"))
        return cls(row.registration, row.athlete, row.mark, official, row.method, "OC" in row.flags, wind)


@dataclass(frozen=True, slots=True)
class Raced:
    """A heat that was run. `started` puts heats in order: when, and where in the log that was said."""

    heat: HeatId
    event: EventId
    started: tuple[int, int]
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class Said:
    """What a best or the wind is said by. Records say it with `Broken`."""

    code: str
    before_us: Duration | None = None
    """The best of the entry, or one run earlier in the meet."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The races of one kind (distance, legs, discipline, direction, surface), in the order of their starts."""

    state: MeetState
    races: tuple[Raced, ...]
    listed: RecordsListed | None

    @classmethod
    def of(cls, now: Projection, event: EventId, shown: Collection[str] | None = None) -> "Marks":
        """Of all races that an event's marks are compared with: its own, and with records those of other events too.

        Where there is nothing to compare with, of the rounds that are `shown`, and the marks with too much wind alone.
        """
        state = now.state
        mine = [state.events[event]]
        if state.records is not None:
            mine = [one for one in state.events.values() if kind_of(one.spec) == kind_of(mine[0].spec)]
        compared = state.records is not None or _bests_are_known(mine[0])
        rounds = None if compared else shown
        races = (race for one in mine if not one.withdrawn for race in _races(now, one, rounds, compared))
        return cls(state, tuple(sorted(races, key=lambda race: race.started)), state.records)

    def broken(self, people: Mapping[AthleteId, Person], words: str = "") -> list[Broken]:
        """Records that were broken or equalled, in order. With the lists' `words`, it says whose they were."""
        if self.listed is None or self.state.spec is None or not self.races:
            return []
        lists = self._lists(words)
        most = max((record.mark_us for one in lists for record in one.records), default=Duration(0))
        races = (self._race(race, order, people, most) for order, race in enumerate(self.races))
        return broken(races, lists) if lists else []

    def _lists(self, words: str) -> list[RecordList]:
        """Those that hold records of this kind, without the others."""
        lists = with_words(self.listed.lists, words) if self.listed else ()
        kind = kind_of(self.state.events[self.races[0].event].spec)
        mine = (
            replace(one, records=tuple(record for record in one.records if record.contest.kind == kind))
            for one in lists
        )
        return [one for one in mine if one.records]

    def _race(self, race: Raced, order: int, people: Mapping[AthleteId, Person], most: Duration) -> Race:
        event = self.state.events[race.event]
        return Race(
            id=race.heat,
            spec=event.spec,
            day=self.state.spec.starts_on if self.state.spec else "",
            order=order,
            takes=rules_of(self.state.spec, event.spec).records,
            performances=tuple(
                Performance(
                    id=run.registration,
                    runner=runner_of(self.state, event, run, people),
                    official_us=run.official_us,
                    method=run.method,
                    wind=run.wind,
                )
                for run in race.runs
                if run.official_us <= most and not run.guest
            ),
        )

    def said(self, heat: HeatId) -> dict[Who, Said]:
        """Bests and wind beside the marks of one heat. A best of the entry holds until a better mark is run here.

        None by hand, by what is automatic at one end only, with too much wind (R17; `w` says so), or with none read.
        """
        found = next((race for race in self.races if race.heat == heat), None)
        if found is None:
            return {}
        earlier: dict[RegistrationId, Duration] = {}
        for race in takewhile(lambda race: race is not found, self.races):
            for run in race.runs:
                if _may_be_best(run):
                    earlier[run.registration] = min(run.official_us, earlier.get(run.registration, run.official_us))
        said = ((run.registration, self._said(run, earlier)) for run in found.runs)
        return {(heat, registration): one for registration, one in said if one is not None}

    def _said(self, run: Run, earlier: Mapping[RegistrationId, Duration]) -> Said | None:
        if run.wind == "w":
            return Said("w")
        if not _may_be_best(run):
            return None
        entry, here = self.state.registrations[run.registration].entry, earlier.get(run.registration)
        pb, sb = (
            None if best is None or name in entry.hand else best if here is None else min(best, here)
            for name, best in (("pb", entry.pb_us), ("sb", entry.sb_us))
        )
        for code in bests(run.official_us, pb, sb):
            return Said(code, pb if code.endswith("PB") else sb)
        return None


def codes_of(marks: Marks, heats: Iterable[HeatId], people: Mapping[AthleteId, Person]) -> dict[Who, list[str]]:
    """What is printed beside the marks of some heats: records in their order, then bests, `w` in their place."""
    out: dict[Who, list[str]] = {}
    for one in sorted(marks.broken(people), key=lambda one: print_order(one.contest)):
        codes = out.setdefault((HeatId(one.race), RegistrationId(one.performance)), [])
        if one.code not in codes:
            codes.append(one.code)
    for heat in heats:
        for who, said in marks.said(heat).items():
            out.setdefault(who, []).append(said.code)
    return out


def runner_of(state: MeetState, event: Event, run: Run, people: Mapping[AthleteId, Person]) -> Runner:
    """Sex, origins, and every age group: the entry's, the event's, and those of its rules (R74)."""
    athlete, entry = state.athletes[run.athlete], state.registrations[run.registration].entry
    rules = rules_of(state.spec, event.spec).categories
    found = (category_of(groups, athlete.sex, athlete.ages) for groups in (event.spec.categories, rules.groups))
    nation = people.get(run.athlete, NOBODY).nation
    return Runner(
        sex=athlete.sex,
        origins=origins(nation),
        categories=frozenset(name for name in (entry.category, *found) if name is not None),
    )


def _may_be_best(run: Run) -> bool:
    return run.wind is None and run.method not in ("hand", "semi")


def _bests_are_known(event: Event) -> bool:
    return any(one.entry.pb_us or one.entry.sb_us for one in event.registrations.values())


def _races(now: Projection, event: Event, rounds: Collection[str] | None, compared: bool) -> Iterator[Raced]:
    flag = wind_flags(event.spec, rules_of(now.state.spec, event.spec).wind)
    for name in (name for name in rounds_in_order(event) if rounds is None or name in rounds):
        rows: dict[HeatId, list[Run]] = {}
        for row in now.round_results(event.id, name):
            wind = flag(event.rounds[name][row.heat].wind_of(row.registration))
            run = Run.of(row, wind) if compared or wind == "w" else None
            if run is not None:
                rows.setdefault(row.heat, []).append(run)
        for heat in event.rounds[name].values():
            if heat.id in rows:
                yield Raced(heat.id, event.id, _started(now.state, heat), rows[heat.id])


def _started(state: MeetState, heat: Heat) -> tuple[int, int]:
    """By the gun that counts; where none was recorded, when the first time of the heat was."""
    start = heat.now.start
    if start is not None:
        return int(start[1].at), start[0]
    began = heat.now.began
    index = bisect_left(state.log, began, key=lambda recorded: recorded.seq)
    return (int(state.log[index].recorded_at) if index < len(state.log) else 0), began
