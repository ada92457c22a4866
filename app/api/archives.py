"""A meet as one file, and everything as one file."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from typing import IO, Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.api.auth import Who, administrators, needs
from app.api.faults import TooLarge
from app.api.models import Out
from app.api.problems import refuses
from app.api.route import Router
from app.api.services import Db, Now
from app.api.threads import in_thread
from app.domain.ids import MeetId
from app.domain.refusals import Contradicts, Invalid, NotFound
from app.operations import archives
from app.store.unarchive import PutBack

router: Final = Router("/v1", tag="running it")

GZIP: Final = "application/gzip"
LARGEST: Final = 2 << 30
PART: Final = 1 << 18
_BYTES: Final[dict[str, Any]] = {"content": {GZIP: {"schema": {"type": "string", "format": "binary"}}}}
_BODY: Final = {"requestBody": {"required": True, **_BYTES}}


class ArchiveOut(Out):
    """A meet that was made from its file."""

    id: MeetId
    seq: int
    facts: int
    reads: int


class RestoredOut(Out):
    """What a backup added. Meets that are here already were left as they are."""

    added: list[ArchiveOut]
    already_here: list[MeetId]
    organizations: int
    tokens: int


@router.get("/meets/{meet_id}/archive", response_class=Response, responses={200: _BYTES, **refuses(NotFound)})
@needs("meets:read")
def archive_meet(meet_id: MeetId, db: Db) -> Response:
    """The whole meet, its log and its people, as one gzipped file of JSON lines."""
    return _file(f"{meet_id}.jsonl.gz", lambda file: archives.write_meet(db, meet_id, file))


@router.post(
    "/meets/archive",
    status_code=201,
    response_model=ArchiveOut,
    max_body_size=LARGEST,
    openapi_extra=_BODY,
    responses=refuses(Invalid, Contradicts, TooLarge),
)
@needs("meets:write")
async def unarchive_meet(request: Request, who: Who, db: Db) -> ArchiveOut:
    """Makes the meet of such a file, ids and log as they were, in the token's organization."""
    async with _received(request) as file:
        return _made(await in_thread(archives.read_meet, db, file, who.organization))


@router.post("/admin/backup", response_class=Response, responses={200: _BYTES})
@administrators()
def back_up(now: Now, db: Db) -> Response:
    """Everything as of this moment, as one gzipped file; the server goes on working meanwhile."""
    return _file("backstraight.backup.gz", lambda file: archives.write_all(db, now, file))


@router.post(
    "/admin/restore",
    response_model=RestoredOut,
    max_body_size=LARGEST,
    openapi_extra=_BODY,
    responses=refuses(Invalid, TooLarge),
)
@administrators()
async def restore(request: Request, db: Db) -> RestoredOut:
    """Adds what a backup holds and this server does not. Nothing that is here is overwritten."""
    async with _received(request) as file:
        done = await in_thread(archives.read_all, db, file)
    return RestoredOut(
        added=[_made(meet) for meet in done.added],
        already_here=done.here,
        organizations=done.organizations,
        tokens=done.tokens,
    )


def _made(meet: PutBack) -> ArchiveOut:
    return ArchiveOut(id=meet.meet, seq=meet.head, facts=meet.facts, reads=meet.reads)


def _file(name: str, write: Callable[[IO[bytes]], object]) -> Response:
    """Written whole before the first byte is sent: a slow client holds up no snapshot, and a failure is a problem."""
    with ExitStack() as open_files:
        file = open_files.enter_context(tempfile.TemporaryFile())
        write(file)
        open_files.pop_all()
    size = file.tell()
    file.seek(0)
    headers = {"Content-Length": str(size), "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_parts(file), 200, headers, GZIP)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(PART):
            yield part


@asynccontextmanager
async def _received(request: Request) -> AsyncIterator[IO[bytes]]:
    """The body, in a file of its own."""
    with tempfile.TemporaryFile() as file:
        async for part in request.stream():
            await in_thread(file.write, part)
        file.seek(0)
        yield file
