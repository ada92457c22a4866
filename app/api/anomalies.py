"""What is odd about an event or a meet, and accepting it. Only officials see it."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Final

import msgspec
from fastapi import Depends, Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.done import done
from app.api.looking import Look, Seen
from app.api.meets import standing
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.anomalies import AcceptIn, AnomalyOut, AnomalyState
from app.api.schemas.base import Derived
from app.api.services import Db, OnDesk
from app.domain.ids import AnomalyId, Bib, EventId, MeetId
from app.domain.refusals import Contradicts, MeetIsClosed
from app.domain.state import MeetState
from app.live import NotThereYet
from app.operations import anomalies
from app.operations.anomalies import Asked
from app.operations.desk import OpenSheet
from app.operations.find import event_of
from app.rules.anomalies import Kind
from app.store import Database, Reader
from app.timing.anomaly import Severity
from app.timing.projection import Projection
from app.views.anomalies import anomaly_item
from app.views.audience import Item

router: Final = Router("/v1", tag="results")


class Wanted:
    """The filters of both lists."""

    def __init__(
        self,
        kind: Annotated[Kind | None, Query(description="Only of this kind.", examples=["missing_point"])] = None,
        severity: Annotated[Severity | None, Query(description="Only so severe.", examples=["impossible"])] = None,
        state: Annotated[AnomalyState | None, Query(description="Only in this state.", examples=["open"])] = None,
        bib: Annotated[Bib | None, Query(description="Only of this bib, exactly.", examples=["417"])] = None,
    ) -> None:
        self._kind, self._severity, self._state, self._bib = kind, severity, state, bib

    def of(self, now: Projection, event: EventId | None = None) -> list[Asked]:
        return [one for one in anomalies.asked(now, event) if self._is(now.state, one)]

    def _is(self, state: MeetState, one: Asked) -> bool:
        registration = one.about.registration
        bib = state.registrations[registration].entry.bib if registration in state.registrations else None
        asked = (
            (self._kind, one.about.kind),
            (self._severity, one.found.severity if one.found else None),
            (self._state, one.state),
            (self._bib, bib),
        )
        return all(wanted in (None, value) for wanted, value in asked)


Filters = Annotated[Wanted, Depends()]


@router.get("/events/{event_id}/anomalies", response_model=Derived[AnomalyOut], responses=refuses(NotThereYet))
@needs("meets:read")
def list_event_anomalies(
    event_id: EventId, meet: Meet, look: Look, page: Page, db: Db, reply: Replying, wanted: Filters
) -> Response:
    """Those that are open first. Results become official when none is."""
    mark = partial(_of_event, id=event_id)
    with look.at(meet.id, mark, lambda now: wanted.of(now, event_id), page) as seen:
        return reply.at(seen.mark, lambda: _page(db, meet.id, seen, page))


@router.get("/meets/{meet_id}/anomalies", response_model=Derived[AnomalyOut], responses=refuses(NotThereYet))
@needs("meets:read")
def list_meet_anomalies(meet_id: MeetId, look: Look, page: Page, db: Db, reply: Replying, wanted: Filters) -> Response:
    """Of all events, and what concerns none of them: readers and chips elsewhere."""
    with look.at(meet_id, _head, wanted.of, page) as seen:
        return reply.at(seen.mark, lambda: _page(db, meet_id, seen, page))


@router.post(
    "/events/{event_id}/anomalies/{anomaly_id}/accept",
    response_model=AnomalyOut,
    responses=refuses(Contradicts, MeetIsClosed),
)
@needs("results:write")
def accept_event_anomaly(
    event_id: EventId, anomaly_id: AnomalyId, body: AcceptIn, meet: Meet, who: Who, desk: OnDesk
) -> Response:
    """An official has looked at it, and it stands. It opens again when its evidence changes, or when this is undone."""
    with desk.open(meet.id, who.id) as sheet:
        return _accept(sheet, anomaly_id, body, event_id)


@router.post(
    "/meets/{meet_id}/anomalies/{anomaly_id}/accept",
    response_model=AnomalyOut,
    responses=refuses(Contradicts, MeetIsClosed),
)
@needs("results:write")
def accept_meet_anomaly(meet_id: MeetId, anomaly_id: AnomalyId, body: AcceptIn, who: Who, desk: OnDesk) -> Response:
    """The same, also for what concerns no event."""
    with desk.open(meet_id, who.id) as sheet:
        return _accept(sheet, anomaly_id, body, None)


def _accept(sheet: OpenSheet, id: AnomalyId, body: AcceptIn, event: EventId | None) -> Response:
    standing(sheet.meet_id, sheet.state)
    seq = anomalies.accept(sheet, id, body.official, body.reason, event)
    one = anomalies.find(sheet.projection, id, event)
    return done(_items(sheet.tx, sheet.meet_id, sheet.state, [one])[0], seq)


def _head(now: Projection) -> int:
    return now.head


def _of_event(now: Projection, id: EventId) -> int:
    """What readers and chips elsewhere do may concern the event too."""
    event_of(now.state, id)
    return now.head


def _page(db: Database, meet: MeetId, seen: Seen[list[Asked]], page: PageAsked) -> bytes:
    start, stop, more = page.slice(len(seen.value), seen.seq)
    with db.read() as tx:
        items = _items(tx, meet, seen.state, seen.value[start:stop])
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq})


def _items(tx: Reader, meet: MeetId, state: MeetState, some: Sequence[Asked]) -> list[Item]:
    facts = [one.accepted[1] for one in some if one.accepted is not None]
    texts = tx.texts.many(meet, [text for fact in facts for text in (fact.official, fact.reason)])
    return [anomaly_item(state, one.id, one.state, one.found, one.accepted, texts) for one in some]
