"""Team tables of an event, live."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Final

import msgspec
from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, public_meet
from app.api.looking import Look, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.teams import TeamsOut
from app.api.touches import of_event
from app.domain.ids import EventId
from app.domain.meet import Sex
from app.live import NotThereYet
from app.operations.access import Audience
from app.rules.rulesets import under
from app.timing.projection import Projection
from app.timing.teams import TeamTable, team_table
from app.views.teams import team_items

router: Final = Router("/v1/events/{event_id}/teams", tag="results")


@router.get("", response_model=TeamsOut, responses=refuses(NotThereYet))
@public_meet()
def list_teams(
    event_id: EventId,
    meet: Meet,
    look: Look,
    page: Page,
    reply: Replying,
    sex: Annotated[Sex | None, Query(description="Only runners of this sex, by their places within it.")] = None,
) -> Response:
    """Every team that has somebody entered: by places or by times, as the ruleset of the event says (R80, R81)."""
    made = partial(_teams, id=event_id, sex=sex)
    with look.at(meet.id, partial(of_event, id=event_id), made, page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page, event_id))


def _teams(now: Projection, id: EventId, sex: Sex | None) -> TeamTable:
    return team_table(now.table(id), sex)


def _page(audience: Audience, seen: Seen[TeamTable], page: PageAsked, id: EventId) -> bytes:
    table, state = seen.value, seen.state
    start, stop, more = page.slice(len(table), seen.seq)
    rules = {**asdict(under(state.spec, state.events[id].spec)), **asdict(table.rules)}
    items = team_items(audience, state, seen.people, table, start, stop)
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq, "rules": rules})
