"""Device keys: what a reader's bridge sends its reads with. Bound to one meet, to a time, perhaps to one source."""

from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.conditional import IfMatch, etag_of
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import SHOWN_ONCE, Router
from app.api.schemas.base import Listed
from app.api.schemas.tokens import DeviceIn, DeviceMade, DeviceOut, RotationIn
from app.api.services import Db, Now
from app.domain.refusals import Contradicts, Invalid, NotFound
from app.operations import accounts
from app.operations.accounts import DEVICE_SCOPES, ScopesExceeded, Terms

router: Final = Router("/v1/meets/{meet_id}/devices", tag="who may")


@router.post("", status_code=201, responses=refuses(ScopesExceeded, Invalid), openapi_extra=SHOWN_ONCE)
@needs("tokens:write")
def create_device(meet_id: str, body: DeviceIn, who: Who, meet: Meet, now: Now, db: Db) -> DeviceMade:
    """Make a device key; its secret is in this answer and nowhere else."""
    terms = Terms(
        name=body.name,
        scopes=DEVICE_SCOPES,
        meet=meet.id,
        source=body.source,
        not_before=body.not_before,
        expires_at=body.expires_at,
    )
    with db.write() as tx:
        row, token = accounts.issue(tx, who, meet.organization, terms, now)
    return DeviceMade.of(row, token=token)


@router.get("", response_model=Listed[DeviceOut])
@needs("tokens:write")
def list_devices(meet_id: str, meet: Meet, db: Db, page: Page, reply: Replying) -> Response:
    """Keys of the meet, also those that have ended."""
    with db.read() as tx:
        rows = [r for r in accounts.device_keys(tx, meet.id, meet.organization) if r.id > (page.id or "")]
    shown, cursor = page.cut(rows, lambda row: row.id)
    items = [DeviceOut.of(row) for row in shown]
    return reply.tagged(etag_of(*shown, cursor), lambda: Listed[DeviceOut](items=items, next_cursor=cursor))


@router.get("/{device_id}", response_model=DeviceOut, responses=refuses(NotFound))
@needs("tokens:write")
def get_device(meet_id: str, device_id: str, meet: Meet, db: Db, reply: Replying) -> Response:
    with db.read() as tx:
        row = accounts.device_key_of(tx, meet.id, device_id)
    return reply.tagged(etag_of(row), lambda: DeviceOut.of(row))


@router.post(
    "/{device_id}/rotate",
    status_code=201,
    responses=refuses(NotFound, Contradicts, ScopesExceeded),
    openapi_extra=SHOWN_ONCE,
)
@needs("tokens:write")
def rotate_device(
    meet_id: str, device_id: str, body: RotationIn, who: Who, meet: Meet, now: Now, db: Db, match: IfMatch
) -> DeviceMade:
    """Another key of the same terms; the old one ends."""
    with db.write() as tx:
        old = accounts.device_key_of(tx, meet.id, device_id)
        match.require(etag_of(old))
        row, token = accounts.rotate(tx, who, old, body.grace, now)
    return DeviceMade.of(row, token=token)


@router.delete("/{device_id}", status_code=204, responses=refuses(NotFound))
@needs("tokens:write")
def revoke_device(meet_id: str, device_id: str, meet: Meet, now: Now, db: Db, match: IfMatch) -> None:
    """From now on it is not accepted any more, by any process. Its reads stay."""
    with db.write() as tx:
        row = accounts.device_key_of(tx, meet.id, device_id)
        match.require(etag_of(row))
        tx.access.revoke(row.id, now)
