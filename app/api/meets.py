"""Meets."""

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Asked, Meet, Who, needs, public_meet
from app.api.conditional import IfMatch, etag_of
from app.api.done import created, done, gone, require
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.meets import MeetCloneIn, MeetIn, MeetItem, MeetOut, MeetPatch
from app.api.services import Db, OnDesk, OnLive
from app.domain.fold import MEET
from app.domain.ids import MeetId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, NotFound, ResultsDepend
from app.domain.state import MeetState
from app.operations import designs, meets, records
from app.operations.access import Principal
from app.store import MeetRow, Reader

router = Router("/v1", tag="meets")


@router.post("/meets", status_code=201, response_model=MeetOut, responses=refuses(Invalid))
@needs("meets:write")
def create_meet(body: MeetIn, who: Who, desk: OnDesk) -> Response:
    """A new meet of the token's organization, private until its visibility says otherwise."""
    with desk.open_new(who.organization, who.id) as sheet:
        meets.open_meet(sheet, body.spec())
        return _created(sheet.meet_id, sheet.state)


@router.get("/meets", response_model=Listed[MeetItem])
@public_meet()
def list_meets(asked: Asked, page: Page, db: Db, reply: Replying) -> Response:
    """Oldest first: the organization's own, or without a token the public ones."""
    with db.read() as tx:
        rows = _listed(tx, asked.who, page)
    shown, more = page.cut(rows, lambda listed: listed[0].id)
    return reply.tagged(etag_of(rows), lambda: Listed(items=[MeetItem.of(*one) for one in shown], next_cursor=more))


@router.get("/meets/{meet_id}", response_model=MeetOut)
@public_meet()
def get_meet(meet_id: MeetId, live: OnLive, reply: Replying) -> Response:
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        return reply.at(state.touched[MEET], lambda: MeetOut.of(meet_id, state))


@router.patch(
    "/meets/{meet_id}",
    response_model=MeetOut,
    responses=refuses(Invalid, Contradicts, ResultsDepend, MeetIsClosed),
)
@needs("meets:write")
def change_meet(meet_id: MeetId, body: MeetPatch, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Other dates make other ages, and a public visibility shows the meet to everybody.

    A closed meet lets its visibility be changed and nothing else.
    """
    with desk.open(meet_id, who.id) as sheet:
        require(match, standing(meet_id, sheet.state).touched[MEET])
        meets.change(sheet, body.changes())
        return done(MeetOut.of(meet_id, sheet.state), sheet.state.touched[MEET])


@router.delete(
    "/meets/{meet_id}",
    status_code=204,
    responses=refuses(ResultsDepend, MeetIsClosed),
)
@needs("meets:write")
def withdraw_meet(meet_id: MeetId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk, live: OnLive) -> Response:
    """Only while no result depends on it. A rehearsal goes whole, whatever is in it."""
    with desk.open(meet_id, who.id) as sheet:
        require(match, standing(meet_id, sheet.state).touched[MEET])
        if meet.rehearsal:
            sheet.tx.meets.drop(meet_id)
        else:
            meets.withdraw(sheet)
    live.forget(meet_id)
    return gone()


@router.post("/meets/{meet_id}/close", response_model=MeetOut, responses=refuses(MeetIsClosed))
@needs("meets:write")
def close_meet(meet_id: MeetId, who: Who, desk: OnDesk) -> Response:
    """Read only from here on, until it is reopened."""
    with desk.open(meet_id, who.id) as sheet:
        meets.close(sheet)
        return done(MeetOut.of(meet_id, sheet.state), sheet.state.touched[MEET])


@router.post("/meets/{meet_id}/reopen", response_model=MeetOut, responses=refuses(Contradicts))
@needs("meets:write")
def reopen_meet(meet_id: MeetId, who: Who, desk: OnDesk) -> Response:
    with desk.open(meet_id, who.id) as sheet:
        meets.reopen(sheet)
        return done(MeetOut.of(meet_id, sheet.state), sheet.state.touched[MEET])


@router.post("/meets/{meet_id}/clone", status_code=201, response_model=MeetOut, responses=refuses(Invalid))
@needs("meets:write")
def clone_meet(
    meet_id: MeetId, meet: Meet, who: Who, desk: OnDesk, live: OnLive, body: MeetCloneIn | None = None
) -> Response:
    """Its events, sources, lists of records and the look of its sheets as a new, private meet, without people, heats or
    results.

    What was broken at it is in the lists when somebody has put it there.
    """
    with live.view(meet_id) as view:
        model = standing(meet_id, view.projection.state)
        with desk.open_new(meet.organization, who.id) as sheet:
            lists = records.lists_in(meet_id, model, sheet.tx.texts)
            meets.clone(sheet, model, body.changes() if body else None, lists)
            designs.carry_over(sheet, meet_id, model)
            return _created(sheet.meet_id, sheet.state)


def standing(id: MeetId, state: MeetState) -> MeetState:
    """The state of a meet that was not withdrawn."""
    if state.spec is None or state.withdrawn:
        raise NotFound("meet", id)
    return state


def _listed(tx: Reader, who: Principal | None, page: PageAsked) -> list[tuple[MeetRow, int]]:
    """One more than the page holds, with the heads of their logs. A key that is bound to a meet knows of no other."""
    if who is None:
        return tx.meets.list(None, True, page.id, page.limit + 1)
    if who.meet is not None:
        row = tx.meets.get(who.meet)
        return [(row, tx.meets.head(row.id))] if row is not None and page.after is None else []
    return tx.meets.list(None if who.is_admin else who.organization, False, page.id, page.limit + 1)


def _created(id: MeetId, state: MeetState) -> Response:
    return created(MeetOut.of(id, state), state.touched[MEET], f"/v1/meets/{id}")
