"""Sheets of a heat: who starts in it (R57), who is called (R48), and how it ended (R51)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import HeatId, RegistrationId
from app.domain.state import Event, Heat
from app.rules.laps import race_m
from app.rules.rulesets import rules_of
from app.sheets.documents.columns import columns, line, or_empty, row
from app.sheets.documents.frame import (
    heat_heading,
    heat_lines,
    heat_notes,
    heat_standing,
    heat_subject,
    records_block,
    sheet_of,
    signers,
)
from app.sheets.documents.laps import lap_tables
from app.sheets.documents.printed import Maker, Printed, nothing, one, with_writing
from app.sheets.documents.shared import IN_HEATS, with_shared
from app.sheets.sheet import Cell, Column, Row, Sheet, Table
from app.timing.laps import LapChart
from app.timing.projection import Projection
from app.timing.roster import rounds_in_order
from app.views.audience import Item
from app.views.laps import chart_item, lap_items
from app.views.results import Lines, result_items
from app.views.starters import starter_items

START_LIST: Final = ("lane", "position", "bib", "name", "nation", "club", "pb", "sb")
CALLED: Final = ("lane", "position", "bib", "name", "nation", "club", "here")
RESULTS: Final = (
    *("place", "lane", "bib", "name", "nation", "club", "mark", "thousandths", "qualification", "records"),
    *("codes", "status", "rule", "reaction"),
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a heat's results are made of; a lap chart where laps are timed."""

    lines: Lines
    chart: LapChart | None


def start_list(of: Printed, id: HeatId, _: object) -> Sheet:
    heat = of.state.heats[id]
    return sheet_of(
        of,
        "start-list",
        events=[of.state.events[heat.event]],
        subject=heat_subject(of, heat),
        heading=heat_heading(of, heat),
        lines=heat_lines(of, heat, ran=False),
        records=records_block(of, of.state.events[heat.event]),
        tables=[starters_table(of, heat, columns(of.words, (*START_LIST, "from")))],
    )


def call_room(of: Printed, id: HeatId, _: object) -> Sheet:
    """Who is called, with room to tick them off."""
    heat = of.state.heats[id]
    table = starters_table(of, heat, columns(of.words, CALLED), empty_lanes=False)
    return sheet_of(
        of,
        "call-room",
        events=[of.state.events[heat.event]],
        subject=heat_subject(of, heat),
        heading=heat_heading(of, heat),
        lines=heat_lines(of, heat, ran=False),
        tables=[table],
        signatures=["call_room"],
    )


def starters_table(
    of: Printed, heat: Heat, made: tuple[Column, ...], title: str = "", *, empty_lanes: bool = True
) -> Table:
    """By lane, the empty ones among them, with the runners of relay teams below these."""
    items, came = starter_items(of.audience, of.state, of.people, heat), _came_from(of, heat)
    more: dict[str, Cell] = {"round": heat.round, "heat": heat.drawn.number}
    found = [
        {
            **item,
            **more,
            "from": came.get(item["registration_id"]),
            "here": BOX if item["state"] == "entered" and not item["status"] else None,
        }
        for item in items
    ]
    rows = [(item["lane"] or 0, _lines_of(item, made)) for item in found]
    if empty_lanes:
        rows += [
            (lane, [line(made, "empty", lane=lane, name=of.words("word.empty"), **more)]) for lane in free(of, heat)
        ]
        rows.sort(key=lambda found: found[0])
    return Table(made, tuple(each for _, several in rows for each in several), title)


BOX: Final = "☐"


def free(of: Printed, heat: Heat) -> Sequence[int]:
    """Lanes that nobody runs in."""
    taken = {starter.lane for starter in heat.drawn.starters}
    if of.state.events[heat.event].spec.start != "lanes" or not taken - {None}:
        return ()
    return [lane for lane in range(1, of.meet.lanes + 1) if lane not in taken]


def _lines_of(item: Item, made: Sequence[Column]) -> list[Row]:
    return [row(item, made), *leg_rows(item, made)]


def leg_rows(item: Item, made: Sequence[Column]) -> Iterator[Row]:
    """The runners of a relay team in running order, each with the time of the leg where it is known (R79)."""
    for leg in item["legs"]:
        yield line(made, "note", name=f"{leg['leg']} {leg['name'] or ''}".rstrip(), mark=leg.get("mark"))


def _came_from(of: Printed, heat: Heat) -> Mapping[RegistrationId, str]:
    """By runner: the heat of the round before, and the letter that was won there."""
    event = of.state.events[heat.event]
    came: dict[RegistrationId, str] = {}
    for name in _before(event, heat.round):
        fixed = event.qualifiers.get(name)
        letters = {one.registration: one.how for one in fixed.qualifiers} if fixed else {}
        for other in event.rounds[name].values():
            text = of.words("race.heat", number=other.drawn.number)
            for starter in other.drawn.starters:
                came[starter.registration] = f"{text} {letters.get(starter.registration, '')}".strip()
    return came


def _before(event: Event, round: str) -> Iterable[str]:
    names = rounds_in_order(event)
    return names[: names.index(round)] if round in names else ()


def results(of: Printed, id: HeatId, ran: Ran) -> Sheet:
    heat = of.state.heats[id]
    event = of.state.events[heat.event]
    items = result_items(of.audience, of.state, of.people, ran.lines)
    made = columns(of.words, RESULTS)
    rows = result_rows(with_shared(of, [event], items, IN_HEATS), made)
    return sheet_of(
        of,
        "results",
        events=[event],
        subject=heat_subject(of, heat),
        heading=heat_heading(of, heat),
        lines=heat_lines(of, heat),
        records=records_block(of, event),
        tables=[Table(made, tuple(rows)), *laps_of(of, ran.chart)],
        notes=heat_notes(of, [heat], items),
        signatures=signers(event),
        standing=heat_standing(of, heat, items),
    )


def result_rows(items: Iterable[Item], made: Sequence[Column]) -> Iterator[Row]:
    for item in items:
        yield row(with_writing(item), made)
        yield from leg_rows(item, made)


def laps(of: Printed, id: HeatId, chart: LapChart) -> Sheet:
    """Intermediate times of the first, and the lap chart of everybody (R53)."""
    heat = of.state.heats[id]
    return sheet_of(
        of,
        "laps",
        events=[of.state.events[heat.event]],
        subject=heat_subject(of, heat),
        heading=heat_heading(of, heat),
        lines=heat_lines(of, heat),
        tables=or_empty(laps_of(of, chart), columns(of.words, ("point", "bib", "name", "mark"))),
        notes=[of.words("note.lap_cell")] if chart.leaders else [of.words("note.not_started")],
    )


def laps_of(of: Printed, chart: LapChart | None) -> list[Table]:
    if chart is None:
        return []
    whole = chart_item(of.audience, of.state, of.people, chart)
    return lap_tables(of.words, whole, lap_items(of.audience, of.state, of.people, chart.runners))


def lane_cards(of: Printed, id: HeatId, _: object) -> Sheet:
    """A card for each starter, to be cut apart."""
    heat = of.state.heats[id]
    made = columns(of.words, ("lane", "position", "bib", "name", "nation"))
    items = starter_items(of.audience, of.state, of.people, heat)
    return sheet_of(
        of,
        "lane-cards",
        events=[of.state.events[heat.event]],
        subject=heat_subject(of, heat),
        heading=heat_heading(of, heat),
        tables=or_empty((Table(made, (row(item, made),)) for item in items), made),
    )


def ran(now: Projection, id: HeatId) -> Ran:
    rows, heat = now.heat_results(id), now.state.heats[id]
    spec = now.state.events[heat.event].spec
    least = rules_of(now.state.spec, spec).laps.lap_times_from_m
    lapped = spec.surface == "track" and spec.relay_legs == 1 and race_m(spec) >= least
    return Ran(Lines.of(now, rows, now.team_runs(heat.event, heat.round)), now.lap_chart(id) if lapped else None)


HEATS: Final[Mapping[str, Maker[HeatId]]] = {
    "start-list": Maker(nothing, one(start_list)),
    "results": Maker(ran, one(results)),
    "call-room": Maker(nothing, one(call_room)),
    "laps": Maker(Projection.lap_chart, one(laps)),
    "lane-cards": Maker(nothing, one(lane_cards)),
}
