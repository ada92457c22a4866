"""What photo finish or watches say about a heat."""

from typing import Annotated, Final

from fastapi import Path
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.done import created
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.finishes import FinishesIn, FinishesOut, FinishOut
from app.api.services import OnDesk, OnLive
from app.api.touches import of_decisions
from app.domain.ids import Bib, HeatId, RegistrationId
from app.domain.refusals import Invalid, MeetIsClosed, NotFound, NotInHeat, RunnerTwice
from app.operations import finishes
from app.operations.find import heat_of

router: Final = Router("/v1/heats/{heat_id}/finishes", tag="timing")

BibPath = Annotated[str, Path(min_length=1, max_length=64, examples=["31"])]


@router.post(
    "", status_code=201, response_model=FinishesOut, responses=refuses(Invalid, NotInHeat, RunnerTwice, MeetIsClosed)
)
@needs("timing:write")
def read_finishes(heat_id: HeatId, body: FinishesIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """One evaluation. Sent again word for word it is the one before; a runner read again is corrected."""
    with desk.open(meet.id, who.id) as sheet:
        seq = finishes.read_finishes(sheet, heat_id, body.method, body.listed(), body.wind_mps, body.offset_us)
    shown = FinishesOut(heat_id=heat_id, finishes=len(body.finishes), seq=seq)
    return created(shown, seq, f"/v1/heats/{heat_id}/finishes")


@router.get("", response_model=Listed[FinishOut])
@needs("meets:read")
def list_finishes(heat_id: HeatId, meet: Meet, page: Page, live: OnLive, reply: Replying) -> Response:
    """The reading of each runner that counts, in the order in which they were first read."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        read = list(heat.now.evaluations.values())
        start, stop, more = page.slice(len(read), of_decisions(state, heat_id))
        items = [FinishOut.of(state, heat, one) for one in read[start:stop]]
        return reply.at(of_decisions(state, heat_id), lambda: Listed(items=items, next_cursor=more))


@router.get("/{bib}", response_model=FinishOut)
@needs("meets:read")
def get_finish(heat_id: HeatId, bib: BibPath, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        read = heat.now.evaluations.get(state.events[heat.event].by_bib.get(Bib(bib), RegistrationId("")))
        if read is None:
            raise NotFound("finish of bib", bib)
        return reply.at(of_decisions(state, heat_id), lambda: FinishOut.of(state, heat, read))
