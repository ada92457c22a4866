"""Who may do what: principals, scopes and the one decision that every route is subject to.

Nothing is allowed but what a `Rule` says. What belongs to another organization does not exist for those who ask.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal, get_args

from app.domain.ids import PREFIXES, ActorId, MeetId, OrganizationId
from app.domain.refusals import NotFound, Refusal
from app.domain.units import Instant
from app.operations import keys
from app.store.access import TokenRow
from app.store.meets import MeetRow
from app.store.transaction import Reader

Kind = Literal["admin", "api", "device"]
Scope = Literal[
    "meets:read", "meets:write", "entries:write", "timing:write", "results:write", "reads:write", "tokens:write"
]
Audience = Literal["public", "organizer"]
"""Whom an answer is made for: the public model only, or everything."""

HOME: Final = OrganizationId(f"{PREFIXES['organization']}_{0:032x}")
"""The organization that an administrator's own meets belong to; there from the first start."""
SCOPES: Final[frozenset[str]] = frozenset(get_args(Scope))


@dataclass(frozen=True, slots=True)
class Principal:
    """Whose token it is. An administrator's organization is the one that meets are made in without another word."""

    id: ActorId
    organization: OrganizationId
    kind: Kind
    scopes: frozenset[str]
    meet: MeetId | None = None
    source: str | None = None
    not_before: Instant | None = None
    expires_at: Instant | None = None

    @property
    def is_admin(self) -> bool:
        return self.kind == "admin"

    def owns(self, organization: OrganizationId) -> bool:
        return self.is_admin or self.organization == organization

    def sees(self, meet: MeetRow) -> bool:
        """Whether the meet is theirs to know of: their organization's, and the one that a key is bound to."""
        return self.owns(meet.organization) and self.meet in (None, meet.id)

    def feeds(self, source: str) -> bool:
        """Whether reads of this source may come with this key."""
        return self.source in (None, source)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks for. `public`: anybody may read where the meet is open; `admin`: administrators only.

    `late`: decided by the operation, inside the transaction that stores.
    """

    scope: Scope | None
    public: bool = False
    admin: bool = False
    late: bool = False

    @property
    def asks_nothing(self) -> bool:
        return self.scope is None and not self.admin


ANYONE: Final = Rule(scope=None)


@dataclass(frozen=True, slots=True)
class Access:
    """What was decided for one request: who asks, about which meet, and what they may see of it."""

    who: Principal | None
    meet: MeetRow | None
    audience: Audience


@dataclass(eq=False)
class Unidentified(Refusal):
    title: ClassVar[str] = "A token is needed"

    @property
    def detail(self) -> str:
        return "nothing public is here: send Authorization: Bearer <token>, and check the id"


@dataclass(eq=False)
class BadToken(Refusal):
    title: ClassVar[str] = "The token is not accepted"
    why: str
    then: str = "ask the organizer for another one"

    @property
    def detail(self) -> str:
        return f"{self.why}: {self.then}"


@dataclass(eq=False)
class ScopeMissing(Refusal):
    title: ClassVar[str] = "The token may not do this"
    scope: str

    @property
    def detail(self) -> str:
        return f"this needs the scope {self.scope}, which the token does not have"


@dataclass(eq=False)
class NotAnAdministrator(Refusal):
    title: ClassVar[str] = "Only an administrator may do this"

    @property
    def detail(self) -> str:
        return "this needs the administrator's token"


@dataclass(eq=False)
class NotThisSource(Refusal):
    title: ClassVar[str] = "The key belongs to another source"
    source: str

    @property
    def detail(self) -> str:
        return f"this device key may send reads of {self.source!r} only"


def hash_of(token: str) -> str:
    """What it is looked up by; `BadToken` for one that was mistyped or cut off."""
    if not keys.plausible(token):
        raise BadToken("it is not complete: its checksum is wrong")
    return keys.digest(token)


def accepted(row: TokenRow | None, now: Instant) -> Principal:
    """Whose token it is, if it holds now; `BadToken` with the reason."""
    if row is None:
        raise BadToken("it is not known")
    if row.revoked_at is not None and row.revoked_at <= now:
        raise BadToken("it was revoked")
    if row.expires_at is not None and row.expires_at <= now:
        raise BadToken("it has expired")
    if row.not_before is not None and now < row.not_before:
        raise BadToken("its time has not come yet", "send it again once it has, or ask the organizer for another one")
    return principal(row)


def principal(row: TokenRow) -> Principal:
    return Principal(
        row.id, row.organization or HOME, row.kind, row.scopes, row.meet, row.source, row.not_before, row.expires_at
    )


def decide(rule: Rule, who: Principal | None, meet: MeetRow | None, asked: str | None) -> Access:
    """`asked` is the id that the address names, None where it names no meet. A refusal, or what may be seen."""
    if rule.asks_nothing:
        return Access(who, meet, "public")
    if rule.admin and who is not None:
        return _as_admin(who)
    open_to_all = rule.public and (asked is None or (meet is not None and meet.is_open))
    if who is None:
        if open_to_all:
            return Access(None, meet, "public")
        raise Unidentified
    if asked is not None and (meet is None or not who.sees(meet)):
        if open_to_all:
            return Access(who, meet, "public")
        raise NotFound(noun_of(asked), asked)
    if may(who, rule.scope):
        return Access(who, meet, "organizer")
    if open_to_all and asked is not None:
        return Access(who, meet, "public")
    raise ScopeMissing(rule.scope or "")


def may(who: Principal, scope: str | None) -> bool:
    return who.is_admin or scope in who.scopes


def _as_admin(who: Principal) -> Access:
    if not who.is_admin:
        raise NotAnAdministrator
    return Access(who, None, "organizer")


def noun_of(id: str) -> str:
    return _NOUNS.get(id.partition("_")[0], "id")


_NOUNS: Final = {prefix: noun for noun, prefix in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Admitting:
    """For the ingest: asks who posts inside the transaction that stores, so that a revoked key stores nothing.

    Equal where the same token asks for the same: posts that are stored together are admitted together.
    """

    token: str | None = field(repr=False)
    scope: Scope
    now: Callable[[], Instant]

    def __call__(self, tx: Reader, meet: MeetId, source: str) -> ActorId:
        who = None if self.token is None else accepted(tx.access.principal(hash_of(self.token)), self.now())
        access = decide(Rule(self.scope), who, tx.meets.get(meet), meet)
        if access.who is None:
            raise Unidentified
        if not access.who.feeds(source):
            raise NotThisSource(access.who.source or "")
        return access.who.id
