"""Files for other programs, under the sheets of a heat, an event or a meet: one address for each file."""

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Depends, Query
from starlette.responses import Response

from app.api.answers import Reply, Replying
from app.api.auth import Meet, needs, public_meet
from app.api.looking import Look, Seen
from app.api.problems import refuses
from app.api.route import Router
from app.api.touches import of_event, of_heat, of_meet_records
from app.domain.ids import EventId, HeatId, MeetId
from app.domain.refusals import Invalid, NotFound
from app.interchange import gather
from app.interchange.example import EXAMPLE
from app.interchange.files import EVENT, HEAT, JSON, MEET, File
from app.interchange.gather import Gathered, Taken
from app.interchange.text import Encoding
from app.interchange.values import Competition
from app.live import NotThereYet

router: Final = Router("/v1", tag="interchange")


def _of_heats(name: str, file: File) -> None:
    encoded = Annotated[Encoding, Depends(_encoding(file))]

    @router.get(f"/heats/{{heat_id}}/sheets/{name}", **_described("heat", name, file))
    @_readers(file)
    def get(heat_id: HeatId, meet: Meet, look: Look, reply: Replying, encoding: encoded) -> Response:
        take = partial(gather.of_heat, id=heat_id) if file.results else gather.nothing
        with look.at(meet.id, partial(of_heat, id=heat_id), take) as seen:
            return _reply(reply, seen, name, file, encoding, lambda of: of.heat(heat_id))


def _of_events(name: str, file: File) -> None:
    encoded = Annotated[Encoding, Depends(_encoding(file))]

    @router.get(f"/events/{{event_id}}/sheets/{name}", **_described("event", name, file))
    @_readers(file)
    def get(event_id: EventId, meet: Meet, look: Look, reply: Replying, encoding: encoded) -> Response:
        take = partial(gather.of_event, id=event_id) if file.results else gather.nothing
        with look.at(meet.id, partial(of_event, id=event_id), take) as seen:
            return _reply(reply, seen, name, file, encoding, lambda of: of.event(event_id))


def _of_meets(name: str, file: File) -> None:
    encoded = Annotated[Encoding, Depends(_encoding(file))]

    @router.get(f"/meets/{{meet_id}}/sheets/{name}", **_described("meet", name, file))
    @_readers(file)
    def get(meet_id: MeetId, meet: Meet, look: Look, reply: Replying, encoding: encoded) -> Response:
        take = gather.of_meet if file.results else gather.nothing
        with look.at(meet_id, of_meet_records, take) as seen:
            return _reply(reply, seen, name, file, encoding, Gathered.meet)


def _readers(file: File) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    return needs("meets:read") if file.officials else public_meet()


def _described(noun: str, name: str, file: File) -> dict[str, Any]:
    """What the document says of an address: an example as the file itself would have it."""
    text = file.write(EXAMPLE).decode()
    shown = {"schema": {"type": "object"}} if file.media == JSON else {"schema": {"type": "string"}, "example": text}
    found = {200: {"description": file.title, "content": {file.media: shown}}}
    more = refuses(Invalid) if file.windows else {}
    return {
        "operation_id": f"get_{noun}_{name.replace('.', '_')}",
        "summary": f"{file.title} of the {noun}",
        "response_class": Response,
        "responses": found | refuses(NotThereYet, NotFound) | more,
    }


def _encoding(file: File) -> Callable[..., Coroutine[Any, Any, Encoding]]:
    """Which one is asked for, of a file whose readers differ in it."""

    async def asked(
        encoding: Annotated[
            Encoding,
            Query(
                description="`windows-1252` for programs that read no UTF-8: letters that it has not lose their "
                "accents, other scripts are question marks."
            ),
        ] = "utf-8",
    ) -> Encoding:
        return encoding

    async def given() -> Encoding:
        return "utf-8"

    return asked if file.windows else given


def _reply(
    reply: Reply,
    seen: Seen[Taken],
    name: str,
    file: File,
    encoding: Encoding,
    gathered: Callable[[Gathered], Competition],
) -> Response:
    def made() -> bytes:
        return file.encoded(gathered(Gathered(reply.audience, seen.state, seen.people, seen.value)), encoding)

    media = file.media if file.media == JSON else f"{file.media}; charset={encoding}"
    return reply.at(seen.mark, made, representation=f"{name} {encoding}", media=media)


_NOUNS: Final[tuple[tuple[Callable[[str, File], None], Mapping[str, File]], ...]] = (
    (_of_heats, HEAT),
    (_of_events, EVENT),
    (_of_meets, MEET),
)
for _route, _files in _NOUNS:
    for _name, _file in _files.items():
        _route(_name, _file)
