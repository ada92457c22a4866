"""Lists of an event before it is run: who is entered, and all of its start lists (R48, R57)."""

from typing import Final

from app.domain.ids import EventId
from app.domain.state import Event, Heat
from app.rules.order import bib_key
from app.sheets.documents.columns import columns, or_empty, rows, table
from app.sheets.documents.frame import advance, event_heading, heat_name, records_block, sheet_of, weather_of, when
from app.sheets.documents.heats import START_LIST as OF_HEAT
from app.sheets.documents.heats import starters_table
from app.sheets.documents.printed import Printed
from app.sheets.nations import nation_name
from app.sheets.sheet import Sheet, Table
from app.timing.roster import heats_in_order, rounds_in_order
from app.views.audience import Item
from app.views.registrations import registration_item

ENTRIES: Final = ("bib", "name", "sex", "category", "nation", "club", "team", "wave", "role", "pb", "sb", "state")
START_LIST: Final = ("round", "heat", *OF_HEAT)


def entries(of: Printed, id: EventId, _: object) -> Sheet:
    """By bib. Teams are on paper where they are other than clubs."""
    event = of.state.events[id]
    in_order = sorted(event.registrations.values(), key=lambda one: bib_key(one.entry.bib))
    items = [registration_item(of.audience, of.state, of.people, one.entry.registration) for one in in_order]
    keys = (*ENTRIES[:5], "country", *ENTRIES[5:], "remark")
    as_clubs = all(item["team"] in (None, item["club"]) for item in items)
    made = columns(of.words, keys, unshown=("team",) if as_clubs else ())
    return sheet_of(
        of,
        "entries",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        lines=[of.words("line.entered", count=sum(item["state"] == "entered" for item in items))],
        records=records_block(of, event),
        tables=[Table(made, rows((_entry(of, item) for item in items), made))],
        notes=[] if items else [of.words("note.nothing_here")],
    )


def _entry(of: Printed, item: Item) -> Item:
    """With the name of the nation, and what is out of the ordinary, in words."""
    odd = [item["role"]] if item["role"] != "competitor" else []
    odd += [item["state"]] if item["state"] != "entered" else []
    remark = ", ".join(of.words(f"word.{one}") for one in odd) or None
    return {**item, "country": nation_name(item["nation"], of.words.language), "remark": remark}


def start_list(of: Printed, id: EventId, _: object) -> Sheet:
    """Of all heats, one table for each."""
    event = of.state.events[id]
    made = columns(of.words, (*START_LIST, "from"), unshown=("round", "heat"))
    heats = heats_in_order(event)
    return sheet_of(
        of,
        "start-list",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        lines=[advance(of, event, name) for name in rounds_in_order(event)],
        records=records_block(of, event),
        tables=or_empty((starters_table(of, heat, made, heat_title(of, event, heat)) for heat in heats), made),
        notes=[] if heats else [of.words("note.not_drawn")],
    )


def heat_title(of: Printed, event: Event, heat: Heat) -> str:
    """`Semi-Final – Heat 2 of 3   Start: …`"""
    return " · ".join(part for part in (heat_name(of, heat), when(of, event, heat), weather_of(of, heat)) if part)


def bib_labels(of: Printed, id: EventId, _: object) -> Sheet:
    """A label for each entry, to be cut apart."""
    event = of.state.events[id]
    in_order = sorted(event.registrations.values(), key=lambda one: bib_key(one.entry.bib))
    items = [
        registration_item(of.audience, of.state, of.people, one.entry.registration)
        for one in in_order
        if not one.withdrawn
    ]
    labels = ("bib", "name", "nation", "club", "category", "wave")
    return sheet_of(
        of,
        "bib-labels",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        tables=or_empty((table(of.words, labels, [item]) for item in items), columns(of.words, labels)),
    )
