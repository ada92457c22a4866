"""Sheets of heats, events and meets, in every format and language that is made here."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import Reply, Replying
from app.api.auth import Meet, public_meet
from app.api.conditional import etag
from app.api.designs import designed, with_design
from app.api.faults import NotAcceptable, OfAnother
from app.api.jobs import ACCEPTED, Waiting, accepted
from app.api.languages import InWords
from app.api.looking import Look, Looking, Mark, Seen
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.sheets import EXAMPLES, SheetOut
from app.api.services import Db, OnPress
from app.api.touches import of_event, of_heat, of_meet_records
from app.domain.ids import EventId, HeatId, MeetId, TextId
from app.domain.refusals import Contradicts, NotFound
from app.domain.state import MeetState
from app.interchange.files import EVENT, HEAT, MEET, File
from app.live import NotThereYet
from app.operations.designs import texts_of
from app.operations.press import Drawing, Order, Press
from app.sheets import FORMATS
from app.sheets import Format as Written
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from app.sheets.documents.printed import Maker, Printed
from app.sheets.sheet import Paper
from app.sheets.words import Words
from app.store import Database, MeetRow
from app.store.jobs import Document
from app.timing.projection import Projection

router: Final = Router("/v1", tag="sheets")

Id = TypeVar("Id", HeatId, EventId, MeetId)

Format = Annotated[str, Path(json_schema_extra={"enum": list(FORMATS)}, examples=["csv"])]
HeatSheet = Annotated[str, Path(json_schema_extra={"enum": list(HEATS)}, examples=["results"])]
EventSheet = Annotated[str, Path(json_schema_extra={"enum": list(EVENTS)}, examples=["results"])]
MeetSheet = Annotated[str, Path(json_schema_extra={"enum": list(MEETS)}, examples=["medals"])]

_MADE: Final[dict[int | str, dict[str, Any]]] = {200: {"description": "The sheet", "content": EXAMPLES}}
_REFUSED: Final = refuses(NotThereYet, NotFound, NotAcceptable, Contradicts)


FILES: Final[Mapping[str, Mapping[str, File]]] = {"heat": HEAT, "event": EVENT, "meet": MEET}
"""For other programs, by the noun that has them: here they are told to who looks in the wrong place."""

LONG: Final = 2_000
"""Rows: what has more, in a format that takes its time, is drawn beside the request.

As a PDF 500 rows take 0.08 s, 2,000 take 0.28 s and 5,000 take 0.7 s, as a workbook a third of that: a client that is
told to ask again after a second gets what is shorter later, not sooner.
"""


class Printing:
    """How a sheet is to be written, and what of it lies beside the log."""

    def __init__(
        self, words: Words, paper: Paper | None, reply: Reply, look: Looking, db: Database, press: Press, wait_s: int
    ) -> None:
        self._words = words
        self._paper = paper
        self._reply = reply
        self._look = look
        self._db = db
        self._press = press
        self._wait_s = wait_s

    def answer(
        self, meet: MeetRow, makers: Mapping[str, Maker[Id]], name: str, format: str, id: Id, mark: Mark
    ) -> Response:
        if name not in makers:
            raise NotFound("sheet", name, known=tuple(makers))
        maker, written, mark = makers[name], format_of(format), with_design(mark)
        how = f"{name}.{format} {self._paper}", self._words.language, written.media
        address = self._reply.address
        with self._look.at(meet.id, mark, lambda now: maker.take(now, id)) as seen:
            known = self._reply.known(seen.mark, *how)
            tag = etag(seen.mark, self._reply.audience, *how[:2])
            drawing = None if known else self._press.under_way(address, tag)
            sheets = () if known or drawing else maker.make(self._printed(meet.id, seen), id, seen.value)
        # Drawn when the meet is free again: a long document takes seconds, and nothing else of the meet is to wait.
        if known is not None:
            return known
        rows = sum(len(table.rows) for sheet in sheets for table in sheet.tables)
        if drawing is None and written.slowly is not None and rows > LONG:
            whose = Document(meet.no, self._reply.audience, address, tag, written.media, seen.seq)
            keep = partial(self._reply.keep, tag)
            drawing = self._press.take(Order(whose, rows, partial(written.slowly, sheets), keep))
        if drawing is None:
            return self._reply.at(seen.mark, lambda: written.render(sheets), *how)
        return self._drawn(drawing, lambda body: self._reply.at(seen.mark, lambda: body, *how))

    def _drawn(self, drawing: Drawing, answer: Callable[[bytes], Response]) -> Response:
        """The document if it is done while the client waits, else where to ask for it."""
        body = self._press.wait(drawing, self._wait_s)
        return accepted(drawing.row) if body is None else answer(body)

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


def format_of(name: str) -> Written:
    """`NotAcceptable` for one that sheets are not written in."""
    if name not in FORMATS:
        raise NotAcceptable("format", name, tuple(FORMATS))
    return FORMATS[name]


def _of_this(noun: str, file: str) -> None:
    """`OfAnother` for a file that others have, and this one has not."""
    homes = tuple(f"/v1/{one}s/{{{one}_id}}/sheets/{file}" for one, files in FILES.items() if file in files)
    if homes:
        raise OfAnother("file", file, tuple(FILES[noun]), homes)


def _texts(db: Database, meet: MeetId, state: MeetState) -> Mapping[TextId, str]:
    """Why results were announced anew, whose the records are, the logo, and who signs."""
    notes = [one.note for event in state.events.values() for _, one in event.publications]
    words = state.records.words if state.records else None
    wanted = [id for id in (*notes, words, *texts_of(state.design)) if id is not None]
    if not wanted:
        return {}
    with db.read() as tx:
        return {TextId(id): text for id, text in tx.texts.many(meet, wanted).items()}


async def _printing(
    request: Request,
    words: InWords,
    reply: Replying,
    look: Look,
    db: Db,
    press: OnPress,
    wait_s: Waiting,
    paper: Annotated[
        Paper | None, Query(description="For formats that are printed; by default what the meet chose.")
    ] = None,
) -> Printing:
    # One address for all who mean the same: as it is drawn once, its bytes are kept once.
    url = request.url.remove_query_params("min_seq").include_query_params(language=words.language)
    return Printing(words, paper, reply.under(f"{url.path}?{url.query}"), look, db, press, wait_s)


Print = Annotated[Printing, Depends(_printing)]


@router.get("/heats/{heat_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_MADE | ACCEPTED | _REFUSED)
@public_meet()
def get_heat_sheet(heat_id: HeatId, name: HeatSheet, format: Format, meet: Meet, printing: Print) -> Response:
    """A start list, results, intermediate times and laps, a list for the call room, cards for the lanes."""
    _of_this("heat", f"{name}.{format}")
    mark = partial(_of_heat, id=heat_id)
    return printing.answer(meet, HEATS, name, format, heat_id, mark)


@router.get("/events/{event_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_MADE | ACCEPTED | _REFUSED)
@public_meet()
def get_event_sheet(event_id: EventId, name: EventSheet, format: Format, meet: Meet, printing: Print) -> Response:
    """Entries, start lists of all heats, standings, a summary of every round, and what follows from them."""
    _of_this("event", f"{name}.{format}")
    return printing.answer(meet, EVENTS, name, format, event_id, partial(of_event, id=event_id))


@router.get("/meets/{meet_id}/sheets/{name}.{format}", response_model=SheetOut, responses=_MADE | ACCEPTED | _REFUSED)
@public_meet()
def get_meet_sheet(meet_id: MeetId, name: MeetSheet, format: Format, meet: Meet, printing: Print) -> Response:
    """Medals, placings, records broken, the schedule, and the book of all results."""
    _of_this("meet", f"{name}.{format}")
    return printing.answer(meet, MEETS, name, format, meet_id, of_meet_records)


def _of_heat(now: Projection, id: HeatId) -> int:
    """What was announced of its event says how official a heat is."""
    touched = of_heat(now, id)
    announced = now.state.events[now.state.heats[id].event].publications
    return max(touched, announced[-1][0] if announced else 0)
