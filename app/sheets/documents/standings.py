"""Results of an event over all of its rounds and heats: overall, by sex, by category, by club (R51)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from app.domain.ids import EventId
from app.domain.state import Event
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.rounding import unit_of
from app.rules.rulesets import rules_of
from app.sheets.documents.columns import columns, or_empty, row
from app.sheets.documents.entries import heat_title, heats_of
from app.sheets.documents.frame import event_heading, heat_notes, records_block, sheet_of, signers, when
from app.sheets.documents.printed import Printed, with_writing
from app.sheets.documents.shared import OVERALL, with_shared
from app.sheets.documents.standing import standing_of
from app.sheets.sheet import Column, Sheet, Table
from app.timing.standings import StandingsTable
from app.views.audience import Item
from app.views.standings import standing_items

RESULTS: Final = (
    *("place", "place_sex", "place_category", "bib", "name", "sex", "category", "nation", "club"),
    *("mark", "codes", "gun", "net", "status", "rule", "flags", "gap", "pace"),
)
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
    items = standing_items(of.audience, of.state, of.people, table.rows(0, len(table)))
    points = [point.name for point in event.spec.points if point.distance_m > 0][:-1]
    made = _columns(of, event, points)
    lines = [_written(of, event, item) for item in with_shared(of, event, items, OVERALL)]
    return sheet_of(
        of,
        "results",
        events=[event],
        subject=of.event(event) if by is None else f"{of.event(event)} – {of.words(f'word.by_{by}')}",
        heading=event_heading(of, event),
        lines=_said(of, event, items),
        records=records_block(of, event),
        tables=or_empty(_tables(of, made, lines, by), made),
        notes=[*heat_notes(of, heats_of(event), items), *_about_splits(of, event, points)],
        signatures=signers(event),
        standing=standing_of(of, event, items),
        latest_us=_latest(of, items),
    )


def _columns(of: Printed, event: Event, points: Sequence[str]) -> tuple[Column, ...]:
    """On the road the mark stands under what it is: gun or net time."""
    ranking, road = event.spec.ranking, event.spec.surface == "road"
    hidden = {ranking, "sex"} if road else {"gun", "net", "place_sex", "sex", "gap", "pace"}
    keys = (*RESULTS, *(f"split {point}" for point in points))
    made = columns(of.words, keys, unshown=hidden)
    titles = {"mark": of.words(f"column.{ranking}")} if road else {}
    titles |= {f"split {point}": point for point in points}
    return tuple(
        Column(one.key, titles.get(one.key, one.title), one.align, one.kind, one.wide, one.shown) for one in made
    )


def _written(of: Printed, event: Event, item: Item) -> Item:
    unit = unit_of(event.spec, event.spec.timing, rules_of(of.state.spec, event.spec).timing.precision)
    gun, net = (None if us is None else mark(Duration(us), unit) for us in (item["gun_us"], item["net_us"]))
    splits = {f"split {split['point']}": split["mark"] for split in item["splits"]}
    every = {f"split {point.name}": splits.get(f"split {point.name}") for point in event.spec.points}
    return {
        **with_writing(item),
        **every,
        "gun": gun,
        "net": net,
        "gap": item["gap"] if item["place"] != 1 else None,
    }


def _tables(of: Printed, made: tuple[Column, ...], lines: Sequence[Item], by: str | None) -> Iterator[Table]:
    if by is None:
        yield Table(made, tuple(row(line, made) for line in lines))
        return
    group = GROUPS[by]
    named = [(name, line) for line in lines if (name := group(line)) is not None]
    for name, found in groupby(sorted(named, key=lambda one: one[0]), key=lambda one: one[0]):
        yield Table(made, tuple(row(line, made) for _, line in found), _group_title(of, by, name))


def _group_title(of: Printed, by: str, name: str) -> str:
    sexes = {"M": "men", "W": "women", "X": "mixed"}
    return of.words(f"word.{sexes[name]}") if by == "sex" else name


def _said(of: Printed, event: Event, items: Sequence[Item]) -> list[str]:
    heats, spec = heats_of(event), event.spec
    if len(heats) == 1:
        lines = [when(of, event, heats[0])]
    else:
        lines = [heat_title(of, event, heat) for heat in heats if spec.surface == "road"]
    if spec.surface == "road":
        cut = spec.cut_off_us
        late = [] if cut is None else [of.words("line.cut_off", mark=mark(cut, Duration(1_000_000)))]
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


def _about_splits(of: Printed, event: Event, points: Sequence[str]) -> list[str]:
    return [of.words(f"note.splits_{event.spec.ranking}")] if points and event.spec.surface == "road" else []


def _latest(of: Printed, items: Sequence[Item]) -> int:
    """When the last of them finished."""
    guns = {id: start[1].at for id, heat in of.state.heats.items() if (start := heat.now.start)}
    ends = (guns.get(item["heat_id"], 0) + item["gun_us"] for item in items if item["gun_us"] is not None)
    return max(ends, default=0)
