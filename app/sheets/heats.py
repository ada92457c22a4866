"""Sheets of a heat: who starts in it (R57), and how it ended (R51)."""

from collections.abc import Mapping
from typing import Final

from app.domain.ids import HeatId
from app.domain.state import Heat, MeetState
from app.domain.units import format_instant
from app.rules.wind import wind_text
from app.sheets.printed import Maker, Printed, pick, seconds, sheet_of
from app.sheets.sheet import Cell, Sheet
from app.timing.projection import Projection
from app.views.audience import Item
from app.views.results import Lines, result_items
from app.views.starters import starter_items

START_LIST: Final = ("lane", "position", "bib", "name", "nation", "club", "pb", "sb")
RESULTS: Final = (
    "place",
    "lane",
    "bib",
    "name",
    "nation",
    "club",
    "mark",
    "thousandths",
    "qualification",
    "records",
    "status",
    "rule",
    "reaction",
)


def heading(state: MeetState, heat: Heat) -> dict[str, Cell]:
    event, gun = state.events[heat.event], heat.now.start
    return {
        "meet": state.spec.name if state.spec else None,
        "event": event.spec.name,
        "round": heat.round,
        "heat": heat.drawn.number,
        "of_heats": len(event.rounds.get(heat.round, {})),
        "wave": heat.drawn.wave,
        "started_at": format_instant(gun[1].at) if gun else None,
        "wind": wind_of(heat),
    }


def wind_of(heat: Heat) -> str | None:
    """Metres a second with its sign, or None."""
    return None if heat.now.wind_mm_per_s is None else wind_text(heat.now.wind_mm_per_s)


def start_list(of: Printed, id: HeatId, _: object) -> Sheet:
    heat = of.state.heats[id]
    items = starter_items(of.audience, of.state, of.people, heat)
    rows = [pick(item, START_LIST) for item in items]
    return sheet_of("start-list", heading(of.state, heat), START_LIST, rows, of.seq)


def results(of: Printed, id: HeatId, lines: Lines) -> Sheet:
    items = result_items(of.audience, of.state, of.people, lines)
    rows = [pick(printed(item), RESULTS) for item in items]
    return sheet_of("results", heading(of.state, of.state.heats[id]), RESULTS, rows, of.seq)


def printed(item: Item) -> Item:
    """A line of results, its lists and times in writing."""
    return {
        **item,
        "records": " ".join(item["records"]),
        "reaction": seconds(item["reaction_us"]),
    }


def _nothing(now: Projection, id: HeatId) -> None:
    return None


def _lines(now: Projection, id: HeatId) -> Lines:
    return Lines.of(now, now.heat_results(id))


SHEETS: Final[Mapping[str, Maker[HeatId]]] = {
    "start-list": Maker(_nothing, start_list),
    "results": Maker(_lines, results),
}
