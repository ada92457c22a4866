"""What would change: facts that nobody stores, and whom they would move."""

from typing import Final

from starlette.responses import Response

from app.api.answers import JSON, encode
from app.api.auth import Meet, needs
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.what_if import MovedOut, WhatIfIn, WhatIfOut
from app.api.services import Db, Now, OnLive
from app.domain.ids import EventId
from app.domain.refusals import ChipTaken, Contradicts, FactsDepend, Invalid, NotInHeat, NotRegistered
from app.operations.find import event_of
from app.operations.what_if import what_if

router: Final = Router("/v1/events/{event_id}/what-if", tag="results")


@router.post(
    "",
    response_model=WhatIfOut,
    responses=refuses(Invalid, Contradicts, NotInHeat, NotRegistered, ChipTaken, FactsDepend),
)
@needs("meets:read")
def suppose(event_id: EventId, body: WhatIfIn, meet: Meet, now: Now, db: Db, live: OnLive) -> Response:
    """Whose place, mark or status would be another. Refused where recording it would be; a closed meet may be asked."""
    with live.view(meet.id) as view:
        event_of(standing(meet.id, view.projection.state), event_id)
        people = view.people
    with db.read() as tx:
        seq = tx.facts.head(meet.id)
        moved = what_if(tx, meet.id, event_id, body.supposed(), people, now)
    shown = WhatIfOut(changes=[MovedOut.of(one) for one in moved], seq=seq)
    return Response(encode(shown), headers={"Cache-Control": "no-store"}, media_type=JSON)
