"""Rounds planned by the rules: looked at first, then taken over into the event."""

from typing import Final

from starlette.responses import Response

from app.api.auth import Meet, Who, needs
from app.api.done import done
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.plans import PlanIn, PlanOut
from app.api.services import OnDesk
from app.domain.ids import EventId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, ResultsDepend
from app.operations import plans

router: Final = Router("/v1/events/{event_id}", tag="rounds and heats")


@router.post("/plan", response_model=PlanOut, responses=refuses(Invalid, Contradicts, ResultsDepend, MeetIsClosed))
@needs("meets:write")
def plan_rounds(event_id: EventId, meet: Meet, who: Who, desk: OnDesk, body: PlanIn | None = None) -> Response:
    """Rounds, heats and who goes on, by the ruleset's table for so many entries on the lanes of this track."""
    asked = body or PlanIn()
    with desk.open(meet.id, who.id) as sheet:
        state = standing(meet.id, sheet.state)
        if asked.preview:
            made = plans.preview(state, event_id, sheet.projection, asked.entries)
        else:
            made = plans.plan(sheet, event_id, asked.entries)
        seq = sheet.state.touched[event_id]
    return done(PlanOut.of(event_id, made, applied=not asked.preview, seq=seq), seq)
