"""Reserves of a round, and who stands in for a qualifier before it starts."""

from collections.abc import Mapping, Sequence
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
from app.api.schemas.reserves import ReplacementIn, ReplacementOut, ReserveOut, reserve_item
from app.api.services import OnDesk
from app.domain.ids import AthleteId, Bib, EventId
from app.domain.meet import Person
from app.domain.refusals import Contradicts, MeetIsClosed, NotRegistered, ResultsDepend, Undecided
from app.live import NotThereYet
from app.operations import replacements
from app.operations.entrants import Field, reserves
from app.operations.find import event_of, round_of
from app.timing.projection import Projection

router: Final = Router("/v1/events/{event_id}/rounds/{round}", tag="rounds and heats")

NO_PEOPLE: Final[Mapping[AthleteId, Person]] = {}
"""Nobody's nation decides who stands by."""


@router.get("/reserves", response_model=Derived[ReserveOut], responses=refuses(NotThereYet))
@public_meet()
def list_reserves(event_id: EventId, round: RoundName, meet: Meet, look: Look, page: Page, reply: Replying) -> Response:
    """Who takes the next vacant place of a later round, the best first: finishers who may advance, but did not."""
    mark = partial(_touched, event=event_id, round=round)
    with look.at(meet.id, mark, partial(_reserves, event=event_id, round=round), page) as seen:

        def made() -> bytes:
            start, stop, more = page.slice(len(seen.value), seen.seq)
            return msgspec.json.encode({"items": seen.value[start:stop], "next_cursor": more, "seq": seen.seq})

        return reply.at(seen.mark, made)


@router.post(
    "/replacements",
    response_model=ReplacementOut,
    responses=refuses(NotRegistered, Contradicts, Undecided, ResultsDepend, MeetIsClosed),
)
@needs("results:write")
def replace_qualifier(
    event_id: EventId, round: RoundName, body: ReplacementIn, meet: Meet, who: Who, desk: OnDesk
) -> Response:
    """Who goes on in place of a qualifier for this round, until it has started: in the same lane, with no new draw."""
    by = None if body.by is None else Bib(body.by)
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        fact, seq = replacements.replace_qualifier(sheet, event_id, round, Bib(body.bib), by, body.reason)
        shown = ReplacementOut.of(sheet.state, fact, seq)
        touched = sheet.state.touched[event_id]
    return done(shown, touched)


def _touched(now: Projection, event: EventId, round: str) -> int:
    """A result of the rounds before may have changed with any read of the event."""
    round_of(event_of(now.state, event), round)
    return now.touched(event)


def _reserves(now: Projection, event: EventId, round: str) -> Sequence[dict[str, Any]]:
    found = event_of(now.state, event)
    index, _ = round_of(found, round)
    ranked = reserves(Field(now.state, found, now, NO_PEOPLE), index)
    return [reserve_item(rank, line, where) for rank, (line, where) in enumerate(ranked, 1)]
