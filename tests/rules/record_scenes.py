"""Events, runners, records and races for the tests of records."""

from collections.abc import Sequence

from app.domain.meet import Direction, EventSpec, Sex, Surface
from app.domain.records import Record, RecordList, Takes
from app.rules.broken_records import Performance, Race, broken_records
from app.rules.marks import parse_mark
from app.rules.record_lists import WORLD
from app.rules.records import Runner
from app.rules.rounding import HUNDREDTH, TimedBy
from app.rules.wind import WindFlag

DAY = "2026-06-14"


def event(
    distance_m: int = 100, surface: Surface = "track", sex: Sex = "M", direction: Direction = "forward"
) -> EventSpec:
    return EventSpec(
        name="event",
        distance_m=distance_m,
        surface=surface,
        sex=sex,
        start="lanes",
        timing="photo_finish",
        direction=direction,
    )


def record(code: str, mark: str, of: str | None = None, date: str = "2020", category: str | None = None) -> Record:
    return Record(
        code=code,
        sex="M",
        distance_m=100,
        surface="track",
        mark_us=parse_mark(mark),
        unit_us=HUNDREDTH,
        source="a list",
        confidence="H",
        date=date,
        of=of,
        category=category,
    )


def listed(*records: Record, takes: Takes | None = WORLD.takes) -> RecordList:
    return RecordList(name="list", title="A list", source="a list", as_of=DAY, takes=takes, records=records)


def runner(*origins: str, sex: Sex = "M", categories: Sequence[str] = ()) -> Runner:
    return Runner(sex=sex, origins=frozenset(origins), categories=frozenset(categories))


NORWEGIAN = runner("NOR", "EUR")


def race(
    *runs: tuple[str, str],
    id: str = "final",
    day: str = DAY,
    order: int = 1,
    wind: WindFlag | None = None,
    method: TimedBy = "photo_finish",
    who: Runner = NORWEGIAN,
    spec: EventSpec | None = None,
) -> Race:
    """`runs` are (bib, official mark)."""
    performances = (
        Performance(id=bib, runner=who, official_us=parse_mark(mark), method=method, wind=wind) for bib, mark in runs
    )
    return Race(id=id, spec=spec or event(), day=day, order=order, performances=tuple(performances))


def codes(races: Sequence[Race], *records: Record, takes: Takes | None = WORLD.takes) -> dict[str, list[str]]:
    """`heat bib` → codes."""
    return {
        f"{race} {bib}": found for (race, bib), found in broken_records(races, [listed(*records, takes=takes)]).items()
    }


NR = record("NR", "9.79", of="NOR")
