"""Sheets of what points add up to: combined events of a meet, and series of several."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Asked, Meet, public_meet
from app.api.conditional import VARY, etag_of
from app.api.faults import NotAcceptable
from app.api.jobs import ACCEPTED
from app.api.languages import InWords
from app.api.medals import Events, Least, TableName, mark_of_events, scored
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.sheets import EXAMPLES, SheetOut
from app.api.series import races_of
from app.api.services import Db, OnLive
from app.api.sheets import Format, Print, format_of
from app.domain.ids import EventId, MeetId, SeriesId
from app.domain.meet import Sex
from app.domain.refusals import Contradicts, NotFound
from app.domain.units import Instant
from app.live import Live, NotThereYet
from app.operations import series as found
from app.sheets.documents import combined, series
from app.sheets.documents.printed import Maker, one
from app.sheets.sheet import Look, Paper
from app.store.series import SeriesRow
from app.timing.finals import final_of
from app.timing.projection import Projection

router: Final = Router("/v1", tag="sheets")

_MADE: Final[dict[int | str, dict[str, Any]]] = {200: {"description": "The sheet", "content": EXAMPLES}}


@router.get(
    "/meets/{meet_id}/sheets/combined.{format}",
    response_model=SheetOut,
    responses=_MADE | ACCEPTED | refuses(NotThereYet, NotFound, NotAcceptable, Contradicts),
)
@public_meet()
def get_combined_sheet(
    meet_id: MeetId, format: Format, meet: Meet, printing: Print, events: Events, table: TableName = None
) -> Response:
    """Points over several events, added up for each athlete, with the marks that they are for."""
    wanted = list(dict.fromkeys(events))
    maker: Maker[MeetId] = Maker(partial(_scored, wanted, table), one(combined.combined))
    return printing.answer(meet, {"combined": maker}, "combined", format, meet_id, mark_of_events(wanted))


def _scored(events: list[EventId], table: str | None, now: Projection, id: MeetId) -> combined.Scored:
    rows = scored(now, events, table)
    stages = [final_of(now, now.state.events[event]).stage for event in events]
    return combined.Scored(events, stages, rows.table, rows)


@router.get(
    "/series/{series_id}/sheets/standings.{format}",
    response_model=SheetOut,
    responses=_MADE | refuses(NotFound, NotAcceptable),
)
@public_meet()
def get_series_sheet(
    series_id: SeriesId,
    format: Format,
    asked: Asked,
    db: Db,
    live: OnLive,
    reply: Replying,
    words: InWords,
    least: Least = "finished",
    sex: Annotated[Sex | None, Query(description="Only runners of this sex, by their places within it.")] = None,
    paper: Annotated[Paper, Query(description="For formats that are printed.")] = "A4",
) -> Response:
    """Who leads, with the points of each race; in brackets those that do not count."""
    written = format_of(format)
    with db.read() as tx:
        row, reply.audience = found.seen_by(tx, asked, series_id)
    races, touched = races_of(live, row, reply.audience, sex)

    def made() -> bytes:
        issued_at, timezone = _last_said(live, row)
        sheet = series.standings(
            series.Asked(
                name=row.name,
                races=races,
                rules=row.rules,
                least=least,
                issued_at=issued_at,
                timezone=timezone,
                words=words,
                seq=sum(touched),
                look=Look(paper=paper),
            )
        )
        return written.render([sheet])

    tag = etag_of(row, *touched, reply.audience, format, paper, words.language)
    return reply.tagged(tag, made, written.media, f"{VARY}, Accept-Language")


def _last_said(live: Live, row: SeriesRow) -> tuple[Instant, str]:
    """When the last thing in any of its meets was recorded, and the zone of the meet that this was in."""
    said = []
    for meet in found.meets_of(row):
        with live.view(meet) as view:
            state = view.projection.state
            at = state.log[-1].recorded_at if state.log else 0
            said.append((at, state.spec.timezone if state.spec else "UTC"))
    at, timezone = max(said, default=(0, "UTC"))
    return Instant(at), timezone
