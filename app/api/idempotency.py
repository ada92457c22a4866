"""Idempotency-Key on POSTs that create: the same request again gets the same answer, whichever process it meets.

A refusal stores nothing, so its key may be used again. What went wrong unexpectedly stays claimed until it is clear
that nobody works on it any more: the work may have been done.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.api.faults import AnswerLost, InvalidKey, KeyInUse, KeyReused
from app.api.services import services
from app.api.threads import in_thread
from app.domain.ids import ActorId
from app.domain.refusals import Refusal
from app.store import Database, idempotency
from app.store.errors import StoreError
from app.store.idempotency import Begun, Claim, ClaimLost

KEPT_HEADERS: Final = frozenset({"content-type", "etag", "location"})
SHOWN_ONCE: Final = "token"
REFUSED: Final = (Refusal, RequestValidationError, HTTPException, StoreError)
"""Raised before anything was committed."""
_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")

Work = Callable[[Request], Awaitable[Response]]


async def once(request: Request, who: ActorId, work: Work, shown_once: bool = False) -> Response:
    """The answer of `work`, or the one that it gave before."""
    key, db = request.headers["idempotency-key"], services(request).db
    if not _KEY.fullmatch(key):
        raise InvalidKey
    route, digest = f"{request.method} {request.url.path}", await _digest(request)

    def begin() -> Begun:
        with db.write() as tx:
            return tx.idempotency.begin(who, key, route, digest, services(request).now())

    match await in_thread(begin):
        case idempotency.Done(status, headers, body):
            return Response(body, status, headers | {"Idempotent-Replayed": "true"})
        case idempotency.InFlight():
            raise KeyInUse
        case idempotency.AnswerLost():
            raise AnswerLost
        case idempotency.Mismatch():
            raise KeyReused
        case idempotency.New(claim):
            return await _work(request, db, claim, work, shown_once)


async def _work(request: Request, db: Database, claim: Claim, work: Work, shown_once: bool) -> Response:
    try:
        with idempotency.holding(claim):
            response = await work(request)
    except ClaimLost:
        raise KeyInUse from None
    except REFUSED:
        await in_thread(_abandon, db, claim)
        raise
    headers = {name: value for name, value in response.headers.items() if name in KEPT_HEADERS}
    body = bytes(response.body)
    await in_thread(_finish, db, claim, response.status_code, headers, _without_secret(body) if shown_once else body)
    return response


def _finish(db: Database, claim: Claim, status: int, headers: dict[str, str], body: bytes) -> None:
    with db.write() as tx:
        tx.idempotency.finish(claim, status, headers, body)


def _abandon(db: Database, claim: Claim) -> None:
    with db.write() as tx:
        tx.idempotency.abandon(claim)


def _without_secret(body: bytes) -> bytes:
    """Only hashes of secrets are stored, also here."""
    return msgspec.json.encode(msgspec.json.decode(body) | {SHOWN_ONCE: None})


async def _digest(request: Request) -> str:
    digest = hashlib.sha256(request.url.query.encode())
    digest.update(b"\0" + await request.body())
    return digest.hexdigest()
