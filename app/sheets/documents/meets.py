"""Sheets of a meet: medals, placing, records, the schedule (R48, R58, R59), and the book of all results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import EventId, HeatId, MeetId
from app.domain.state import Event, MeetState
from app.domain.units import LATEST, Instant, format_instant
from app.sheets.documents import broken, entries, heats, rounds, standings
from app.sheets.documents.columns import columns, row, table
from app.sheets.documents.frame import sheet_of
from app.sheets.documents.printed import Maker, Printed, nothing, one
from app.sheets.documents.rounds import Rounds
from app.sheets.documents.shared import ALL_RANKS, with_shared
from app.sheets.documents.standing import official_once
from app.sheets.nations import nation_name
from app.sheets.sheet import Column, Sheet, Table
from app.sheets.words import clock, local_time
from app.timing.finals import FinalRound, finals
from app.timing.projection import Projection
from app.timing.roster import heats_in_order, rounds_in_order
from app.timing.standings import StandingsTable
from app.views.audience import Item
from app.views.marks import Marks
from app.views.medals import Counting, medal_items, placing_items

MEDALS: Final = ("rank", "nation", "country", "gold", "silver", "bronze", "total")
SCHEDULE: Final = ("date", "time", "event", "round", "heats", "runners", "starts_at")


def medals(of: Printed, id: MeetId, found: Sequence[FinalRound]) -> Sheet:
    """Gold, silver, bronze by nation (R58)."""
    asked = _counting(of, found)
    items = [_nation(of, item) for item in _ranked(of, asked, medal_items(asked))]
    return _of_finals(of, "medals", asked, table(of.words, MEDALS, items))


def placing(of: Printed, id: MeetId, found: Sequence[FinalRound]) -> Sheet:
    """Points by nation, and how often each was first, second, … (R59)."""
    asked = _counting(of, found)
    items = [_nation(of, item) for item in _ranked(of, asked, placing_items(asked))]
    most = max((len(item["places"]) for item in items), default=0)
    counted = [{**item, **{f"place_{n}": count for n, count in enumerate(item["places"], 1)}} for item in items]
    made = columns(of.words, ("rank", "nation", "country", "points"))
    places = tuple(Column(f"place_{n}", str(n), "right", "integer") for n in range(1, most + 1))
    every = (*made, *places)
    return _of_finals(of, "placing", asked, Table(every, tuple(row(item, every) for item in counted)))


def _counting(of: Printed, found: Sequence[FinalRound]) -> Counting:
    return Counting(found, "finished", "nation", of.audience, of.people)


def _ranked(of: Printed, asked: Counting, items: Sequence[Item]) -> Sequence[Item]:
    return with_shared(of, [of.state.events[final.event] for final in asked.finals], items, ALL_RANKS)


def _nation(of: Printed, item: Item) -> Item:
    return {**item, "nation": item["name"], "country": nation_name(item["name"], of.words.language)}


def _of_finals(of: Printed, name: str, asked: Counting, made: Table) -> Sheet:
    """Official as soon as every final is."""
    done = bool(asked.finals) and all(final.stage == "official" for final in asked.finals)
    return sheet_of(
        of,
        name,
        lines=[of.words("line.as_of_finals", counted=len(asked.counted), total=len(asked.finals))],
        tables=[made],
        notes=[] if made.rows else [of.words("note.nothing_here")],
        signatures=["secretary"],
        standing=official_once(of.words, done),
    )


def schedule(of: Printed, id: MeetId, _: object) -> Sheet:
    """Every round, in order of its start; those without a time last."""
    found = sorted(_rounds_of(of.state), key=lambda one: one[0])
    made = columns(of.words, SCHEDULE, unshown=("starts_at",))
    items = [_scheduled(of, at, event, name) for at, event, name in found]
    return sheet_of(
        of,
        "schedule",
        tables=[Table(made, tuple(row(item, made) for item in items))],
        notes=[] if items else [of.words("note.nothing_here")],
    )


def _rounds_of(state: MeetState) -> Iterator[tuple[int, Event, str]]:
    for event in state.events.values():
        if not event.withdrawn:
            names = dict.fromkeys([*(one.name for one in event.spec.rounds), *rounds_in_order(event)])
            planned = {one.name: one.scheduled_at for one in event.spec.rounds}
            for name in names:
                guns = [start[1].at for heat in event.rounds.get(name, {}).values() if (start := heat.now.start)]
                yield planned.get(name) or min(guns, default=LATEST), event, name


def _scheduled(of: Printed, at: int, event: Event, name: str) -> Item:
    local = None if at == LATEST else local_time(Instant(at), of.meet.timezone)
    drawn = list(event.rounds.get(name, {}).values())
    return {
        "date": of.words.day(local.date()) if local else None,
        "time": clock(local) if local else None,
        "event": of.event(event),
        "round": of.words.round(name),
        "heats": len(drawn) or None,
        "runners": sum(len(event.starters(heat)) for heat in drawn) or None,
        "starts_at": format_instant(Instant(at)) if local else None,
    }


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that the book is made of."""

    standings: Mapping[EventId, StandingsTable]
    rounds: Mapping[EventId, Rounds]
    heats: Mapping[HeatId, heats.Ran]
    finals: Sequence[FinalRound]
    marks: Sequence[Marks]


def whole(now: Projection, id: MeetId) -> Whole:
    held = [event for event in now.state.events.values() if not event.withdrawn]
    return Whole(
        standings={event.id: now.table(event.id) for event in held},
        rounds={event.id: rounds.rounds(now, event.id) for event in held},
        heats={heat.id: heats.ran(now, heat.id) for event in held for heat in heats_in_order(event)},
        finals=finals(now),
        marks=broken.taken(now, id),
    )


def book(of: Printed, id: MeetId, taken: Whole) -> Sequence[Sheet]:
    """The whole meet: contents, then event by event, then its tables. Row n of the contents is sheet n + 1."""
    sheets = [
        *(sheet for event in taken.standings for sheet in _of_event(of, of.state.events[event], taken)),
        medals(of, id, taken.finals),
        placing(of, id, taken.finals),
        broken.of_meet(of, id, taken.marks),
        schedule(of, id, None),
    ]
    made = columns(of.words, ("sheet", "subject", "page"))
    rows = [row({"sheet": one.title, "subject": one.subject or one.meet, "page": None}, made) for one in sheets]
    first = sheet_of(of, "contents", title=of.words("title.book"), tables=[Table(made, tuple(rows))])
    return (first, *sheets)


def _of_event(of: Printed, event: Event, taken: Whole) -> Iterator[Sheet]:
    """Entries and the results of the event, on the road by category too; on a track its summary and every heat: the
    final first, then the heats of each round before it in their order.
    """
    yield entries.entries(of, event.id, None)
    if event.spec.surface == "road":
        made = taken.standings[event.id]
        yield standings.results(of, event.id, made)
        if any(one.category for one in made.rows(0, len(made))):
            yield standings.results(of, event.id, made, by="category")
        return
    if len(heats_in_order(event)) > 1:
        yield rounds.summary(of, event.id, taken.rounds[event.id])
    for name in reversed(rounds_in_order(event)):
        for heat in heats_in_order(event, name):
            yield heats.results(of, heat.id, taken.heats[heat.id])


def _finals(now: Projection, id: MeetId) -> list[FinalRound]:
    return finals(now)


MEETS: Final[Mapping[str, Maker[MeetId]]] = {
    "medals": Maker(_finals, one(medals)),
    "placing": Maker(_finals, one(placing)),
    "records": Maker(broken.taken, one(broken.of_meet)),
    "schedule": Maker(nothing, one(schedule)),
    "book": Maker(whole, book),
}
