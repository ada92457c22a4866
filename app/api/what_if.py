"""What would change: facts that nobody stores, and whom they would move."""

from typing import Final

from starlette.responses import Response

from app.api.answers import JSON, encode
from app.api.auth import Meet, needs
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.what_if import MovedOut, WhatIfIn, WhatIfOut
from app.api.services import Now, OnLive
from app.domain.ids import EventId
from app.domain.refusals import ChipTaken, Contradicts, FactsDepend, Invalid, NotInHeat, NotRegistered, RunnerTwice
from app.operations.find import event_of
from app.operations.what_if import imagine, what_if

router: Final = Router("/v1/events/{event_id}/what-if", tag="results")


@router.post(
    "",
    response_model=WhatIfOut,
    responses=refuses(Invalid, Contradicts, NotInHeat, NotRegistered, RunnerTwice, ChipTaken, FactsDepend),
)
@needs("results:write")
def suppose(event_id: EventId, body: WhatIfIn, meet: Meet, now: Now, live: OnLive) -> Response:
    """Whose place, mark or status would be another. Refused where recording it would be; a closed meet may be asked.

    For those who decide on results: it copies the whole meet, which takes seconds where tens of thousands run.
    """
    with live.view(meet.id) as view:
        event_of(standing(meet.id, view.projection.state), event_id)
        before, seq = view.projection.table(event_id), view.head
        sheet = imagine(meet.id, view.projection, view.people, now)
    moved = what_if(sheet, event_id, body.supposed(), before)
    shown = WhatIfOut(changes=[MovedOut.of(one) for one in moved], seq=seq)
    return Response(encode(shown), headers={"Cache-Control": "no-store"}, media_type=JSON)
