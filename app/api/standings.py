"""Standings of an event: a line for each registration, and why."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Final

import msgspec
from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, public_meet
from app.api.finishes import BibPath
from app.api.looking import Look, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Derived
from app.api.schemas.standings import StandingOut, StandingWhole
from app.api.services import Db
from app.api.touches import of_event
from app.domain.ids import Bib, EventId, MeetId
from app.domain.meet import Sex
from app.domain.refusals import NotFound
from app.domain.state import MeetState
from app.live import NotThereYet
from app.operations.access import Audience
from app.store import Database
from app.timing.explain import Because
from app.timing.projection import Projection
from app.timing.standing import Standing
from app.timing.standings import StandingsTable
from app.views.because import because_item
from app.views.marks import Marks
from app.views.records import marks_items
from app.views.standings import standing_item, standing_items
from app.views.worth import Asked, Worth, said_by_rule

With = Annotated[
    list[Asked],
    Query(alias="with", default_factory=list, max_length=3, description="What a mark is worth, said beside it."),
]

router: Final = Router("/v1/events/{event_id}/standings", tag="results")


@router.get("", response_model=Derived[StandingOut], responses=refuses(NotThereYet))
@public_meet()
def list_standings(
    event_id: EventId,
    meet: Meet,
    look: Look,
    page: Page,
    reply: Replying,
    asked: With,
    point: Annotated[str | None, Query(description="Rank at this timing point.", examples=["5 km"])] = None,
    sex: Annotated[Sex | None, Query(description="Only runners of this sex.", examples=["W"])] = None,
    category: Annotated[str | None, Query(description="Only runners of this category.", examples=["W40"])] = None,
) -> Response:
    """One line for each registration, also without a read, in the order of a results sheet. Places count whether or not
    a filter hides others."""
    mark = partial(of_event, id=event_id)
    with look.at(meet.id, mark, lambda now: now.table(event_id, point, sex, category), page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page, asked))


@router.get("/{bib}", response_model=StandingWhole, responses=refuses(NotThereYet))
@public_meet()
def get_standing(
    event_id: EventId, bib: BibPath, meet: Meet, look: Look, db: Db, reply: Replying, asked: With
) -> Response:
    """One, and why: the reads considered and the ones chosen with the rule for each, readings and rulings."""
    with look.at(meet.id, partial(of_event, id=event_id), partial(_found, event=event_id, bib=Bib(bib))) as seen:
        return reply.at(seen.mark, lambda: _whole(db, meet.id, reply.audience, seen, asked))


def _found(now: Projection, event: EventId, bib: Bib) -> tuple[Standing, Because, Marks]:
    id = now.state.events[event].by_bib.get(bib)
    if id is None:
        raise NotFound("bib", bib)
    return now.standing(event, id), now.explain(event, id), Marks.of(now, event)


def _whole(
    db: Database, meet: MeetId, audience: Audience, seen: Seen[tuple[Standing, Because, Marks]], asked: Sequence[Asked]
) -> bytes:
    row, why, marks = seen.value
    listed = seen.state.records.words if seen.state.records else None
    named = [ruling.reason for _, ruling in why.rulings if ruling.reason]
    with db.read() as tx:
        texts = tx.texts.many(meet, [*named, *([listed] if listed else ())])
    words = texts.get(listed, "") if listed else ""
    beside = marks_items(seen.state, seen.people, marks, (row.heat, row.registration), words) if row.heat else []
    item = standing_item(audience, seen.state, seen.people, row, _worth(seen.state, row, asked))
    because = because_item(audience, seen.state, row.heat, why, texts, beside)
    return msgspec.json.encode({**item, "because": because, "seq": seen.seq})


def _page(audience: Audience, seen: Seen[StandingsTable], page: PageAsked, asked: Sequence[Asked]) -> bytes:
    table = seen.value
    start, stop, more = page.slice(len(table), seen.seq)
    rows = table.rows(start, stop)
    worth = _worth(seen.state, rows[0], asked) if rows else None
    items = standing_items(audience, seen.state, seen.people, rows, worth)
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq})


def _worth(state: MeetState, row: Standing, asked: Sequence[Asked]) -> Worth | None:
    event = state.events[state.registrations[row.registration].entry.event]
    wanted = {*asked, *said_by_rule(state, event.spec)}
    return Worth.of(state, event.spec, wanted) if wanted else None
