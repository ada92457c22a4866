"""The log of a meet: who did what, when and why. Undoing is one more fact."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import Path
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Who, needs
from app.api.done import created
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import EXACT, Listed
from app.api.schemas.log import LogOut, UndoIn, UndoneOut, text_of
from app.api.services import Db, OnDesk, OnLive
from app.domain.facts import Recorded
from app.domain.ids import MeetId
from app.domain.refusals import Contradicts, FactsDepend, MeetIsClosed
from app.domain.state import MeetState
from app.operations import undo as undoing
from app.store import Database

router: Final = Router("/v1/meets/{meet_id}/log", tag="log")

Seq = Annotated[int, Path(ge=1, le=EXACT, description="A position in the meet's log.")]


@router.get("", response_model=Listed[LogOut])
@needs("meets:read")
def list_log(meet_id: MeetId, page: Page, db: Db, live: OnLive, reply: Replying) -> Response:
    """In the order that things were recorded in. Reads have a list of their own."""
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        first = bisect_right(state.log, page.offset, key=_seq)
        shown, more = page.cut(state.log[first : first + page.limit + 1], _seq)
        return reply.at(state.head, lambda: Listed(items=_shown(db, meet_id, state, shown), next_cursor=more))


@router.get("/{seq}", response_model=LogOut)
@needs("meets:read")
def get_log_entry(meet_id: MeetId, seq: Seq, db: Db, live: OnLive, reply: Replying) -> Response:
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        recorded = undoing.fact_at(state, seq)
        return reply.at(state.head, lambda: _shown(db, meet_id, state, [recorded])[0])


@router.post(
    "/{seq}/undo",
    status_code=201,
    response_model=UndoneOut,
    responses=refuses(Contradicts, FactsDepend, MeetIsClosed),
)
@needs("results:write")
def undo(meet_id: MeetId, seq: Seq, who: Who, desk: OnDesk, body: UndoIn | None = None) -> Response:
    """A ruling, a start, an assignment, a draw: it counts as never recorded. Undoing the undoing brings it back."""
    with desk.open(meet_id, who.id) as sheet:
        standing(meet_id, sheet.state)
        at = undoing.undo(sheet, seq, body.reason if body else None)
    return created(UndoneOut(seq=at, undone=seq), at, f"/v1/meets/{meet_id}/log/{at}")


def _shown(db: Database, meet: MeetId, state: MeetState, facts: Sequence[Recorded]) -> list[LogOut]:
    with db.read() as tx:
        texts = tx.texts.many(meet, [text for one in facts if (text := text_of(one.fact))])
    return [LogOut.of(one, one.seq in state.voided, texts) for one in facts]


def _seq(recorded: Recorded) -> int:
    return recorded.seq
