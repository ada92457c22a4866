"""Organizations: administrators keep them, everything else belongs to one."""

from dataclasses import replace
from typing import Final

from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import administrators
from app.api.conditional import IfMatch, etag_of
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.organizations import OrganizationIn, OrganizationOut
from app.api.services import Db, Now
from app.domain.refusals import NotFound
from app.operations import accounts

router: Final = Router("/v1/organizations", tag="who may")


@router.post("", status_code=201)
@administrators()
def create_organization(body: OrganizationIn, now: Now, db: Db) -> OrganizationOut:
    with db.write() as tx:
        row = accounts.open_organization(tx, body.name, now)
    return OrganizationOut.of(row)


@router.get("", response_model=Listed[OrganizationOut])
@administrators()
def list_organizations(db: Db, page: Page, reply: Replying) -> Response:
    with db.read() as tx:
        rows = [row for row in tx.access.organizations() if row.id > (page.id or "")]
    shown, cursor = page.cut(rows, lambda row: row.id)
    items = [OrganizationOut.of(row) for row in shown]
    return reply.tagged(etag_of(*shown, cursor), lambda: Listed[OrganizationOut](items=items, next_cursor=cursor))


@router.get("/{organization_id}", response_model=OrganizationOut, responses=refuses(NotFound))
@administrators()
def get_organization(organization_id: str, db: Db, reply: Replying) -> Response:
    with db.read() as tx:
        row = accounts.organization_of(tx, organization_id)
    return reply.tagged(etag_of(row), lambda: OrganizationOut.of(row))


@router.patch("/{organization_id}", responses=refuses(NotFound))
@administrators()
def rename_organization(organization_id: str, body: OrganizationIn, db: Db, match: IfMatch) -> OrganizationOut:
    with db.write() as tx:
        row = accounts.organization_of(tx, organization_id)
        match.require(etag_of(row))
        row = replace(row, name=body.name)
        tx.access.put_organization(row)
    return OrganizationOut.of(row)
