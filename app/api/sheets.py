"""Sheets of heats, events and meets, in every format and language that is made here."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Path, Query
from starlette.responses import Response

from app.api.answers import Reply, Replying
from app.api.auth import Meet, public_meet
from app.api.designs import designed, with_design
from app.api.faults import NotAcceptable
from app.api.languages import InWords
from app.api.looking import Look, Looking, Mark, Seen
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.sheets import EXAMPLES, SheetOut
from app.api.services import Db
from app.api.touches import of_event, of_heat, of_meet_records
from app.domain.ids import EventId, HeatId, MeetId, TextId
from app.domain.refusals import Contradicts, NotFound
from app.domain.state import MeetState
from app.live import NotThereYet
from app.sheets import FORMATS
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from app.sheets.documents.printed import Maker, Printed
from app.sheets.sheet import Paper
from app.sheets.words import Words
from app.store import Database
from app.timing.projection import Projection

router: Final = Router("/v1", tag="sheets")

Id = TypeVar("Id", HeatId, EventId, MeetId)

Format = Annotated[str, Path(json_schema_extra={"enum": list(FORMATS)}, examples=["csv"])]
HeatSheet = Annotated[str, Path(json_schema_extra={"enum": list(HEATS)}, examples=["results"])]
EventSheet = Annotated[str, Path(json_schema_extra={"enum": list(EVENTS)}, examples=["results"])]
MeetSheet = Annotated[str, Path(json_schema_extra={"enum": list(MEETS)}, examples=["medals"])]

_MADE: Final[dict[int | str, dict[str, Any]]] = {200: {"description": "The sheet", "content": EXAMPLES}}
_REFUSED: Final = refuses(NotThereYet, NotFound, NotAcceptable, Contradicts)


class Printing:
    """How a sheet is to be written, and what of it lies beside the log."""

    def __init__(self, words: Words, paper: Paper | None, reply: Reply, look: Looking, db: Database) -> None:
        self._words = words
        self._paper = paper
        self._reply = reply
        self._look = look
        self._db = db

    def answer(
        self, meet: MeetId, makers: Mapping[str, Maker[Id]], name: str, format: str, id: Id, mark: Mark
    ) -> Response:
        if name not in makers:
            raise NotFound("sheet", name, known=tuple(makers))
        if format not in FORMATS:
            raise NotAcceptable("format", format, tuple(FORMATS))
        maker, written, mark = makers[name], FORMATS[format], with_design(mark)
        how = f"{name}.{format} {self._paper}", self._words.language, written.media
        with self._look.at(meet, mark, lambda now: maker.take(now, id)) as seen:
            known = self._reply.known(seen.mark, *how)
            sheets = () if known else maker.make(self._printed(meet, seen), id, seen.value)
        # Drawn when the meet is free again: a long document takes seconds, and nothing else of the meet is to wait.
        return known or self._reply.at(seen.mark, lambda: written.render(sheets), *how)

    def _printed(self, meet: MeetId, seen: Seen[Any]) -> Printed:
        texts = _texts(self._db, meet, seen.state)
        return Printed(
            self._reply.audience,
            seen.state,
            seen.people,
            seen.seq,
            self._words,
            texts,
            **designed(meet, seen.state, texts, self._paper),
        )


def _texts(db: Database, meet: MeetId, state: MeetState) -> Mapping[TextId, str]:
    """Why results were announced anew, whose the records are, and the logo."""
    notes = [one.note for event in state.events.values() for _, one in event.publications]
    logo = state.design.logo if state.design else None
    wanted = [id for id in (*notes, state.records.words if state.records else None, logo) if id is not None]
    if not wanted:
        return {}
    with db.read() as tx:
        return {TextId(id): text for id, text in tx.texts.many(meet, wanted).items()}


async def _printing(
    words: InWords,
    reply: Replying,
    look: Look,
    db: Db,
    paper: Annotated[
        Paper | None, Query(description="For formats that are printed; by default what the meet chose.")
    ] = None,
) -> Printing:
    return Printing(words, paper, reply, look, db)


Print = Annotated[Printing, Depends(_printing)]


@router.get("/heats/{heat_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_MADE | _REFUSED)
@public_meet()
def get_heat_sheet(heat_id: HeatId, name: HeatSheet, format: Format, meet: Meet, printing: Print) -> Response:
    """A start list, results, intermediate times and laps, a list for the call room, cards for the lanes."""
    mark = partial(_of_heat, id=heat_id)
    return printing.answer(meet.id, HEATS, name, format, heat_id, mark)


@router.get("/events/{event_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_MADE | _REFUSED)
@public_meet()
def get_event_sheet(event_id: EventId, name: EventSheet, format: Format, meet: Meet, printing: Print) -> Response:
    """Entries, start lists of all heats, standings, a summary of every round, and what follows from them."""
    return printing.answer(meet.id, EVENTS, name, format, event_id, partial(of_event, id=event_id))


@router.get("/meets/{meet_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_MADE | _REFUSED)
@public_meet()
def get_meet_sheet(meet_id: MeetId, name: MeetSheet, format: Format, meet: Meet, printing: Print) -> Response:
    """Medals, placings, records broken, the schedule, and the book of all results."""
    return printing.answer(meet_id, MEETS, name, format, meet_id, of_meet_records)


def _of_heat(now: Projection, id: HeatId) -> int:
    """What was announced of its event says how official a heat is."""
    touched = of_heat(now, id)
    announced = now.state.events[now.state.heats[id].event].publications
    return max(touched, announced[-1][0] if announced else 0)
