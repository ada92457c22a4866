"""Results of an event over all of its rounds and heats: overall, by sex, by category, by club (R51)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from app.domain.ids import EventId, RegistrationId
from app.domain.state import Event
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.rounding import round_up, unit_of
from app.rules.rulesets import rules_of
from app.sheets.documents.columns import columns, line, or_empty, row
from app.sheets.documents.entries import heat_title
from app.sheets.documents.frame import event_heading, heat_notes, records_block, sheet_of, signers, weather_of, when
from app.sheets.documents.printed import SEXES, Printed, with_writing
from app.sheets.documents.shared import OVERALL, with_shared
from app.sheets.documents.standing import standing_of
from app.sheets.sheet import Column, Row, Sheet, Table
from app.timing.roster import heats_in_order
from app.timing.standing import Standing
from app.timing.standings import StandingsTable
from app.views.audience import Item
from app.views.splits import Course, halves_of, second_half_of
from app.views.standings import standing_items

RESULTS: Final = (
    *("place", "place_sex", "place_category", "bib", "name", "sex", "category", "nation", "club"),
    *("mark", "codes", "gun", "net", "status", "rule", "flags", "gap", "pace"),
)
HALVES: Final = ("second_half", "negative_split")
NEGATIVE: Final = "\N{MINUS SIGN}"
SECOND: Final = Duration(1_000_000)
Of = Callable[[Item], str | None]
"""Which group a line belongs to; None for none."""

GROUPS: Final[Mapping[str, Of]] = {
    "sex": lambda item: item["sex"],
    "category": lambda item: f"{item['sex']} {item['category']}" if item["category"] else None,
    "club": lambda item: item["club"],
}


def results(of: Printed, id: EventId, table: StandingsTable, by: str | None = None) -> Sheet:
    """Everybody in one table, with a column for each point of the course; or a table for each group."""
    event = of.state.events[id]
    rows = table.rows(0, len(table))
    items = standing_items(of.audience, of.state, of.people, rows)
    seen = {one.registration: said for one in rows if (said := _last_seen(of, event, one))}
    points = [point.name for point in event.spec.points if point.distance_m > 0][:-1]
    course = Course.of(of.state, event.spec)
    made = _columns(of, course, points)
    found = [
        _written(of, course, item) | _second_half(course, one)
        for one, item in zip(rows, with_shared(of, [event], items, OVERALL), strict=True)
    ]
    return sheet_of(
        of,
        "results",
        events=[event],
        subject=of.event(event) if by is None else f"{of.event(event)} – {of.words(f'word.by_{by}')}",
        heading=event_heading(of, event),
        lines=_said(of, event, items),
        records=records_block(of, event),
        tables=or_empty(_tables(of, event, made, found, seen, by), made),
        notes=[*_about_race(of, event, items), *_about_splits(of, event, points, found)],
        signatures=signers(event),
        standing=standing_of(of, event, items),
        latest_us=_latest(of, items),
    )


def _columns(of: Printed, course: Course, points: Sequence[str]) -> tuple[Column, ...]:
    """On the road the mark stands under what it is: gun or net time. Places within a sex where there are several."""
    spec = course.spec
    ranking, road = spec.ranking, spec.surface == "road"
    hidden = {ranking, "sex"} if road else {"gun", "net", "place_sex", "sex", "gap", "pace"}
    hidden |= {"place_sex"} if spec.sex != "X" else set()
    halves = HALVES if road else ()
    splits = (key for point in points for key in (f"split {point}", *(halves if point == course.half else ())))
    keys = (*RESULTS, *splits)
    made = columns(of.words, keys, unshown=hidden)
    titles = {"mark": of.words(f"column.{ranking}")} if road else {}
    titles |= {f"split {point}": point for point in points}
    return tuple(
        Column(one.key, titles.get(one.key, one.title), one.align, one.kind, one.wide, one.shown) for one in made
    )


def _second_half(course: Course, one: Standing) -> Item:
    """With a minus where it was the faster one (R70)."""
    faster = halves_of(course, one) == "negative"
    return {"second_half": second_half_of(course, one), "negative_split": NEGATIVE if faster else None}


def _written(of: Printed, course: Course, item: Item) -> Item:
    spec = course.spec
    unit = unit_of(spec, spec.timing, rules_of(of.state.spec, spec).timing.precision)
    gun, net = (None if us is None else mark(Duration(us), unit) for us in (item["gun_us"], item["net_us"]))
    splits = {f"split {split['point']}": split["mark"] for split in item["splits"]}
    every = {f"split {point.name}": splits.get(f"split {point.name}") for point in spec.points}
    return {
        **with_writing(item),
        **every,
        "gun": gun,
        "net": net,
        "gap": item["gap"] if item["place"] != 1 else None,
    }


def _last_seen(of: Printed, event: Event, one: Standing) -> str | None:
    """Of who set off on the road and did not arrive: `last seen at 5k (22:15)`, the start among the points."""
    if event.spec.surface != "road" or one.status != "DNF" or one.state == "finished":
        return None
    if one.splits:
        return of.words("word.last_read", point=one.splits[-1].point, mark=one.splits[-1].mark)
    start = next((point.name for point in event.spec.points if point.distance_m == 0), None)
    if start is None or one.start_us is None:
        return None
    since = 0 if event.spec.ranking == "net" else max(one.start_us, 0)
    return of.words("word.last_read", point=start, mark=mark(round_up(Duration(since), SECOND), SECOND))


def _tables(
    of: Printed,
    event: Event,
    made: tuple[Column, ...],
    lines: Sequence[Item],
    seen: Mapping[RegistrationId, str],
    by: str | None,
) -> Iterator[Table]:
    if by is None:
        yield Table(made, tuple(_rows(lines, made, seen)))
        return
    group = GROUPS[by]
    named = [(name, item) for item in lines if (name := group(item)) is not None]
    for name, found in groupby(sorted(named, key=lambda one: one[0]), key=lambda one: one[0]):
        yield Table(made, tuple(_rows((item for _, item in found), made, seen)), _title(of, event, by, name))


def _rows(lines: Iterable[Item], made: tuple[Column, ...], seen: Mapping[RegistrationId, str]) -> Iterator[Row]:
    """Below who did not arrive, where that runner was seen last."""
    for item in lines:
        yield row(item, made)
        if said := seen.get(item["registration_id"]):
            yield line(made, "note", name=said)


def _title(of: Printed, event: Event, by: str, name: str) -> str:
    return next((of.sex(sex, event) for sex in SEXES if by == "sex" and sex == name), name)


def _said(of: Printed, event: Event, items: Sequence[Item]) -> list[str]:
    heats, spec = heats_in_order(event), event.spec
    if len(heats) == 1:
        lines = [" · ".join(part for part in (when(of, event, heats[0]), weather_of(of, heats[0])) if part)]
    else:
        lines = [heat_title(of, event, heat) for heat in heats if spec.surface == "road"]
    if spec.surface == "road":
        cut = spec.cut_off_us
        late = [] if cut is None else [of.words("line.cut_off", mark=mark(cut, SECOND))]
        lines += [" · ".join([of.words(f"line.by_{spec.ranking}"), _counted(of, items), *late])]
    return lines


def _counted(of: Printed, items: Sequence[Item]) -> str:
    status = [item["status"] for item in items]
    sexes = [item["sex"] for item in items if item["status"] == "OK"]
    return of.words(
        "line.counts",
        ok=status.count("OK"),
        men=sexes.count("M"),
        women=sexes.count("W"),
        **{name.lower(): status.count(name) for name in ("DNF", "DNS", "DQ")},
    )


def _about_race(of: Printed, event: Event, items: Sequence[Item]) -> list[str]:
    heats = heats_in_order(event)
    return heat_notes(of, heats, items) if heats else [of.words("note.not_started")]


def _about_splits(of: Printed, event: Event, points: Sequence[str], lines: Sequence[Item]) -> list[str]:
    """Only where there are splits to be read."""
    read = any(item[f"split {point}"] for item in lines for point in points)
    return [of.words(f"note.splits_{event.spec.ranking}")] if read and event.spec.surface == "road" else []


def _latest(of: Printed, items: Sequence[Item]) -> int:
    """When the last of them finished."""
    guns = {id: start[1].at for id, heat in of.state.heats.items() if (start := heat.now.start)}
    ends = (guns.get(item["heat_id"], 0) + item["gun_us"] for item in items if item["gun_us"] is not None)
    return max(ends, default=0)
