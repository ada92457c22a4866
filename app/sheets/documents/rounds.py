"""Sheets over the rounds of an event: the summary with `Q` and `q` (R56), and who goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.ids import EventId, HeatId
from app.domain.state import Event, Heat
from app.rules.rulesets import rules_of
from app.sheets.documents.columns import columns, or_empty, row
from app.sheets.documents.frame import (
    advance,
    event_heading,
    heat_notes,
    records_block,
    sheet_of,
    signers,
    text_of_wind,
)
from app.sheets.documents.heats import RESULTS as OF_HEAT
from app.sheets.documents.heats import leg_rows
from app.sheets.documents.printed import Printed, with_writing
from app.sheets.documents.shared import IN_HEATS, with_shared
from app.sheets.documents.standing import standing_of
from app.sheets.sheet import Sheet, Table
from app.timing.projection import Projection
from app.timing.roster import heats_in_order, rounds_in_order
from app.views.audience import Item
from app.views.results import Lines, result_items

SUMMARY: Final = ("round", "rank", "heat", *OF_HEAT, "wind")

Rounds = Mapping[str, Lines]


def summary(of: Printed, id: EventId, rounds: Rounds) -> Sheet:
    """All starters of every round, in order of rank; a table for each round."""
    event = of.state.events[id]
    items = {name: _items(of, event, name, lines) for name, lines in rounds.items()}
    every = [item for found in items.values() for item in found]
    return sheet_of(
        of,
        "summary",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        lines=[advance(of, event, name) for name in rounds],
        records=records_block(of, event),
        tables=or_empty((_table(of, name, found) for name, found in items.items()), columns(of.words, SUMMARY)),
        notes=heat_notes(of, heats_in_order(event), every) or ([] if every else [of.words("note.not_drawn")]),
        signatures=signers(event),
        standing=standing_of(of, event, every, {heat.id for heat in heats_in_order(event)}),
    )


def _table(of: Printed, round: str, items: Sequence[Item]) -> Table:
    one_heat = len({item["heat"] for item in items}) < 2
    made = columns(of.words, SUMMARY, unshown=("round", "lane", *(("heat", "place") if one_heat else ())))
    rows = [each for item in items for each in (row(item, made), *leg_rows(item, made))]
    return Table(made, tuple(rows), of.words.round(round))


def _items(of: Printed, event: Event, name: str, lines: Lines) -> list[Item]:
    """By rank, or as the next round's lanes are drawn: winners, then seconds, … (R24), as the rules say."""
    heats = {heat.id: heat for heat in heats_in_order(event)}
    items = [
        {**with_writing(item), "round": name, "wind": _wind(heats, item)}
        for item in with_shared(of, [event], result_items(of.audience, of.state, of.people, lines), IN_HEATS)
    ]
    if rules_of(of.state.spec, event.spec).announcing.summary == "seeding":
        items.sort(key=_as_seeded)
    return items


def _wind(heats: Mapping[HeatId, Heat], item: Item) -> str | None:
    heat = heats.get(item["heat_id"])
    return text_of_wind(heat.wind_of(item["registration_id"])) if heat else None


def _as_seeded(item: Item) -> tuple[int, int]:
    """Winners, second places, …, then by time, then all others; each in order of rank already."""
    if item["qualification"] == "Q":
        return 0, item["place"] or 0
    return (1 if item["qualification"] else 2), 0


def qualifiers(of: Printed, id: EventId, rounds: Rounds) -> Sheet:
    """Who goes on from each round, or may."""
    event = of.state.events[id]
    keys = ("round", "rank", "heat", "place", "bib", "name", "nation", "club", "mark", "thousandths", "qualification")
    tables = []
    for name, lines in rounds.items():
        items = [item for item in _items(of, event, name, lines) if item["qualification"]]
        if items:
            title = of.words.round(name)
            made = columns(of.words, keys, unshown=("round",))
            tables.append(Table(made, tuple(row(item, made) for item in items), title))
    return sheet_of(
        of,
        "qualifiers",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        lines=[advance(of, event, name) for name in rounds],
        tables=or_empty(tables, columns(of.words, keys, unshown=("round",))),
        notes=[] if tables else [of.words("note.nothing_here")],
        signatures=["referee", "secretary"],
    )


def disqualifications(of: Printed, id: EventId, rounds: Rounds) -> Sheet:
    """Who is disqualified, by which rule, and what that rule is about."""
    event = of.state.events[id]
    cases = {one.code: one.case for one in rules_of(of.state.spec, event.spec).disqualifications}
    keys = ("round", "heat", "bib", "name", "nation", "club", "rule", "reason")
    found = [
        {
            **item,
            "round": of.words.round(name),
            "reason": of.words(f"because.{cases[item['rule']]}") if item["rule"] in cases else None,
        }
        for name, lines in rounds.items()
        for item in _items(of, event, name, lines)
        if item["status"] == "DQ"
    ]
    made = tuple(replace(one, shown=True) for one in columns(of.words, keys))
    return sheet_of(
        of,
        "disqualifications",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        tables=[Table(made, tuple(row({**item, "status": None}, made) for item in found))],
        notes=[] if found else [of.words("note.none_disqualified")],
        signatures=["referee"],
    )


def rounds(now: Projection, id: EventId) -> Rounds:
    names = rounds_in_order(now.state.events[id])
    return {name: Lines.of(now, now.round_results(id, name), now.team_runs(id, name)) for name in names}
