"""Records broken in a meet (R10, R50): race by race in the order they were run, so that one leads to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.meet import EventSpec
from app.domain.units import Duration
from app.rules.record_lists import RecordList, standing
from app.rules.records import Contest, Runner, barred, concerns, contest_code, print_order, record_code
from app.rules.rounding import TimedBy
from app.rules.wind import WindFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A finisher's official mark. `id` tells the finishers of one race apart."""

    id: str
    runner: Runner
    official_us: Duration
    method: TimedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A heat. `day` is ISO text; `order` puts the races of one day in the order of their starts."""

    id: str
    spec: EventSpec
    day: str
    order: int
    performances: tuple[Performance, ...]
    wind: WindFlag | None = None


Codes = dict[tuple[str, str], list[str]]
"""(race, performance) → `WR`, `=NR`, …, in the order of printing."""


def broken_records(races: Iterable[Race], lists: Sequence[RecordList]) -> Codes:
    """Codes beside each mark that breaks or equals what stood when its race was run; nothing for the others.

    In one race only the best mark counts, for all who ran it. Where no list has a record there is nothing to break.
    """
    found: dict[tuple[str, str], list[tuple[Contest, str]]] = {}
    in_order = sorted(races, key=lambda race: (race.day, race.order))
    for records in lists:
        set_here: dict[Contest, Duration] = {}
        for race in in_order:
            for contest, held in standing(records, race.day).items():
                mark = min(held[0].mark_us, set_here.get(contest, held[0].mark_us))
                best = _best(race, contest, records)
                code = record_code(contest_code(contest), best[0].official_us, Duration(1), mark) if best else None
                if code is not None:
                    set_here[contest] = best[0].official_us
                    for performance in best:
                        found.setdefault((race.id, performance.id), []).append((contest, code))
    return {
        who: [code for _, code in sorted(codes, key=lambda pair: print_order(pair[0]))] for who, codes in found.items()
    }


def _best(race: Race, contest: Contest, records: RecordList) -> list[Performance]:
    """Those with the fastest mark of the race that could be a record."""
    race_m = race.spec.distance_m * race.spec.relay_legs
    able = [
        performance
        for performance in race.performances
        if concerns(contest, race.spec, performance.runner)
        and barred(records.takes, race.spec.surface, race_m, performance.method, race.wind) is None
    ]
    fastest = min((performance.official_us for performance in able), default=None)
    return [performance for performance in able if performance.official_us == fastest]
