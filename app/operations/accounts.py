"""Organizations, their tokens and device keys, and the administrator's token. A secret is shown once, by its maker."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar, Final

from app.domain.ids import ActorId, MeetId, OrganizationId
from app.domain.refusals import Contradicts, Invalid, NotFound, Refusal
from app.domain.units import Duration, Instant
from app.operations import identity, keys
from app.operations.access import HOME, Principal
from app.operations.keys import Key
from app.store import Database, Reader, Writer
from app.store.access import OrganizationRow, TokenRow

HOME_NAME: Final = "Home"
DEVICE_SCOPES: Final = frozenset({"reads:write"})


@dataclass(eq=False)
class ScopesExceeded(Refusal):
    """Nobody gives away more than they hold."""

    title: ClassVar[str] = "More than your own token may do"
    scopes: tuple[str, ...]

    @property
    def detail(self) -> str:
        return f"your token does not have {', '.join(self.scopes)}, so it cannot give that to another one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a token is made for. `source` binds a device key to one source."""

    name: str
    scopes: frozenset[str]
    meet: MeetId | None = None
    source: str | None = None
    not_before: Instant | None = None
    expires_at: Instant | None = None


def open_organization(tx: Writer, name: str, now: Instant) -> OrganizationRow:
    row = OrganizationRow(id=OrganizationId(identity.new_id("organization")), name=name, created_at=now)
    tx.access.put_organization(row)
    return row


def organization_of(tx: Reader, id: str) -> OrganizationRow:
    row = tx.access.organization(OrganizationId(id))
    if row is None:
        raise NotFound("organization", id)
    return row


def issue(tx: Writer, who: Principal, organization: OrganizationId, terms: Terms, now: Instant) -> tuple[TokenRow, str]:
    """(the token as it is kept, its text to be shown once)."""
    organization_of(tx, organization)
    _check_terms(who, terms, now)
    bound = terms.meet is not None
    id = identity.new_id("token")
    key = keys.make("dev" if bound else "api", id)
    row = TokenRow(
        id=ActorId(id),
        organization=organization,
        kind="device" if bound else "api",
        name=terms.name,
        hash=key.digest,
        scopes=terms.scopes,
        created_at=now,
        meet=terms.meet,
        source=terms.source,
        not_before=terms.not_before,
        expires_at=terms.expires_at,
    )
    tx.access.put_token(row)
    return row, key.text


def rotate(tx: Writer, who: Principal, old: TokenRow, grace: Duration, now: Instant) -> tuple[TokenRow, str]:
    """A new token of the same terms; the old one ends after `grace`, so that every box can be given its new key."""
    if old.revoked_at is not None:
        raise Contradicts("token_revoked", "the token was revoked: make a new one")
    terms = Terms(
        name=old.name,
        scopes=old.scopes,
        meet=old.meet,
        source=old.source,
        not_before=old.not_before,
        expires_at=old.expires_at,
    )
    made = issue(tx, who, old.organization or HOME, terms, now)
    tx.access.expire(old.id, Instant(now + grace))
    return made


def visible_tokens(tx: Reader, who: Principal) -> list[TokenRow]:
    """Tokens, not device keys, of the organization; of all of them for an administrator."""
    rows = tx.access.tokens(None if who.is_admin else who.organization)
    return [row for row in rows if row.kind == "api"]


def token_of(tx: Reader, who: Principal, id: str) -> TokenRow:
    row = tx.access.token(ActorId(id))
    if row is None or row.kind != "api" or not who.owns(row.organization or HOME):
        raise NotFound("token", id)
    return row


def device_keys(tx: Reader, meet: MeetId, organization: OrganizationId) -> list[TokenRow]:
    return [row for row in tx.access.tokens(organization) if row.meet == meet]


def device_key_of(tx: Reader, meet: MeetId, id: str) -> TokenRow:
    row = tx.access.token(ActorId(id))
    if row is None or row.meet != meet:
        raise NotFound("device key", id)
    return row


def ensure_home(tx: Writer, now: Instant) -> None:
    """The organization that an administrator's own meets belong to."""
    if tx.access.organization(HOME) is None:
        tx.access.put_organization(OrganizationRow(id=HOME, name=HOME_NAME, created_at=now))


def first_start(db: Database, secret: str | None, now: Instant) -> str | None:
    """The administrator's token: the given one, or one that is made when there is none yet and returned to be shown.

    A given one replaces what was there, at once: that is how a lost one is changed.
    """
    with db.write() as tx:
        ensure_home(tx, now)
        standing = [row for row in tx.access.tokens() if row.kind == "admin" and row.revoked_at is None]
        if secret is None and standing:
            return None
        key = keys.make("api", identity.new_id("token")) if secret is None else Key(secret, keys.digest(secret))
        if any(row.hash == key.digest for row in standing):
            return None
        for row in standing:
            tx.access.revoke(row.id, now)
        _put_admin(tx, key, now)
        return key.text if secret is None else None


def _put_admin(tx: Writer, key: Key, now: Instant) -> None:
    known = tx.access.principal(key.digest)
    if known is not None and known.kind != "admin":
        raise Contradicts("token_in_use", "the administrator's token is in use as another token: choose another one")
    id = ActorId(identity.new_id("token")) if known is None else known.id
    tx.access.put_token(
        TokenRow(
            id=id,
            organization=None,
            kind="admin",
            name="administrator",
            hash=key.digest,
            scopes=frozenset(),
            created_at=now,
        )
    )


def _check_terms(who: Principal, terms: Terms, now: Instant) -> None:
    if not who.is_admin and (exceeded := _beyond(who, terms.scopes)):
        raise ScopesExceeded(exceeded)
    if terms.expires_at is not None and terms.expires_at <= max(now, terms.not_before or now):
        raise Invalid("/expires_at", "already_over", "the token would have expired before its first use")


def _beyond(who: Principal, scopes: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(set(scopes) - who.scopes))
