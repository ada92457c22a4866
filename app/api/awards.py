"""Awards of an event: overall and by age groups."""

from dataclasses import asdict
from functools import partial
from typing import Final

import msgspec
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, public_meet
from app.api.looking import Look, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.awards import AwardsOut
from app.api.touches import of_event
from app.domain.ids import EventId
from app.live import NotThereYet
from app.operations.access import Audience
from app.rules.awards import Award
from app.rules.rulesets import rules_of, under
from app.timing.projection import Projection
from app.timing.standing import Standing
from app.views.awards import award_items, awards_of

router: Final = Router("/v1/events/{event_id}/awards", tag="results")

Won = list[tuple[Award, Standing]]


@router.get("", response_model=AwardsOut, responses=refuses(NotThereYet))
@public_meet()
def list_awards(event_id: EventId, meet: Meet, look: Look, page: Page, reply: Replying) -> Response:
    """Who wins what, as results stand: who has an overall award has none of an age group, unless the rules allow it."""
    with look.at(meet.id, partial(of_event, id=event_id), partial(_won, id=event_id), page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page, event_id))


def _won(now: Projection, id: EventId) -> Won:
    table, state = now.table(id), now.state
    return awards_of(table.rows(0, len(table)), rules_of(state.spec, state.events[id].spec).awards)


def _page(audience: Audience, seen: Seen[Won], page: PageAsked, id: EventId) -> bytes:
    won, state = seen.value, seen.state
    start, stop, more = page.slice(len(won), seen.seq)
    spec = state.events[id].spec
    rules = rules_of(state.spec, spec).awards
    items = award_items(audience, state, seen.people, won[start:stop], rules)
    said = {**asdict(under(state.spec, spec)), **asdict(rules)}
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq, "rules": said})
