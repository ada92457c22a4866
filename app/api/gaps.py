"""What a source has sent and nobody has seen: for its bridge to ask for again."""

from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import needs
from app.api.meets import standing
from app.api.page import Page
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.gaps import GapOut
from app.api.services import Db, OnLive
from app.api.sources import SourceName
from app.domain.ids import MeetId
from app.domain.refusals import NotFound

router: Final = Router("/v1/meets/{meet_id}/sources/{source}/gaps", tag="sources")


@router.get("", response_model=Listed[GapOut])
@needs("meets:read")
def list_gaps(meet_id: MeetId, source: SourceName, page: Page, db: Db, live: OnLive, reply: Replying) -> Response:
    """Ranges of its numbers not yet seen, by epoch. The newest numbers of all may still be on their way."""
    with live.view(meet_id) as view, db.read() as tx:
        state = standing(meet_id, view.projection.state)
        id = state.source_names.get(source)
        if id is None:
            raise NotFound("source", source)
        found = tx.reads.gaps(id)
        start, stop, more = page.slice(len(found), view.head)
        return reply.at(
            view.head, lambda: Listed(items=[GapOut.of(gap) for gap in found[start:stop]], next_cursor=more)
        )
