"""False starts of a heat: who caused them, and what follows by the policy of the event."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.done import created
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.false_starts import FalseStartIn, FalseStartOut
from app.api.services import Db, OnDesk, OnLive
from app.api.touches import of_decisions
from app.domain.facts import FalseStart
from app.domain.ids import FalseStartId, HeatId, MeetId
from app.domain.refusals import Invalid, MeetIsClosed, NotFound, NotInHeat, RunnerTwice
from app.domain.state import Heat, MeetState
from app.operations import false_starts
from app.operations.find import heat_of
from app.operations.undo import fact_at
from app.rules.rulesets import rules_of
from app.store import Reader
from app.timing.penalties import false_start_penalties, false_starts_of

router: Final = Router("/v1/heats/{heat_id}/false-starts", tag="rounds and heats")

Given = tuple[int, tuple[int, FalseStart]]
"""(number in the race, (position, fact))"""


@router.post(
    "", status_code=201, response_model=FalseStartOut, responses=refuses(Invalid, NotInHeat, RunnerTwice, MeetIsClosed)
)
@needs("results:write")
def add_false_start(heat_id: HeatId, body: FalseStartIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """What follows is the policy's: out at once, or only who causes a later one. Recall the start by itself."""
    with desk.open(meet.id, who.id) as sheet:
        id = false_starts.charge(sheet, heat_id, body.accused(), body.note)
        heat = heat_of(sheet.state, heat_id)
        shown = _shown(sheet.tx, meet.id, sheet.state, heat, [_given(heat, id)])[0]
    return created(shown, shown.seq, f"/v1/heats/{heat_id}/false-starts/{id}")


@router.get("", response_model=Listed[FalseStartOut])
@needs("meets:read")
def list_false_starts(heat_id: HeatId, meet: Meet, page: Page, db: Db, live: OnLive, reply: Replying) -> Response:
    """In the order that they happened in, those before a re-run too: they go on counting."""
    with live.view(meet.id) as view, db.read() as tx:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        after = [one for one in _all(heat) if one[1][0] > page.offset]
        given, more = page.cut(after, lambda one: one[1][0])
        items = _shown(tx, meet.id, state, heat, given)
        return reply.at(of_decisions(state, heat_id), lambda: Listed(items=items, next_cursor=more))


@router.get("/{false_start_id}", response_model=FalseStartOut)
@needs("meets:read")
def get_false_start(
    heat_id: HeatId, false_start_id: FalseStartId, meet: Meet, db: Db, live: OnLive, reply: Replying
) -> Response:
    with live.view(meet.id) as view, db.read() as tx:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        shown = _shown(tx, meet.id, state, heat, [_given(heat, false_start_id)])[0]
        return reply.at(of_decisions(state, heat_id), lambda: shown)


def _all(heat: Heat) -> list[Given]:
    return list(enumerate(false_starts_of(heat), 1))


def _given(heat: Heat, id: FalseStartId) -> Given:
    for one in _all(heat):
        if one[1][1].false_start == id:
            return one
    raise NotFound("false start", id)


def _shown(tx: Reader, meet: MeetId, state: MeetState, heat: Heat, given: Sequence[Given]) -> list[FalseStartOut]:
    texts = tx.texts.many(meet, [fact.reason for _, (_, fact) in given if fact.reason])
    rules = rules_of(state.spec, state.events[heat.event].spec)
    policy, found = rules.starts.false_starts, list(false_start_penalties(heat, rules))
    return [
        FalseStartOut.of(
            state,
            fact_at(state, seq),
            fact,
            (number, policy, {id: penalty for id, penalty in found if penalty.seq == seq}),
            texts,
        )
        for number, (seq, fact) in given
    ]
