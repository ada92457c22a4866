"""Events of a meet."""

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.conditional import IfMatch
from app.api.done import created, done, gone, require
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.events import EventCloneIn, EventIn, EventOut, EventPatch
from app.api.services import OnDesk, OnLive
from app.domain.ids import EventId, MeetId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, ResultsDepend, SexDoesNotFit
from app.domain.state import MeetState
from app.operations import events
from app.operations.find import event_of, events_of, spec_of

router = Router("/v1", tag="events")


@router.post(
    "/meets/{meet_id}/events",
    status_code=201,
    response_model=EventOut,
    responses=refuses(Invalid, Contradicts, MeetIsClosed),
)
@needs("meets:write")
def create_event(meet_id: MeetId, body: EventIn, who: Who, desk: OnDesk) -> Response:
    """A discipline and its field of athletes, with its course, categories and rounds."""
    with desk.open(meet_id, who.id) as sheet:
        return _created(meet_id, sheet.state, events.describe(sheet, body.spec()))


@router.get("/meets/{meet_id}/events", response_model=Listed[EventOut])
@public_meet()
def list_events(meet_id: MeetId, page: Page, live: OnLive, reply: Replying) -> Response:
    """In the order that they were made in."""
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        after = sorted(event.id for event in events_of(state) if event.id > (page.id or ""))
        shown, more = page.cut(after, str)
        return reply.at(
            state.head, lambda: Listed(items=[_shown(meet_id, state, id) for id in shown], next_cursor=more)
        )


@router.get("/events/{event_id}", response_model=EventOut)
@public_meet()
def get_event(event_id: EventId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        event_of(state, event_id)
        return reply.at(state.touched[event_id], lambda: _shown(meet.id, state, event_id))


@router.patch(
    "/events/{event_id}",
    response_model=EventOut,
    responses=refuses(Invalid, Contradicts, SexDoesNotFit, MeetIsClosed),
)
@needs("meets:write")
def change_event(event_id: EventId, body: EventPatch, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """For all of its results, also those that are there already; what was published stays."""
    with desk.open(meet.id, who.id) as sheet:
        event_of(sheet.state, event_id)
        require(match, sheet.state.touched[event_id])
        events.change(sheet, event_id, body.changes())
        return done(_shown(meet.id, sheet.state, event_id), sheet.state.touched[event_id])


@router.delete(
    "/events/{event_id}",
    status_code=204,
    responses=refuses(ResultsDepend, MeetIsClosed),
)
@needs("meets:write")
def withdraw_event(event_id: EventId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Only while no result depends on it."""
    with desk.open(meet.id, who.id) as sheet:
        event_of(sheet.state, event_id)
        require(match, sheet.state.touched[event_id])
        events.withdraw(sheet, event_id)
    return gone()


@router.post(
    "/events/{event_id}/clone",
    status_code=201,
    response_model=EventOut,
    responses=refuses(Contradicts, MeetIsClosed),
)
@needs("meets:write")
def clone_event(event_id: EventId, meet: Meet, who: Who, desk: OnDesk, body: EventCloneIn | None = None) -> Response:
    """The same description as another event of the meet: no entries, heats or results."""
    with desk.open(meet.id, who.id) as sheet:
        copy = events.clone(sheet, event_id)
        events.change(sheet, copy, body.changes() if body else {})
        return _created(meet.id, sheet.state, copy)


def _shown(meet: MeetId, state: MeetState, id: EventId) -> EventOut:
    return EventOut.of(meet, spec_of(state), state.events[id], state.touched[id])


def _created(meet: MeetId, state: MeetState, id: EventId) -> Response:
    return created(_shown(meet, state, id), state.touched[id], f"/v1/events/{id}")
