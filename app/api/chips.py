"""Chips handed out in a meet."""

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.conditional import IfMatch
from app.api.done import created, done, gone, require
from app.api.meets import standing
from app.api.page import Page
from app.api.positions import of_assignment
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.chips import ChipAssignmentIn, ChipAssignmentOut, ChipAssignmentPatch
from app.api.services import OnDesk, OnLive
from app.domain.ids import AssignmentId, Bib, Chip, MeetId
from app.domain.refusals import AmbiguousBib, ChipTaken, Invalid, MeetIsClosed, NotRegistered
from app.domain.state import MeetState
from app.operations import chips

router: Final = Router("/v1", tag="chips")


@router.post(
    "/meets/{meet_id}/chip-assignments",
    status_code=201,
    response_model=ChipAssignmentOut,
    responses=refuses(Invalid, NotRegistered, AmbiguousBib, ChipTaken, MeetIsClosed),
)
@needs("entries:write")
def assign_chip(meet_id: MeetId, body: ChipAssignmentIn, who: Who, desk: OnDesk) -> Response:
    """Reads that came before are resolved anew. At any instant a chip names one athlete."""
    with desk.open(meet_id, who.id) as sheet:
        id = chips.assign(sheet, Chip(body.chip), Bib(body.bib), body.since, body.until)
        shown = _shown(sheet.state, id)
    return created(shown, shown.seq, f"/v1/chip-assignments/{id}")


@router.get("/meets/{meet_id}/chip-assignments", response_model=Listed[ChipAssignmentOut])
@needs("meets:read")
def list_chip_assignments(
    meet_id: MeetId,
    page: Page,
    live: OnLive,
    reply: Replying,
    chip: Annotated[str | None, Query(description="Only this chip.")] = None,
    bib: Annotated[str | None, Query(description="Only chips of the athletes who wear this bib.")] = None,
) -> Response:
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        shown, more = page.cut(_matching(state, chip, bib, page.id), str)
        return reply.at(
            state.head,
            lambda: Listed(items=[_shown(state, id) for id in shown], next_cursor=more),
        )


@router.get("/chip-assignments/{assignment_id}", response_model=ChipAssignmentOut)
@needs("meets:read")
def get_chip_assignment(assignment_id: AssignmentId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        chips.assignment_of(state, assignment_id)
        return reply.at(of_assignment(state, assignment_id), lambda: _shown(state, assignment_id))


@router.patch(
    "/chip-assignments/{assignment_id}",
    response_model=ChipAssignmentOut,
    responses=refuses(Invalid, ChipTaken, MeetIsClosed),
)
@needs("entries:write")
def change_chip_assignment(
    assignment_id: AssignmentId, body: ChipAssignmentPatch, meet: Meet, who: Who, match: IfMatch, desk: OnDesk
) -> Response:
    """Other times: a chip that goes to somebody else is ended here first."""
    with desk.open(meet.id, who.id) as sheet:
        chips.assignment_of(sheet.state, assignment_id)
        require(match, of_assignment(sheet.state, assignment_id))
        chips.change(sheet, assignment_id, body.changes())
        shown = _shown(sheet.state, assignment_id)
    return done(shown, shown.seq)


@router.delete(
    "/chip-assignments/{assignment_id}",
    status_code=204,
    responses=refuses(MeetIsClosed),
)
@needs("entries:write")
def release_chip(assignment_id: AssignmentId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """As if it had never been handed out."""
    with desk.open(meet.id, who.id) as sheet:
        chips.assignment_of(sheet.state, assignment_id)
        require(match, of_assignment(sheet.state, assignment_id))
        chips.release(sheet, assignment_id)
    return gone()


def _shown(state: MeetState, id: AssignmentId) -> ChipAssignmentOut:
    return ChipAssignmentOut.of(state, id, of_assignment(state, id))


def _matching(state: MeetState, chip: str | None, bib: str | None, after: str | None) -> list[AssignmentId]:
    ids = state.assignments if chip is None else state.chips.get(Chip(chip), [])
    wearers = None if bib is None else state.by_bib.get(Bib(bib), set())
    found = (id for id in ids if id > (after or ""))
    return sorted(id for id in found if wearers is None or state.assignments[id].athlete in wearers)
