"""Manual entry at the finish line: a time first, its bib later, both correctable."""

from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.conditional import IfMatch
from app.api.done import created, done, gone, require
from app.api.faults import MatchRequired, Stale
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.line_times import LineTimeIn, LineTimeOut, LineTimePatch
from app.api.services import OnDesk, OnLive
from app.api.touches import of_decisions
from app.domain.facts import LineTimeTaken
from app.domain.ids import HeatId, TimeId
from app.domain.refusals import AmbiguousBib, Invalid, MeetIsClosed, NotFound, NotInHeat
from app.domain.state import MeetState
from app.operations import line_times
from app.operations.find import heat_of

router: Final = Router("/v1/heats/{heat_id}/times", tag="timing")


@router.post("", status_code=201, response_model=LineTimeOut, responses=refuses(NotInHeat, AmbiguousBib, MeetIsClosed))
@needs("timing:write")
def take_time(heat_id: HeatId, body: LineTimeIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """Somebody crossed the line. Zeros, case and spaces of the bib are forgiven where one runner can be meant. In a
    road race any of its waves may be named: the bib tells the wave, now or later, and `heat_id` says which it is."""
    with desk.open(meet.id, who.id) as sheet:
        id = line_times.take(sheet, heat_id, body.at, body.bib)
        shown = _shown(sheet.state, heat_id, id)
        mark = _mark(sheet.state, shown)
    return created(shown, mark, f"/v1/heats/{shown.heat_id}/times/{id}")


@router.get("", response_model=Listed[LineTimeOut])
@needs("meets:read")
def list_times(heat_id: HeatId, meet: Meet, page: Page, live: OnLive, reply: Replying) -> Response:
    """Those of the running that counts, in the order that they were entered in."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        taken = sorted(id for id in heat_of(state, heat_id).now.line_times if id > (page.id or ""))
        ids, more = page.cut(taken[: page.limit + 1], str)
        items = [_shown(state, heat_id, id) for id in ids]
        return reply.at(of_decisions(state, heat_id), lambda: Listed(items=items, next_cursor=more))


@router.get("/{time_id}", response_model=LineTimeOut)
@needs("meets:read")
def get_time(heat_id: HeatId, time_id: TimeId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        shown = _shown(state, heat_id, time_id)
        return reply.at(_mark(state, shown), lambda: shown)


@router.patch(
    "/{time_id}",
    response_model=LineTimeOut,
    responses=refuses(Invalid, NotInHeat, AmbiguousBib, MeetIsClosed, MatchRequired, Stale),
)
@needs("timing:write")
def change_time(
    heat_id: HeatId, time_id: TimeId, body: LineTimePatch, meet: Meet, who: Who, match: IfMatch, desk: OnDesk
) -> Response:
    """Whose it is, or when it was."""
    with desk.open(meet.id, who.id) as sheet:
        require(match, _mark(sheet.state, _shown(sheet.state, heat_id, time_id)))
        line_times.change(sheet, time_id, body.changes())
        shown = _shown(sheet.state, heat_id, time_id)
        mark = _mark(sheet.state, shown)
    return done(shown, mark)


@router.delete("/{time_id}", status_code=204, responses=refuses(MeetIsClosed, MatchRequired, Stale))
@needs("timing:write")
def drop_time(heat_id: HeatId, time_id: TimeId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Nobody crossed. What was entered stays in the log."""
    with desk.open(meet.id, who.id) as sheet:
        require(match, _mark(sheet.state, _shown(sheet.state, heat_id, time_id)))
        line_times.drop(sheet, time_id)
    return gone()


def _mark(state: MeetState, shown: LineTimeOut) -> int:
    """The runner may wear another bib by now."""
    return max(shown.seq, state.touched.get(shown.registration_id or "", 0))


def _shown(state: MeetState, heat: HeatId, id: TimeId) -> LineTimeOut:
    return LineTimeOut.of(state, _taken(state, heat, id))


def _taken(state: MeetState, heat: HeatId, id: TimeId) -> LineTimeTaken:
    found, taken = line_times.line_time_of(state, id)
    if found.id != heat and heat not in {one.id for one in line_times.waves_beside(state, found)}:
        raise NotFound("time", id)
    return taken
