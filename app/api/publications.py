"""Publications: versions of an event's results as they were announced, served from the log for ever."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.done import created
from app.api.looking import LookNow
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.publications import PublicationIn, PublicationOut, VerificationOut
from app.api.services import Db, OnDesk, OnLive
from app.domain.facts import Published
from app.domain.ids import EventId, MeetId, PublicationId
from app.domain.refusals import AnomaliesOpen, MeetIsClosed, NotFound
from app.domain.state import MeetState
from app.live import View
from app.operations import publish
from app.operations.find import event_of
from app.operations.undo import fact_at
from app.store import Reader
from app.views.protests import protest_time

router: Final = Router("/v1", tag="results")

_CONTENT: Final = {
    "application/json": {
        "schema": {"type": "object"},
        "example": {
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "ranking": "gun",
            "records": [],
            "rounds": {},
            "rules": {"ruleset": "road", "version": "2026.1", "overridden": []},
            "standings": [],
        },
    }
}

Kept = tuple[int, Published]
"""(position, what was announced)"""


@router.post(
    "/events/{event_id}/publications",
    status_code=201,
    response_model=PublicationOut,
    responses=refuses(MeetIsClosed, AnomaliesOpen),
)
@needs("results:write")
def publish_results(event_id: EventId, body: PublicationIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """The next version. Earlier ones stay as they were announced. `official` is refused while an anomaly is open."""
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        published = publish.publish(sheet, event_id, body.status, body.note)
        shown = _shown(sheet.tx, meet.id, sheet.state, [(sheet.state.head, published)])[0]
    return created(shown, shown.seq, f"/v1/publications/{published.publication}")


@router.get("/events/{event_id}/publications", response_model=Listed[PublicationOut])
@public_meet()
def list_publications(event_id: EventId, meet: Meet, look: LookNow, page: Page, db: Db, reply: Replying) -> Response:
    """Oldest first."""
    with look.now(meet.id) as view, db.read() as tx:
        state = standing(meet.id, view.projection.state)
        kept = [one for one in event_of(state, event_id).publications if one[0] > page.offset]
        shown, more = page.cut(kept, lambda one: one[0])
        items = partial(_shown, tx, meet.id, state, shown)
        return reply.at(state.touched[event_id], lambda: Listed(items=items(), next_cursor=more))


@router.get("/publications/{publication_id}", response_model=PublicationOut)
@public_meet()
def get_publication(publication_id: PublicationId, meet: Meet, look: LookNow, db: Db, reply: Replying) -> Response:
    """By its id, or by the digest that is printed on sheets: the last version that says just this."""
    with look.now(meet.id) as view, db.read() as tx:
        kept = _kept(view, meet.id, publication_id)
        return reply.at(kept[0], lambda: _shown(tx, meet.id, view.projection.state, [kept])[0])


@router.get("/publications/{publication_id}/content", response_class=Response, responses={200: {"content": _CONTENT}})
@public_meet()
def get_publication_content(publication_id: PublicationId, meet: Meet, look: LookNow, reply: Replying) -> Response:
    """What was announced, word for word: standings, results of rounds, records broken. These bytes have the digest."""
    with look.now(meet.id) as view:
        seq, published = _kept(view, meet.id, publication_id)
        return reply.at(seq, lambda: published.content.encode(), representation="content")


@router.get("/publications/{publication_id}/verification", response_model=VerificationOut)
@needs("meets:read")
def verify_publication(
    publication_id: PublicationId, meet: Meet, look: LookNow, live: OnLive, reply: Replying
) -> Response:
    """Compute it anew from the log as it was, and say where today's answer differs."""
    with look.now(meet.id) as view:
        seq, published = _kept(view, meet.id, publication_id)
        same = publish.same_people(view.projection.state, published.at_seq)
    with live.view(meet.id, as_of=published.at_seq) as past:
        differences = publish.verify(published, past.projection, past.people, same_people=same)
    return reply.at(seq, lambda: VerificationOut.of(published, differences), representation="verification")


def _kept(view: View, meet: MeetId, id: PublicationId) -> Kept:
    for event in standing(meet, view.projection.state).events.values():
        for seq, published in event.publications:
            if published.publication == id:
                return seq, published
    for event in view.projection.state.events.values():
        for seq, published in reversed(event.publications):
            if published.digest == id:
                return seq, published
    raise NotFound("publication", id)


def _shown(tx: Reader, meet: MeetId, state: MeetState, kept: Sequence[Kept]) -> list[PublicationOut]:
    texts = tx.texts.many(meet, [published.note for _, published in kept if published.note])
    return [
        PublicationOut.of(
            fact_at(state, seq),
            published,
            texts.get(published.note) if published.note else None,
            protest_time(state, published),
        )
        for seq, published in kept
    ]
