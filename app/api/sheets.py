"""Sheets of heats and events, in the formats that are made here."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from fastapi import Path
from starlette.responses import Response

from app.api.answers import Reply, Replying
from app.api.auth import Meet, public_meet
from app.api.looking import Look, Seen
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.sheets import SheetOut
from app.api.touches import of_event, of_heat
from app.domain.ids import EventId, HeatId
from app.domain.refusals import NotFound
from app.live import NotThereYet
from app.sheets import FORMATS, events, heats
from app.sheets.printed import Maker, Printed

router: Final = Router("/v1", tag="sheets")

Id = TypeVar("Id")

Format = Annotated[str, Path(json_schema_extra={"enum": list(FORMATS)}, examples=["csv"])]
HeatSheet = Annotated[str, Path(json_schema_extra={"enum": list(heats.SHEETS)}, examples=["results"])]
EventSheet = Annotated[str, Path(json_schema_extra={"enum": list(events.SHEETS)}, examples=["results"])]

_CSV: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The sheet",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": "place,bib,name\r\n1,31,HOLM Rune\r\n"}},
    }
}


@router.get(
    "/heats/{heat_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_CSV | refuses(NotThereYet, NotFound)
)
@public_meet()
def get_heat_sheet(
    heat_id: HeatId, name: HeatSheet, format: Format, meet: Meet, look: Look, reply: Replying
) -> Response:
    """The start list of a heat, or its results."""
    maker = _found(heats.SHEETS, name, format)
    with look.at(meet.id, partial(of_heat, id=heat_id), lambda now: maker.take(now, heat_id)) as seen:
        return _reply(reply, seen, maker, heat_id, format)


@router.get(
    "/events/{event_id}/sheets/{name}.{format}",
    response_model=SheetOut,
    responses=_CSV | refuses(NotThereYet, NotFound),
)
@public_meet()
def get_event_sheet(
    event_id: EventId, name: EventSheet, format: Format, meet: Meet, look: Look, reply: Replying
) -> Response:
    """Entries, start lists of all heats, standings, or a summary of every round."""
    maker = _found(events.SHEETS, name, format)
    with look.at(meet.id, partial(of_event, id=event_id), lambda now: maker.take(now, event_id)) as seen:
        return _reply(reply, seen, maker, event_id, format)


def _found(sheets: Mapping[str, Maker[Id]], name: str, format: str) -> Maker[Id]:
    if name not in sheets:
        raise NotFound("sheet", name, known=tuple(sheets))
    if format not in FORMATS:
        raise NotFound("format", format, known=tuple(FORMATS))
    return sheets[name]


def _reply(reply: Reply, seen: Seen[Any], maker: Maker[Id], id: Id, format: str) -> Response:
    def made() -> bytes:
        printed = Printed(reply.audience, seen.state, seen.people, seen.seq)
        return FORMATS[format].render([maker.make(printed, id, seen.value)])

    return reply.at(seen.mark, made, representation=format, media=FORMATS[format].media)
