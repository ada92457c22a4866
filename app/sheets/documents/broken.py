"""Records that were broken or equalled, of a meet or of one event, in the order of the races (R48, R50)."""

from collections.abc import Sequence
from typing import Final

from app.domain.ids import EventId, MeetId
from app.sheets.documents.columns import table
from app.sheets.documents.frame import event_heading, record_day, sheet_of
from app.sheets.documents.printed import Printed
from app.sheets.sheet import Sheet
from app.timing.projection import Projection
from app.views.audience import Item
from app.views.marks import Marks
from app.views.records import all_marks, broken_items

BROKEN: Final = ("code", "category", "event", "round", "heat", "bib", "name", "nation", "mark", "before", "holder")


def of_meet(of: Printed, id: MeetId, marks: Sequence[Marks]) -> Sheet:
    items = broken_items(of.audience, of.state, of.people, marks, of.record_words)
    return sheet_of(
        of,
        "records",
        tables=[table(of.words, BROKEN, [_item(of, item) for item in items])],
        notes=[] if items else [of.words("note.none_broken")],
        signatures=["referee", "secretary"],
    )


def of_event(of: Printed, id: EventId, marks: Sequence[Marks]) -> Sheet:
    event = of.state.events[id]
    found = broken_items(of.audience, of.state, of.people, marks, of.record_words)
    items = [item for item in found if item["event_id"] == id]
    return sheet_of(
        of,
        "records",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        tables=[table(of.words, BROKEN, [_item(of, item) for item in items])],
        notes=[] if items else [of.words("note.none_broken")],
        signatures=["referee", "secretary"],
    )


def _item(of: Printed, item: Item) -> Item:
    """With the mark that stood before, and whose it was."""
    before = item["before"][0] if item["before"] else {}
    day = record_day(of, before.get("date"))
    holder = " ".join(str(part) for part in (before.get("holder"), before.get("nation"), day) if part)
    event = of.event(of.state.events[item["event_id"]])
    said = {
        "event": event,
        "round": of.words.round(item["round"]),
        "before": before.get("mark"),
        "holder": holder or None,
    }
    return {**item, **said}


def taken(now: Projection, id: MeetId | EventId) -> list[Marks]:
    return all_marks(now)
