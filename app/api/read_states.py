"""Every read with what became of it and why, and the passings that were made of them."""

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Who, needs
from app.api.done import created
from app.api.log import Seq
from app.api.looking import Look, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Derived
from app.api.schemas.read_states import PassingOut, ReadOut, RuledOutOut, RuleOutIn
from app.api.services import Db, OnDesk
from app.domain.ids import Bib, Chip, MeetId
from app.domain.refusals import Contradicts, MeetIsClosed
from app.live import NotThereYet
from app.operations import read_rulings
from app.operations.sheet import standing
from app.store import Database
from app.timing.explain import Passing, ReadState
from app.timing.projection import Projection
from app.timing.verdicts import ReadStateName

router: Final = Router("/v1/meets/{meet_id}", tag="reads")

ChipAsked = Annotated[Chip | None, Query(description="Only of this chip, exactly.", examples=["C417"])]
BibAsked = Annotated[Bib | None, Query(description="Only of this bib, exactly.", examples=["417"])]


@router.get("/reads", response_model=Derived[ReadOut], responses=refuses(NotThereYet))
@needs("meets:read")
def list_reads(
    meet_id: MeetId,
    look: Look,
    page: Page,
    db: Db,
    reply: Replying,
    state: Annotated[ReadStateName | None, Query(description="Only reads in this state.", examples=["used"])] = None,
    source: Annotated[str | None, Query(description="Only of this source.", examples=["mat-finish"])] = None,
    chip: ChipAsked = None,
    bib: BibAsked = None,
) -> Response:
    """In the order that they were stored in. None is ever lost: an early, late or unknown one says so.

    All pages tell what became of the reads as of the first one.
    """

    def found(now: Projection) -> list[ReadState]:
        id = None if source is None else now.state.source_names.get(source)
        if source is not None and id is None:
            return []
        return now.reads(state, id, chip, bib, page.offset, page.limit + 1)

    with look.page_at(meet_id, _head, found, page) as seen:
        return reply.at(seen.mark, lambda: _reads(db, meet_id, seen, page))


@router.get("/passings", response_model=Derived[PassingOut], responses=refuses(NotThereYet))
@needs("meets:read")
def list_passings(
    meet_id: MeetId,
    look: Look,
    page: Page,
    reply: Replying,
    place: Annotated[str | None, Query(description="Only at this place.", examples=["finish"])] = None,
    bib: BibAsked = None,
    chip: ChipAsked = None,
) -> Response:
    """In order of time."""
    with look.at(meet_id, _head, lambda now: now.passings(place, bib, chip), page) as seen:
        return reply.at(seen.mark, lambda: _passings(seen, page))


@router.post(
    "/reads/{seq}/rule-out",
    status_code=201,
    response_model=RuledOutOut,
    responses=refuses(Contradicts, MeetIsClosed),
)
@needs("timing:write")
def rule_out_read(meet_id: MeetId, seq: Seq, body: RuleOutIn, who: Who, desk: OnDesk) -> Response:
    """A read counts no longer, whoever's it is; it is kept, in the state `ruled_out`. Results follow at once.

    It counts again once `ruling_seq` is undone in the log.
    """
    with desk.open(meet_id, who.id) as sheet:
        standing(sheet.state)
        ruling = read_rulings.rule_out(sheet, seq, body.reason)
    return created(RuledOutOut(seq=seq, ruling_seq=ruling), ruling, f"/v1/meets/{meet_id}/log/{ruling}")


def _head(now: Projection) -> int:
    standing(now.state)
    return now.head


def _reads(db: Database, meet: MeetId, seen: Seen[list[ReadState]], page: PageAsked) -> Derived[ReadOut]:
    shown, more = page.cut(seen.value, lambda read: read.seq, seen.seq)
    with db.read() as tx:
        stored = tx.reads.detail(meet, [read.seq for read in shown])
    items = [ReadOut.of(seen.state, read, stored.get(read.seq)) for read in shown]
    return Derived(items=items, next_cursor=more, seq=seen.seq)


def _passings(seen: Seen[list[Passing]], page: PageAsked) -> Derived[PassingOut]:
    rows = seen.value
    start, stop, more = page.slice(len(rows), seen.seq)
    return Derived(items=[PassingOut.of(one) for one in rows[start:stop]], next_cursor=more, seq=seen.seq)
