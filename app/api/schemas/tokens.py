"""Tokens and device keys, as they are asked for and shown. What is kept of the secret is shown to nobody."""

from typing import Annotated, Any, Final, Self

from pydantic import Field

from app.api.schemas.base import At, Code, In, Moment, Name, Out, example, written
from app.domain.units import Duration
from app.operations.access import Scope
from app.store import TokenRow

DAY_S: Final = 86_400
_TOKEN: Final[dict[str, Any]] = {
    "name": "results page",
    "scopes": ["meets:read"],
    "expires_at": "2026-12-31T23:59:59Z",
}
_TOKEN_OUT: Final[dict[str, Any]] = {
    "id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "organization_id": "org_00000000000000000000000000000000",
    "name": "results page",
    "scopes": ["meets:read"],
    "created_at": "2026-06-01T08:00:00.000000Z",
    "expires_at": "2026-12-31T23:59:59.000000Z",
    "revoked_at": None,
}
_DEVICE: Final[dict[str, Any]] = {
    "name": "finish mat",
    "source": "finish",
    "not_before": "2026-06-06T06:00:00Z",
    "expires_at": "2026-06-07T22:00:00Z",
}
_DEVICE_OUT: Final[dict[str, Any]] = {
    "id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e9",
    "meet_id": "meet_0197430a2c4e7d5fa3f09a64d1c3b2e7",
    "name": "finish mat",
    "source": "finish",
    "created_at": "2026-06-01T08:00:00.000000Z",
    "not_before": "2026-06-06T06:00:00.000000Z",
    "expires_at": "2026-06-07T22:00:00.000000Z",
    "revoked_at": None,
}
_SHOWN_ONCE: Final = "bs_{}_0197430a2c4e7d5fa3f09a64d1c3b2e8_Zk3vQ9…"

Scopes = Annotated[list[Scope], Field(min_length=1, max_length=7)]
Shown = Annotated[
    str | None, Field(description="The secret itself: shown this once, null when the request is repeated with its key.")
]


class TokenIn(In):
    """`organization_id` is the administrator's to choose; others make tokens of their own organization."""

    model_config = example(_TOKEN)

    name: Name
    scopes: Scopes
    expires_at: At | None = None
    organization_id: Code | None = None


class RotationIn(In):
    """For so many seconds the old secret goes on working: time to carry the new one to every box."""

    model_config = example({"grace_s": 3600})

    grace_s: Annotated[int, Field(ge=0, le=7 * DAY_S)] = 0

    @property
    def grace(self) -> Duration:
        return Duration(self.grace_s * 1_000_000)


class TokenOut(Out):
    model_config = example(_TOKEN_OUT)

    id: str
    organization_id: str
    name: str
    scopes: list[str]
    created_at: Moment
    expires_at: Moment | None
    revoked_at: Moment | None

    @classmethod
    def of(cls, row: TokenRow, **more: Any) -> Self:
        return cls(
            id=row.id,
            organization_id=row.organization or "",
            name=row.name,
            scopes=sorted(row.scopes),
            created_at=written(row.created_at) or "",
            expires_at=written(row.expires_at),
            revoked_at=written(row.revoked_at),
            **more,
        )


class TokenMade(TokenOut):
    model_config = example({**_TOKEN_OUT, "token": _SHOWN_ONCE.format("api")})

    token: Shown


class DeviceIn(In):
    """A key for one box: it may post reads into this meet, of one source only if `source` is given."""

    model_config = example(_DEVICE)

    name: Name
    source: Code | None = None
    not_before: At | None = None
    expires_at: At | None = None


class DeviceOut(Out):
    model_config = example(_DEVICE_OUT)

    id: str
    meet_id: str
    name: str
    source: str | None
    created_at: Moment
    not_before: Moment | None
    expires_at: Moment | None
    revoked_at: Moment | None

    @classmethod
    def of(cls, row: TokenRow, **more: Any) -> Self:
        return cls(
            id=row.id,
            meet_id=row.meet or "",
            name=row.name,
            source=row.source,
            created_at=written(row.created_at) or "",
            not_before=written(row.not_before),
            expires_at=written(row.expires_at),
            revoked_at=written(row.revoked_at),
            **more,
        )


class DeviceMade(DeviceOut):
    model_config = example({**_DEVICE_OUT, "token": _SHOWN_ONCE.format("dev")})

    token: Shown
