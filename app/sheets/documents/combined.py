"""Combined events: points of a scoring table over several events, added up for each athlete (R83, R84)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.ids import EventId, MeetId
from app.rules.points import ScoringTable
from app.sheets.documents.columns import columns, row
from app.sheets.documents.frame import sheet_of
from app.sheets.documents.printed import Printed
from app.sheets.documents.shared import ALL_RANKS, with_shared
from app.sheets.documents.standing import official_once
from app.sheets.sheet import Cell, Column, Row, Sheet, Table
from app.timing.combined import Combined
from app.timing.finals import Stage
from app.views.audience import Item
from app.views.combined import combined_item

WHO: Final = ("rank", "bib", "name", "nation", "club")


@dataclass(frozen=True, slots=True)
class Scored:
    """`stages`: how far each of the events has come, in their order."""

    events: Sequence[EventId]
    stages: Sequence[Stage]
    table: ScoringTable
    rows: Sequence[Combined]


def combined(of: Printed, id: MeetId, scored: Scored) -> Sheet:
    """The mark of each event, or why there is none, with its points; programs have mark and status in columns."""
    made = _columns(of, scored)
    events = [of.state.events[id] for id in scored.events]
    items = [combined_item(of.audience, of.state, of.people, one) for one in scored.rows]
    rows = [_row(item, made) for item in with_shared(of, events, items, ALL_RANKS)]
    done = all(stage == "official" for stage in scored.stages)
    notes = ["approximate"] if scored.table.approximate else []
    return sheet_of(
        of,
        "combined",
        subject=" · ".join(map(of.event, events)),
        heading={"meet": of.meet.name, "table": scored.table.name},
        lines=[of.words("line.scored_by", table=scored.table.title)],
        tables=[Table(made, tuple(rows))],
        notes=[of.words(f"note.{key}") for key in ([] if items else ["nothing_here"]) + notes],
        signatures=["referee", "secretary"],
        standing=official_once(of.words, done),
    )


def _columns(of: Printed, scored: Scored) -> tuple[Column, ...]:
    first, last = columns(of.words, WHO), columns(of.words, ("points",))
    events = [of.state.events[id] for id in scored.events]
    names = [event.spec.code or of.event(event) for event in events]
    shown = [
        column
        for n, name in enumerate(names, 1)
        for column in (Column(f"result {n}", name, "right"), Column(f"points {n}", align="right"))
    ]
    parts = [Column(f"{key} {n}", shown=False) for n in range(1, len(names) + 1) for key in ("mark", "status")]
    return (*first, *shown, *(replace(one, align="right") for one in last), *parts)


def _row(item: Item, made: tuple[Column, ...]) -> Row:
    parts: dict[str, Cell] = {}
    for n, part in enumerate(item["parts"], 1):
        parts |= {f"{key} {n}": part[key] for key in ("points", "mark", "status")}
        parts[f"result {n}"] = part["mark"] if part["status"] == "OK" else part["status"]
    return row({**item, **parts, "bib": " ".join(item["bibs"])}, made)
