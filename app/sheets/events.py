"""Sheets of an event: entries, start lists of all heats, standings, and a summary of every round (R48, R51, R56)."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.ids import EventId
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.order import bib_key
from app.rules.rounding import unit_of
from app.rules.rulesets import rules_of
from app.sheets import heats
from app.sheets.printed import Maker, Printed, pick, sheet_of
from app.sheets.sheet import Cell, Sheet
from app.timing.projection import Projection
from app.timing.roster import rounds_in_order
from app.timing.standings import StandingsTable
from app.views.audience import Item
from app.views.registrations import registration_item
from app.views.results import Lines, result_items
from app.views.standings import standing_items
from app.views.starters import starter_items

ENTRIES: Final = ("bib", "name", "sex", "category", "nation", "club", "team", "wave", "role", "pb", "sb", "state")
START_LIST: Final = ("round", "heat", *heats.START_LIST)
RESULTS: Final = (
    "place",
    "place_sex",
    "place_category",
    "bib",
    "name",
    "sex",
    "category",
    "nation",
    "club",
    "mark",
    "gun",
    "net",
    "status",
    "flags",
)
SUMMARY: Final = ("round", "rank", "heat", *heats.RESULTS, "wind")

Rounds = Mapping[str, Lines]


def heading(state: MeetState, event: Event) -> dict[str, Cell]:
    spec = event.spec
    return {
        "meet": state.spec.name if state.spec else None,
        "event": spec.name,
        "distance_m": spec.distance_m,
        "direction": spec.direction,
        "ranking": spec.ranking,
    }


def entries(of: Printed, id: EventId, _: object) -> Sheet:
    event = of.state.events[id]
    in_order = sorted(event.registrations.values(), key=lambda one: bib_key(one.entry.bib))
    items = (registration_item(of.audience, of.state, of.people, one.entry.registration) for one in in_order)
    return sheet_of("entries", heading(of.state, event), ENTRIES, [pick(item, ENTRIES) for item in items], of.seq)


def start_list(of: Printed, id: EventId, _: object) -> Sheet:
    event = of.state.events[id]
    rows = [
        pick({**item, "round": heat.round, "heat": heat.drawn.number}, START_LIST)
        for heat in _heats(event)
        for item in starter_items(of.audience, of.state, of.people, heat)
    ]
    return sheet_of("start-list", heading(of.state, event), START_LIST, rows, of.seq)


def results(of: Printed, id: EventId, table: StandingsTable) -> Sheet:
    """Standings with a column for each point of the course, after those of `RESULTS`."""
    event = of.state.events[id]
    points = [point.name for point in event.spec.points if point.distance_m > 0][:-1]
    items = standing_items(of.audience, of.state, of.people, table.rows(0, len(table)))
    unit = unit_of(event.spec, event.spec.timing, rules_of(of.state.spec, event.spec).timing.precision)
    rows = [[*pick(_printed(unit, item), RESULTS), *_splits(item, points)] for item in items]
    columns = (*RESULTS, *(f"split {point}" for point in points))
    return sheet_of("results", heading(of.state, event), columns, rows, of.seq)


def summary(of: Printed, id: EventId, rounds: Rounds) -> Sheet:
    """All starters of every round, in order of rank."""
    event = of.state.events[id]
    winds = {heat.id: heats.wind_of(heat) for heat in _heats(event)}
    rows = [
        pick({**heats.printed(item), "round": name, "wind": winds.get(item["heat_id"])}, SUMMARY)
        for name, lines in rounds.items()
        for item in result_items(of.audience, of.state, of.people, lines)
    ]
    return sheet_of("summary", heading(of.state, event), SUMMARY, rows, of.seq)


def _printed(unit: Duration, item: Item) -> Item:
    gun, net = (None if us is None else mark(us, unit) for us in (item["gun_us"], item["net_us"]))
    return {**item, "gun": gun, "net": net, "flags": " ".join(item["flags"])}


def _splits(item: Item, points: Sequence[str]) -> list[Cell]:
    marks = {split["point"]: split["mark"] for split in item["splits"]}
    return [marks.get(point) for point in points]


def _heats(event: Event) -> list[Heat]:
    """By round in running order, then by number."""
    return [
        heat
        for name in rounds_in_order(event)
        for heat in sorted(event.rounds[name].values(), key=lambda one: one.drawn.number)
    ]


def _nothing(now: Projection, id: EventId) -> None:
    return None


def _table(now: Projection, id: EventId) -> StandingsTable:
    return now.table(id)


def _rounds(now: Projection, id: EventId) -> Rounds:
    names = rounds_in_order(now.state.events[id])
    return {name: Lines.of(now, now.round_results(id, name)) for name in names}


SHEETS: Final[Mapping[str, Maker[EventId]]] = {
    "entries": Maker(_nothing, entries),
    "start-list": Maker(_nothing, start_list),
    "results": Maker(_table, results),
    "summary": Maker(_rounds, summary),
}
