"""The life of a heat: its gun, recall, end and re-run."""

from typing import Final

from starlette.responses import Response

from app.api.auth import Meet, Who, needs
from app.api.done import done
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.heats import HeatOut
from app.api.schemas.starts import CloseIn, NothingIn, RerunIn, StartIn, WeatherIn
from app.api.services import OnDesk
from app.domain.ids import Bib, HeatId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, NotInHeat
from app.domain.state import MeetState
from app.operations import starts
from app.operations.find import heat_of

router: Final = Router("/v1/heats/{heat_id}", tag="rounds and heats")

REFUSES: Final = refuses(Contradicts, MeetIsClosed)


@router.post("/start", response_model=HeatOut, responses=refuses(Contradicts, MeetIsClosed))
@needs("timing:write")
def start_heat(heat_id: HeatId, body: StartIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """Also after the reads, and again to correct it: every result of the heat follows."""
    with desk.open(meet.id, who.id) as sheet:
        starts.start(sheet, heat_id, body.at, body.source)
        return _shown(sheet.state, heat_id)


@router.post("/recall", response_model=HeatOut, responses=REFUSES)
@needs("timing:write")
def recall_heat(heat_id: HeatId, meet: Meet, who: Who, desk: OnDesk, body: NothingIn | None = None) -> Response:
    """The start is void: a false start, a fallen runner. The heat waits for its next gun."""
    with desk.open(meet.id, who.id) as sheet:
        starts.recall(sheet, heat_id)
        return _shown(sheet.state, heat_id)


@router.post("/close", response_model=HeatOut, responses=refuses(Contradicts, Invalid, MeetIsClosed))
@needs("timing:write")
def close_heat(heat_id: HeatId, meet: Meet, who: Who, desk: OnDesk, body: CloseIn | None = None) -> Response:
    """It takes no more reads. Without this it ends at the cut-off, or for each runner at the next start."""
    with desk.open(meet.id, who.id) as sheet:
        starts.close(sheet, heat_id, None if body is None else body.at)
        return _shown(sheet.state, heat_id)


@router.post("/reopen", response_model=HeatOut, responses=REFUSES)
@needs("timing:write")
def reopen_heat(heat_id: HeatId, meet: Meet, who: Who, desk: OnDesk, body: NothingIn | None = None) -> Response:
    with desk.open(meet.id, who.id) as sheet:
        starts.reopen(sheet, heat_id)
        return _shown(sheet.state, heat_id)


@router.post("/rerun", response_model=HeatOut, responses=refuses(Contradicts, NotInHeat, MeetIsClosed))
@needs("timing:write")
def rerun_heat(heat_id: HeatId, meet: Meet, who: Who, desk: OnDesk, body: RerunIn | None = None) -> Response:
    """What was run is void and kept; the same runners start anew, or those named: the others keep what they have. The
    reason is kept beside the log."""
    with desk.open(meet.id, who.id) as sheet:
        asked = body or RerunIn()
        starts.rerun(sheet, heat_id, [Bib(bib) for bib in asked.bibs], asked.reason)
        return _shown(sheet.state, heat_id)


@router.put("/weather", response_model=HeatOut, responses=refuses(MeetIsClosed))
@needs("timing:write")
def put_heat_weather(heat_id: HeatId, body: WeatherIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """Temperature and humidity at the start, for the heads of sheets."""
    with desk.open(meet.id, who.id) as sheet:
        starts.weather(sheet, heat_id, body.temperature_c, body.humidity_percent)
        return _shown(sheet.state, heat_id)


def _shown(state: MeetState, id: HeatId) -> Response:
    heat = HeatOut.of(state, heat_of(state, id))
    return done(heat, heat.seq)
