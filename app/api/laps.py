"""The lap chart of a heat, while it runs and after it."""

from functools import partial
from typing import Final

import msgspec
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.done import created
from app.api.looking import Look, Seen
from app.api.meets import standing
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.laps import ConfirmedOut, ConfirmIn, LapChartOut
from app.api.services import OnDesk
from app.api.touches import of_heat
from app.domain.ids import Bib, HeatId
from app.domain.refusals import Contradicts, MeetIsClosed, NotInHeat
from app.domain.units import format_instant
from app.live import NotThereYet
from app.operations import crossings
from app.operations.access import Audience
from app.timing.laps import LapChart
from app.views.laps import chart_item, lap_items

router: Final = Router("/v1/heats/{heat_id}", tag="results")


@router.get("/laps", response_model=LapChartOut, responses=refuses(NotThereYet))
@public_meet()
def get_laps(heat_id: HeatId, meet: Meet, look: Look, page: Page, reply: Replying) -> Response:
    """Who crossed what and when, in running order; what is left to run, and for whom the bell rings."""
    mark = partial(of_heat, id=heat_id)
    with look.page_at(
        meet.id, mark, lambda now: now.lap_chart(heat_id, page.offset, page.offset + page.limit), page
    ) as seen:
        return reply.at(seen.mark, lambda: _chart(reply.audience, seen, page))


@router.post(
    "/crossings",
    status_code=201,
    response_model=ConfirmedOut,
    responses=refuses(Contradicts, NotInHeat, MeetIsClosed),
)
@needs("timing:write")
def confirm_crossing(heat_id: HeatId, body: ConfirmIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """A lap that took as long as two hides a crossing that was not read: it counts half way once an official says so.
    None is ever proposed beyond the last crossing that was read, the finish least of all."""
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        fact = crossings.confirm(sheet, heat_id, Bib(body.bib), body.point, body.reason)
        seq = sheet.state.head
    shown = ConfirmedOut(heat_id=heat_id, bib=body.bib, at=format_instant(fact.at), seq=seq)
    return created(shown, seq, f"/v1/heats/{heat_id}/laps")


def _chart(audience: Audience, seen: Seen[LapChart], page: PageAsked) -> bytes:
    chart = seen.value
    _, _, more = page.slice(chart.total, seen.seq)
    items = lap_items(audience, seen.state, seen.people, chart.runners)
    whole = chart_item(audience, seen.state, seen.people, chart)
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq, **whole})
