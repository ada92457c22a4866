"""Tokens of an organization, for people and scripts."""

from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Who, needs
from app.api.conditional import IfMatch, etag_of
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import SHOWN_ONCE, Router
from app.api.schemas.base import Listed
from app.api.schemas.tokens import RotationIn, TokenIn, TokenMade, TokenOut
from app.api.services import Db, Now
from app.domain.ids import OrganizationId
from app.domain.refusals import Contradicts, Invalid, NotFound
from app.operations import accounts
from app.operations.accounts import ScopesExceeded, Terms

router: Final = Router("/v1/tokens", tag="who may")


@router.post("", status_code=201, responses=refuses(ScopesExceeded, NotFound, Invalid), openapi_extra=SHOWN_ONCE)
@needs("tokens:write")
def create_token(body: TokenIn, who: Who, now: Now, db: Db) -> TokenMade:
    """Make a token; its secret is in this answer and nowhere else."""
    organization = OrganizationId(body.organization_id or who.organization)
    if not who.owns(organization):
        raise NotFound("organization", organization)
    terms = Terms(name=body.name, scopes=frozenset(body.scopes), expires_at=body.expires_at)
    with db.write() as tx:
        row, token = accounts.issue(tx, who, organization, terms, now)
    return TokenMade.of(row, token=token)


@router.get("", response_model=Listed[TokenOut])
@needs("tokens:write")
def list_tokens(who: Who, db: Db, page: Page, reply: Replying) -> Response:
    """Tokens that were made, also those that have ended."""
    with db.read() as tx:
        rows = [row for row in accounts.visible_tokens(tx, who) if row.id > (page.id or "")]
    shown, cursor = page.cut(rows, lambda row: row.id)
    items = [TokenOut.of(row) for row in shown]
    return reply.tagged(etag_of(*shown, cursor), lambda: Listed[TokenOut](items=items, next_cursor=cursor))


@router.get("/{token_id}", response_model=TokenOut, responses=refuses(NotFound))
@needs("tokens:write")
def get_token(token_id: str, who: Who, db: Db, reply: Replying) -> Response:
    with db.read() as tx:
        row = accounts.token_of(tx, who, token_id)
    return reply.tagged(etag_of(row), lambda: TokenOut.of(row))


@router.post(
    "/{token_id}/rotate",
    status_code=201,
    responses=refuses(NotFound, Contradicts, ScopesExceeded),
    openapi_extra=SHOWN_ONCE,
)
@needs("tokens:write")
def rotate_token(token_id: str, body: RotationIn, who: Who, now: Now, db: Db, match: IfMatch) -> TokenMade:
    """Another token of the same terms; the old one ends."""
    with db.write() as tx:
        old = accounts.token_of(tx, who, token_id)
        match.require(etag_of(old))
        row, token = accounts.rotate(tx, who, old, body.grace, now)
    return TokenMade.of(row, token=token)


@router.delete("/{token_id}", status_code=204, responses=refuses(NotFound))
@needs("tokens:write")
def revoke_token(token_id: str, who: Who, now: Now, db: Db, match: IfMatch) -> None:
    """From now on it is not accepted any more, by any process. It stays listed."""
    with db.write() as tx:
        row = accounts.token_of(tx, who, token_id)
        match.require(etag_of(row))
        tx.access.revoke(row.id, now)
