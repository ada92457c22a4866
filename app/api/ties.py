"""Ties at the cut of a round: what waits for an official, and lots that settle it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import msgspec
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.done import done
from app.api.looking import Look
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.rounds import RoundName
from app.api.route import Router
from app.api.schemas.base import Derived
from app.api.schemas.ties import DrawnLotsOut, LotsIn, LotsOut, TieOut, tie_item
from app.api.services import OnDesk
from app.api.touches import of_round
from app.domain.ids import EventId
from app.domain.refusals import Contradicts, MeetIsClosed
from app.live import NotThereYet
from app.operations import identity, lots
from app.operations.find import event_of, round_of
from app.operations.undo import fact_at
from app.timing.projection import Projection

router: Final = Router("/v1/events/{event_id}/rounds/{round}", tag="rounds and heats")


@router.get("/ties", response_model=Derived[TieOut], responses=refuses(NotThereYet))
@public_meet()
def list_ties(event_id: EventId, round: RoundName, meet: Meet, look: Look, page: Page, reply: Replying) -> Response:
    """Who is `undecided`, how many of them can go on, and which rulings settle it. Empty once officials have ruled."""
    mark = partial(of_round, event=event_id, round=round)
    with look.at(meet.id, mark, partial(_ties, event=event_id, round=round), page) as seen:

        def made() -> bytes:
            start, stop, more = page.slice(len(seen.value), seen.seq)
            return msgspec.json.encode({"items": seen.value[start:stop], "next_cursor": more, "seq": seen.seq})

        return reply.at(seen.mark, made)


@router.post("/lots", response_model=LotsOut, responses=refuses(Contradicts, MeetIsClosed))
@needs("results:write")
def draw_lots(
    event_id: EventId, round: RoundName, meet: Meet, who: Who, desk: OnDesk, body: LotsIn | None = None
) -> Response:
    """For every tie of the round. The winners go on as `qD`; the seed and the time stand in the log."""
    seed = body.draw_seed if body and body.draw_seed is not None else identity.draw_seed()
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        drawn = set(lots.draw_lots(sheet, event_id, round, seed))
        state = sheet.state
        shown = [
            DrawnLotsOut.of(state, fact_at(state, seq), fact)
            for seq, fact in state.events[event_id].lots[round]
            if fact in drawn
        ]
        seq = state.touched[event_id]
    return done(LotsOut(event_id=event_id, round=round, lots=shown, seq=seq), seq)


def _ties(now: Projection, event: EventId, round: str) -> Sequence[dict[str, Any]]:
    found = event_of(now.state, event)
    round_of(found, round)
    if round in found.qualifiers:
        return []
    return [tie_item(now.state, tie) for tie in now.as_it_stands(event, round)[1]]
