"""Files of photo-finish cameras."""

from typing import Annotated, Final

from fastapi import Depends, Query

from app.api.auth import Meet, Who, needs
from app.api.faults import TooLarge, UnsupportedMediaType
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Day
from app.api.schemas.camera import CameraOut
from app.api.schemas.registrations import OnError
from app.api.services import OnDesk
from app.api.uploads import Upload, described, upload
from app.domain.facts import Method
from app.domain.ids import HeatId
from app.domain.refusals import Invalid, MeetIsClosed, NotInHeat
from app.interchange.example import EXAMPLE
from app.interchange.files import HEAT
from app.operations.camera import read_file

router: Final = Router("/v1/heats/{heat_id}/finishes/import", tag="interchange")

TYPES: Final = ("text/plain", "text/csv", "application/octet-stream")
_LIF: Final = HEAT["results.lif"].write(EXAMPLE).decode()


@router.post(
    "",
    openapi_extra=described({"text/plain": _LIF, "text/csv": _LIF, "application/octet-stream": None}),
    responses=refuses(Invalid, NotInHeat, MeetIsClosed, UnsupportedMediaType, TooLarge),
)
@needs("timing:write")
def import_finishes(
    heat_id: HeatId,
    file: Annotated[Upload, Depends(upload(*TYPES))],
    meet: Meet,
    who: Who,
    desk: OnDesk,
    method: Annotated[Method, Query(description="How the times were taken.")] = "photo_finish",
    on: Annotated[Day | None, Query(description="The day of the start, where the meet has several.")] = None,
    any_heat: Annotated[bool, Query(description="Also a file that numbers another heat.")] = False,
    dry_run: Annotated[bool, Query(description="Say what would happen, and store nothing.")] = False,
    on_error: Annotated[OnError, Query(description="`skip` stores the good rows; `stop` none of them.")] = "stop",
) -> CameraOut:
    """A LIF file: runners by id, which is their bib, or by lane; codes, wind, reactions, and the start where none was
    recorded. A file that is still being written is refused."""
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        report = read_file(
            sheet, heat_id, file.data, method=method, on=on, any_heat=any_heat, dry_run=dry_run, on_error=on_error
        )
    return CameraOut.of(report)
