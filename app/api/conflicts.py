"""Reads offered under an identity that another read has: shown side by side, and ruled on."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Who, needs
from app.api.done import created
from app.api.log import Seq
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.conflicts import ConflictOut, ConflictRulingIn
from app.api.services import Db, OnDesk, OnLive
from app.domain.facts import ConflictRuled
from app.domain.ids import MeetId
from app.domain.refusals import MeetIsClosed, NotFound
from app.domain.state import MeetState
from app.operations import conflicts
from app.store import Reader

router: Final = Router("/v1/meets/{meet_id}/read-conflicts", tag="reads")


@router.get("", response_model=Listed[ConflictOut])
@needs("meets:read")
def list_conflicts(meet_id: MeetId, page: Page, db: Db, live: OnLive, reply: Replying) -> Response:
    """In the order that they came in."""
    with live.view(meet_id) as view, db.read() as tx:
        state = standing(meet_id, view.projection.state)
        shown, more = page.cut([seq for seq in state.conflicts if seq > page.offset], int)
        return reply.at(state.head, lambda: Listed(items=_shown(tx, meet_id, state, shown), next_cursor=more))


@router.get("/{seq}", response_model=ConflictOut)
@needs("meets:read")
def get_conflict(meet_id: MeetId, seq: Seq, db: Db, live: OnLive, reply: Replying) -> Response:
    with live.view(meet_id) as view, db.read() as tx:
        state = standing(meet_id, view.projection.state)
        if seq not in state.conflicts:
            raise NotFound("read conflict", str(seq))
        return reply.at(state.head, lambda: _shown(tx, meet_id, state, [seq])[0])


@router.post("/{seq}/rulings", status_code=201, response_model=ConflictOut, responses=refuses(MeetIsClosed))
@needs("timing:write")
def rule_on_conflict(meet_id: MeetId, seq: Seq, body: ConflictRulingIn, who: Who, desk: OnDesk) -> Response:
    """Say which of the two counts. Results follow at once; it is taken back by undoing it in the log."""
    with desk.open(meet_id, who.id) as sheet:
        conflicts.rule(sheet, seq, body.take, body.reason)
        shown = _shown(sheet.tx, meet_id, sheet.state, [seq])[0]
        return created(shown, sheet.state.head, f"/v1/meets/{meet_id}/read-conflicts/{seq}")


def _shown(tx: Reader, meet: MeetId, state: MeetState, seqs: Sequence[int]) -> list[ConflictOut]:
    found = [(seq, state.conflicts[seq]) for seq in seqs]
    firsts = tx.reads.detail(meet, [conflict.first_seq for _, conflict in found])
    ruled = _rulings(state)
    return [ConflictOut.of(state, seq, one, firsts[one.first_seq], ruled.get(seq)) for seq, one in found]


def _rulings(state: MeetState) -> dict[int, int]:
    """Conflict → position of the ruling that holds."""
    return {
        one.fact.conflict_seq: one.seq
        for one in state.log
        if isinstance(one.fact, ConflictRuled) and one.seq not in state.voided
    }
