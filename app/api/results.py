"""Results of heats and rounds."""

from functools import partial
from typing import Final

import msgspec
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, public_meet
from app.api.looking import Look, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.rounds import RoundName
from app.api.route import Router
from app.api.schemas.base import Derived
from app.api.schemas.results import ResultOut
from app.api.touches import of_heat, of_round
from app.domain.ids import EventId, HeatId
from app.live import NotThereYet
from app.operations.access import Audience
from app.timing.projection import Projection
from app.views.results import Lines, result_items

router: Final = Router("/v1", tag="results")


@router.get("/heats/{heat_id}/results", response_model=Derived[ResultOut], responses=refuses(NotThereYet))
@public_meet()
def list_heat_results(heat_id: HeatId, meet: Meet, look: Look, page: Page, reply: Replying) -> Response:
    """One line for each starter, in the order of the heat."""
    with look.at(meet.id, partial(of_heat, id=heat_id), partial(_of_heat, id=heat_id), page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page))


@router.get(
    "/events/{event_id}/rounds/{round}/results", response_model=Derived[ResultOut], responses=refuses(NotThereYet)
)
@public_meet()
def list_round_results(
    event_id: EventId, round: RoundName, meet: Meet, look: Look, page: Page, reply: Replying
) -> Response:
    """The same over all heats of the round: `rank` is the place over the round, `place` the one in the heat."""
    mark = partial(of_round, event=event_id, round=round)
    with look.at(meet.id, mark, partial(_of_round, event=event_id, round=round), page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page))


def _of_heat(now: Projection, id: HeatId) -> Lines:
    rows, heat = now.heat_results(id), now.state.heats[id]
    return Lines.of(now, rows, now.team_runs(heat.event, heat.round))


def _of_round(now: Projection, event: EventId, round: str) -> Lines:
    return Lines.of(now, now.round_results(event, round), now.team_runs(event, round))


def _page(audience: Audience, seen: Seen[Lines], page: PageAsked) -> bytes:
    lines = seen.value
    start, stop, more = page.slice(len(lines), seen.seq)
    items = result_items(audience, seen.state, seen.people, lines[start:stop])
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq})
