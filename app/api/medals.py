"""Tables over the events of a meet: medals, placings, combined events."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Final

import msgspec
from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, public_meet
from app.api.looking import Look, Mark, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.medals import CombinedOut, MedalsOut, PlacingsOut
from app.api.touches import of_event
from app.domain.fold import MEET
from app.domain.ids import EventId, MeetId
from app.domain.refusals import Contradicts
from app.live import NotThereYet
from app.operations.access import Audience
from app.operations.find import event_of
from app.operations.sheet import standing
from app.rules.points import ScoringTable
from app.timing.combined import Combined, combined, table_for
from app.timing.finals import FinalRound, Stage, finals
from app.timing.projection import Projection
from app.views.audience import Item
from app.views.combined import combined_item
from app.views.medals import By, Counting, event_items, medal_items, placing_items

router: Final = Router("/v1/meets/{meet_id}", tag="results")

WhoseBy = Annotated[By, Query(alias="by", description="Whom places count for.")]
Least = Annotated[Stage, Query(description="How far an event must have come to count; `official` asks for the most.")]
Events = Annotated[list[EventId], Query(min_length=1, max_length=20, description="Their ids, in the order to show.")]
TableName = Annotated[
    str | None, Query(max_length=200, description="A scoring table; left out, the ruleset's for combined events.")
]


@router.get("/medals", response_model=MedalsOut, responses=refuses(NotThereYet))
@public_meet()
def list_medals(
    meet_id: MeetId,
    meet: Meet,
    look: Look,
    page: Page,
    reply: Replying,
    by: WhoseBy = "nation",
    least: Least = "finished",
) -> Response:
    """The medal table over the finals, be they the only round (R58). A relay team wins one medal."""
    with look.at(meet.id, _of_meet, finals, page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page, by, least, medal_items))


@router.get("/placings", response_model=PlacingsOut, responses=refuses(NotThereYet))
@public_meet()
def list_placings(
    meet_id: MeetId,
    meet: Meet,
    look: Look,
    page: Page,
    reply: Replying,
    by: WhoseBy = "nation",
    least: Least = "finished",
) -> Response:
    """The placing table over the finals: points for the first eight, shared places share them (R59)."""
    with look.at(meet.id, _of_meet, finals, page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page, by, least, placing_items))


@router.get("/combined", response_model=CombinedOut, responses=refuses(NotThereYet, Contradicts))
@public_meet()
def list_combined(
    meet_id: MeetId,
    meet: Meet,
    look: Look,
    page: Page,
    reply: Replying,
    events: Events,
    table: TableName = None,
) -> Response:
    """Points of a scoring table over several events, added up for each athlete (R83, R84)."""
    wanted = list(dict.fromkeys(events))
    with look.at(meet.id, mark_of_events(wanted), partial(scored, ids=wanted, name=table), page) as seen:
        return reply.at(seen.mark, lambda: _combined_page(reply.audience, seen, page))


def _of_meet(now: Projection) -> int:
    """Whatever moves one of its events, those too that were withdrawn."""
    state = standing(now.state)
    return max(state.touched.get(MEET, 0), *(now.touched(id) for id in state.events), 0)


def mark_of_events(ids: list[EventId]) -> Mark:
    """Whatever moves one of them."""
    return lambda now: max(of_event(now, id) for id in ids)


def _page(
    audience: Audience,
    seen: Seen[list[FinalRound]],
    page: PageAsked,
    by: By,
    least: Stage,
    items_of: Callable[[Counting], list[Item]],
) -> bytes:
    asked = Counting(seen.value, least, by, audience, seen.people)
    items = items_of(asked)
    start, stop, more = page.slice(len(items), seen.seq)
    told = {"items": items[start:stop], "next_cursor": more, "seq": seen.seq}
    return msgspec.json.encode({**told, "by": by, "least": least, "events": event_items(asked)})


class Scored(list[Combined]):
    """Lines, and the table that they were scored by."""

    table: ScoringTable


def scored(now: Projection, ids: list[EventId], name: str | None) -> Scored:
    for id in ids:
        event_of(now.state, id)
    table = table_for(now, ids, name)
    lines = Scored(combined(now, ids, table))
    lines.table = table
    return lines


def _combined_page(audience: Audience, seen: Seen[Scored], page: PageAsked) -> bytes:
    rows = seen.value
    start, stop, more = page.slice(len(rows), seen.seq)
    items = [combined_item(audience, seen.state, seen.people, row) for row in rows[start:stop]]
    table = {name: getattr(rows.table, name) for name in ("name", "title", "source", "approximate")}
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq, "table": table})
