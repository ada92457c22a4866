"""Lists of entries as files."""

from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request

from app.api.auth import Meet, Who, needs
from app.api.faults import TooLarge, UnsupportedMediaType
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import IMPORT, Router
from app.api.schemas.registrations import ImportOut, OnError
from app.api.services import OnDesk
from app.domain.ids import EventId
from app.domain.refusals import Invalid, MeetIsClosed
from app.operations.find import event_of
from app.operations.roster import import_roster

router: Final = Router("/v1", tag="registrations")

CSV: Final = "text/csv"
_EXAMPLE: Final = "bib,family_name,given_name,sex,birth_date,club,chips\n417,Brandt,Ida,W,1994-09-26,Bergen,58003417\n"
_BODY: Final = {
    "required": True,
    "content": {CSV: {"schema": {"type": "string", "format": "binary"}, "example": _EXAMPLE}},
}


async def _file(request: Request) -> bytes:
    given = request.headers.get("content-type", "")
    if given.partition(";")[0].strip().lower() != CSV:
        raise UnsupportedMediaType(given, CSV)
    return await request.body()


@router.post(
    "/events/{event_id}/registrations/import",
    max_body_size=IMPORT,
    openapi_extra={"requestBody": _BODY},
    responses=refuses(Invalid, MeetIsClosed, UnsupportedMediaType, TooLarge),
)
@needs("entries:write")
def import_registrations(
    event_id: EventId,
    data: Annotated[bytes, Depends(_file)],
    meet: Meet,
    who: Who,
    desk: OnDesk,
    dry_run: Annotated[bool, Query(description="Say what would happen, and store nothing.")] = False,
    on_error: Annotated[OnError, Query(description="`skip` stores the good rows; `stop` none of them.")] = "stop",
) -> ImportOut:
    """Rows are matched by `external_id`, else by `bib`. UTF-8 or Windows-1252; commas, semicolons or tabs."""
    with desk.open(meet.id, who.id) as sheet:
        event_of(standing(meet.id, sheet.state), event_id)
        return ImportOut.of(import_roster(sheet, event_id, data, dry_run=dry_run, on_error=on_error))
