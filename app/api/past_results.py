"""Results of races that are over, as files."""

from dataclasses import replace
from typing import Annotated, Final

from fastapi import Depends, Query

from app.api.auth import Meet, Who, needs
from app.api.faults import TooLarge, UnsupportedMediaType
from app.api.imports import CSV, XLSX, Columns, said
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import IMPORT, Router
from app.api.schemas.base import Day
from app.api.schemas.past_results import ResultsImportOut
from app.api.schemas.registrations import OnError
from app.api.services import OnDesk
from app.api.uploads import Upload, described, upload
from app.domain.facts import Method
from app.domain.ids import EventId
from app.domain.refusals import Invalid, LaneTwice, MeetIsClosed, ResultsDepend
from app.interchange.example import EXAMPLE
from app.interchange.files import HEAT
from app.operations.past_results import Kind, ResultsReport, import_results

router: Final = Router("/v1/events/{event_id}/rounds/{round}/results/import", tag="interchange")

_LIST: Final = "heat,lane,place,bib,family_name,given_name,sex,mark,status,wind\n1,4,1,281,Ito,Ren,M,16.43,,-0.4\n"
_EXAMPLES: Final = {
    CSV: _LIST,
    XLSX: None,
    "text/plain": HEAT["results.lif"].write(EXAMPLE).decode(),
    "application/octet-stream": None,
}


class _DryRun(Exception):
    """Everything was done, and is taken back with the transaction."""

    def __init__(self, report: ResultsReport) -> None:
        self.report = report


@router.post(
    "",
    max_body_size=IMPORT,
    openapi_extra=described(_EXAMPLES),
    responses=refuses(Invalid, LaneTwice, ResultsDepend, MeetIsClosed, UnsupportedMediaType, TooLarge),
)
@needs("results:write")
def import_round_results(
    event_id: EventId,
    round: str,
    file: Annotated[Upload, Depends(upload(*_EXAMPLES))],
    meet: Meet,
    who: Who,
    desk: OnDesk,
    format: Annotated[Kind | None, Query(description="What the file is; `lif` has to be said.")] = None,
    column: Columns = [],  # noqa: B006 - read only
    method: Annotated[Method, Query(description="How the times were taken.")] = "photo_finish",
    on: Annotated[Day | None, Query(description="The day of a camera's start, where the meet has several.")] = None,
    dry_run: Annotated[bool, Query(description="Say what would happen, and store nothing.")] = False,
    on_error: Annotated[OnError, Query(description="`skip` stores the good rows; `stop` none of them.")] = "stop",
) -> ResultsImportOut:
    """A round that was run and timed elsewhere: entries, heats and readings from one list (CSV or XLSX, the columns of
    a roster with `heat`, `lane`, `place`, `mark`, `status`, `rule`, `reaction`, `wind`) or from the camera's LIF."""
    try:
        with desk.open(meet.id, who.id) as sheet:
            standing(meet.id, sheet.state)
            report = import_results(
                sheet,
                event_id,
                round,
                file.data,
                kind=format,
                columns=dict(map(said, column)),
                method=method,
                on=on,
                on_error=on_error,
            )
            if dry_run:
                raise _DryRun(replace(report, stored=False))
    except _DryRun as done:
        report = done.report
    return ResultsImportOut.of(report)
