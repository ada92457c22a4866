"""Records broken in a meet (R10, R50): race by race in the order they were run, so that one leads to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.meet import EventSpec
from app.domain.records import Contest, Record, RecordList, Takes
from app.domain.units import Duration
from app.rules.laps import race_m
from app.rules.record_lists import standing
from app.rules.records import Runner, barred, concerns, contest_code, print_order, record_code
from app.rules.rounding import TimedBy
from app.rules.wind import WindFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A finisher's official mark. `id` tells the finishers of one race apart."""

    id: str
    runner: Runner
    official_us: Duration
    method: TimedBy
    wind: WindFlag | None = None


TAKES: Final = Takes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A heat. `day` is ISO text; `order` puts the races of one day in the order of their starts."""

    id: str
    spec: EventSpec
    day: str
    order: int
    performances: tuple[Performance, ...]
    takes: Takes = TAKES
    """What the rules of its event say of records: for lists that say nothing themselves."""


@dataclass(frozen=True, slots=True)
class Best:
    """The mark to beat: of a list, or set before in this meet, then `race` says where."""

    mark_us: Duration
    records: tuple[Record, ...] = ()
    """Of the list; several where it is shared."""
    race: str | None = None
    performance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A mark that breaks or equals (`=NR`) what stood when its race was run."""

    race: str
    performance: str
    code: str
    contest: Contest
    list: str
    official_us: Duration
    before: Best


def broken(races: Iterable[Race], lists: Sequence[RecordList]) -> list[Broken]:
    """In the order of the races, then of the lists and of printing.

    In one race only the best mark counts, for all who ran it. Where no list has a record there is nothing to break.
    """
    in_order, out = sorted(races, key=lambda race: (race.day, race.order)), list[Broken]()
    held: dict[tuple[str, Contest], Best] = {}
    for race in in_order:
        for records in lists:
            for contest, listed in sorted(_listed(records, race.day).items(), key=lambda pair: print_order(pair[0])):
                before = min(listed, held.get((records.name, contest), listed), key=lambda best: best.mark_us)
                found = _broken(race, contest, records, before)
                if found:
                    new = found[0]
                    held[records.name, contest] = Best(new.official_us, race=new.race, performance=new.performance)
                    out += found
    return out


def _listed(records: RecordList, day: str) -> dict[Contest, Best]:
    return {contest: Best(held[0].mark_us, tuple(held)) for contest, held in standing(records, day).items()}


def _broken(race: Race, contest: Contest, records: RecordList, before: Best) -> list[Broken]:
    best = _best(race, contest, records)
    code = record_code(contest_code(contest), best[0].official_us, Duration(1), before.mark_us) if best else None
    return [
        Broken(
            race=race.id,
            performance=performance.id,
            code=code,
            contest=contest,
            list=records.name,
            official_us=performance.official_us,
            before=before,
        )
        for performance in best
        if code is not None
    ]


Codes = dict[tuple[str, str], list[str]]
"""(race, performance) → `WR`, `=NR`, …, in the order of printing."""


def broken_records(races: Iterable[Race], lists: Sequence[RecordList]) -> Codes:
    """Codes beside each mark that breaks or equals a record; nothing for the others."""
    found: Codes = {}
    for one in sorted(broken(races, lists), key=lambda one: print_order(one.contest)):
        codes = found.setdefault((one.race, one.performance), [])
        if one.code not in codes:
            codes.append(one.code)
    return found


def _best(race: Race, contest: Contest, records: RecordList) -> list[Performance]:
    """Those with the fastest mark of the race that could be a record."""
    takes = records.takes or race.takes
    able = [
        performance
        for performance in race.performances
        if concerns(contest, race.spec, performance.runner)
        and barred(takes, race.spec.surface, race_m(race.spec), performance.method, performance.wind) is None
    ]
    fastest = min((performance.official_us for performance in able), default=None)
    return [performance for performance in able if performance.official_us == fastest]
