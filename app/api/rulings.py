"""What officials decide about runners. A ruling is taken back by undoing it in the log."""

from collections.abc import Iterator, Sequence
from functools import partial
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
from app.api.schemas.rulings import RulingIn, RulingOut
from app.api.services import Db, OnDesk, OnLive
from app.api.touches import of_decisions
from app.domain.facts import Ruling
from app.domain.ids import HeatId, MeetId, RulingId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, NotFound, NotInHeat
from app.domain.state import Heat, MeetState
from app.operations import rulings
from app.operations.find import heat_of
from app.operations.undo import fact_at
from app.store import Reader

router: Final = Router("/v1/heats/{heat_id}/rulings", tag="timing")

Given = tuple[int, int, Ruling]
"""(position, running of the heat, ruling)"""


@router.post(
    "", status_code=201, response_model=RulingOut, responses=refuses(Invalid, NotInHeat, Contradicts, MeetIsClosed)
)
@needs("results:write")
def add_ruling(heat_id: HeatId, body: RulingIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """Later ones win over earlier ones. The reason is kept beside the log."""
    with desk.open(meet.id, who.id) as sheet:
        id = rulings.rule(sheet, heat_id, body.decision())
        shown = _shown(sheet.tx, meet.id, sheet.state, [_given(heat_of(sheet.state, heat_id), id)])[0]
    return created(shown, shown.seq, f"/v1/heats/{heat_id}/rulings/{id}")


@router.get("", response_model=Listed[RulingOut])
@needs("meets:read")
def list_rulings(heat_id: HeatId, meet: Meet, page: Page, db: Db, live: OnLive, reply: Replying) -> Response:
    """In the order that they were given in, those of void runnings too."""
    with live.view(meet.id) as view, db.read() as tx:
        state = standing(meet.id, view.projection.state)
        after = [one for one in _all(heat_of(state, heat_id)) if one[0] > page.offset]
        given, more = page.cut(after, lambda one: one[0])
        items = partial(_shown, tx, meet.id, state, given)
        return reply.at(of_decisions(state, heat_id), lambda: Listed(items=items(), next_cursor=more))


@router.get("/{ruling_id}", response_model=RulingOut)
@needs("meets:read")
def get_ruling(heat_id: HeatId, ruling_id: RulingId, meet: Meet, db: Db, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view, db.read() as tx:
        state = standing(meet.id, view.projection.state)
        given = _given(heat_of(state, heat_id), ruling_id)
        return reply.at(of_decisions(state, heat_id), lambda: _shown(tx, meet.id, state, [given])[0])


def _all(heat: Heat) -> Iterator[Given]:
    for number, attempt in enumerate(heat.attempts, 1):
        # Those before it were carried over from the running before, for who keeps what was run.
        yield from ((seq, number, ruling) for seq, ruling in attempt.rulings if seq > attempt.opened_seq)


def _given(heat: Heat, id: RulingId) -> Given:
    for one in _all(heat):
        if one[2].ruling == id:
            return one
    raise NotFound("ruling", id)


def _shown(tx: Reader, meet: MeetId, state: MeetState, given: Sequence[Given]) -> list[RulingOut]:
    texts = tx.texts.many(meet, [ruling.reason for _, _, ruling in given if ruling.reason])
    return [RulingOut.of(state, fact_at(state, seq), ruling, attempt, texts) for seq, attempt, ruling in given]
