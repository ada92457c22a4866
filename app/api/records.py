"""Records: the lists of a meet, templates of them, what stands above results, and what was broken."""

from functools import partial
from typing import Annotated, Final

import msgspec
from fastapi import Path, Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, anyone, needs, public_meet
from app.api.conditional import IfMatch, etag_of
from app.api.done import done, require
from app.api.looking import Look, Seen
from app.api.meets import standing
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Derived, Listed
from app.api.schemas.records import BrokenOut, RecordListOut, RecordsIn, RecordsOut, RecordStands
from app.api.services import Db, OnDesk, OnLive
from app.api.touches import of_event, of_meet_records
from app.domain.fold import RECORDS
from app.domain.ids import EventId, MeetId
from app.domain.records import RecordList
from app.domain.refusals import Invalid, MeetIsClosed, NotFound
from app.domain.state import MeetState
from app.live import NotThereYet
from app.operations import records
from app.operations.access import Audience
from app.operations.find import event_of
from app.rules.record_lists import TEMPLATES, with_words
from app.store import Database
from app.views.marks import Marks
from app.views.records import all_marks, broken_items, standing_records

router: Final = Router("/v1", tag="records")


@router.get("/record-lists", response_model=Listed[RecordListOut])
@anyone()
def list_record_lists(page: Page, reply: Replying) -> Response:
    """Lists that come with the program, as templates: send what you edited of one with the meet's."""
    names = sorted(one.name for one in TEMPLATES)
    shown, more = page.cut([name for name in names if name > (page.id or "")], str)
    items = [RecordListOut.of(_template(name)) for name in shown]
    return reply.tagged(etag_of(*shown, more), lambda: Listed(items=items, next_cursor=more))


@router.get("/record-lists/{name}", response_model=RecordListOut, responses=refuses(NotFound))
@anyone()
def get_record_list(name: Annotated[str, Path(examples=["world"])], reply: Replying) -> Response:
    """One list that comes with the program; each of its marks with source, date and confidence."""
    found = _template(name)
    return reply.tagged(etag_of(name), lambda: RecordListOut.of(found))


@router.get("/meets/{meet_id}/records", response_model=RecordsOut)
@public_meet()
def get_records(meet_id: MeetId, live: OnLive, db: Db, reply: Replying) -> Response:
    """The records that hold at the meet, by lists."""
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        seq = state.touched.get(RECORDS, 0)
        lists = with_words(state.records.lists, words_of(db, meet_id, state)) if state.records else ()
        return reply.at(seq, lambda: _out(lists, seq), "records")


@router.put("/meets/{meet_id}/records", response_model=RecordsOut, responses=refuses(Invalid, MeetIsClosed))
@needs("meets:write")
def put_records(meet_id: MeetId, body: RecordsIn, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """All lists anew. Results that are there are looked at again; names of holders that are left out are gone."""
    asked = body.listed()
    with desk.open(meet_id, who.id) as sheet:
        state = standing(meet_id, sheet.state)
        if state.records is not None and records.lists_of(sheet) != tuple(asked):
            require(match, state.touched[RECORDS], "records")
        records.list_records(sheet, asked)
        seq = sheet.state.touched.get(RECORDS, 0)
        return done(_out(asked, seq), seq, "records")


@router.get("/meets/{meet_id}/records/broken", response_model=Derived[BrokenOut], responses=refuses(NotThereYet))
@public_meet()
def list_broken_records(meet_id: MeetId, look: Look, db: Db, page: Page, reply: Replying) -> Response:
    """Records that were broken or equalled here, in the order of the races. A later disqualification takes one back."""
    with look.at(meet_id, of_meet_records, all_marks, None) as seen:
        return reply.at(seen.mark, lambda: _broken(db, meet_id, reply.audience, seen, page))


@router.get("/events/{event_id}/records", response_model=Derived[RecordStands], responses=refuses(NotThereYet))
@public_meet()
def list_event_records(
    event_id: EventId,
    meet: Meet,
    look: Look,
    db: Db,
    page: Page,
    reply: Replying,
    of: Annotated[
        str | None, Query(description="Nation, or area, whose records are listed too.", examples=["NOR"])
    ] = None,
) -> Response:
    """What stands above the results: records from before the meet, in the order of printing."""
    with look.at(meet.id, partial(of_event, id=event_id), lambda now: None, None) as seen:
        event = event_of(seen.state, event_id)
        named = () if of is None else (of,)
        stand = standing_records(seen.state, event, words_of(db, meet.id, seen.state), named)
        start, stop, more = page.slice(len(stand), seen.seq)
        items = [RecordStands.of_list(name, record) for name, record in stand[start:stop]]
        return reply.at(seen.mark, lambda: Derived(items=items, next_cursor=more, seq=seen.seq))


def words_of(db: Database, meet: MeetId, state: MeetState) -> str:
    """Titles, sources and holders of the meet's lists, as they are kept beside the log."""
    if state.records is None or state.records.words is None:
        return ""
    with db.read() as tx:
        return tx.texts.many(meet, [state.records.words]).get(state.records.words, "")


def _template(name: str) -> RecordList:
    for one in TEMPLATES:
        if one.name == name:
            return one
    raise NotFound("list of records", name, known=tuple(one.name for one in TEMPLATES))


def _out(lists: "tuple[RecordList, ...] | list[RecordList]", seq: int) -> RecordsOut:
    return RecordsOut(lists=[RecordListOut.of(one) for one in lists], seq=seq)


def _broken(db: Database, meet: MeetId, audience: Audience, seen: Seen[list[Marks]], page: PageAsked) -> bytes:
    found = broken_items(audience, seen.state, seen.people, seen.value, words_of(db, meet, seen.state))
    start, stop, more = page.slice(len(found), seen.seq)
    return msgspec.json.encode({"items": found[start:stop], "next_cursor": more, "seq": seen.seq})
