"""Organizations, and the tokens and device keys that act for them. Only hashes of tokens are kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import sqlalchemy as sa

from app.domain.ids import ActorId, MeetId, OrganizationId
from app.domain.units import Instant
from app.store import schema
from app.store.session import Row, Session

TokenKind = Literal["admin", "api", "device"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    id: OrganizationId
    name: str
    created_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """`hash` is the SHA-256 of the token, in hex. An admin's belongs to no organization."""

    id: ActorId
    organization: OrganizationId | None
    kind: TokenKind
    name: str
    hash: str
    scopes: frozenset[str]
    created_at: Instant
    meet: MeetId | None = None
    source: str | None = None
    not_before: Instant | None = None
    expires_at: Instant | None = None
    revoked_at: Instant | None = None


_RENAMED: Final = {
    "organization": "organization_id",
    "meet": "meet_id",
    "created_at": "created_at_us",
    "not_before": "not_before_us",
    "expires_at": "expires_at_us",
    "revoked_at": "revoked_at_us",
}
_FIELDS: Final = {column: field for field, column in _RENAMED.items()}
_TOKEN_COLUMNS: Final = tuple(column.name for column in schema.tokens.columns)
_BY_HASH: Final = f"SELECT {', '.join(_TOKEN_COLUMNS)} FROM tokens WHERE hash = ?"


def _columns(row: OrganizationRow | TokenRow) -> dict[str, Any]:
    values = {_RENAMED.get(field, field): value for field, value in asdict(row).items()}
    if "scopes" in values:
        values["scopes"] = " ".join(sorted(values["scopes"]))
    return values


def _fields(columns: Mapping[Any, Any]) -> dict[str, Any]:
    return {_FIELDS.get(column, column): value for column, value in columns.items()}


def _token(columns: Mapping[Any, Any]) -> TokenRow:
    fields = _fields(columns)
    return TokenRow(**fields | {"scopes": frozenset(fields["scopes"].split())})


@lru_cache(maxsize=256)
def _token_of(row: Row) -> TokenRow:
    """Reads and requests bring the same ones. What is kept is what a row means, not that it is still there."""
    return _token(dict(zip(_TOKEN_COLUMNS, row, strict=True)))


class Access:
    def __init__(self, session: Session) -> None:
        self._session = session

    def organization(self, id: OrganizationId) -> OrganizationRow | None:
        statement = sa.select(schema.organizations).where(schema.organizations.c.id == id)
        row = self._session.execute(statement).mappings().first()
        return OrganizationRow(**_fields(row)) if row else None

    def organizations(self) -> list[OrganizationRow]:
        """In order of id."""
        statement = sa.select(schema.organizations).order_by(schema.organizations.c.id)
        return [OrganizationRow(**_fields(row)) for row in self._session.execute(statement).mappings()]

    def principal(self, hash: str) -> TokenRow | None:
        """Whose token has this hash, also when it has ended: the caller looks at its times."""
        row = self._session.one(_BY_HASH, hash)
        return _token_of(row) if row else None

    def token(self, id: ActorId) -> TokenRow | None:
        return self._one(schema.tokens.c.id == id)

    def tokens(self, organization: OrganizationId | None = None) -> list[TokenRow]:
        """In order of id; None means of every organization, the admins' included."""
        statement = sa.select(schema.tokens).order_by(schema.tokens.c.id)
        if organization is not None:
            statement = statement.where(schema.tokens.c.organization_id == organization)
        return [_token(row) for row in self._session.execute(statement).mappings()]

    def _one(self, condition: sa.ColumnElement[bool]) -> TokenRow | None:
        row = self._session.execute(sa.select(schema.tokens).where(condition)).mappings().first()
        return _token(row) if row else None


class AccessWriter(Access):
    def put_organization(self, row: OrganizationRow) -> None:
        self._session.put(schema.organizations, _columns(row))

    def put_token(self, row: TokenRow) -> None:
        self._session.put(schema.tokens, _columns(row))

    def revoke(self, id: ActorId, at: Instant) -> bool:
        """False if there is no such token. One that was revoked before keeps its time."""
        statement = sa.update(schema.tokens).where(schema.tokens.c.id == id)
        when = sa.func.coalesce(schema.tokens.c.revoked_at_us, at)
        return self._session.execute(statement.values(revoked_at_us=when)).rowcount == 1

    def expire(self, id: ActorId, at: Instant) -> None:
        """Ends then at the latest; an earlier end stays."""
        ends = schema.tokens.c.expires_at_us
        sooner = sa.case((ends < at, ends), else_=at)
        self._session.execute(sa.update(schema.tokens).where(schema.tokens.c.id == id).values(expires_at_us=sooner))
