"""Lists of entries as files: brought in, listed, taken back."""

from typing import Annotated, Final

from fastapi import Depends, Path, Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.done import created
from app.api.faults import TooLarge, UnsupportedMediaType
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import IMPORT, Router
from app.api.schemas.base import Line, Listed
from app.api.schemas.imports import ImportedOut, ImportOut, TakenBackOut
from app.api.schemas.registrations import OnError
from app.api.services import Db, OnDesk, OnLive
from app.api.uploads import Upload, described, upload
from app.domain.ids import EventId, ImportId, MeetId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, NotFound, ResultsDepend
from app.interchange.example import EXAMPLE
from app.interchange.files import EVENT
from app.interchange.rosters import Format
from app.operations import undo
from app.operations.find import event_of
from app.operations.imports import import_of
from app.operations.roster import Asked, import_roster

router: Final = Router("/v1", tag="registrations")

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLES: Final = {
    CSV: "bib,family_name,given_name,sex,birth_date,club,chips\n417,Brandt,Ida,W,1994-09-26,Bergen,58003417\n",
    XLSX: None,
    "text/plain": EVENT["entries.hytek.csv"].write(EXAMPLE).decode(),
    "application/json": EVENT["results.opentrack.json"].write(EXAMPLE).decode(),
    "application/octet-stream": None,
}

ImportPath = Annotated[ImportId, Path()]
Columns = Annotated[
    list[Line],
    Query(
        max_length=100,
        description="What a title of the file stands for, as `title:column`; `title:` leaves it out.",
        examples=[["Startnummer:bib"]],
    ),
]
Source = Annotated[
    str | None,
    Query(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="Where such lists come from. What was said of their columns is remembered for the next one.",
        examples=["clubs"],
    ),
]


@router.post(
    "/events/{event_id}/registrations/import",
    max_body_size=IMPORT,
    openapi_extra=described(_EXAMPLES),
    responses=refuses(Invalid, MeetIsClosed, UnsupportedMediaType, TooLarge),
)
@needs("entries:write")
def import_registrations(
    event_id: EventId,
    file: Annotated[Upload, Depends(upload(*_EXAMPLES))],
    meet: Meet,
    who: Who,
    desk: OnDesk,
    dry_run: Annotated[bool, Query(description="Say what would happen, and store nothing.")] = False,
    on_error: Annotated[OnError, Query(description="`skip` stores the good rows; `stop` none of them.")] = "stop",
    format: Annotated[
        Format | None, Query(description="What the file is; by default what its first bytes say, never `ppl` or `evt`.")
    ] = None,
    source: Source = None,
    column: Columns = [],  # noqa: B006 - read only
    event: Annotated[
        Line | None, Query(description="Which event of the file, by its number, code or name there.")
    ] = None,
) -> ImportOut:
    """CSV, XLSX (its first sheet, no formula is run), entries of Hy-Tek, FinishLynx or OpenTrack. Rows are matched by
    `external_id`, else by `bib`. Text is UTF-8 or Windows-1252, with commas, semicolons, tabs or bars."""
    asked = Asked(format=format, columns=dict(map(said, column)), source=source, event=event)
    with desk.open(meet.id, who.id) as sheet:
        event_of(standing(meet.id, sheet.state), event_id)
        return ImportOut.of(import_roster(sheet, event_id, file.data, asked=asked, dry_run=dry_run, on_error=on_error))


@router.get("/meets/{meet_id}/imports", response_model=Listed[ImportedOut])
@needs("meets:read")
def list_imports(meet_id: MeetId, page: Page, db: Db, live: OnLive, reply: Replying) -> Response:
    """Those that were not taken back, in log order."""
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        found = list(state.imports.values())
        start, stop, more = page.slice(len(found), state.head)
        items = [ImportedOut.of(db, meet_id, state, *one) for one in found[start:stop]]
        return reply.at(state.head, lambda: Listed(items=items, next_cursor=more))


@router.get("/meets/{meet_id}/imports/{import_id}", response_model=ImportedOut, responses=refuses(NotFound))
@needs("meets:read")
def get_import(meet_id: MeetId, import_id: ImportPath, db: Db, live: OnLive, reply: Replying) -> Response:
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        shown = ImportedOut.of(db, meet_id, state, *import_of(state, import_id))
        return reply.at(state.head, lambda: shown)


@router.post(
    "/meets/{meet_id}/imports/{import_id}/undo",
    status_code=201,
    response_model=TakenBackOut,
    responses=refuses(NotFound, Contradicts, ResultsDepend, MeetIsClosed),
)
@needs("entries:write")
def undo_import(meet_id: MeetId, import_id: ImportPath, who: Who, desk: OnDesk) -> Response:
    """Whom the list brought is not in the meet any more, and their identities are erased; who was there before keeps
    what the list said. Not once results or later facts rest on one of them. It is not brought back: import it again."""
    with desk.open(meet_id, who.id) as sheet:
        standing(meet_id, sheet.state)
        seq, _ = import_of(sheet.state, import_id)
        before = len(sheet.state.registrations)
        at = undo.undo(sheet, seq)
        shown = TakenBackOut(import_id=import_id, removed=before - len(sheet.state.registrations), seq=at)
    return created(shown, at, f"/v1/meets/{meet_id}/log/{at}")


def said(pair: str) -> tuple[str, str]:
    title, colon, column = pair.rpartition(":")
    if not colon:
        raise Invalid("/column", "not_a_column", f"{pair!r} says no column: write it as title:column")
    return title.strip(), column.strip()
