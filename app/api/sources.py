"""Sources of a meet: the readers, and where each of them stands."""

from typing import Annotated, Final

from fastapi import Path
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Who, needs
from app.api.conditional import IfMatch
from app.api.done import done, require
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.sources import SourceIn, SourceOut
from app.api.services import OnDesk, OnLive
from app.domain.facts import SourceDescribed
from app.domain.ids import MeetId
from app.domain.refusals import Invalid, MeetIsClosed, NotFound
from app.operations import sources
from app.operations.sources import Station

router: Final = Router("/v1/meets/{meet_id}/sources", tag="sources")

SourceName = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["mat-finish"])]


@router.get("", response_model=Listed[SourceOut])
@needs("meets:read")
def list_sources(meet_id: MeetId, page: Page, live: OnLive, reply: Replying) -> Response:
    """Also those that nobody described and that reads have come from."""
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        shown, more = page.cut(sorted(id for id in state.sources if id > (page.id or "")), str)
        return reply.at(state.head, lambda: Listed(items=[SourceOut.of(state, id) for id in shown], next_cursor=more))


@router.get("/{source}", response_model=SourceOut)
@needs("meets:read")
def get_source(meet_id: MeetId, source: SourceName, live: OnLive, reply: Replying) -> Response:
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        id = state.source_names.get(source)
        if id is None:
            raise NotFound("source", source)
        shown = SourceOut.of(state, id)
        return reply.at(shown.seq, lambda: shown, shown.representation)


@router.put("/{source}", response_model=SourceOut, responses=refuses(Invalid, MeetIsClosed))
@needs("timing:write")
def put_source(meet_id: MeetId, source: SourceName, body: SourceIn, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Describe a reader. Another place or clock offset counts for all of its reads, those that have come too.

    `points` says what it times from now on; where that is nothing, `hint` says which places there are.
    """
    station = body.station()
    with desk.open(meet_id, who.id) as sheet:
        state = standing(meet_id, sheet.state)
        before = state.source_names.get(source)
        if before is not None and _station(state.sources[before]) != station:
            seen = SourceOut.of(state, before)
            require(match, seen.seq, seen.representation)
        shown = SourceOut.of(state, sources.put(sheet, source, station))
        return done(shown, shown.seq, shown.representation)


def _station(source: SourceDescribed) -> Station:
    return Station(
        place=source.place,
        role=source.role,
        protocol=source.protocol,
        timezone=source.timezone,
        date_hint=source.date_hint,
        offset_us=source.offset_us,
        error_us=source.error_us,
    )
